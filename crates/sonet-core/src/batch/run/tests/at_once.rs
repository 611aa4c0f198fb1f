//! Several requests of a batch at once.

use super::*;
use crate::Executed;

/// A batch of so many creations whose order means nothing.
fn creations(count: usize, halt: bool, concurrency: usize) -> (BatchRun, Vec<Handle<GroupId>>) {
    let mut batch = Batch::new().split().in_any_order();
    if halt {
        batch = batch.halt();
    }
    let mut batch = batch.concurrency(concurrency);
    let handles = batch.add_all((0..count).map(|_| create("a")));
    (batch.build().unwrap(), handles)
}

fn request(run: &mut BatchRun) -> BatchRequest {
    match run.next_step(&session(), now()) {
        BatchStep::Request(request) => request,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn assert_waits(run: &mut BatchRun) {
    let step = run.next_step(&session(), now());
    assert!(matches!(step, BatchStep::Wait), "{step:?}");
}

/// Answers a request: the first of its commands with this number, and so on.
fn come(run: &mut BatchRun, request: BatchRequest, commands: usize, first: usize) {
    let results: serde_json::Map<_, _> = (0..commands)
        .map(|n| (format!("c{n}"), json!(first + n)))
        .collect();
    run.on_reply(now(), request, Ok(reply(&json!({ "result": results }))));
}

fn refuse(run: &mut BatchRun, request: BatchRequest) {
    let refused = json!({ "error": "", "error_description": "Cannot create group" });
    let answer = json!({ "result": [], "result_error": { "c0": refused } });
    run.on_reply(now(), request, Ok(reply(&answer)));
}

fn lose(run: &mut BatchRun, request: BatchRequest, sent: bool) {
    let kind = Kind::NoResponse {
        sent,
        cause: crate::Cause::other(&std::io::Error::other("reset")),
    };
    run.on_reply(now(), request, Err(Error::new("batch", kind)));
}

#[test]
fn only_where_the_order_means_nothing() {
    let batch = || Batch::new().split().concurrency(4);
    let mut writing = batch();
    let _ = writing.add(&read("first"));
    let _ = writing.add(&create("a"));
    let error = writing.build().unwrap_err();
    assert!(error.is_invalid(), "{error}");
    assert_eq!(error.method(), Some("create"));
    assert!(
        error.to_string().contains("add `Batch::in_any_order`"),
        "{error}"
    );

    let mut reading = batch();
    let _ = reading.add(&read("first"));
    assert_eq!(reading.build().unwrap().concurrency(), 4);
    let mut ordered = batch().concurrency(1);
    let _ = ordered.add(&create("a"));
    assert_eq!(ordered.build().unwrap().concurrency(), 1);
    assert_eq!(creations(1, false, 0).0.concurrency(), 1);
}

#[test]
fn each_answer_belongs_to_its_request() {
    let (mut run, groups) = creations(130, false, 8);
    let (first, second) = (request(&mut run), request(&mut run));
    assert_waits(&mut run);
    come(&mut run, second, 50, 51);
    // The answer came in time, so that there is room for more.
    let third = request(&mut run);
    assert_waits(&mut run);
    come(&mut run, third, 30, 101);
    assert!(!run.is_finished());
    come(&mut run, first, 50, 1);
    assert!(run.is_finished());
    assert!(matches!(run.next_step(&session(), now()), BatchStep::End));
    for (n, group) in (1..).zip(groups) {
        assert_eq!(run.outcome(group).unwrap(), GroupId::new(n));
    }
}

#[test]
fn after_a_failure_what_is_out_comes_and_no_other_one_leaves() {
    let (mut run, groups) = creations(130, false, 8);
    let (first, second) = (request(&mut run), request(&mut run));
    lose(&mut run, first, true);
    assert_waits(&mut run);
    come(&mut run, second, 50, 51);
    let BatchStep::Failed(error) = run.next_step(&session(), now()) else {
        panic!("a request failed as a whole")
    };
    assert_eq!(error.executed(), Executed::Unknown);
    let executed = |run: &BatchRun, at: usize| run.outcome(groups[at]).unwrap_err().executed();
    assert_eq!(executed(&run, 0), Executed::Unknown);
    assert_eq!(run.outcome(groups[99]).unwrap(), GroupId::new(100));
    assert_eq!(executed(&run, 100), Executed::No);

    // Run again, it goes on with what was not sent.
    run.begin(now());
    let third = request(&mut run);
    come(&mut run, third, 30, 101);
    assert!(run.is_finished());
    assert_eq!(executed(&run, 49), Executed::Unknown);
    assert_eq!(run.outcome(groups[129]).unwrap(), GroupId::new(130));
}

#[test]
fn of_several_that_fail_the_first_error_is_told() {
    let (mut run, groups) = creations(130, false, 8);
    let (first, second) = (request(&mut run), request(&mut run));
    lose(&mut run, second, false);
    lose(&mut run, first, true);
    let BatchStep::Failed(error) = run.next_step(&session(), now()) else {
        panic!("a request failed as a whole")
    };
    assert_eq!(error.executed(), Executed::No);
    run.begin(now());
    let (second, third) = (request(&mut run), request(&mut run));
    come(&mut run, third, 30, 101);
    come(&mut run, second, 50, 51);
    assert!(run.is_finished());
    assert!(run.outcome(groups[49]).is_err());
    assert_eq!(run.outcome(groups[50]).unwrap(), GroupId::new(51));
}

#[test]
fn a_batch_that_halts_keeps_what_was_out() {
    let (mut run, groups) = creations(130, true, 8);
    let (first, second) = (request(&mut run), request(&mut run));
    refuse(&mut run, second);
    assert!(!run.is_finished(), "the first one is still out");
    assert_waits(&mut run);
    come(&mut run, first, 50, 1);
    assert!(run.is_finished());
    assert!(matches!(run.next_step(&session(), now()), BatchStep::End));
    assert_eq!(run.outcome(groups[0]).unwrap(), GroupId::new(1));
    assert!(run.outcome(groups[50]).unwrap_err().api().is_some());
    for not_run in [51, 99, 100, 129] {
        assert!(run.outcome(groups[not_run]).unwrap_err().is_not_run());
    }
    // What was lost may be sent again, and what halted the batch still does.
    run.repeat_unknown();
    assert!(run.is_finished());
}

#[test]
fn a_lost_request_halts_a_batch_until_it_is_sent_again() {
    let (mut run, groups) = creations(130, true, 8);
    let (first, second) = (request(&mut run), request(&mut run));
    lose(&mut run, first, true);
    come(&mut run, second, 50, 51);
    assert!(run.is_finished());
    assert!(run.outcome(groups[129]).unwrap_err().is_not_run());
    run.repeat_unknown();
    assert!(!run.is_finished());
    run.begin(now());
    let (first, third) = (request(&mut run), request(&mut run));
    come(&mut run, third, 30, 101);
    come(&mut run, first, 50, 1);
    assert!(run.is_finished());
    assert_eq!(run.outcome(groups[0]).unwrap(), GroupId::new(1));
    assert_eq!(run.outcome(groups[129]).unwrap(), GroupId::new(130));
}

#[test]
fn whatever_was_out_when_a_run_was_dropped_is_lost() {
    let (mut run, groups) = creations(130, false, 8);
    let (first, second) = (request(&mut run), request(&mut run));
    run.begin(now());
    for lost in [0, 99] {
        let error = run.outcome(groups[lost]).unwrap_err();
        assert_eq!(error.executed(), Executed::Unknown);
    }
    let third = request(&mut run);
    // Nobody waits for these any more.
    come(&mut run, first, 50, 1);
    lose(&mut run, second, false);
    assert_waits(&mut run);
    come(&mut run, third, 30, 101);
    assert!(run.is_finished());
    assert_eq!(
        run.outcome(groups[0]).unwrap_err().executed(),
        Executed::Unknown
    );
    assert_eq!(run.outcome(groups[100]).unwrap(), GroupId::new(101));

    let (mut run, groups) = creations(60, false, 8);
    let _dropped = (request(&mut run), request(&mut run));
    run.abandon(now());
    let step = run.next_step(&session(), now());
    assert!(matches!(step, BatchStep::Failed(_)), "{step:?}");
    assert!(run.is_finished());
    assert_eq!(
        run.outcome(groups[59]).unwrap_err().executed(),
        Executed::Unknown
    );
}

#[test]
fn a_late_answer_is_not_taken_for_that_of_another_try() {
    let mut batch = Batch::new();
    let row = batch.add(&read("a"));
    let mut run = batch.build().unwrap();
    let late = request(&mut run);
    run.begin(now());
    let again = request(&mut run);
    come(&mut run, late, 1, 1);
    assert_waits(&mut run);
    come(&mut run, again, 1, 2);
    assert_eq!(run.outcome(row).unwrap(), json!(2));
}
