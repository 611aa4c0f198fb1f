//! Commands of a batch that the server refuses, and what comes of them: the same as of a call of its own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use sonet_core::{
    App, Attempt, Batch, Config, Effect, NoRetry, Pager, RetryPolicy, RetryReason, Tokens, Verdict,
};

use super::play::*;

const MEMBERS: Members = Members { id: 7 };

fn rows(ids: impl IntoIterator<Item = i64>) -> Value {
    ids.into_iter().map(|id| json!({ "ID": id })).collect()
}

fn page(ids: impl IntoIterator<Item = i64>, total: i64) -> Answer {
    Answer::Json(200, json!({ "result": rows(ids), "total": total }))
}

/// The answer of a batch: results, and errors by their codes.
fn batch(results: &Value, errors: &[(&str, &str)]) -> Answer {
    let errors: Value = errors
        .iter()
        .map(|(key, code)| {
            (
                (*key).to_owned(),
                json!({ "error": code, "error_description": "" }),
            )
        })
        .collect();
    Answer::Json(
        200,
        json!({ "result": { "result": results, "result_error": errors } }),
    )
}

fn walk(config: Config, answers: Vec<Answer>) -> String {
    let answers = answers.into_iter().map(|answer| (0.1, answer)).collect();
    let mut stage = Stage::new(config, answers);
    let all = Groups {
        filter: Value::Null,
        order: Value::Null,
    };
    let pager = Pager::new(&stage.session, &all);
    stage.walk(pager);
    stage.end()
}

/// The second page of a batch is refused, and comes when it is asked for again.
fn refused_once(code: &str) -> Vec<Answer> {
    vec![
        page(1..=50, 120),
        batch(&json!({ "c0": rows(51..=100) }), &[("c1", code)]),
        page(101..=120, 20),
    ]
}

#[test]
fn a_page_that_is_refused_in_a_batch_is_asked_for_again() {
    for code in [
        "QUERY_LIMIT_EXCEEDED",
        "OPERATION_TIME_LIMIT",
        "INTERNAL_SERVER_ERROR",
    ] {
        insta::assert_snapshot!(code, walk(webhook(), refused_once(code)));
    }
}

#[test]
fn with_a_policy_that_makes_every_call_once_it_is_an_error() {
    for code in [
        "QUERY_LIMIT_EXCEEDED",
        "OPERATION_TIME_LIMIT",
        "INTERNAL_SERVER_ERROR",
    ] {
        let answers = refused_once(code).into_iter().take(2).collect();
        let log = walk(webhook().retry(NoRetry), answers);
        assert!(
            log.contains("= 50 rows, id>100"),
            "what came is given out: {log}"
        );
        let last = log.lines().rev().nth(1).unwrap();
        assert!(
            last.contains(&format!("! sonet_group.get: {code}")),
            "{log}"
        );
    }
}

/// Notes what it is asked, and tries so often.
#[derive(Debug, Clone)]
struct Tries(u32, Arc<Mutex<Vec<(RetryReason, u32)>>>);

impl RetryPolicy for Tries {
    fn verdict(&self, attempt: &Attempt<'_>) -> Verdict {
        self.1.lock().unwrap().push((attempt.reason, attempt.times));
        assert_eq!(attempt.effect, Effect::Read);
        if attempt.times >= self.0 {
            Verdict::GiveUp
        } else {
            Verdict::RetryWithin(Duration::from_secs(1))
        }
    }
}

#[test]
fn the_policy_counts_the_refusals_of_one_page_and_not_of_the_walk() {
    let policy = Tries(3, Arc::default());
    let asked = Arc::clone(&policy.1);
    let refused = || batch(&json!([]), &[("c0", "QUERY_LIMIT_EXCEEDED")]);
    let answers = vec![
        page(1..=50, 250),
        refused(),
        batch(
            &json!({ "c0": rows(51..=100) }),
            &[("c1", "QUERY_LIMIT_EXCEEDED")],
        ),
        refused(),
        refused(),
    ];
    let log = walk(webhook().retry(policy), answers);
    assert!(log.contains("QUERY_LIMIT_EXCEEDED"), "{log}");
    let times: Vec<u32> = asked
        .lock()
        .unwrap()
        .iter()
        .map(|(_, times)| *times)
        .collect();
    assert_eq!(times, [1, 1, 2, 3]);
}

