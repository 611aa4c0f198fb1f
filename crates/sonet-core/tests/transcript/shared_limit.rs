//! A limit that is kept in a store.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;
use sonet_core::{
    Batch, LimitAnswer, LimitCaller, LimitPlace, LimitRequest, LimitStore, Limits, NoRetry, Rate,
    StoreError,
};

use super::play::*;

const DELETE: Delete = Delete { group_id: 7 };

/// A store of limits that writes down how it is used.
#[derive(Debug, Default)]
struct Counter {
    log: Log,
    /// How long each one waits, and what goes wrong instead.
    answers: Mutex<Vec<Result<f64, &'static str>>>,
}

impl Counter {
    fn answer(&self, what: &str) -> Result<Duration, StoreError> {
        self.log.aside(format_args!("# {what}"));
        match self.answers.lock().unwrap().remove(0) {
            Ok(wait) => Ok(Duration::from_secs_f64(wait)),
            Err("") => panic!("the store panics, as it was told to"),
            Err(problem) => Err(Box::new(io(problem))),
        }
    }
}

impl LimitStore for Counter {
    fn reserve(&self, portal: &str, _: Rate) -> Result<Duration, StoreError> {
        self.answer(&format!("reserve {portal}"))
    }

    fn refused(&self, portal: &str, _: Rate) -> Result<(), StoreError> {
        self.answer(&format!("refused {portal}")).map(drop)
    }
}

fn play_with(store: Vec<Result<f64, &'static str>>, answers: Vec<(f64, Answer)>) -> String {
    let log = Log::default();
    let store = Arc::new(Counter {
        log: log.clone(),
        answers: Mutex::new(store),
    });
    let limits = Limits::stored(Rate::STANDARD, store);
    let config = webhook().limits(limits);
    let mut stage = Stage::with_log(log, config.call_timeout(Duration::from_secs(60)), answers);
    stage.call(&DELETE);
    stage.end()
}

#[test]
fn a_place_is_reserved_before_each_request() {
    insta::assert_snapshot!(play_with(vec![Ok(0.0)], vec![(0.1, Answer::ok())]));
    insta::assert_snapshot!(play_with(
        vec![Ok(2.5), Ok(0.0), Ok(30.0)],
        vec![(0.1, Answer::rate()), (0.1, Answer::ok())]
    ));
}

#[test]
fn a_place_beyond_the_deadline_is_told_at_once() {
    insta::assert_snapshot!(play_with(vec![Ok(100.0)], vec![]));
}

#[test]
fn a_store_that_fails_ends_the_call_unsent() {
    insta::assert_snapshot!(play_with(vec![Err("no route to the store")], vec![]));
    insta::assert_snapshot!(play_with(
        vec![Ok(0.0), Err("no route to the store")],
        vec![(0.1, Answer::rate())]
    ));
    insta::assert_snapshot!(play_with(vec![Err("")], vec![]));
}

/// A store that does all that a client does within one process: it writes down how it is used, and lets methods pause.
#[derive(Debug, Default)]
struct Registry {
    log: Log,
    /// How long each one waits.
    waits: Mutex<Vec<f64>>,
    pauses: Mutex<Vec<(String, Duration)>>,
}

impl Registry {
    fn new(log: &Log, waits: &[f64]) -> Arc<Self> {
        Arc::new(Self {
            log: log.clone(),
            waits: Mutex::new(waits.to_vec()),
            pauses: Mutex::default(),
        })
    }
}

impl LimitStore for Registry {
    fn reserve(&self, _: &str, _: Rate) -> Result<Duration, StoreError> {
        unreachable!("`take` is called")
    }

    fn refused(&self, _: &str, _: Rate) -> Result<(), StoreError> {
        self.log.aside(format_args!("# refused"));
        Ok(())
    }

