//! What the answer of a batch leaves to be asked for again.

use std::time::Instant;

use super::call::Call;
use super::run::CallRun;
use super::{Exchange, State};
use crate::attempts::Attempts;
use crate::error::Kind;
use crate::{Effect, Error, Executed, Method, Session};

/// A batch that was answered, and of whose commands some failed.
///
/// Whether one is asked for again is decided as for a call of its own, by the same policy and within the same bounds: how
/// often it has failed, how long it may take, and until when it pauses go from one request to the next.
pub(crate) struct Continuation(Box<CallRun>);

impl Continuation {
    /// Decides about a command that failed with this. Of several that fail for the same reason, all count as one.
    pub(crate) fn should_retry(
        &mut self,
        now: Instant,
        method: &str,
        effect: Effect,
        kind: &Kind,
    ) -> bool {
        let error = Error::new(method, kind.clone());
        // A read that ran leaves nothing behind.
        let may_have_run = effect != Effect::Read && error.executed() != Executed::No;
        let run = &mut self.0;
        let Some(in_flight) = run.in_flight.take() else {
            return false;
        };
        let outcome = run.recover(now, &in_flight, effect, error, may_have_run);
        run.in_flight = Some(in_flight);
        outcome.is_ok()
    }

    /// Lets what is left count as a call of its own that begins now, since what was asked for before it has come: what
    /// failed of it was its first attempt.
    pub(crate) fn reset(&mut self) {
        self.0.deadline.reset();
        self.0.log.reset();
        self.0.admission.tokens.reset();
        self.0.recovery.reset();
    }

    /// What is known of the requests that were sent.
    pub(crate) fn past(&self, now: Instant) -> Attempts {
        self.0.log.attempts().ended(now)
    }

    pub(crate) fn session(&self) -> &Session {
        &self.0.session
    }

    /// Asks for what is left.
    pub(crate) fn into_exchange<M: Method>(self, method: &M) -> Exchange<M> {
        let (call, outcome) = Call::of(method);
        let mut run = self.0;
        run.log.continue_with(&call);
        (run.call, run.in_flight) = (call, None);
        Exchange {
            run,
            state: outcome.map_or_else(State::Invalid, |()| State::Ready),
        }
    }
}

impl<M: Method> Exchange<M> {
    /// What is left after the end. The time until it is asked for is the caller's, and counts for no deadline.
    pub(crate) fn into_continuation(mut self, now: Instant) -> Continuation {
        self.run.deadline.stop(now);
        Continuation(self.run)
    }
}
