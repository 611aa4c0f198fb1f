//! What a driver runs.

use std::fmt;
use std::task::Waker;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};

use crate::{Failure, StoreCall, Stored};

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

    /// Takes the report that there is no response. Without a request on its way, it does nothing.
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

/// What a driver does next.
#[must_use]
#[derive(Debug)]
#[allow(
    clippy::large_enum_variant,
    reason = "a request is taken out of its step at once"
)]
pub enum Step<T> {
    /// Sends the request, then calls [`Machine::on_response`] or [`Machine::on_failure`].
    Send(Outgoing),
    /// Waits until this instant, or until the waker of the poll is woken, and polls again. Polling sooner does no harm.
    Wait(Instant),
    /// Runs the call, on a thread that may block, then calls [`Machine::on_stored`].
    Store(StoreCall),
    /// Runs the refresh to its end, apart from this call: it goes on where the call is dropped. The call is polled again
    /// at once; it waits for the refresh by itself.
    Refresh(Refresh),
    /// The end.
    Done(T),
}

impl<T> Step<T> {
    /// The same step of a machine whose end is something else.
    pub fn map<U>(self, end: impl FnOnce(T) -> U) -> Step<U> {
        match self {
            Self::Send(outgoing) => Step::Send(outgoing),
            Self::Wait(until) => Step::Wait(until),
            Self::Store(call) => Step::Store(call),
            Self::Refresh(refresh) => Step::Refresh(refresh),
            Self::Done(outcome) => Step::Done(end(outcome)),
        }
    }
}

/// A refresh: it gets a new pair of tokens, saves it, and only then lets calls use it.
///
/// It belongs to all calls that wait for it, so a driver runs it to its end even where the call that began it is
/// dropped: the token server has replaced the pair by then, and the new one would be lost. If it is dropped all the
/// same, the next call begins another.
pub struct Refresh(Box<dyn Machine<Output = ()> + Send + Sync>);

impl Refresh {
    pub(crate) fn new(refresh: Box<impl Machine<Output = ()> + Send + Sync + 'static>) -> Self {
        Self(refresh)
    }
}

impl fmt::Debug for Refresh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refresh").finish_non_exhaustive()
    }
}

impl Machine for Refresh {
    type Output = ();

    fn poll(&mut self, now: Instant, waker: &Waker) -> Step<()> {
        self.0.poll(now, waker)
    }

    fn on_response(&mut self, now: Instant, response: Response<Bytes>) {
        self.0.on_response(now, response);
    }

    fn on_failure(&mut self, now: Instant, failure: Failure) {
        self.0.on_failure(now, failure);
    }

    fn on_stored(&mut self, now: Instant, stored: Stored) {
        self.0.on_stored(now, stored);
    }
}

/// A request to send. Redirects are not followed: the answer to one is an answer.
pub struct Outgoing {
    /// The request. Its address may hold a secret and must not be shown.
    pub request: Request<Bytes>,
    /// How long the answer may take, from now to its last byte.
    pub response_timeout: Duration,
    /// How many bytes of the body to read at most; a longer one is [`Cause::body_limit`](crate::Cause::body_limit).
    pub body_limit: u64,
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing")
            .field("host", &self.request.uri().host())
            .field("bytes", &self.request.body().len())
            .field("response_timeout", &self.response_timeout)
            .field("body_limit", &self.body_limit)
            .finish_non_exhaustive()
    }
}
