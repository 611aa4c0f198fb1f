//! Limits that many machines share.

mod event;
mod keys;
mod outage;
mod portal;
mod script;
mod stats;

use std::collections::HashMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use sonet_core::{
    LimitAnswer, LimitCaller, LimitPlace, LimitRequest, LimitStore, Rate, StoreError,
};

use crate::Redis;
use outage::Outage;
use portal::{Portal, is_local};
use script::{Ask, Order};
use stats::Counters;
pub use stats::RedisLimitStats;

/// How long word of a place that was given up waits for a question to go along with.
const PATIENCE: Duration = Duration::from_millis(100);

/// How many portals are known, before those of no use are forgotten.
const MOST_PORTALS: usize = 1_000;

/// A portal's limits, shared by all programs that use the same Redis.
///
/// ```
/// use sonet_core::{Config, Limits, Rate};
/// use sonet_redis::{Redis, RedisLimits};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
/// let redis = Redis::open("redis://localhost:6379")?;
/// let limits = Limits::stored(Rate::STANDARD, RedisLimits::new(redis));
/// let config = Config::webhook("https://portal.bitrix24.com/rest/1/s3cr3t/")?.limits(limits);
/// # Ok(())
/// # }
/// ```
///
/// The rules are those of limits within one process: a request is counted before it leaves, a refusal slows down all that ask
/// afterwards (a place that was given before keeps its moment), and a method that has used up its time pauses for all that
/// share the webhook or the application. Redis decides in one script by its own clock, so the clocks of the machines don't
/// matter. It gives each call a place for a moment, in the order in which calls ask, so waiting costs nothing. A place that is
/// given up goes back.
///
/// # Cost
///
/// One round trip to Redis per request. Calls of one process that ask at the same moment, as those of a parallel walk do, are
/// one round trip together. Word of requests that are over goes along with the next question. Beyond that, there is a round
/// trip when a method begins to pause, when the portal refuses, and at most ten times a second when places are given back or
/// little room is left. A call of an asynchronous client that waits for Redis holds one of tokio's blocking threads.
///
/// # When Redis fails
///
/// Calls end with an error for which [`is_store`](sonet_core::Error::is_store) holds, unsent; or go on at a share of the rate,
/// by [`RedisLimits::fallback`]. While Redis is gone, one call at a time tries it, after a pause that grows from 0.1 to 5
/// seconds; the others don't wait for it.
///
/// Where Redis has dropped a bucket before its time (it evicts keys, was emptied, or was started anew without what it had), a
/// process that has used the bucket notices, and the bucket is taken for full once. [`RedisLimits::stats`] counts it. Give
/// Redis a `maxmemory-policy` that spares these keys (`noeviction`).
#[derive(Clone)]
pub struct RedisLimits(Arc<Shared>);

struct Shared {
    redis: Redis,
    scope: Option<String>,
    fallback: Option<f64>,
    portals: Mutex<HashMap<String, Arc<Portal>>>,
    outage: Outage,
    counters: Counters,
    /// Whether a thread is about to tell what was given back.
    is_telling: AtomicBool,
}

impl RedisLimits {
    /// Limits for all that use this Redis and share one source address.
    #[must_use]
    pub fn new(redis: Redis) -> Self {
        Self::with(redis, None, None)
    }

    fn with(redis: Redis, scope: Option<String>, fallback: Option<f64>) -> Self {
        Self(Arc::new(Shared {
            redis,
            scope,
            fallback,
            portals: Mutex::default(),
            outage: Outage::default(),
            counters: Counters::default(),
            is_telling: AtomicBool::new(false),
        }))
    }

    /// Names the source address that this machine has on the way to the portal, where others that use this Redis have another
    /// one: any text that those behind one address share, such as the address. The portal has a bucket for each.
    ///
    /// By default, all share one address. Operating time is shared whatever the address is.
    #[must_use]
    pub fn scope(self, scope: impl Into<String>) -> Self {
        Self::with(self.0.redis.clone(), Some(scope.into()), self.0.fallback)
    }

