//! What limits know, and who is let in.

use std::task::Waker;
use std::time::{Duration, Instant};

use super::Rate;
use super::bucket::Bucket;
use super::operating::Operating;
use super::queue::Queue;

/// What limits know: the count, who waits for room, and which methods pause.
pub(super) struct State {
    pub(super) rate: Rate,
    bucket: Bucket,
    queue: Queue,
    pub(super) operating: Operating,
    /// How many permits were given.
    ranks: u64,
}

/// How much is going on.
pub(crate) struct Load {
    pub(crate) level: f64,
    pub(crate) in_flight: usize,
    pub(crate) waiting: usize,
}

/// What comes of asking for room: the wakers that are dropped and woken come along.
pub(super) type Acquired = (Result<(), Instant>, Option<Waker>, Vec<Waker>);

impl State {
    pub(super) fn new(rate: Rate) -> Self {
        Self {
            rate,
            bucket: Bucket::default(),
            queue: Queue::default(),
            operating: Operating::default(),
            ranks: 0,
        }
    }

    /// The rank of another permit, behind all others.
    pub(super) fn next_rank(&mut self) -> u64 {
        self.ranks += 1;
        self.ranks
    }

    /// Whether a new one would be no different.
    pub(super) fn is_idle(&mut self, now: Instant) -> bool {
        let config = self.rate.bucket_config();
        let counts = config.is_some_and(|config| !self.bucket.is_idle(config, now));
        !counts && !self.operating.pauses(now)
    }

    /// What is counted, in flight and waiting.
    pub(super) fn load(&mut self, now: Instant) -> Load {
        let config = self.rate.bucket_config();
        Load {
            level: config.map_or(0.0, |config| self.bucket.level(config, now)),
            in_flight: self.bucket.in_flight(now),
            waiting: self.queue.len(),
        }
    }

    /// Whether another request would have to wait, behind so many that have not asked for room yet.
    pub(super) fn would_wait(&mut self, ahead: usize, now: Instant) -> bool {
        let Some(config) = self.rate.bucket_config() else {
            return false;
        };
        let ahead = ahead + self.queue.len();
        !self.bucket.wait(config, ahead, now).is_zero()
    }

    /// Notes that a request was refused for the rate.
    pub(super) fn refuse(&mut self, now: Instant) {
        if let Some(config) = self.rate.bucket_config() {
            self.bucket.refuse(config, now);
        }
    }

    /// Takes room for one request.
    pub(super) fn acquire(&mut self, rank: u64, now: Instant, waker: &Waker) -> Acquired {
        let Self {
            rate,
            bucket,
            queue,
            ..
        } = self;
        if let Some(config) = rate.bucket_config() {
            let ahead = queue.ahead(rank, now);
            let wait = bucket.wait(config, ahead, now);
            if !wait.is_zero() {
                let turn = later(now, wait);
                return (Err(turn), queue.wait(rank, turn, waker), Vec::new());
            }
            if ahead > 0 {
                // There is room for this one too, so those before it are about to come, or never will.
                let (wakers, until) = queue.call(rank, now);
                let turn = until.max(now) + Duration::from_millis(1);
                return (Err(turn), queue.wait(rank, turn, waker), wakers);
            }
            bucket.send(rank, now);
        }
        let own = queue.leave(rank);
        (Ok(()), own, queue.first().into_iter().collect())
    }

    /// Takes a permit out of the queue: its waker.
    #[must_use]
    pub(super) fn leave(&mut self, rank: u64) -> Option<Waker> {
        self.queue.leave(rank)
    }

    /// Ends a request that was answered, or did not leave.
    pub(super) fn end(&mut self, rank: u64, now: Instant) {
        if let Some(config) = self.rate.bucket_config() {
            self.bucket.end(config, rank, now);
        }
    }

    /// Stops waiting for a request, which may still be on its way.
    pub(super) fn give_up(&mut self, rank: u64) {
        self.bucket.give_up(rank);
    }

    /// Whom to wake when there may be room.
    pub(super) fn first(&self) -> Option<Waker> {
        self.queue.first()
    }
}

/// Wakes one, with no lock held: a waker may run anything.
pub(super) fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}

/// A moment later, also where the clock has no such moment.
pub(crate) fn later(now: Instant, wait: Duration) -> Instant {
    const LONG: Duration = Duration::from_secs(24 * 3_600);
    now.checked_add(wait).unwrap_or_else(|| now + LONG)
}
