//! How long things take.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

/// How many durations there were, by how long they were.
///
/// The bounds are those that OpenTelemetry advises for `http.client.request.duration`, and the form that of a histogram of
/// Prometheus.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    counts: [u64; BUCKETS],
    sum: Duration,
}

/// One more than there are bounds: what is longer than all of them.
const BUCKETS: usize = Histogram::BOUNDS.len() + 1;

impl Histogram {
    /// The upper bounds of the buckets, in seconds. What is longer than the last is counted, too.
    pub const BOUNDS: &'static [f64] = &[
        0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0,
    ];

    /// How many durations there were.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// All durations together.
    #[must_use]
    pub fn sum(&self) -> Duration {
        self.sum
    }

    /// The buckets as Prometheus counts them: a bound in seconds, and how many durations were no longer than it. The last
    /// bound is infinite, and its bucket holds them all.
    pub fn buckets(&self) -> impl Iterator<Item = (f64, u64)> + '_ {
        let bounds = Self::BOUNDS.iter().copied().chain([f64::INFINITY]);
        let counts = self.counts.iter().scan(0, |total, count| {
            *total += count;
            Some(*total)
        });
        bounds.zip(counts)
    }
}

/// A histogram that is being counted.
#[derive(Debug, Default)]
pub(super) struct Durations {
    counts: [AtomicU64; BUCKETS],
    micros: AtomicU64,
}

impl Durations {
    pub(super) fn add(&self, time: Duration) {
        let seconds = time.as_secs_f64();
        let bucket = Histogram::BOUNDS.partition_point(|bound| *bound < seconds);
        self.counts[bucket].fetch_add(1, Relaxed);
        self.micros.fetch_add(super::micros(time), Relaxed);
    }

    pub(super) fn snapshot(&self) -> Histogram {
        Histogram {
            counts: self.counts.each_ref().map(|count| count.load(Relaxed)),
            sum: Duration::from_micros(self.micros.load(Relaxed)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_holds_what_is_no_longer_than_its_bound() {
        let durations = Durations::default();
        for millis in [0, 5, 6, 10_000, 10_001, 75_000] {
            durations.add(Duration::from_millis(millis));
        }
        let histogram = durations.snapshot();
        let buckets: Vec<(f64, u64)> = histogram.buckets().collect();
        assert_eq!(buckets.len(), 15);
        assert_eq!(buckets[..3], [(0.005, 2), (0.01, 3), (0.025, 3)]);
        assert_eq!(buckets[13..], [(10.0, 4), (f64::INFINITY, 6)]);
        assert_eq!(histogram.count(), 6);
        assert_eq!(histogram.sum(), Duration::from_millis(95_012));
    }
}
