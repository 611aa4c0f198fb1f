//! Who is next.

use std::collections::VecDeque;
use std::task::Waker;
use std::time::{Duration, Instant};

/// How long one whose turn has come is waited for. A future that is not polled must not hold up the others for longer.
const GRACE: Duration = Duration::from_millis(500);

/// Calls that wait for room, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Queue(VecDeque<Waiting>);

#[derive(Debug)]
struct Waiting {
    id: u64,
    /// When it was told to come back.
    turn: Instant,
    /// Whether it did not, so that the others go first until it does.
    late: bool,
    waker: Waker,
}

impl Queue {
    /// How many are before this one, which need not be in the queue yet.
    pub(super) fn ahead(&mut self, id: u64, now: Instant) -> usize {
        let mut ahead = 0;
        for waiting in self.0.iter_mut().take_while(|waiting| waiting.id != id) {
            waiting.late = waiting.late || waiting.turn + GRACE < now;
            ahead += usize::from(!waiting.late);
        }
        ahead
    }

    /// Lets one wait until its turn, or until it is woken.
    pub(super) fn wait(&mut self, id: u64, turn: Instant, waker: &Waker) {
        match self.0.iter_mut().find(|waiting| waiting.id == id) {
            Some(waiting) => {
                waiting.turn = turn;
                waiting.late = false;
                waiting.waker.clone_from(waker);
            }
            None => self.0.push_back(Waiting {
                id,
                turn,
                late: false,
                waker: waker.clone(),
            }),
        }
    }

    /// Until when the first one is waited for.
    pub(super) fn patience(&self) -> Option<Instant> {
        let first = self.0.iter().find(|waiting| !waiting.late);
        first.map(|waiting| waiting.turn + GRACE)
    }

    /// Takes one out.
    pub(super) fn leave(&mut self, id: u64) {
        self.0.retain(|waiting| waiting.id != id);
    }

    /// Whom to wake when there may be room sooner than the first one was told.
    pub(super) fn first(&self) -> Option<Waker> {
        let first = self.0.iter().find(|waiting| !waiting.late);
        first.map(|waiting| waiting.waker.clone())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }
}
