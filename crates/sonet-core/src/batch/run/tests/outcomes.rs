//! What comes of the commands of a request that was answered.

use super::*;
use crate::{ApiError, Executed};

#[test]
fn each_command_has_its_own_outcome() {
    let mut batch = Batch::new();
    let group = batch.add(&create("a"));
    let refused = batch.add(&create("b"));
    let broken = batch.add(&invite(1));
    let text = batch.add(&read("text"));
    let missing = batch.add(&read("missing"));
    let null = batch.add(&read("null").output::<Option<i64>>());
    let both = batch.add(&read("both"));
    let mut run = batch.build().unwrap();
    answer(
        &mut run,
        &json!({
            "result": { "c0": "77", "c2": [{ "x": 1 }], "c5": null, "c6": 1 },
            "result_error": {
                "c1": { "error": "", "error_description": "Cannot create group" },
                "c3": "Wrong",
                "c6": { "error": "X" },
            },
            "result_total": { "c0": 5 },
            "result_next": { "c0": 50 },
            "result_time": { "c0": { "operating": 1.5 } },
        }),
    );
    assert!(run.is_finished());
    let reply = run.reply(group).unwrap();
    assert_eq!(
        (reply.result, reply.total, reply.next),
        (GroupId::new(77), Some(5), Some(50))
    );
    assert_eq!(reply.time.operating, Some(1.5));
    let error = run.outcome(refused).unwrap_err();
    assert_eq!(
        error.api().and_then(ApiError::refusal),
        Some("CannotCreate"),
        "{error:?}"
    );
    assert_eq!(
        (error.executed(), error.method()),
        (Executed::No, Some("create"))
    );
    let error = run.outcome(broken).unwrap_err();
    assert_eq!(
        (error.path(), error.executed()),
        (Some("result[0]"), Executed::Yes)
    );
    assert_eq!(
        run.outcome(text).unwrap_err().api().unwrap().description(),
        "Wrong"
    );
    let error = run.outcome(missing).unwrap_err();
    assert!(error.is_not_run());
    assert_eq!(error.executed(), Executed::No);
    assert_eq!(run.outcome(null).unwrap(), None);
    assert_eq!(run.outcome(both).unwrap_err().executed(), Executed::Unknown);
    let foreign = Batch::new().add(&create("a"));
    assert!(run.outcome(foreign).unwrap_err().is_invalid());
}

/// A list of which the server calls no rows an error.
#[derive(Serialize)]
struct List {}

impl Method for List {
    const NAME: &'static str = "list";
    const EFFECT: Effect = Effect::Read;
    type Output = Vec<GroupId>;
    const ERRORS: &'static [Documented] = &[
        Documented::new("NothingFound", "0", "Could not load list"),
        Documented::new("NoPermission", "0", "Access denied"),
    ];
    const NOTHING: Option<&'static str> = Some("NothingFound");
}

#[test]
fn a_list_without_rows_is_an_empty_one() {
    let nothing = json!({ "error": 0, "error_description": "Could not load list" });
    let mut batch = Batch::new();
    let lists: Vec<_> = (0..4).map(|_| batch.add(&List {})).collect();
    let raw = batch.add(&read("list"));
    let mut run = batch.build().unwrap();
    answer(
        &mut run,
        &json!({
            "result": { "c0": [7], "c2": [] },
            "result_error": {
                "c1": nothing, "c2": nothing, "c4": nothing,
                "c3": { "error": 0, "error_description": "Access denied" },
            },
            "result_time": { "c1": { "operating": 1.5 } },
        }),
    );
    assert_eq!(run.outcome(lists[0]).unwrap(), [GroupId::new(7)]);
    let reply = run.reply(lists[1]).unwrap();
    assert_eq!((reply.result, reply.time.operating), (vec![], Some(1.5)));
    // Rows and an error at once are no answer, and other errors are what they were.
    assert!(run.outcome(lists[2]).is_err());
    let error = run.outcome(lists[3]).unwrap_err();
    assert_eq!(
        error.api().and_then(ApiError::refusal),
        Some("NoPermission"),
        "{error}"
    );
    assert!(run.outcome(raw).is_err(), "nothing is known of its errors");

    // The server takes it for a failure, and halts.
    let mut batch = Batch::new().halt().split();
    let list = batch.add(&List {});
    let rest: Vec<_> = (0..60).map(|_| batch.add(&create("a"))).collect();
    let mut run = batch.build().unwrap();
    answer(
        &mut run,
        &json!({ "result": [], "result_error": { "c0": nothing } }),
    );
    assert_eq!(run.outcome(list).unwrap(), []);
    assert!(run.is_finished() && next(&mut run, now()).is_none());
    for not_run in [rest[0], rest[59]] {
        let error = run.outcome(not_run).unwrap_err();
        assert!(error.is_not_run(), "{error}");
        assert!(error.to_string().contains("no rows"), "{error}");
    }
}

#[test]
fn a_reference_that_led_nowhere_is_noticed() {
    let mut batch = Batch::new().halt();
    let list = batch.add(&read("list"));
    let first = batch.add_with(list.index(0).field("ID").id::<GroupId>(), invite);
    let second = batch.add_with(list.index(1).field("ID").id::<GroupId>(), invite);
    let mut run = batch.build().unwrap();
    answer(
        &mut run,
        &json!({ "result": { "c0": [{ "ID": "5" }], "c1": ["7"], "c2": [] }, "result_error": [] }),
    );
    assert_eq!(run.outcome(first).unwrap(), [UserId::new(7)]);
    let error = run.outcome(second).unwrap_err();
    assert!(error.is_unresolved(), "{error:?}");
    assert!(error.to_string().contains("$result[c0][1][ID]"), "{error}");
    assert_eq!(error.executed(), Executed::Yes);
}

#[test]
fn a_batch_that_halts_ends_there() {
    let mut batch = Batch::new().halt().split();
    let handles: Vec<_> = (0..60).map(|_| batch.add(&create("a"))).collect();
    let mut run = batch.build().unwrap();
    answer(
        &mut run,
        &json!({ "result": { "c0": 1 }, "result_error": { "c1": { "error": "NO" } } }),
    );
    assert!(run.is_finished() && next(&mut run, now()).is_none());
    assert!(run.outcome(handles[0]).is_ok());
    for not_run in [handles[2], handles[59]] {
        let error = run.outcome(not_run).unwrap_err();
        assert!(
            error.is_not_run() && error.to_string().contains("halts"),
            "{error}"
        );
        assert_eq!(error.executed(), Executed::No);
    }
}

#[test]
fn an_answer_to_more_than_was_asked_is_none() {
    let mut batch = Batch::new();
    let group = batch.add(&create("a"));
    let mut run = batch.build().unwrap();
    next(&mut run, now()).unwrap();
    let reply = reply(&json!({ "result": { "c1": 1 } }));
    let error = take(&mut run, Ok(reply)).unwrap_err();
    assert_eq!(error.executed(), Executed::Unknown);
    assert_eq!(
        run.outcome(group).unwrap_err().executed(),
        Executed::Unknown
    );
}
