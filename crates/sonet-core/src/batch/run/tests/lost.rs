//! What comes of commands whose request failed, and when they are sent again.

use super::*;
use crate::{ApiError, Executed};

/// Two requests of writes, of which the first was answered.
fn half_done() -> (BatchRun, Vec<Handle<GroupId>>) {
    let mut batch = Batch::new().split();
    let handles = (0..60).map(|_| batch.add(&create("a"))).collect();
    let mut run = batch.build().unwrap();
    let results: serde_json::Map<_, _> = (0..50).map(|n| (format!("c{n}"), json!(n + 1))).collect();
    answer(&mut run, &json!({ "result": results }));
    (run, handles)
}

/// When the request left that may have run, and when it was over.
fn times(error: &Error) -> (Option<Instant>, Option<Instant>) {
    (error.past().first_sent, error.past().ended)
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
    assert!(run.is_finished() && next(&mut run, now()).is_none());
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
    let _dropped = next(&mut run, now()).unwrap();
    answer(&mut run, &json!({ "result": { "c0": 1 } }));
    assert!(run.outcome(row).is_ok());

    let mut batch = Batch::new();
    let group = batch.add(&create("a"));
    let mut run = batch.build().unwrap();
    let _dropped = next(&mut run, now()).unwrap();
    assert!(next(&mut run, now()).is_none(), "it may have been sent");
    assert_eq!(
        run.outcome(group).unwrap_err().executed(),
        Executed::Unknown
    );
}

#[test]
fn a_command_of_a_dropped_request_may_have_run_from_when_it_left() {
    let mut batch = Batch::new();
    let group = batch.add(&create("a"));
    let mut run = batch.build().unwrap();
    let left = now();
    let _dropped = next(&mut run, left).unwrap();
    let error = run.outcome(group).unwrap_err();
    assert_eq!(error.executed(), Executed::Unknown);
    assert_eq!(times(&error), (Some(left), None));
    let later = left + std::time::Duration::from_secs(5);
    assert!(next(&mut run, later).is_none());
    let error = run.outcome(group).unwrap_err();
    assert_eq!(error.executed(), Executed::Unknown);
    assert_eq!(times(&error), (Some(left), Some(later)));
}

#[test]
fn errors_of_commands_tell_when_their_request_left() {
    let mut batch = Batch::new();
    let group = batch.add(&create("a"));
    let mut run = batch.build().unwrap();
    next(&mut run, now()).unwrap();
    let (first, ended) = (now(), now());
    let error =
        json!({ "result": [], "result_error": { "c0": { "error": "INTERNAL_SERVER_ERROR" } } });
    let past = Attempts {
        count: 1,
        first_sent: Some(first),
        ended: Some(ended),
        may_have_run: false,
        ..Attempts::default()
    };
    let reply = Reply {
        past,
        ..reply(&error)
    };
    take(&mut run, Ok(reply)).unwrap();
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
    assert_eq!(
        refused.api().and_then(ApiError::refusal),
        Some("CannotCreate")
    );
    assert_eq!(refused.executed(), Executed::Unknown);
    assert_eq!(refused.past().first_sent, first.past().first_sent);
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
