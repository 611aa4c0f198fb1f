//! The limits of a portal, shared by all that call it.

mod bucket;
mod cache;
mod held;
mod local;
mod operating;
mod permit;
mod portals;
mod queue;
mod rate;
mod state;
mod store;

use std::fmt;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

pub(crate) use held::HeldPlace;
pub use local::LocalPlaces;
pub(crate) use permit::Permit;
pub(crate) use portals::{moved, of};
pub use rate::Rate;
pub(crate) use state::{Load, later};
pub use store::{LimitAnswer, LimitCaller, LimitPlace, LimitRequest, LimitStore, StoreError};

use crate::Time;
use crate::caller::Caller;
use state::{State, wake};

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

impl Limits {
    /// Limits of their own, for clients that are given them by [`Config::limits`](crate::Config::limits).
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
        Self(Arc::new(Shared {
            state: Mutex::new(State::new(rate)),
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
        let first = state.first();
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
        self.state().is_idle(now)
    }

    /// A permit for a call, behind all that were given one before.
    pub(crate) fn permit(&self) -> Permit {
        Permit::new(self.clone(), self.state().next_rank())
    }

    /// Until when a method waits because it has used up its time.
    pub(crate) fn paused(&self, caller: &Caller, method: &str, now: Instant) -> Option<Instant> {
        self.state().operating.paused(caller, method, now)
    }

    /// Lets a method wait until this moment, as a store says.
    pub(crate) fn pause(&self, caller: &Caller, method: &str, until: Instant, now: Instant) {
        self.state().operating.pause(caller, method, until, now);
    }

    /// Takes what an answer says about a method's time: until when it pauses from now on, where that is news.
    pub(crate) fn record_operating(
        &self,
        caller: &Caller,
        method: &str,
        time: &Time,
        limit: Option<Duration>,
        now: Instant,
    ) -> Option<Instant> {
        let operating = &mut self.state().operating;
        operating.record(caller, method, time, limit, now)
    }

    /// Notes that a method was refused for its time; until when it pauses, if that is known.
    pub(crate) fn refuse_method(
        &self,
        caller: &Caller,
        method: &str,
        now: Instant,
    ) -> Option<Instant> {
        self.state().operating.refuse(caller, method, now)
    }

    /// Notes that a request was refused for the rate.
    pub(crate) fn refuse(&self, now: Instant) {
        self.state().refuse(now);
    }

    /// Whether one more of several requests that belong together may ask for room, behind so many of them that have not asked
    /// yet: it would not wait, or would be the only one that does. The time of a call runs while it waits, and others wait
    /// behind it. Of a count that is kept elsewhere, nothing is known.
    pub(crate) fn admits_another(&self, fresh: usize, now: Instant) -> bool {
        let mut state = self.state();
        let is_first = fresh == 0 && state.load(now).waiting == 0;
        self.0.store.is_some() || is_first || !state.would_wait(fresh, now)
    }

    /// What is counted, in flight and waiting.
    pub(crate) fn load(&self, now: Instant) -> Load {
        self.state().load(now)
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
