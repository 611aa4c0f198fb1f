//! One call as a state machine.

mod call;
mod course;
mod follow;
mod read;
mod rest;

use std::fmt;
use std::task::Waker;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Response;

use crate::error::Kind;
use crate::redact::Quote;
use crate::{Error, Failure, Machine, Method, Reply, Session, Step, Stored};
use call::Call;
pub(crate) use call::encode;
use course::{Course, Next};
use read::Bounds;
pub(crate) use rest::Rest;

/// One call, from the method to its answer.
///
/// It is generic for the sake of decoding alone: whether an answer can be read decides what happens next, so decoding
/// belongs here.
pub struct Exchange<M: Method> {
    course: Course,
    state: State<M::Output>,
}

enum State<T> {
    /// The method can't be sent.
    Invalid(Kind),
    /// No request is out.
    Ready,
    /// A request is out.
    Sent,
    Done(Result<Reply<T>, Error>),
    Ended,
}

impl<M: Method> fmt::Debug for Exchange<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Ready | State::Invalid(_) => "ready",
            State::Sent => "sent",
            State::Done(_) => "done",
            State::Ended => "ended",
        };
        write!(f, "Exchange({:?}, {state})", self.course.call)
    }
}

impl<M: Method> Exchange<M> {
    /// Checks and encodes a method. What is wrong with it comes out of the first poll.
    pub fn new(session: &Session, method: &M) -> Self {
        let (call, outcome) = Call::of(method);
        Self {
            course: Course::new(session, call),
            state: outcome.map_or_else(State::Invalid, |()| State::Ready),
        }
    }

    /// Bounds the whole call, from the first poll on, in place of [`crate::Config::call_timeout`].
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.set_timeout(timeout);
        self
    }

    /// As [`Exchange::timeout`]. What goes on with a call that was answered in part keeps that call's bound.
    pub fn set_timeout(&mut self, timeout: Duration) {
        self.course.timeout = Some(timeout);
    }

    /// Settles what came of a request.
    fn settle(&mut self, now: Instant, kind: Kind) {
        self.state = match self.course.failed(now, kind) {
            Some(error) => State::Done(Err(error)),
            None => State::Ready,
        };
    }

    fn end(&mut self, error: Error) -> Step<Result<Reply<M::Output>, Error>> {
        self.state = State::Ended;
        Step::Done(Err(error))
    }
}

impl<M: Method> Machine for Exchange<M> {
    type Output = Result<Reply<M::Output>, Error>;

    fn poll(&mut self, now: Instant, waker: &Waker) -> Step<Self::Output> {
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Ready => {
                let next = self.course.next(now, waker);
                self.state = match next {
                    Next::Send(_) => State::Sent,
                    _ => State::Ready,
                };
                match next {
                    Next::Send(outgoing) => Step::Send(outgoing),
                    Next::Wait(until) => Step::Wait(until),
                    Next::Store(call) => Step::Store(call),
                    Next::Refresh(refresh) => Step::Refresh(refresh),
                    Next::Fail(error) => self.end(error),
                }
            }
            State::Done(outcome) => Step::Done(outcome),
            State::Invalid(kind) => {
                let error = self.course.conclude(kind);
                self.end(error)
            }
            // Sending again would be the one mistake that the engine exists to prevent.
            State::Sent => {
                let error = self.course.unreported(now);
                self.end(error)
            }
            State::Ended => {
                let error = self.course.conclude(Kind::Ended);
                self.end(error)
            }
        }
    }

    fn on_response(&mut self, now: Instant, response: Response<Bytes>) {
        let (State::Sent, Some(out)) = (&self.state, self.course.out()) else {
            return;
        };
        let status = response.status();
        let limit = self.course.session().config().body_limit;
        let bounds = Bounds::new(limit, self.course.call.is_untyped);
        let secrets = [&out.secret];
        match read::read::<M>(response, bounds, &Quote(&secrets)) {
            Ok(mut reply) => {
                reply.past = self.course.past(now);
                let costs = M::costs(&reply.result);
                self.course.succeeded(now, status, &reply.time, &costs);
                self.state = State::Done(Ok(reply));
            }
            Err(kind) => self.settle(now, kind),
        }
    }

    fn on_failure(&mut self, now: Instant, failure: Failure) {
        let (State::Sent, Some(out)) = (&self.state, self.course.out()) else {
            return;
        };
        let secrets = [&out.secret];
        let kind = Kind::no_response(failure, &Quote(&secrets));
        self.settle(now, kind);
    }

    fn on_stored(&mut self, now: Instant, stored: Stored) {
        if let State::Ready = self.state {
            if let Some(error) = self.course.stored(now, stored) {
                self.state = State::Done(Err(error));
            }
        }
    }
}
