//! A request of a batch, on its way.

use std::task::Waker;
use std::time::Instant;

use bytes::Bytes;
use http::Response;

use super::COMMANDS;
use super::answers::BatchAnswers;
use super::call::BatchCall;
use crate::exchange::Continuation;
use crate::pace::{Pulse, Stopwatch};
use crate::{CallOptions, Error, Exchange, Failure, Machine, Reply, Session, Step, Stored};

/// A request of a batch, with up to 50 commands.
///
/// A driver runs it like any call, and hands it back with what came of it:
/// [`BatchRun::on_reply`](crate::BatchRun::on_reply).
#[derive(Debug)]
pub struct BatchRequest {
    /// What it is known by.
    pub(super) ticket: u64,
    commands: usize,
    exchange: Exchange<BatchCall>,
    stopwatch: Stopwatch,
}

impl BatchRequest {
    /// A call, or what an answer has left to be asked for again.
    pub(super) fn new(
        ticket: u64,
        session: &Session,
        rest: Option<Continuation>,
        call: &BatchCall,
    ) -> Self {
        Self {
            ticket,
            commands: call.len(),
            exchange: match rest {
                Some(rest) => rest.into_exchange(call),
                None => Exchange::new(session, call),
            },
            stopwatch: Stopwatch::default(),
        }
    }

    /// What this request does otherwise than the client's settings say, from the first poll on.
    pub fn set_options(&mut self, options: &CallOptions) {
        self.exchange.set_options(options);
    }

    /// How it went.
    pub(super) fn pulse(&self) -> Pulse {
        self.stopwatch.pulse(self.commands >= COMMANDS / 2)
    }

    /// What is left of it to be asked for again, where a command was refused.
    pub(super) fn into_continuation(self, now: Instant) -> Continuation {
        self.exchange.into_continuation(now)
    }
}

impl Machine for BatchRequest {
    type Output = Result<Reply<BatchAnswers>, Error>;

    fn poll(&mut self, now: Instant, waker: &Waker) -> Step<Self::Output> {
        let step = self.exchange.poll(now, waker);
        self.stopwatch.note(now, &step);
        step
    }

    fn on_response(&mut self, now: Instant, response: Response<Bytes>) {
        self.stopwatch.answered(now, response.status());
        self.exchange.on_response(now, response);
    }

    fn on_failure(&mut self, now: Instant, failure: Failure) {
        self.stopwatch.arrived(now);
        self.exchange.on_failure(now, failure);
    }

    fn on_stored(&mut self, now: Instant, stored: Stored) {
        self.exchange.on_stored(now, stored);
    }
}
