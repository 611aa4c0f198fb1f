//! One call as a state machine.

mod admission;
mod blocked;
mod call;
mod continuation;
mod deadline;
mod expiry;
mod failures;
mod follow;
mod in_flight;
mod log;
mod read;
mod recovery;
mod room;
mod run;

use std::fmt;
use std::task::Waker;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Response;

use crate::error::Kind;
use crate::redact::Redactor;
use crate::{Error, Failure, Machine, Method, Refresh, Reply, Session, Step, Stored};
use blocked::Blocked;
use call::Call;
pub(crate) use call::encode;
pub(crate) use continuation::Continuation;
use read::SizeLimits;
use run::CallRun;

/// One call, from the method to its answer.
///
/// It is generic for the sake of decoding alone: whether an answer can be read decides what happens next, so decoding
/// belongs here.
pub struct Exchange<M: Method> {
    run: CallRun,
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
        write!(f, "Exchange({:?}, {state})", self.run.call)
    }
}

impl<M: Method> Exchange<M> {
    /// Checks and encodes a method. What is wrong with it comes out of the first poll.
    pub fn new(session: &Session, method: &M) -> Self {
        let (call, outcome) = Call::of(method);
        Self {
            run: CallRun::new(session, call),
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
        self.run.deadline.set_timeout(timeout);
    }

    /// Settles what came of a request.
    fn settle(&mut self, now: Instant, kind: Kind) {
        self.state = match self.run.failed(now, kind) {
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
                // A hook of the user's may run in it. An exchange that one of them broke off sends nothing.
                let next = self.run.next(now, waker);
                self.state = match next {
                    Ok(_) => State::Sent,
                    Err(_) => State::Ready,
                };
                match next {
                    Ok(outgoing) => Step::Send(outgoing),
                    Err(Blocked::Wait(_, until)) => Step::Wait(until),
                    Err(Blocked::Store(call)) => Step::Store(call),
                    Err(Blocked::Refresh(refresh)) => Step::Refresh(Refresh::new(refresh)),
                    Err(Blocked::Fail(error)) => self.end(error),
                }
            }
            State::Done(outcome) => Step::Done(outcome),
            State::Invalid(kind) => {
                let error = self.run.conclude(kind);
                self.end(error)
            }
            // Sending again would be the one mistake that the engine exists to prevent.
            State::Sent => {
                self.run.log.ended(now);
                let error = self.run.conclude(Kind::Unreported);
                self.end(error)
            }
            State::Ended => {
                let error = self.run.conclude(Kind::Ended);
                self.end(error)
            }
        }
    }

    fn on_response(&mut self, now: Instant, response: Response<Bytes>) {
        let (State::Sent, Some(in_flight)) = (&self.state, &self.run.in_flight) else {
            return;
        };
        let status = response.status();
        let limit = self.run.session.config().body_limit;
        let limits = SizeLimits::new(limit, self.run.call.is_untyped);
        let secrets = [in_flight.secret()];
        match read::read::<M>(response, limits, &Redactor(&secrets)) {
            Ok(mut reply) => {
                reply.past = self.run.log.attempts().ended(now);
                let (time, costs) = (&reply.time, M::costs(&reply.result));
                in_flight.note_time(&self.run.call, time, &costs, now);
                self.run.succeeded(now, status, time.operating);
                self.state = State::Done(Ok(reply));
            }
            Err(kind) => self.settle(now, kind),
        }
    }

    fn on_failure(&mut self, now: Instant, failure: Failure) {
        let (State::Sent, Some(in_flight)) = (&self.state, &self.run.in_flight) else {
            return;
        };
        let secrets = [in_flight.secret()];
        let kind = Kind::no_response(
            failure,
            Some(in_flight.address().host()),
            &Redactor(&secrets),
        );
        self.settle(now, kind);
    }

    fn on_stored(&mut self, now: Instant, stored: Stored) {
        if let State::Ready = self.state {
            if let Some(error) = self.run.stored(now, stored) {
                self.state = State::Done(Err(error));
            }
        }
    }
}
