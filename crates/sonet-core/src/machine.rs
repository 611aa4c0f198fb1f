//! What a driver runs.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::Waker;
use std::time::Instant;

use bytes::Bytes;
use http::Response;

use crate::{Failure, Lease, Step, StoreError, Tokens};

/// A state machine that a driver runs to its end: a call, or a refresh of tokens.
///
/// The contract: [`Machine::poll`] says what to do next. After [`Step::Send`], exactly one of [`Machine::on_response`]
/// and [`Machine::on_failure`] is called before the next poll; after [`Step::Store`], [`Machine::on_stored`]. After
/// [`Step::Done`] there is nothing more to do. A machine may be dropped at any time: it frees what it holds.
pub trait Machine {
    /// What comes of it.
    type Output;

    /// Says what to do next. The waker is woken where a [`Step::Wait`] ends sooner than it said.
    fn poll(&mut self, now: Instant, waker: &Waker) -> Step<Self::Output>;

    /// Takes the response, its body whole and as it came: the core decompresses and decodes it here. Without a request on
    /// its way, it does nothing.
    fn on_response(&mut self, now: Instant, response: Response<Bytes>);

    /// Takes word that there is no response. Without a request on its way, it does nothing.
    fn on_failure(&mut self, now: Instant, failure: Failure);

    /// Takes what a store answered. Without a call of it on its way, it does nothing.
    fn on_stored(&mut self, now: Instant, stored: Stored);
}

/// A driver can run a machine that somebody else keeps, and asks for more afterwards.
impl<M: Machine> Machine for &mut M {
    type Output = M::Output;

    fn poll(&mut self, now: Instant, waker: &Waker) -> Step<Self::Output> {
        (**self).poll(now, waker)
    }

    fn on_response(&mut self, now: Instant, response: Response<Bytes>) {
        (**self).on_response(now, response);
    }

    fn on_failure(&mut self, now: Instant, failure: Failure) {
        (**self).on_failure(now, failure);
    }

    fn on_stored(&mut self, now: Instant, stored: Stored) {
        (**self).on_stored(now, stored);
    }
}

/// A call of a store, to be run on a thread that may block.
#[must_use]
pub struct StoreCall(Box<dyn FnOnce() -> Stored + Send>);

impl StoreCall {
    pub(crate) fn new(call: impl FnOnce() -> Stored + Send + 'static) -> Self {
        Self(Box::new(call))
    }

    /// Calls the store, and blocks as long as it takes. A store that panics is one that failed: what it was called for
    /// belongs to other calls too, which must not be lost with this thread.
    #[must_use]
    pub fn run(self) -> Stored {
        let outcome = catch_unwind(AssertUnwindSafe(self.0));
        outcome.unwrap_or_else(|_| Stored::failed("it panicked"))
    }
}

impl fmt::Debug for StoreCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreCall").finish_non_exhaustive()
    }
}

/// What a store answered.
#[derive(Debug)]
pub struct Stored(pub(crate) Answer);

#[derive(Debug)]
pub(crate) enum Answer {
    Done(Result<(), StoreError>),
    Lease(Result<Lease, StoreError>),
    Tokens(Result<Option<Box<Tokens>>, StoreError>),
    Prepared(Result<(), StoreError>),
    Reserved(Result<std::time::Duration, StoreError>),
}

impl Stored {
    /// For drivers: the store could not be called, or did not come back.
    #[must_use]
    pub fn failed(error: impl Into<StoreError>) -> Self {
        Self(Answer::Done(Err(error.into())))
    }
}