    fn take(&self, request: &LimitRequest<'_>) -> Result<LimitAnswer, StoreError> {
        let methods = request.methods().join(", ");
        self.log.aside(format_args!("# take a place for {methods}"));
        let mut pauses = self.pauses.lock().unwrap();
        pauses.retain(|(method, _)| request.methods().contains(method));
        if !pauses.is_empty() {
            return Ok(LimitAnswer::Paused(std::mem::take(&mut *pauses)));
        }
        let mut waits = self.waits.lock().unwrap();
        let after = Duration::from_secs_f64(waits.remove(0));
        Ok(LimitAnswer::Place(LimitPlace::new(7, after)))
    }

    fn ended(&self, _: &str, _: Rate, place: &LimitPlace) {
        self.log.aside(format_args!("# {} ended", place.id()));
    }

    fn give_back(&self, _: &str, _: Rate, place: &LimitPlace) {
        self.log.aside(format_args!("# {} given back", place.id()));
    }

    fn pause(
        &self,
        _: &str,
        caller: &LimitCaller<'_>,
        method: &str,
        pause: Duration,
    ) -> Result<(), StoreError> {
        self.log.aside(format_args!(
            "# {method} pauses for {pause:.1?} for {caller:?}"
        ));
        let pauses = &mut *self.pauses.lock().unwrap();
        pauses.push((method.to_owned(), pause));
        Err("what it fails to be told of takes no answer away".into())
    }
}

fn play_over(waits: &[f64], timeout: u64, answers: Vec<(f64, Answer)>) -> String {
    let log = Log::default();
    let limits = Limits::stored(Rate::STANDARD, Registry::new(&log, waits));
    let timeout = Duration::from_secs(timeout);
    let config = webhook().limits(limits).call_timeout(timeout);
    let mut stage = Stage::with_log(log, config, answers);
    stage.call(&DELETE);
    stage.end()
}

#[test]
fn a_place_ends_with_its_request() {
    insta::assert_snapshot!(play_over(
        &[0.0, 1.0],
        60,
        vec![(0.1, Answer::rate()), (0.1, Answer::ok())]
    ));
}

#[test]
fn a_place_that_comes_too_late_is_given_back() {
    insta::assert_snapshot!(play_over(&[90.0], 60, vec![]));
}

#[test]
fn what_one_learns_of_operating_time_all_wait_for() {
    let spent = Answer::Json(
        200,
        json!({ "result": true, "time": { "finish": 1_000.0, "operating": 480.5, "operating_reset_at": 1_030 } }),
    );
    let log = Log::default();
    let store = Registry::new(&log, &[0.0, 0.0]);
    // Two processes, which share nothing but the store.
    let limits = || Limits::stored(Rate::STANDARD, Arc::clone(&store));
    let mut first = Stage::with_log(log.clone(), webhook().limits(limits()), vec![(0.1, spent)]);
    first.call(&DELETE);
    let mut second = Stage::with_log(log, webhook().limits(limits()), vec![(0.1, Answer::ok())]);
    second.call(&DELETE);
    insta::assert_snapshot!(second.end());
}

#[test]
fn a_method_that_is_refused_within_a_batch_pauses_for_all() {
    let time = json!({ "finish": 1_000.0, "operating": 100.0, "operating_reset_at": 1_060 });
    let known = Answer::Json(200, json!({ "result": true, "time": time }));
    let error =
        json!({ "error": "OPERATION_TIME_LIMIT", "error_description": "Method is blocked" });
    let refused = json!({ "result": [], "result_error": { "c0": error } });
    let log = Log::default();
    let limits = Limits::stored(Rate::STANDARD, Registry::new(&log, &[0.0, 0.0]));
    // Nothing of it is sent again, so that only its answer tells.
    let config = webhook().limits(limits).retry(NoRetry);
    let answers = vec![
        (0.1, known),
        (0.1, Answer::Json(200, json!({ "result": refused }))),
    ];
    let mut stage = Stage::with_log(log, config, answers);
    stage.call(&DELETE);
    let mut batch = Batch::new();
    let _ = batch.add(&DELETE);
    stage.batch(&mut batch.build().unwrap());
    insta::assert_snapshot!(stage.end());
}