#[test]
fn a_page_that_is_refused_for_ever_ends_the_walk() {
    let refused = || batch(&json!([]), &[("c0", "OPERATION_TIME_LIMIT")]);
    let mut answers = vec![page(1..=50, 250)];
    answers.extend((0..20).map(|_| refused()));
    let log = walk(webhook(), answers);
    assert!(
        log.contains("! sonet_group.get: OPERATION_TIME_LIMIT"),
        "{log}"
    );
}

#[test]
fn a_page_that_is_refused_waits_no_longer_than_its_call_may_take() {
    let config = webhook().call_timeout(Duration::from_secs(3));
    let answers = vec![
        page(1..=50, 120),
        batch(&json!([]), &[("c0", "OPERATION_TIME_LIMIT")]),
    ];
    insta::assert_snapshot!(walk(config, answers));
}

#[test]
fn an_expired_token_within_a_batch_is_refreshed() {
    let tokens = Tokens::new("https://example.bitrix24.com", "access-0", "refresh-0").unwrap();
    let config = Config::app(App::new("app.1", "client-secret"), tokens).unwrap();
    let fresh = json!({
        "access_token": "access-1",
        "refresh_token": "refresh-1",
        "client_endpoint": "https://example.bitrix24.com/rest/",
        "server_endpoint": "https://oauth.bitrix.info/rest/",
    });
    let answers = vec![
        page(1..=50, 120),
        batch(&json!({ "c0": rows(51..=100) }), &[("c1", "expired_token")]),
        Answer::Json(200, fresh),
        page(101..=120, 20),
    ];
    insta::assert_snapshot!(walk(alone(config), answers));
}

/// Plays a batch, and writes down what came of its commands.
fn play<T: std::fmt::Debug>(
    config: Config,
    batch: Batch,
    handles: &[sonet_core::Handle<T>],
    answers: Vec<Answer>,
) -> String {
    let mut run = batch.build().unwrap();
    let answers = answers.into_iter().map(|answer| (0.1, answer)).collect();
    let mut stage = Stage::new(config, answers);
    stage.batch(&mut run);
    for handle in handles {
        stage.outcome(&run, *handle);
    }
    stage.end()
}

#[test]
fn of_a_batch_of_reads_those_that_were_refused_are_sent_again() {
    let reads = || {
        let mut batch = Batch::new();
        let handles: Vec<_> = (0..4).map(|_| batch.add(&MEMBERS)).collect();
        (batch, handles)
    };
    let refused = || {
        let errors = [
            ("c1", "QUERY_LIMIT_EXCEEDED"),
            ("c3", "INTERNAL_SERVER_ERROR"),
        ];
        batch(&json!({ "c0": [1], "c2": [3] }), &errors)
    };
    let (run, handles) = reads();
    let again = batch(&json!({ "c0": [2], "c1": [4] }), &[]);
    insta::assert_snapshot!(play(webhook(), run, &handles, vec![refused(), again]));
    let (run, handles) = reads();
    let log = play(webhook().retry(NoRetry), run, &handles, vec![refused()]);
    assert_eq!(log.matches("! ").count(), 2, "{log}");
}

#[derive(Debug)]
struct Panics;

impl RetryPolicy for Panics {
    fn verdict(&self, _: &Attempt<'_>) -> Verdict {
        panic!("a policy of one's own")
    }
}