    /// Lets this process go on while Redis is gone, with a bucket of its own at this share of the rate:
    /// `fallback(1.0 / machines)`, above 0 and up to 1. Once Redis is back, it takes over what was counted meanwhile.
    ///
    /// By default, calls end with an error. Told by [`RedisLimits::stats`], and by events of `tracing` (feature `tracing`).
    #[must_use]
    pub fn fallback(self, share: f64) -> Self {
        Self::with(self.0.redis.clone(), self.0.scope.clone(), Some(share))
    }

    /// What has happened so far, in this process. Clones share it; what `scope` and `fallback` return counts from zero.
    #[must_use]
    pub fn stats(&self) -> RedisLimitStats {
        self.0.counters.snapshot(self.0.outage.is_down())
    }

    fn place(&self, portal: &str, rate: Rate, ask: Ask) -> Result<LimitAnswer, StoreError> {
        let shared = &self.0;
        let (known, now) = (shared.portal(portal), Instant::now());
        let failed = match shared.outage.admit(now) {
            Ok(()) => known.take(ask, |asks| shared.ask(portal, &known, rate, false, asks)),
            Err(error) => Err(error),
        };
        match (failed, shared.fallback) {
            (Ok(answer), _) => Ok(answer),
            (Err(_), Some(share)) => {
                shared.counters.fallback_places.add(1);
                let place = known.take_locally(rate.share(share), Instant::now());
                Ok(LimitAnswer::Place(place))
            }
            (Err(error), None) => Err(error.to_string().into()),
        }
    }

    /// Tells soon what no question has told by then, on a thread of its own: who gives up a place must not wait.
    fn tell_soon(&self) {
        if self.0.is_telling.swap(true, Ordering::SeqCst) {
            return;
        }
        let shared = Arc::clone(&self.0);
        let telling = thread::Builder::new().name("sonet-redis".to_owned());
        let telling = telling.spawn(move || {
            thread::sleep(PATIENCE);
            shared.is_telling.store(false, Ordering::SeqCst);
            shared.tell();
        });
        if telling.is_err() {
            self.0.is_telling.store(false, Ordering::SeqCst);
        }
    }
}

impl Shared {
    fn portal(&self, portal: &str) -> Arc<Portal> {
        let mut portals = self.portals.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = portals.get(portal) {
            return Arc::clone(known);
        }
        if portals.len() >= MOST_PORTALS {
            let now = Instant::now();
            portals.retain(|_, portal| Arc::strong_count(portal) > 1 || !portal.is_idle(now));
        }
        let new = Arc::<Portal>::default();
        portals.insert(portal.to_owned(), Arc::clone(&new));
        new
    }

    /// One round trip, with all that is to be told.
    fn ask(
        &self,
        name: &str,
        portal: &Portal,
        rate: Rate,
        refused: bool,
        asks: &[Ask],
    ) -> Result<Vec<LimitAnswer>, Arc<str>> {
        let own = rate.share(self.fallback.unwrap_or(1.0));
        let (round, notices) = portal.round(own, Instant::now());
        let order = Order {
            rate,
            alive_until: round.alive_until,
            born: round.born,
            extra: round.extra,
            refused,
            ended: &round.ended,
            given_back: &round.given_back,
            asks,
        };
        let key = |kind| keys::of_bucket(&self.redis, name, kind, self.scope.as_deref());
        self.counters.round_trips.add(1);
        match script::take(&self.redis, &key("bucket"), &key("places"), &order) {
            Ok(answer) => {
                self.note_answer();
                portal.told(rate, &round, &answer);
                self.counters.given_back.add(round.given_back.len());
                let is_place = |taken: &&LimitAnswer| matches!(taken, LimitAnswer::Place(_));
                let places = answer.taken.iter().filter(is_place).count();
                self.counters.places.add(places);
                if answer.vanished {
                    self.counters.lost_buckets.add(1);
                    event::lost(name);
                }
                Ok(answer.taken)
            }
            Err(error) => {
                portal.not_told(notices);
                Err(self.note_failure(&error))
            }
        }
    }

    fn note_answer(&self) {
        if let Some(since) = self.outage.answered() {
            event::back(since.elapsed());
        }
    }

