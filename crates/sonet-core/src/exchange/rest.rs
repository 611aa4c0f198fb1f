//! What the answer of a batch leaves to be asked for again.

use std::time::Instant;

use super::call::Call;
use super::course::Course;
use super::{Exchange, State};
use crate::attempts::Attempts;
use crate::error::Kind;
use crate::{Effect, Error, Method, Session};

/// A batch that was answered, and of whose commands some failed.
///
/// Whether one is asked for again is decided as for a call of its own, by the same policy and within the same bounds: how
/// often it has failed, how long it may take, and until when it pauses go from one request to the next.
pub(crate) struct Rest(Course);

impl Rest {
    /// Decides about a command that failed with this. Of several that fail for the same reason, all count as one.
    pub(crate) fn repeats(
        &mut self,
        now: Instant,
        method: &str,
        effect: Effect,
        kind: &Kind,
    ) -> bool {
        let error = Error::new(method, kind.clone());
        self.0.command_failed(now, method, effect, &error)
    }

    /// Lets what is left count as a call of its own that begins now, since what was asked for before it has come.
    pub(crate) fn begin_anew(&mut self) {
        self.0.begin_anew();
    }

    /// What is known of the requests that were sent.
    pub(crate) fn past(&self, now: Instant) -> Attempts {
        self.0.past(now)
    }

    pub(crate) fn session(&self) -> &Session {
        self.0.session()
    }

    /// Asks for what is left.
    pub(crate) fn ask<M: Method>(mut self, method: &M) -> Exchange<M> {
        let (call, outcome) = Call::of(method);
        self.0.go_on(call);
        Exchange {
            course: self.0,
            state: outcome.map_or_else(State::Invalid, |()| State::Ready),
        }
    }
}

impl<M: Method> Exchange<M> {
    /// What is left after the end. The time until it is asked for is the caller's, and counts for no deadline.
    pub(crate) fn into_rest(mut self, now: Instant) -> Rest {
        self.course.rest(now);
        Rest(self.course)
    }
}
