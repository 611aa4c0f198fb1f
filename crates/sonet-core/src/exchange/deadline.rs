//! How long a call may take.

use std::time::{Duration, Instant};

use crate::config::SHORTEST;

/// The bound on a whole call: a clock that starts with the first poll and stops between two requests.
#[derive(Debug, Default)]
pub(super) struct Deadline {
    /// How long the call may take.
    timeout: Option<Duration>,
    /// How long it may still take, where it goes on with what its last answer left.
    left: Option<Duration>,
    /// When its time is over, while the clock runs.
    at: Option<Instant>,
}

impl Deadline {
    pub(super) fn new(timeout: Option<Duration>) -> Self {
        Self {
            timeout,
            ..Self::default()
        }
    }

    /// Bounds the call anew, unless the clock runs already.
    pub(super) fn set_timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
    }

    /// Starts the clock, unless it runs already. A bound beyond what a clock can tell is none.
    pub(super) fn start(&mut self, now: Instant) {
        if self.at.is_none() {
            let bound = self.left.or(self.timeout);
            self.at = bound.and_then(|bound| now.checked_add(bound));
        }
    }

    /// Stops the clock, and keeps what is left.
    pub(super) fn stop(&mut self, now: Instant) {
        let at = self.at.take();
        self.left = at.map(|at| at.saturating_duration_since(now));
    }

    /// Gives the call its whole time again, from the next start on.
    pub(super) fn reset(&mut self) {
        (self.left, self.at) = (None, None);
    }

    /// Whether the time is over by then.
    pub(super) fn is_over(&self, by: Instant) -> bool {
        self.at.is_some_and(|at| by >= at)
    }

    /// This moment, or the end of the time where that comes sooner.
    pub(super) fn cap(&self, until: Instant) -> Instant {
        self.at.map_or(until, |at| until.min(at))
    }

    /// This time, or what is left where that is less.
    pub(super) fn bound(&self, now: Instant, time: Duration) -> Duration {
        self.at.map_or(time, |at| {
            let left = at.saturating_duration_since(now);
            left.min(time).max(SHORTEST)
        })
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn the_clock_starts_once() {
        let start = Instant::now();
        let mut deadline = Deadline::new(Some(10 * SECOND));
        assert!(!deadline.is_over(start + 60 * SECOND), "it has not started");
        deadline.start(start);
        deadline.start(start + 5 * SECOND);
        assert!(!deadline.is_over(start + 9 * SECOND));
        assert!(deadline.is_over(start + 10 * SECOND));
    }

    #[test]
    fn what_would_take_longer_is_cut() {
        let start = Instant::now();
        let mut deadline = Deadline::new(Some(10 * SECOND));
        deadline.start(start);
        assert_eq!(deadline.cap(start + 3 * SECOND), start + 3 * SECOND);
        assert_eq!(deadline.cap(start + 30 * SECOND), start + 10 * SECOND);
        let bound = |passed| deadline.bound(start + passed, 6 * SECOND);
        assert_eq!(bound(SECOND), 6 * SECOND);
        assert_eq!(bound(8 * SECOND), 2 * SECOND);
        assert_eq!(bound(10 * SECOND), SHORTEST);
    }

    #[test]
    fn time_between_requests_does_not_count() {
        let start = Instant::now();
        let mut deadline = Deadline::new(Some(10 * SECOND));
        deadline.start(start);
        deadline.stop(start + 4 * SECOND);
        assert!(!deadline.is_over(start + 60 * SECOND));
        deadline.start(start + 60 * SECOND);
        assert!(!deadline.is_over(start + 65 * SECOND));
        assert!(deadline.is_over(start + 66 * SECOND));

        deadline.reset();
        deadline.start(start + 100 * SECOND);
        assert!(!deadline.is_over(start + 109 * SECOND));
        assert!(deadline.is_over(start + 110 * SECOND));
    }

    #[test]
    fn no_bound_and_one_that_no_clock_can_tell_are_none() {
        let start = Instant::now();
        for timeout in [None, Some(Duration::MAX)] {
            let mut deadline = Deadline::new(timeout);
            deadline.start(start);
            assert!(!deadline.is_over(start + 1_000_000 * SECOND));
            assert_eq!(deadline.cap(start + SECOND), start + SECOND);
            assert_eq!(deadline.bound(start, SECOND), SECOND);
        }
    }
}