    fn note_failure(&self, error: &StoreError) -> Arc<str> {
        let error: Arc<str> = error.to_string().into();
        self.counters.failures.add(1);
        if self.outage.failed(Arc::clone(&error), Instant::now()) {
            event::gone(&error, self.fallback);
        }
        error
    }

    /// Tells what places were given back, and what requests are over where others wait for room.
    fn tell(&self) {
        let portals: Vec<(String, Arc<Portal>)> = {
            let portals = self.portals.lock().unwrap_or_else(PoisonError::into_inner);
            let tell = portals.iter().filter(|(_, portal)| portal.has_notices());
            tell.map(|(name, portal)| (name.clone(), Arc::clone(portal)))
                .collect()
        };
        for (name, portal) in portals {
            let Some(rate) = portal.rate() else { continue };
            if self.outage.admit(Instant::now()).is_ok() {
                // What can't be told is told with the next question.
                let _ = self.ask(&name, &portal, rate, false, &[]);
            }
        }
    }
}

impl LimitStore for RedisLimits {
    fn reserve(&self, portal: &str, rate: Rate) -> Result<Duration, StoreError> {
        match self.place(portal, rate, Ask::default())? {
            LimitAnswer::Place(place) => Ok(place.after()),
            _ => Ok(Duration::ZERO),
        }
    }

    fn take(&self, request: &LimitRequest<'_>) -> Result<LimitAnswer, StoreError> {
        let portal = request.portal();
        let ask = Ask {
            pauses: Some(keys::of_pauses(&self.0.redis, portal, &request.caller())),
            methods: request.methods().to_vec(),
        };
        self.place(portal, request.rate(), ask)
    }

    fn refused(&self, portal: &str, rate: Rate) -> Result<(), StoreError> {
        let (shared, known) = (&self.0, self.0.portal(portal));
        let told = match shared.outage.admit(Instant::now()) {
            Ok(()) => shared.ask(portal, &known, rate, true, &[]).map(drop),
            Err(error) => Err(error),
        };
        match (told, shared.fallback) {
            (Ok(()), _) => Ok(()),
            (Err(_), Some(share)) => {
                known.locally(|places| places.refuse(rate.share(share), Instant::now()));
                Ok(())
            }
            (Err(error), None) => Err(error.to_string().into()),
        }
    }

    fn ended(&self, portal: &str, rate: Rate, place: &LimitPlace) {
        let (known, now) = (self.0.portal(portal), Instant::now());
        if is_local(place) {
            let rate = rate.share(self.0.fallback.unwrap_or(1.0));
            known.locally(|places| places.end(rate, place, now));
        } else if rate.room().is_some() && known.ended(place.id(), rate, now) {
            self.tell_soon();
        }
    }

    fn give_back(&self, portal: &str, rate: Rate, place: &LimitPlace) {
        let (known, now) = (self.0.portal(portal), Instant::now());
        if is_local(place) {
            let rate = rate.share(self.0.fallback.unwrap_or(1.0));
            known.locally(|places| places.end(rate, place, now));
        } else if rate.room().is_some() {
            known.give_back(place.id(), rate, now);
            self.tell_soon();
        }
    }

    fn pause(
        &self,
        portal: &str,
        caller: &LimitCaller<'_>,
        method: &str,
        pause: Duration,
    ) -> Result<(), StoreError> {
        let shared = &self.0;
        let key = keys::of_pauses(&shared.redis, portal, caller);
        let told = match shared.outage.admit(Instant::now()) {
            Ok(()) => {
                shared.counters.round_trips.add(1);
                let told = script::pause(&shared.redis, &key, method, pause);
                told.map_err(|error| shared.note_failure(&error))
            }
            Err(error) => Err(error),
        };
        match told {
            Ok(()) => {
                shared.note_answer();
                Ok(())
            }
            // It pauses in this process, at least.
            Err(_) if shared.fallback.is_some() => Ok(()),
            Err(error) => Err(error.to_string().into()),
        }
    }
}

impl fmt::Debug for RedisLimits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisLimits")
            .field("redis", &self.0.redis)
            .field("scope", &self.0.scope)
            .field("fallback", &self.0.fallback)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
