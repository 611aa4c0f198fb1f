//! The limits of a portal, shared by all that call it.

mod bucket;
mod cache;
mod operating;
mod portals;
mod queue;
mod rate;
mod store;

use std::fmt;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::{Duration, Instant};

pub(crate) use portals::{moved, of};
pub use rate::Rate;
pub use store::{LimitStore, StoreError};

use crate::Time;
use crate::caller::Caller;
use bucket::Bucket;
use operating::Operating;
use queue::Queue;

/// The count of a portal's requests, and which of its methods have used up their time.
///
/// Clones share it. Clients of one portal share one by default, in the whole process and whatever their kind, since the
/// portal counts per source address and not per webhook or application.
///
/// Permits are given in the order in which calls ask for them, and each before its request is sent. Where the portal
/// still refuses, another program shares the address: the pace is halved, and recovers within two minutes.
#[derive(Clone)]
pub struct Limits(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    store: Option<Arc<dyn LimitStore>>,
    /// By how many names [`portals`] knows these limits.
    names: AtomicUsize,
}

struct State {
    rate: Rate,
    bucket: Bucket,
    queue: Queue,
    operating: Operating,
    /// How many permits were given.
    ranks: u64,
}

impl Limits {
    /// Limits of their own, for clients that are given them by [`crate::Config::limits`].
    #[must_use]
    pub fn new(rate: Rate) -> Self {
        Self::over(rate, None)
    }

    /// Limits whose count is kept elsewhere, for several machines that share a source address.
    #[must_use]
    pub fn stored(rate: Rate, store: impl LimitStore) -> Self {
        Self::over(rate, Some(Arc::new(store)))
    }

    fn over(rate: Rate, store: Option<Arc<dyn LimitStore>>) -> Self {
        let state = State {
            rate,
            bucket: Bucket::default(),
            queue: Queue::default(),
            operating: Operating::default(),
            ranks: 0,
        };
        Self(Arc::new(Shared {
            state: Mutex::new(state),
            store,
            names: AtomicUsize::new(0),
        }))
    }

    /// The rate.
    #[must_use]
    pub fn rate(&self) -> Rate {
        self.state().rate
    }

    /// Changes the rate, for all that share these limits.
    pub fn set_rate(&self, rate: Rate) {
        let mut state = self.state();
        state.rate = rate;
        let first = state.queue.first();
        drop(state);
        wake(first);
    }

    pub(crate) fn store(&self) -> Option<&Arc<dyn LimitStore>> {
        self.0.store.as_ref()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a new one would be no different.
    fn is_idle(&self, now: Instant) -> bool {
        let mut state = self.state();
        let config = state.rate.bucket_config();
        let counts = config.is_some_and(|config| !state.bucket.is_idle(config, now));
        !counts && !state.operating.pauses(now)
    }

    /// A permit for a call, behind all that were given one before.
    pub(crate) fn permit(&self) -> Permit {
        let mut state = self.state();
        state.ranks += 1;
        Permit {
            rank: state.ranks,
            limits: self.clone(),
        }
    }

    /// Until when a method waits because it has used up its time.
    pub(crate) fn paused(&self, caller: &Caller, method: &str, now: Instant) -> Option<Instant> {
        self.state().operating.paused(caller, method, now)
    }

    /// Takes what an answer says about a method's time.
    pub(crate) fn record_operating(
        &self,
        caller: &Caller,
        method: &str,
        time: &Time,
        limit: Option<Duration>,
        now: Instant,
    ) {
        self.state()
            .operating
            .record(caller, method, time, limit, now);
    }

    /// Notes that a method was refused for its time; `false` if nothing is known of when to try again.
    pub(crate) fn refuse_method(&self, caller: &Caller, method: &str, now: Instant) -> bool {
        self.state().operating.refuse(caller, method, now)
    }

    /// Notes that a request was refused for the rate.
    pub(crate) fn refuse(&self, now: Instant) {
        let mut state = self.state();
        if let Some(config) = state.rate.bucket_config() {
            state.bucket.refuse(config, now);
        }
    }

    /// What is counted, out and waiting.
    pub(crate) fn load(&self, now: Instant) -> Load {
        let mut state = self.state();
        let config = state.rate.bucket_config();
        Load {
            level: config.map_or(0.0, |config| state.bucket.level(config, now)),
            in_flight: state.bucket.in_flight(now),
            waiting: state.queue.len(),
        }
    }
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limits")
            .field("rate", &self.rate())
            .field("store", &self.0.store)
            .finish_non_exhaustive()
    }
}

/// How much is going on.
pub(crate) struct Load {
    pub(crate) level: f64,
    pub(crate) in_flight: usize,
    pub(crate) waiting: usize,
}

/// A call's permit: it waits in the queue, or is used for a request. It keeps its rank from one attempt to the next.
/// Dropping it frees what it holds and blocks nobody. A request that is given up so may still be on its way, and the bucket
/// takes it so.
pub(crate) struct Permit {
    rank: u64,
    limits: Limits,
}

impl Permit {
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
        self.free(|state, rank| {
            if let Some(config) = state.rate.bucket_config() {
                state.bucket.end(config, rank, now);
            }
        });
    }

    /// Leaves the queue, or stops waiting for the request, which may still be on its way.
    pub(crate) fn abandon(&self) {
        self.free(|state, rank| state.bucket.give_up(rank));
    }

    fn free(&self, end: impl FnOnce(&mut State, u64)) {
        let mut state = self.limits.state();
        let own = state.queue.leave(self.rank);
        end(&mut state, self.rank);
        let first = state.queue.first();
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

/// What comes of asking for room: the wakers that are dropped and woken come along.
type Acquired = (Result<(), Instant>, Option<Waker>, Vec<Waker>);

impl State {
    fn acquire(&mut self, rank: u64, now: Instant, waker: &Waker) -> Acquired {
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
}

/// Wakes one, with no lock held: a waker may run anything.
fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}

/// A moment later, also where the clock has no such moment.
pub(crate) fn later(now: Instant, wait: Duration) -> Instant {
    const LONG: Duration = Duration::from_secs(24 * 3_600);
    now.checked_add(wait).unwrap_or_else(|| now + LONG)
}
