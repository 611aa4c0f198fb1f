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
use std::time::Instant;

use bytes::Bytes;
use http::Response;

use crate::answer_headers::AnswerHeaders;
use crate::error::Kind;
use crate::redact::Redactor;
use crate::{CallOptions, Error, Failure, Machine, Method, Refresh, Reply, Session, Step, Stored};
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
    /// Behind a pointer, since a call is moved several times until it is driven.
    run: Box<CallRun>,
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
            run: Box::new(CallRun::new(session, call)),
            state: outcome.map_or_else(State::Invalid, |()| State::Ready),
        }
    }

    /// What this call does otherwise than the client's settings say, from the first poll on.
    #[must_use]
    pub fn options(mut self, options: &CallOptions) -> Self {
        self.set_options(options);
        self
    }

    /// As [`Exchange::options`]. What goes on with a call that was answered in part keeps that call's bound on its time.
    pub fn set_options(&mut self, options: &CallOptions) {
        self.run.set_options(options);
    }

    /// Settles what came of a request.
    fn settle(&mut self, now: Instant, kind: Kind) {
        self.state = match self.run.failed(now, kind) {
            Some(error) => State::Done(Err(error)),
            None => State::Ready,
        };
    }

    /// Ends, once a store has been told what this call has learned.
    fn finish(
        &mut self,
        now: Instant,
        outcome: Result<Reply<M::Output>, Error>,
    ) -> Step<Result<Reply<M::Output>, Error>> {
        match self.run.report(now) {
            Some(word) => {
                self.state = State::Done(outcome);
                Step::Store(word)
            }
            None => Step::Done(outcome),
        }
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
                    Err(Blocked::Fail(_)) => State::Ended,
                    Err(_) => State::Ready,
                };
                match next {
                    Ok(outgoing) => Step::Send(outgoing),
                    Err(Blocked::Wait(_, until)) => Step::Wait(until),
                    Err(Blocked::Store(call)) => Step::Store(call),
                    Err(Blocked::Refresh(refresh)) => Step::Refresh(Refresh::new(refresh)),
                    Err(Blocked::Fail(error)) => self.finish(now, Err(error)),
                }
            }
            State::Done(outcome) => self.finish(now, outcome),
            State::Invalid(kind) => {
                let error = self.run.conclude(now, kind);
                self.end(error)
            }
            // Sending again would be the one mistake that the engine exists to prevent.
            State::Sent => {
                self.run.log.ended(now);
                let error = self.run.conclude(now, Kind::Unreported);
                self.end(error)
            }
            State::Ended => {
                let error = self.run.conclude(now, Kind::Ended);
                self.end(error)
            }
        }
    }

    fn on_response(&mut self, now: Instant, mut response: Response<Bytes>) {
        let (State::Sent, Some(in_flight)) = (&self.state, &self.run.in_flight) else {
            return;
        };
        let status = response.status();
        let limit = self.run.session.config().body_limit;
        let limits = SizeLimits::new(limit, self.run.call.is_untyped);
        let secrets = [in_flight.secret()];
        let redactor = Redactor(&secrets);
        let read = read::read::<M>(&mut response, limits, &redactor);
        let headers = std::mem::take(response.headers_mut());
        let headers = AnswerHeaders::of(headers, in_flight.secret());
        self.run.log.answered(now, headers);
        match read {
            Ok(mut reply) => {
                reply.past = self.run.log.attempts().ended(now);
                let (time, costs) = (&reply.time, M::costs(&reply.result));
                let room = &mut self.run.admission.room;
                in_flight.note_time(&self.run.call, time, &costs, now, room);
                let exhausted = M::exhausted(&reply.result);
                in_flight.note_exhausted(&self.run.call, &exhausted, now, room);
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
        self.run.log.unanswered(now);
        let secrets = [in_flight.secret()];
        let kind = Kind::no_response(
            failure,
            Some(in_flight.address().host()),
            &Redactor(&secrets),
        );
        self.settle(now, kind);
    }

    fn on_stored(&mut self, now: Instant, stored: Stored) {
        // What a store failed to be told of does not take away an outcome.
        if let State::Ready = self.state {
            if let Some(error) = self.run.stored(now, stored) {
                self.state = State::Done(Err(error));
            }
        }
    }
}
