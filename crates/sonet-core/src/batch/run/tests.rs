//! What a batch makes of answers, beyond what the transcripts show.

use serde::Serialize;
use serde_json::json;

use super::*;
use crate::{Batch, Config, Documented, Limits, Method, Rate, Raw};

crate::id!(GroupId, "A group.");
crate::id!(UserId, "A user.");

#[derive(Serialize)]
struct Create {
    #[serde(rename = "NAME")]
    name: String,
}

impl Method for Create {
    const NAME: &'static str = "create";
    const EFFECT: Effect = Effect::Write;
    type Output = GroupId;
    const ERRORS: &'static [Documented] = &[Documented {
        name: "CannotCreate",
        code: "",
        text: "Cannot create group",
        localized: false,
    }];
}

#[derive(Serialize)]
struct Invite {
    #[serde(rename = "GROUP_ID")]
    group: GroupId,
    #[serde(rename = "USER_ID")]
    users: Vec<UserId>,
    #[serde(rename = "MESSAGE")]
    message: String,
}

impl Method for Invite {
    const NAME: &'static str = "invite";
    const EFFECT: Effect = Effect::Write;
    type Output = Vec<UserId>;
}

fn create(name: &str) -> Create {
    Create {
        name: name.to_owned(),
    }
}

fn invite(group: impl Into<GroupId>) -> Invite {
    Invite {
        group: group.into(),
        users: vec![UserId::new(7)],
        message: String::new(),
    }
}

fn read(name: &str) -> Raw {
    Raw::new(name, json!({})).read()
}

#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
fn now() -> Instant {
    Instant::now()
}

fn session() -> Session {
    let config = Config::webhook("https://example.bitrix24.com/rest/1/s3cr3t/").unwrap();
    Session::new(&config.limits(Limits::new(Rate::UNLIMITED)), now()).unwrap()
}

fn reply(answers: &serde_json::Value) -> Reply<BatchAnswers> {
    Reply {
        result: serde_json::from_str(&answers.to_string()).unwrap(),
        total: None,
        next: None,
        time: Time::default(),
        past: Failed::default(),
    }
}

/// Answers the next request of a batch.
fn answer(run: &mut BatchRun, answers: &serde_json::Value) -> BatchCall {
    let call = run.next_call(now()).unwrap();
    run.take(&session(), now(), Ok(reply(answers)), None)
        .unwrap();
    call
}

fn fail(run: &mut BatchRun, sent: bool) -> Error {
    run.next_call(now()).unwrap();
    let kind = Kind::Failed {
        sent,
        kind: crate::failure::CauseKind::Other,
        text: "reset".to_owned(),
    };
    let error = Error::new("batch", kind);
    run.take(&session(), now(), Err(error), None).unwrap_err()
}

fn problem(batch: Batch) -> Error {
    let error = batch.build().unwrap_err();
    assert!(error.is_invalid(), "{error:?}");
    assert_eq!(error.executed(), Executed::No);
    error
}

#[test]
fn references_stand_where_values_will() {
    let mut batch = Batch::new().halt();
    let first = batch.add(&create("a"));
    let list = batch.add(&read("list"));
    let user = list.index(0).field("ID");
    let _ = batch.add_with(
        (first.value(), user.clone().id(), user.text()),
        |(group, user, message)| Invite {
            group,
            users: vec![UserId::new(5), user],
            message,
        },
    );
    let call = batch.build().unwrap().next_call(now()).unwrap();
    assert_eq!(call.effect(), Effect::Write);
    assert_eq!(
        serde_json::to_value(&call).unwrap(),
        json!({ "halt": 1, "cmd": {
            "c0": "create?NAME=a",
            "c1": "list?",
            "c2": "invite?GROUP_ID=%24result%5Bc0%5D&USER_ID%5B0%5D=5\
                &USER_ID%5B1%5D=%24result%5Bc1%5D%5B0%5D%5BID%5D&MESSAGE=%24result%5Bc1%5D%5B0%5D%5BID%5D",
        }})
    );
}

