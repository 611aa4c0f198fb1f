//! One refresh at a time, for all calls.

use std::task::Waker;
use std::time::{Duration, Instant};

/// For how long one refresh keeps the others waiting, if it never reports again.
pub(crate) const LEASE: Duration = Duration::from_secs(45);

/// Which refresh is under way, and who waits for it.
#[derive(Debug, Clone, Default)]
pub(super) struct SingleFlight {
    /// The refresh that is under way: which, and until when it is waited for.
    lease: Option<(u64, Instant)>,
    /// How many were begun.
    begun: u64,
    /// How many there are, those included that only give back what they hold.
    running: usize,
    waiting: Vec<Waker>,
}

impl SingleFlight {
    /// Until when the refresh under way is waited for, which wakes whoever waits when it ends sooner. `None` where there is
    /// none.
    pub(super) fn wait(&mut self, now: Instant, waker: &Waker) -> Option<Instant> {
        let (_, until) = self.lease.filter(|(_, until)| *until > now)?;
        self.wake_later(waker);
        Some(until)
    }

    /// Whether any refresh is left, such as one that only gives back what it holds; it wakes whoever waits.
    pub(super) fn is_running(&mut self, waker: &Waker) -> bool {
        let is_running = self.running > 0;
        if is_running {
            self.wake_later(waker);
        }
        is_running
    }

    fn wake_later(&mut self, waker: &Waker) {
        if !self.waiting.iter().any(|other| other.will_wake(waker)) {
            self.waiting.push(waker.clone());
        }
    }

    /// Begins a refresh, in place of any other: which one it is.
    pub(super) fn begin(&mut self, now: Instant) -> u64 {
        self.begun += 1;
        self.running += 1;
        self.lease = Some((self.begun, now + LEASE));
        self.begun
    }

    /// Keeps the others waiting for a refresh that goes on; `false` if another has taken over.
    pub(super) fn extend(&mut self, number: u64, now: Instant) -> bool {
        match &mut self.lease {
            Some((held, until)) if *held == number => {
                // Never sooner than before: not everybody's clock need be the same, as where a test has stopped one.
                *until = (*until).max(now + LEASE);
                true
            }
            _ => false,
        }
    }

    /// Lets another refresh take over; `false` if one has done so already.
    pub(super) fn release(&mut self, number: u64) -> bool {
        let held = self.lease.is_some_and(|(held, _)| held == number);
        if held {
            self.lease = None;
        }
        held
    }

    /// Notes that a refresh is gone.
    pub(super) fn dropped(&mut self) {
        self.running = self.running.saturating_sub(1);
    }

    /// Whom to wake.
    pub(super) fn take_wakers(&mut self) -> Vec<Waker> {
        std::mem::take(&mut self.waiting)
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
mod tests {
    use super::*;

    #[test]
    fn the_others_wait_until_it_ends_or_never_reports_again() {
        let (mut flight, now, waker) = (SingleFlight::default(), Instant::now(), Waker::noop());
        assert_eq!(flight.wait(now, waker), None);
        let first = flight.begin(now);
        assert_eq!(flight.wait(now, waker), Some(now + LEASE));
        let later = now + Duration::from_secs(30);
        assert!(flight.extend(first, later));
        assert_eq!(flight.wait(later, waker), Some(later + LEASE));
        assert!(flight.extend(first, now), "a clock that is behind");
        assert_eq!(flight.wait(later, waker), Some(later + LEASE));
        assert_eq!(flight.wait(later + LEASE, waker), None);
        assert!(flight.release(first));
        assert_eq!(flight.wait(later, waker), None);
    }

    #[test]
    fn one_that_took_too_long_has_nothing_to_say_any_more() {
        let (mut flight, now) = (SingleFlight::default(), Instant::now());
        let (first, second) = (flight.begin(now), flight.begin(now + LEASE));
        assert!(!flight.extend(first, now + LEASE));
        assert!(!flight.release(first));
        assert!(flight.extend(second, now + LEASE));
    }

    #[test]
    fn it_is_running_until_it_is_dropped_and_wakes_who_waits() {
        let (mut flight, now, waker) = (SingleFlight::default(), Instant::now(), Waker::noop());
        let number = flight.begin(now);
        flight.release(number);
        assert!(flight.is_running(waker));
        assert_eq!(flight.take_wakers().len(), 1);
        flight.dropped();
        assert!(!flight.is_running(waker));
        assert!(flight.take_wakers().is_empty());
    }
}
