//! Who is next.

use std::collections::BTreeMap;
use std::task::Waker;
use std::time::{Duration, Instant};

/// How long one whose turn has come is waited for. A future that is not polled must not hold up the others for longer.
const GRACE: Duration = Duration::from_millis(500);

/// Calls that wait for room, by their rank: in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Queue(BTreeMap<u64, Waiting>);

#[derive(Debug)]
struct Waiting {
    /// When it was told to come back.
    turn: Instant,
    /// Whether it did not, so that the others go first until it does.
    late: bool,
    waker: Waker,
}

impl Queue {
    /// How many are before this one, which need not be in the queue yet, without those at the front that are late.
    pub(super) fn ahead(&mut self, rank: u64, now: Instant) -> usize {
        let mut late = 0;
        for (_, waiting) in self.0.range_mut(..rank) {
            waiting.late = waiting.late || waiting.turn + GRACE < now;
            if !waiting.late {
                break;
            }
            late += 1;
        }
        // Most who ask are new, and so behind all; thousands may wait, and need not be counted each time.
        let is_last = self.0.last_key_value().is_none_or(|(last, _)| *last < rank);
        let before = if is_last {
            self.0.len()
        } else {
            self.0.range(..rank).count()
        };
        before - late
    }

    /// Lets one wait until its turn, or until it is woken. Returns the waker that it had before.
    #[must_use]
    pub(super) fn wait(&mut self, rank: u64, turn: Instant, waker: &Waker) -> Option<Waker> {
        let waiting = Waiting {
            turn,
            late: false,
            waker: waker.clone(),
        };
        self.0.insert(rank, waiting).map(|before| before.waker)
    }

    /// Makes it the turn of all before this one: whoever does not come soon is late, whatever it was told. Returns whom to
    /// wake, and until when the first of them is waited for.
    pub(super) fn call(&mut self, rank: u64, now: Instant) -> (Vec<Waker>, Instant) {
        let before = self.0.range_mut(..rank).map(|(_, waiting)| waiting);
        let mut wakers = Vec::new();
        let mut earliest = now;
        for waiting in before.filter(|waiting| !waiting.late) {
            waiting.turn = waiting.turn.min(now);
            earliest = earliest.min(waiting.turn);
            wakers.push(waiting.waker.clone());
        }
        (wakers, earliest + GRACE)
    }

    /// Takes one out. Returns its waker.
    #[must_use]
    pub(super) fn leave(&mut self, rank: u64) -> Option<Waker> {
        self.0.remove(&rank).map(|waiting| waiting.waker)
    }

    /// Whom to wake when there may be room sooner than the first one was told.
    pub(super) fn first(&self) -> Option<Waker> {
        let first = self.0.values().find(|waiting| !waiting.late);
        first.map(|waiting| waiting.waker.clone())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