#[test]
fn what_can_not_be_sent_is_told_before() {
    let of = |add: fn(&mut Batch)| {
        let mut batch = Batch::new().halt();
        add(&mut batch);
        problem(batch)
    };
    let nested = of(|batch| {
        let _ = batch.add(&Raw::new("Batch", json!({})));
    });
    assert!(nested.to_string().contains("no batch inside"), "{nested}");
    let marked = of(|batch| {
        let _ = batch.add(&create("costs $result[c0]"));
    });
    assert!(
        marked.to_string().contains("`NAME` contains `$result[c0]`"),
        "{marked}"
    );
    assert_eq!(marked.method(), Some("create"));
    let crowded = of(|batch| {
        let users = |count| (1..=count).map(UserId::new).collect();
        let _ = batch.add(&Invite {
            users: users(898),
            ..invite(1)
        });
        let _ = batch.add(&Invite {
            users: users(899),
            ..invite(1)
        });
    });
    assert!(crowded.to_string().contains("901 values"), "{crowded}");
    let unused = of(|batch| {
        let first = batch.add(&create("a"));
        let _ = batch.add_with(first.value(), |_| invite(1));
    });
    assert!(unused.to_string().contains("and is none"), "{unused}");
    let partly = of(|batch| {
        let first = batch.add(&create("a"));
        let _ = batch.add_with(first.value(), |group| Invite {
            message: format!("Come to {group}"),
            ..invite(group)
        });
    });
    assert!(
        partly.to_string().contains("also a part of one"),
        "{partly}"
    );
    let foreign = of(|batch| {
        let first = Batch::new().add(&create("a"));
        let _ = batch.add_with(first.value(), invite);
    });
    assert!(foreign.to_string().contains("another batch"), "{foreign}");

    let mut batch = Batch::new();
    let first = batch.add(&create("a"));
    let _ = batch.add_with(first.value(), invite);
    assert!(problem(batch).to_string().contains("add `Batch::halt`"));
}

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
    assert!(error.is("CannotCreate"), "{error:?}");
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
        Documented {
            name: "NothingFound",
            code: "0",
            text: "Could not load list",
            localized: false,
        },
        Documented {
            name: "NoPermission",
            code: "0",
            text: "Access denied",
            localized: false,
        },
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
    assert!(error.is("NoPermission"), "{error}");
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
    assert!(run.is_finished() && run.next_call(now()).is_none());
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
fn references_count_from_the_beginning_of_their_request() {
    let mut batch = Batch::new().halt().split();
    for _ in 0..49 {
        let _ = batch.add(&create("a"));
    }
    let created = batch.add(&create("b"));
    let invited = batch.add_with(created.value(), invite);
    let mut run = batch.build().unwrap();
    let results: serde_json::Map<_, _> = (0..49).map(|n| (format!("c{n}"), json!(n + 1))).collect();
    answer(&mut run, &json!({ "result": results }));
    let call = answer(&mut run, &json!({ "result": { "c0": 50, "c1": [7] } }));
    assert_eq!(
        serde_json::to_value(&call).unwrap()["cmd"],
        json!({
            "c0": "create?NAME=b",
            "c1": "invite?GROUP_ID=%24result%5Bc0%5D&USER_ID%5B0%5D=7&MESSAGE=",
        })
    );
    assert_eq!(run.outcome(created).unwrap(), GroupId::new(50));
    assert_eq!(run.outcome(invited).unwrap(), [UserId::new(7)]);
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
    assert!(run.is_finished() && run.next_call(now()).is_none());
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

/// Two requests of writes, of which the first was answered.
fn half_done() -> (BatchRun, Vec<Handle<GroupId>>) {
    let mut batch = Batch::new().split();
    let handles = (0..60).map(|_| batch.add(&create("a"))).collect();
    let mut run = batch.build().unwrap();
    let results: serde_json::Map<_, _> = (0..50).map(|n| (format!("c{n}"), json!(n + 1))).collect();
    answer(&mut run, &json!({ "result": results }));
    (run, handles)
}

#[test]
fn what_was_not_sent_is_sent_when_it_runs_again() {
    let (mut run, handles) = half_done();
    assert_eq!(fail(&mut run, false).executed(), Executed::No);
    assert!(!run.is_finished());
    let error = run.outcome(handles[59]).unwrap_err();
    assert_eq!(
        (error.executed(), error.method()),
        (Executed::No, Some("create"))
    );
    let call = answer(
        &mut run,
        &json!({ "result": { "c9": 60 }, "result_error": {} }),
    );
    assert_eq!(call.runs().len(), 10);
    assert_eq!(
        run.outcome(handles[49]).unwrap(),
        GroupId::new(50),
        "nothing is lost"
    );
    assert_eq!(run.outcome(handles[59]).unwrap(), GroupId::new(60));
}

#[test]
fn what_may_have_run_is_sent_again_on_request_only() {
    let (mut run, handles) = half_done();
    assert_eq!(fail(&mut run, true).executed(), Executed::Unknown);
    assert!(run.is_finished() && run.next_call(now()).is_none());
    assert_eq!(
        run.outcome(handles[50]).unwrap_err().executed(),
        Executed::Unknown
    );
    assert!(run.outcome(handles[49]).is_ok());
    run.repeat_unknown();
    assert!(!run.is_finished());
    answer(&mut run, &json!({ "result": { "c0": 51 } }));
    assert_eq!(run.outcome(handles[50]).unwrap(), GroupId::new(51));
}

#[test]
fn a_lost_request_of_a_batch_that_halts_ends_it() {
    let mut batch = Batch::new().halt().split();
    let handles: Vec<_> = (0..60).map(|_| batch.add(&create("a"))).collect();
    let mut run = batch.build().unwrap();
    fail(&mut run, true);
    assert!(run.is_finished());
    assert!(run.outcome(handles[59]).unwrap_err().is_not_run());
}

#[test]
fn reads_are_sent_again_and_a_dropped_request_counts_as_lost() {
    let mut batch = Batch::new();
    let row = batch.add(&read("a"));
    let mut run = batch.build().unwrap();
    assert_eq!(fail(&mut run, true).executed(), Executed::Unknown);
    let _dropped = run.next_call(now()).unwrap();
    answer(&mut run, &json!({ "result": { "c0": 1 } }));
    assert!(run.outcome(row).is_ok());

    let mut batch = Batch::new();
    let group = batch.add(&create("a"));
    let mut run = batch.build().unwrap();
    let _dropped = run.next_call(now()).unwrap();
    assert!(run.next_call(now()).is_none(), "it may have been sent");
    assert_eq!(
        run.outcome(group).unwrap_err().executed(),
        Executed::Unknown
    );
}

#[test]
fn an_answer_to_more_than_was_asked_is_none() {
    let mut batch = Batch::new();
    let group = batch.add(&create("a"));
    let mut run = batch.build().unwrap();
    run.next_call(now()).unwrap();
    let reply = reply(&json!({ "result": { "c1": 1 } }));
    let error = run.take(&session(), now(), Ok(reply), None).unwrap_err();
    assert_eq!(error.executed(), Executed::Unknown);
    assert_eq!(
        run.outcome(group).unwrap_err().executed(),
        Executed::Unknown
    );
}

#[test]
fn nothing_is_sent_for_nothing() {
    let mut run = Batch::new().build().unwrap();
    assert!(run.is_finished() && run.next_call(now()).is_none());
}

/// When the request left that may have run, and when it was over.
fn times(error: &Error) -> (Option<Instant>, Option<Instant>) {
    (error.call().first_sent, error.call().ended)
}

#[test]
fn a_command_of_a_dropped_request_may_have_run_from_when_it_left() {
    let mut batch = Batch::new();
    let group = batch.add(&create("a"));
    let mut run = batch.build().unwrap();
    let left = now();
    let _dropped = run.next_call(left).unwrap();
    let error = run.outcome(group).unwrap_err();
    assert_eq!(error.executed(), Executed::Unknown);
    assert_eq!(times(&error), (Some(left), None));
    let later = left + std::time::Duration::from_secs(5);
    assert!(run.next_call(later).is_none());
    let error = run.outcome(group).unwrap_err();
    assert_eq!(error.executed(), Executed::Unknown);
    assert_eq!(times(&error), (Some(left), Some(later)));
}

#[test]
fn errors_of_commands_tell_when_their_request_left() {
    let mut batch = Batch::new();
    let group = batch.add(&create("a"));
    let mut run = batch.build().unwrap();
    run.next_call(now()).unwrap();
    let (first, ended) = (now(), now());
    let error =
        json!({ "result": [], "result_error": { "c0": { "error": "INTERNAL_SERVER_ERROR" } } });
    let past = Failed {
        attempts: 1,
        first_sent: Some(first),
        ended: Some(ended),
        may_have_run: false,
    };
    let reply = Reply {
        past,
        ..reply(&error)
    };
    run.take(&session(), now(), Ok(reply), None).unwrap();
    let error = run.outcome(group).unwrap_err();
    assert_eq!(times(&error), (Some(first), Some(ended)));
}

#[test]
fn what_may_have_run_once_may_have_run_for_good() {
    let (mut run, handles) = half_done();
    fail(&mut run, true);
    let first = run.outcome(handles[50]).unwrap_err();
    run.repeat_unknown();
    assert_eq!(fail(&mut run, false).executed(), Executed::Unknown);
    let again = run.outcome(handles[50]).unwrap_err();
    assert_eq!(again.executed(), Executed::Unknown);
    assert_eq!(times(&again), times(&first));
    let refused = json!({ "error": "", "error_description": "Cannot create group" });
    let call = answer(
        &mut run,
        &json!({ "result": { "c1": 52 }, "result_error": { "c0": refused } }),
    );
    assert_eq!(call.runs().len(), 10);
    let refused = run.outcome(handles[50]).unwrap_err();
    assert!(refused.is("CannotCreate"));
    assert_eq!(refused.executed(), Executed::Unknown);
    assert_eq!(refused.call().first_sent, first.call().first_sent);
    assert!(run.reply(handles[51]).unwrap().past.may_have_run);
}

#[test]
fn a_lost_read_that_is_refused_later_may_have_run() {
    let mut batch = Batch::new();
    let row = batch.add(&read("a"));
    let mut run = batch.build().unwrap();
    fail(&mut run, true);
    fail(&mut run, false);
    assert_eq!(run.outcome(row).unwrap_err().executed(), Executed::Unknown);
}
