//! What is known of a call that is looked for.

use std::time::{Duration, Instant};

use crate::{Executed, Reconciled, Time};

/// By how much the server's own clocks may differ. Dates are cut to whole seconds, and a database may have another clock
/// than what answers calls.
const SLACK: Duration = Duration::from_secs(5);

/// What is known of a call whose outcome is looked up.
#[derive(Debug, Clone)]
pub struct SentCall {
    pub(super) executed: Executed,
    pub(super) user: Option<i64>,
    /// When the first request left that may have run.
    pub(super) first: Option<Instant>,
    /// When the last one that may have run was answered or given up, as far as that is known.
    pub(super) ended: Option<Instant>,
    /// When the lookup left.
    pub(super) asked: Instant,
    /// When its answer came.
    pub(super) answered: Instant,
}

impl SentCall {
    /// How long after a call has failed nothing of it can happen any more, 65 seconds: the server cuts a request after 60,
    /// and the rest is for what was still on its way when the call was given up.
    ///
    /// A lookup that begins later is [settled](Reconciled::NotDone): sleep for this long, and call the client's `reconcile`.
    pub const SETTLED_AFTER: Duration = Duration::from_secs(65);

    /// The user whose rights the call had, as far as that is known.
    #[must_use]
    pub fn user(&self) -> Option<i64> {
        self.user
    }

    /// Whether the server is known to have run the call.
    #[must_use]
    pub fn ran(&self) -> bool {
        self.executed == Executed::Yes
    }

    /// Whether the server can't be running the call any more, nor begin to.
    #[must_use]
    pub fn is_over(&self) -> bool {
        let cut =
            |ended: Instant| self.asked.saturating_duration_since(ended) >= Self::SETTLED_AFTER;
        self.ran() || self.ended.is_some_and(cut)
    }

    /// The earliest moment at which the server can have run the call, in Unix seconds by the server's own clock: what it
    /// is now, from the time in the lookup's reply, less what has passed since. The clock of this machine has no part in
    /// it. `None` where the reply tells no time.
    #[must_use]
    pub fn since(&self, time: &Time) -> Option<f64> {
        let now = time.finish.or(time.start)?;
        let passed = self.answered.saturating_duration_since(self.first?);
        Some(now - passed.as_secs_f64() - SLACK.as_secs_f64())
    }

    /// What to say where the lookup shows nothing of the call.
    pub fn not_done<T>(&self) -> Reconciled<T> {
        if self.ran() {
            // What it did has been undone since, or can't be seen.
            return Reconciled::Ambiguous(Vec::new());
        }
        Reconciled::NotDone {
            settled: self.is_over(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
mod tests {
    use super::*;

    fn sent(executed: Executed, seconds: u64) -> SentCall {
        let first = Instant::now();
        let ended = first + Duration::from_secs(10);
        SentCall {
            executed,
            user: None,
            first: Some(first),
            ended: Some(ended),
            asked: ended + Duration::from_secs(seconds),
            answered: ended + Duration::from_secs(seconds + 2),
        }
    }

    #[test]
    fn nothing_found_is_final_once_the_server_has_cut_the_request() {
        let settled = |executed, seconds| sent(executed, seconds).not_done::<()>();
        let not_done = |settled| Reconciled::NotDone { settled };
        let bound = SentCall::SETTLED_AFTER.as_secs();
        assert_eq!(settled(Executed::Unknown, bound - 1), not_done(false));
        assert_eq!(settled(Executed::Unknown, bound), not_done(true));
        assert_eq!(
            settled(Executed::Yes, 0),
            Reconciled::Ambiguous(Vec::new()),
            "it ran, and left nothing to be seen"
        );
    }

    #[test]
    fn a_call_of_which_nobody_knows_when_it_ended_is_never_over() {
        let unknown = SentCall {
            ended: None,
            ..sent(Executed::Unknown, 10_000)
        };
        assert!(!unknown.is_over());
        assert!(sent(Executed::Unknown, 10_000).is_over());
    }

    #[test]
    fn the_beginning_is_told_by_the_servers_clock() {
        let sent = sent(Executed::Unknown, 3);
        let mut time = Time {
            start: Some(999.0),
            finish: Some(1_000.0),
            ..Time::default()
        };
        assert_eq!(sent.since(&time), Some(1_000.0 - 15.0 - 5.0));
        time.finish = None;
        assert_eq!(sent.since(&time), Some(999.0 - 15.0 - 5.0));
        time.start = None;
        assert_eq!(sent.since(&time), None);
    }
}