#[test]
fn what_came_is_kept_where_a_policy_panics() {
    let mut requests = Batch::new();
    let (done, refused) = (requests.add(&MEMBERS), requests.add(&MEMBERS));
    let mut run = requests.build().unwrap();
    let answer = batch(&json!({ "c0": [1] }), &[("c1", "QUERY_LIMIT_EXCEEDED")]);
    let mut stage = Stage::new(webhook().retry(Panics), vec![(0.1, answer)]);
    let caught = catch_unwind(AssertUnwindSafe(|| stage.batch(&mut run)));
    assert!(caught.is_err());
    assert!(run.outcome(done).is_ok());
    let error = run.outcome(refused).unwrap_err();
    assert_eq!(error.api().unwrap().code(), "QUERY_LIMIT_EXCEEDED");
}

#[test]
fn a_batch_halts_although_a_policy_panics() {
    let mut requests = Batch::new().halt().split();
    let handles = requests.add_all((0..60).map(|id| Members { id }));
    let mut run = requests.build().unwrap();
    let answer = batch(&json!([]), &[("c0", "QUERY_LIMIT_EXCEEDED")]);
    let mut stage = Stage::new(webhook().retry(Panics), vec![(0.1, answer)]);
    let caught = catch_unwind(AssertUnwindSafe(|| stage.batch(&mut run)));
    assert!(caught.is_err());
    assert!(run.is_finished());
    stage.batch(&mut run);
    assert!(run.outcome(handles[0]).unwrap_err().is_limit());
    for handle in &handles[1..] {
        assert!(run.outcome(*handle).unwrap_err().is_not_run());
    }
}

#[test]
fn what_a_read_refers_to_is_sent_again_with_it() {
    let mut run = Batch::new().halt();
    let first = run.add(&MEMBERS);
    let group = first.index(0).field("GROUP").id::<Group>();
    let second = run.add_with(group, |group| Members { id: group.get() });
    let third = run.add(&MEMBERS);
    let answers = vec![
        batch(
            &json!({ "c0": [{ "GROUP": 5 }] }),
            &[("c1", "QUERY_LIMIT_EXCEEDED")],
        ),
        batch(
            &json!({ "c0": [{ "GROUP": 6 }] }),
            &[("c1", "QUERY_LIMIT_EXCEEDED")],
        ),
        batch(
            &json!({ "c0": [{ "GROUP": 6 }], "c1": [6], "c2": [7] }),
            &[],
        ),
    ];
    insta::assert_snapshot!(play(webhook(), run, &[first, second, third], answers));
}

/// One command after the other fails in turn, which is no progress.
#[test]
fn a_batch_that_gets_no_further_ends() {
    let mut run = Batch::new().halt();
    let first = run.add(&MEMBERS);
    let group = first.index(0).field("GROUP").id::<Group>();
    let second = run.add_with(group, |group| Members { id: group.get() });
    let answers = (0..100).map(|turn| {
        if turn % 2 == 0 {
            let came = json!({ "c0": [{ "GROUP": 5 }] });
            batch(&came, &[("c1", "QUERY_LIMIT_EXCEEDED")])
        } else {
            batch(&json!([]), &[("c0", "QUERY_LIMIT_EXCEEDED")])
        }
    });
    let mut run = run.build().unwrap();
    let answers = answers.map(|answer| (0.1, answer)).collect();
    let mut stage = Stage::new(webhook(), answers);
    stage.batch(&mut run);
    assert!(run.is_finished());
    let error = run.outcome(second).unwrap_err();
    assert!((3..100).contains(&error.attempts()), "{error}");
}

/// An eager walk whose first page is refused asks for its count again.
#[test]
fn a_first_page_that_is_refused_is_counted_when_it_comes() {
    let answers = vec![
        batch(&json!([]), &[("c0", "QUERY_LIMIT_EXCEEDED")]),
        Answer::Json(
            200,
            json!({ "result": {
                "result": { "c0": rows(1..=30) }, "result_error": [], "result_total": { "c0": 120 },
            } }),
        ),
        page(31..=80, 90),
        page(81..=120, 40),
    ];
    let answers = answers.into_iter().map(|answer| (0.1, answer)).collect();
    let mut stage = Stage::new(webhook(), answers);
    let all = Groups {
        filter: Value::Null,
        order: Value::Null,
    };
    let mut pager = Pager::new(&stage.session, &all);
    pager.eager();
    stage.walk(pager);
    let log = stage.end();
    assert!(
        !log.contains("start%3D-1") || log.contains("= 40 rows"),
        "{log}"
    );
    assert!(
        log.contains("= 30 rows") && log.contains("= 50 rows"),
        "{log}"
    );
}

