//! Leave to send a request.

use std::sync::Arc;
use std::task::Waker;
use std::time::Instant;

use super::Limits;
use super::state::{State, wake};

/// A call's permit: it waits in the queue, or is used for a request. It keeps its rank from one attempt to the next.
/// Dropping it frees what it holds and blocks nobody. A request that is given up so may still be on its way, and the bucket
/// takes it so.
pub(crate) struct Permit {
    rank: u64,
    limits: Limits,
}

impl Permit {
    pub(super) fn new(limits: Limits, rank: u64) -> Self {
        Self { rank, limits }
    }

    /// Takes room for one request; otherwise until when to wait, or to be woken.
    pub(crate) fn acquire(&self, now: Instant, waker: &Waker) -> Result<(), Instant> {
        let mut state = self.limits.state();
        let (outcome, old, wakers) = state.acquire(self.rank, now, waker);
        drop(state);
        // Wakers may run anything, also when they are dropped, so with no lock held.
        drop(old);
        wakers.into_iter().for_each(Waker::wake);
        outcome
    }

    /// Whether it is a permit of these limits.
    pub(crate) fn is_under(&self, limits: &Limits) -> bool {
        Arc::ptr_eq(&self.limits.0, &limits.0)
    }

    /// Leaves the queue, or ends the request: it was answered, or did not leave.
    pub(crate) fn release(&self, now: Instant) {
        self.free(|state| state.end(self.rank, now));
    }

    /// Leaves the queue, or stops waiting for the request, which may still be on its way.
    pub(crate) fn abandon(&self) {
        self.free(|state| state.give_up(self.rank));
    }

    fn free(&self, end: impl FnOnce(&mut State)) {
        let mut state = self.limits.state();
        let own = state.leave(self.rank);
        end(&mut state);
        let first = state.first();
        drop(state);
        // Wakers may run anything, also when they are dropped, so with no lock held.
        drop(own);
        wake(first);
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.abandon();
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::Rate;

    #[test]
    fn a_released_permit_makes_room_and_keeps_its_rank() {
        let (limits, now) = (Limits::new(Rate::new(1, 1)), Instant::now());
        let (first, second) = (limits.permit(), limits.permit());
        first.acquire(now, Waker::noop()).unwrap();
        second.acquire(now, Waker::noop()).unwrap_err();
        first.release(now);
        let later = now + Duration::from_secs(2);
        first.acquire(later, Waker::noop()).unwrap();
        assert_eq!(limits.load(later).waiting, 1);
    }

    #[test]
    fn a_dropped_permit_leaves_the_queue_and_its_request_in_the_count() {
        let (limits, now) = (Limits::new(Rate::new(1, 1)), Instant::now());
        let (first, second) = (limits.permit(), limits.permit());
        first.acquire(now, Waker::noop()).unwrap();
        second.acquire(now, Waker::noop()).unwrap_err();
        drop((first, second));
        let load = limits.load(now + Duration::from_secs(1));
        assert_eq!(
            (load.waiting, load.in_flight),
            (0, 0),
            "nobody waits for it"
        );
        assert!(load.level >= 1.0, "it may still arrive");
    }
}
