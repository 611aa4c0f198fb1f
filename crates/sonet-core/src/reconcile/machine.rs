//! A lookup as a state machine.

use std::fmt;
use std::task::Waker;
use std::time::Instant;

use bytes::Bytes;
use http::Response;

use super::{Reconcile, Reconciled, SentCall};
use crate::error::Kind;
use crate::{
    CallOptions, Error, Exchange, Executed, Failure, Invalid, Machine, Session, Step, Stored,
};

/// The search for what came of a call that failed.
///
/// Where the error says for certain that the call did not run, it ends without a request.
pub struct Reconciliation<M: Reconcile> {
    method: M,
    sent: SentCall,
    state: State<M>,
}

enum State<M: Reconcile> {
    Looking(Box<Exchange<M::Lookup>>),
    Known(Result<Reconciled<M::Output>, Error>),
    Ended,
}

impl<M: Reconcile> Reconciliation<M> {
    /// Looks for a call by the error that it ended with. The error of another method comes back as
    /// [`Error::is_invalid`] out of the first poll.
    pub fn new(session: &Session, method: &M, error: &Error, now: Instant) -> Self {
        let past = error.past();
        let sent = SentCall {
            executed: error.executed(),
            user: session.user(),
            first: past.first_sent,
            ended: past.ended,
            asked: now,
            answered: now,
        };
        let state = if error.method() != Some(method.name()) {
            let problem = match error.method() {
                Some(other) => {
                    format!("it is an error of `{other}`; pass the error of the call that failed")
                }
                None => "it is not the error of a call".to_owned(),
            };
            let kind = Kind::Invalid(Invalid::new("error", problem));
            State::Known(Err(Error::new(method.name(), kind)))
        } else if sent.executed == Executed::No {
            State::Known(Ok(Reconciled::NotDone { settled: true }))
        } else {
            let lookup = method.lookup(sent.user);
            State::Looking(Box::new(Exchange::new(session, &lookup)))
        };
        Self {
            method: method.clone(),
            sent,
            state,
        }
    }

    /// What the lookup does otherwise than the client's settings say.
    #[must_use]
    pub fn options(mut self, options: &CallOptions) -> Self {
        if let State::Looking(exchange) = &mut self.state {
            exchange.set_options(options);
        }
        self
    }
}

impl<M: Reconcile> Machine for Reconciliation<M> {
    type Output = Result<Reconciled<M::Output>, Error>;

    fn poll(&mut self, now: Instant, waker: &Waker) -> Step<Self::Output> {
        let step = match &mut self.state {
            State::Looking(exchange) => exchange.poll(now, waker),
            State::Known(_) | State::Ended => {
                return match std::mem::replace(&mut self.state, State::Ended) {
                    State::Known(outcome) => Step::Done(outcome),
                    _ => Step::Done(Err(Error::new(self.method.name(), Kind::Ended))),
                };
            }
        };
        match step {
            Step::Send(outgoing) => {
                self.sent.asked = now;
                Step::Send(outgoing)
            }
            Step::Wait(until) => Step::Wait(until),
            Step::Store(call) => Step::Store(call),
            Step::Refresh(refresh) => Step::Refresh(refresh),
            Step::Done(outcome) => {
                self.state = State::Ended;
                Step::Done(outcome.map(|reply| self.method.settle(&self.sent, reply)))
            }
        }
    }

    fn on_response(&mut self, now: Instant, response: Response<Bytes>) {
        if let State::Looking(exchange) = &mut self.state {
            self.sent.answered = now;
            exchange.on_response(now, response);
        }
    }

    fn on_failure(&mut self, now: Instant, failure: Failure) {
        if let State::Looking(exchange) = &mut self.state {
            exchange.on_failure(now, failure);
        }
    }

    fn on_stored(&mut self, now: Instant, stored: Stored) {
        if let State::Looking(exchange) = &mut self.state {
            exchange.on_stored(now, stored);
        }
    }
}

impl<M: Reconcile> fmt::Debug for Reconciliation<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reconciliation")
            .field("method", &self.method.name())
            .field("sent", &self.sent)
            .finish_non_exhaustive()
    }
}
