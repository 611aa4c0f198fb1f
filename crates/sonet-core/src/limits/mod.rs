//! The limits of a portal, shared by all that call it.

mod bucket;
mod operating;
mod queue;
mod rate;
mod store;

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::{Duration, Instant};

pub use rate::Rate;
pub use store::{LimitStore, StoreError};

use crate::Time;
use crate::session::Caller;
use bucket::Bucket;
use operating::Operating;
use queue::Queue;

/// The count of a portal's requests, and which of its methods have used up their time.
///
/// Clones share it. Clients of one portal share one by default, in the whole process and whatever their kind, since the
/// portal counts per source address and not per webhook or application.
///
/// Places are given in the order in which calls ask for them, and each before its request is sent. Where the portal
/// still refuses, another program shares the address: the pace is halved, and recovers within two minutes.
#[derive(Clone)]
pub struct Limits(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    store: Option<Arc<dyn LimitStore>>,
}

struct State {
    rate: Rate,
    bucket: Bucket,
    queue: Queue,
    operating: Operating,
    next: u64,
}

/// The limits of every portal that this process calls.
static PORTALS: LazyLock<Mutex<HashMap<String, Limits>>> = LazyLock::new(Mutex::default);

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
            next: 0,
        };
        Self(Arc::new(Shared {
            state: Mutex::new(state),
            store,
        }))
    }

    /// The limits that this process has for a portal, by its host and port.
    pub(crate) fn of(portal: &str, now: Instant) -> Self {
        let mut portals = PORTALS.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(limits) = portals.get(portal) {
            return limits.clone();
        }
        // What nobody uses, and what has nothing to remember, is forgotten.
        portals.retain(|_, limits| Arc::strong_count(&limits.0) > 1 || !limits.is_idle(now));
        let limits = Self::new(Rate::STANDARD);
        portals.insert(portal.to_owned(), limits.clone());
        limits
    }

    /// Makes a portal's new address share the limits of its old one.
    pub(crate) fn also_of(&self, portal: &str) {
        let mut portals = PORTALS.lock().unwrap_or_else(PoisonError::into_inner);
        portals.insert(portal.to_owned(), self.clone());
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

    fn is_idle(&self, now: Instant) -> bool {
        self.load(now).level < 1.0
    }

    /// A place for a call, at the end of the queue once it asks for room.
    pub(crate) fn place(&self) -> Place {
        let mut state = self.state();
        state.next += 1;
        Place {
            id: state.next,
            limits: self.clone(),
        }
    }

    /// Until when a method waits because it has used up its time.
    pub(crate) fn paused(&self, caller: &Caller, method: &str, now: Instant) -> Option<Instant> {
        self.state().operating.paused(caller, method, now)
    }

    /// Takes what an answer says about a method's time.
    pub(crate) fn note(
        &self,
        caller: &Caller,
        method: &str,
        time: &Time,
        limit: Option<Duration>,
        now: Instant,
    ) {
        self.state()
            .operating
            .note(caller, method, time, limit, now);
    }

    /// Notes that a method was refused for its time; `false` if nothing is known of when to try again.
    pub(crate) fn refuse_method(&self, caller: &Caller, method: &str, now: Instant) -> bool {
        self.state().operating.refuse(caller, method, now)
    }

    /// Notes that a request was refused for the rate.
    pub(crate) fn refuse(&self, now: Instant) {
        let mut state = self.state();
        if let Some(shape) = state.rate.shape() {
            state.bucket.refuse(shape, now);
        }
    }

    /// What is counted, out and waiting.
    pub(crate) fn load(&self, now: Instant) -> Load {
        let mut state = self.state();
        let shape = state.rate.shape();
        Load {
            level: shape.map_or(0.0, |shape| state.bucket.level(shape, now)),
            out: state.bucket.out(),
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
    pub(crate) out: usize,
    pub(crate) waiting: usize,
}

/// A call's place: in the queue, or out with a request. Dropping it frees what it holds and blocks nobody. A request that
/// is given up so may still be on its way, and the bucket takes it so.
pub(crate) struct Place {
    id: u64,
    limits: Limits,
}

impl Place {
    /// Takes room for one request; otherwise until when to wait, or to be woken.
    pub(crate) fn take(&self, now: Instant, waker: &Waker) -> Result<(), Instant> {
        let mut state = self.limits.state();
        let State {
            rate,
            bucket,
            queue,
            ..
        } = &mut *state;
        let Some(shape) = rate.shape() else {
            queue.leave(self.id);
            return Ok(());
        };
        let ahead = queue.ahead(self.id, now);
        let wait = bucket.wait(shape, ahead, now);
        if !wait.is_zero() {
            let turn = later(now, wait);
            queue.wait(self.id, turn, waker);
            return Err(turn);
        }
        if ahead > 0 {
            // There is room for this one too, and those before it are about to come.
            let turn = queue.patience().map_or(now, |turn| turn.max(now));
            let turn = later(turn, Duration::from_millis(1));
            queue.wait(self.id, turn, waker);
            return Err(turn);
        }
        queue.leave(self.id);
        bucket.send(self.id, now);
        let first = queue.first();
        drop(state);
        wake(first);
        Ok(())
    }

    /// Notes that the request is not on its way any more.
    pub(crate) fn was_counted(self, now: Instant) {
        let mut state = self.limits.state();
        if let Some(shape) = state.rate.shape() {
            state.bucket.end(shape, self.id, now);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut state = self.limits.state();
        state.queue.leave(self.id);
        let first = state.queue.first();
        drop(state);
        wake(first);
    }
}

/// Wakes one, with no lock held: a waker may run anything.
fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}

/// A moment later, also where the clock has no such moment.
fn later(now: Instant, wait: Duration) -> Instant {
    const LONG: Duration = Duration::from_secs(24 * 3_600);
    now.checked_add(wait).unwrap_or_else(|| now + LONG)
}
