//! Looking for a write whose answer was lost.

use serde::Serialize;
use serde_json::json;
use sonet_core::{
    Batch, Effect, Error, Exchange, Method, Reconcile, Reconciled, Reconciliation, Reply, SentCall,
};

use crate::play::{Answer, Stage, webhook};

/// A write that can be looked for.
#[derive(Clone, Serialize)]
struct Create {
    name: &'static str,
}

impl Method for Create {
    const NAME: &'static str = "test.create";
    const EFFECT: Effect = Effect::Write;
    type Output = u64;
}

#[derive(Serialize)]
struct Find {
    name: &'static str,
}

impl Method for Find {
    const NAME: &'static str = "test.find";
    const EFFECT: Effect = Effect::Read;
    /// When each was created.
    type Output = Vec<f64>;
}

impl Reconcile for Create {
    type Lookup = Find;

    fn lookup(&self, user: Option<i64>) -> Find {
        assert_eq!(user, Some(1), "the webhook's");
        Find { name: self.name }
    }

    fn settle(&self, sent: &SentCall, reply: Reply<Vec<f64>>) -> Reconciled<u64> {
        let since = sent.since(&reply.time).unwrap();
        match reply
            .result
            .iter()
            .filter(|created| **created >= since)
            .count()
        {
            0 => sent.not_done(),
            1 => Reconciled::Done(1),
            _ => Reconciled::Ambiguous(Vec::new()),
        }
    }
}

const CREATE: Create = Create { name: "Rust" };

/// The server's clock is another one.
fn found(created: &[f64], finish: f64) -> Answer {
    Answer::Json(
        200,
        json!({ "result": created, "time": { "finish": finish } }),
    )
}

fn fail(stage: &mut Stage) -> Error {
    let exchange = Exchange::new(&stage.session, &CREATE);
    stage.drive(exchange).unwrap_err()
}

fn look(stage: &mut Stage, error: &Error) {
    let lookup = Reconciliation::new(&stage.session, &CREATE, error, stage.now);
    match stage.drive(lookup) {
        Ok(outcome) => stage.write(format_args!("= {outcome:?}")),
        Err(error) => stage.write(format_args!("! {error}")),
    }
}

#[test]
fn what_was_made_since_the_call_is_its_own() {
    // Made at 100.0 or later by the server's clock, which allows 5 seconds for its own clocks.
    let mut stage = Stage::new(
        webhook(),
        vec![
            (2.0, Answer::reset()),
            (1.0, found(&[90.0, 94.0], 103.0)),
            (1.0, Answer::Text(502, "Bad Gateway")),
            (1.0, found(&[94.0, 101.0], 110.0)),
        ],
    );
    let error = fail(&mut stage);
    look(&mut stage, &error);
    look(&mut stage, &error);
    insta::assert_snapshot!(stage.end());
}

#[test]
fn nothing_found_is_final_once_the_call_is_settled() {
    let mut stage = Stage::new(
        webhook(),
        vec![
            (0.1, Answer::rate()),
            (2.0, Answer::reset()),
            (0.1, found(&[], 100.0)),
            (0.1, found(&[], 165.0)),
        ],
    );
    // What counts is the attempt that may have run, not the one that was refused.
    let error = fail(&mut stage);
    look(&mut stage, &error);
    stage.now += SentCall::SETTLED_AFTER;
    look(&mut stage, &error);
    insta::assert_snapshot!(stage.end());
}

#[test]
fn the_time_until_it_is_settled_counts_from_when_a_call_was_given_up() {
    // A slow upload: the last of it may have left just before.
    let mut stage = Stage::new(
        webhook(),
        vec![(70.0, Answer::reset()), (0.1, found(&[], 100.0))],
    );
    let error = fail(&mut stage);
    look(&mut stage, &error);
    insta::assert_snapshot!(stage.end());
}

#[test]
fn a_command_of_a_dropped_batch_is_looked_for() {
    let mut stage = Stage::new(
        webhook(),
        vec![
            (0.1, found(&[], 100.0)),
            (0.1, found(&[97.0], 101.0)),
            (0.1, found(&[], 166.0)),
        ],
    );
    let mut batch = Batch::new();
    let created = batch.add(&CREATE);
    let mut run = batch.build().unwrap();
    let _dropped = stage.next_request(&mut run);
    assert!(stage.next_request(&mut run).is_none());
    let error = run.outcome(created).unwrap_err();
    look(&mut stage, &error);
    look(&mut stage, &error);
    stage.now += SentCall::SETTLED_AFTER;
    look(&mut stage, &error);
    insta::assert_snapshot!(stage.end());
}

#[test]
fn a_call_that_did_not_run_is_not_looked_for() {
    let refused = Answer::error(400, "", "Cannot create");
    let mut stage = Stage::new(webhook(), vec![(0.1, refused)]);
    let error = fail(&mut stage);
    look(&mut stage, &error);
    insta::assert_snapshot!(stage.end());
}
