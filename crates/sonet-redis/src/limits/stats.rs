//! What has happened.

use std::sync::atomic::{AtomicU64, Ordering};

/// What [`RedisLimits`](crate::RedisLimits) has done so far, in this process.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RedisLimitStats {
    /// Whether Redis failed when it was last used.
    pub is_down: bool,
    /// How often Redis was asked. Places that calls ask for at the same moment are one round trip.
    pub round_trips: u64,
    /// How many places Redis gave.
    pub places: u64,
    /// How many of them were given back unused.
    pub given_back: u64,
    /// How often Redis failed, without the times that it was not asked because it was known to be gone.
    pub failures: u64,
    /// How many places this process gave by itself, because Redis was gone.
    pub fallback_places: u64,
    /// How often Redis had dropped a bucket that it was to keep: it evicts keys, was emptied, or was started anew.
    pub lost_buckets: u64,
}

#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) round_trips: Counter,
    pub(super) places: Counter,
    pub(super) given_back: Counter,
    pub(super) failures: Counter,
    pub(super) fallback_places: Counter,
    pub(super) lost_buckets: Counter,
}

#[derive(Debug, Default)]
pub(super) struct Counter(AtomicU64);

impl Counter {
    pub(super) fn add(&self, count: usize) {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        self.0.fetch_add(count, Ordering::Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Counters {
    pub(super) fn snapshot(&self, is_down: bool) -> RedisLimitStats {
        RedisLimitStats {
            is_down,
            round_trips: self.round_trips.get(),
            places: self.places.get(),
            given_back: self.given_back.get(),
            failures: self.failures.get(),
            fallback_places: self.fallback_places.get(),
            lost_buckets: self.lost_buckets.get(),
        }
    }
}
