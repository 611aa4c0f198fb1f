//! A limit that is kept in a store.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use sonet_core::{LimitStore, Limits, Rate, StoreError};

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