sonet_core::id!(Group, "A group.");

/// So many removals.
fn deletes(mut batch: Batch, count: i64) -> (Batch, Vec<sonet_core::Handle<bool>>) {
    let handles = (101..=100 + count)
        .map(|id| batch.add(&Delete { group_id: id }))
        .collect();
    (batch, handles)
}

#[test]
fn writes_are_sent_again_where_none_behind_them_has_run() {
    // Halted: what was refused and what did not run, in their order.
    let (run, handles) = deletes(Batch::new().halt(), 3);
    let answers = vec![
        batch(&json!({ "c0": true }), &[("c1", "QUERY_LIMIT_EXCEEDED")]),
        batch(&json!({ "c0": true, "c1": true }), &[]),
    ];
    insta::assert_snapshot!(play(webhook(), run, &handles, answers));
    // One behind it has run: the error is told, and says that it did not run.
    let (run, handles) = deletes(Batch::new(), 3);
    let answers = vec![batch(
        &json!({ "c0": true, "c2": true }),
        &[("c1", "QUERY_LIMIT_EXCEEDED")],
    )];
    insta::assert_snapshot!(play(webhook(), run, &handles, answers));
    // The order means nothing.
    let (run, handles) = deletes(Batch::new().in_any_order(), 3);
    let answers = vec![
        batch(
            &json!({ "c0": true, "c2": true }),
            &[("c1", "QUERY_LIMIT_EXCEEDED")],
        ),
        batch(&json!({ "c0": true }), &[]),
    ];
    insta::assert_snapshot!(play(webhook(), run, &handles, answers));
    // What may have run is never sent again.
    let (run, handles) = deletes(Batch::new().in_any_order(), 2);
    let answers = vec![batch(
        &json!({ "c0": true }),
        &[("c1", "INTERNAL_SERVER_ERROR")],
    )];
    insta::assert_snapshot!(play(webhook(), run, &handles, answers));
}

#[test]
fn a_write_that_refers_to_another_write_is_not_sent_again_without_it() {
    let mut run = Batch::new().halt();
    let first = run.add(&Delete { group_id: 1 });
    let second = run.add_with(first.field("ID").id::<Group>(), |group| Delete {
        group_id: group.get(),
    });
    let answers = vec![batch(
        &json!({ "c0": { "ID": 5 } }),
        &[("c1", "QUERY_LIMIT_EXCEEDED")],
    )];
    let log = play(webhook(), run, &[second], answers);
    assert!(
        log.contains("QUERY_LIMIT_EXCEEDED") && log.contains("executed: No"),
        "{log}"
    );
}

#[test]
fn requests_behind_a_refused_command_wait_for_it() {
    let (run, handles) = deletes(Batch::new().split().halt(), 51);
    let mut first: serde_json::Map<_, _> = (0..49)
        .map(|index| (format!("c{index}"), json!(true)))
        .collect();
    let refused = batch(
        &Value::Object(first.clone()),
        &[("c49", "QUERY_LIMIT_EXCEEDED")],
    );
    first.retain(|key, _| key == "c0");
    let one = || batch(&Value::Object(first.clone()), &[]);
    let log = play(webhook(), run, &handles[48..], vec![refused, one(), one()]);
    let sent: Vec<_> = log.lines().filter(|line| line.contains("> POST")).collect();
    assert!(
        sent[1].contains("GROUP_ID=150\"") && sent[2].contains("GROUP_ID=151\""),
        "{log}"
    );
    assert!(!log.contains("! "), "{log}");
}
