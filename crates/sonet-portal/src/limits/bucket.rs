//! The leaky bucket of one source address.

use crate::dates;
use crate::rules::Rate;
use std::time::SystemTime;

/// A count that every request raises and every second lowers.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Bucket {
    count: u32,
    /// The second that the count belongs to.
    second: i64,
}

impl Bucket {
    /// Counts a request; `false` if the count was above the threshold already. What is refused is
    /// not counted, or a client that keeps trying would never get in again.
    pub(super) fn admit(&mut self, rate: Rate, now: SystemTime) -> bool {
        self.count = self.level(rate, now);
        self.second = self.second.max(dates::unix_seconds(now));
        let admitted = self.count <= rate.threshold;
        if admitted {
            self.count += 1;
        }
        admitted
    }

    /// What is left of the count by now.
    pub(super) fn level(&self, rate: Rate, now: SystemTime) -> u32 {
        let passed = dates::unix_seconds(now).saturating_sub(self.second);
        let passed = u32::try_from(passed.max(0)).unwrap_or(u32::MAX);
        self.count
            .saturating_sub(passed.saturating_mul(rate.per_second))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, UNIX_EPOCH};

    fn at(millis: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_000_000) + Duration::from_millis(millis)
    }

    /// How many requests get in at one moment.
    fn burst(bucket: &mut Bucket, millis: u64) -> u32 {
        let tries = (0..1_000).filter(|_| bucket.admit(Rate::STANDARD, at(millis)));
        u32::try_from(tries.count()).unwrap()
    }

    #[test]
    fn the_request_after_the_one_that_crosses_the_threshold_is_refused() {
        let mut bucket = Bucket::default();
        assert_eq!(burst(&mut bucket, 0), 51);
        assert_eq!(burst(&mut bucket, 999), 0, "the second isn't over");
        assert_eq!(burst(&mut bucket, 1_000), 2);
        assert_eq!(burst(&mut bucket, 4_500), 6);
        assert_eq!(
            burst(&mut bucket, 100_000),
            51,
            "it never holds less than nothing"
        );
    }

    #[test]
    fn two_a_second_are_never_refused() {
        let mut bucket = Bucket::default();
        burst(&mut bucket, 0);
        for second in 1..500 {
            assert!(bucket.admit(Rate::STANDARD, at(second * 1_000)));
            assert!(bucket.admit(Rate::STANDARD, at(second * 1_000 + 500)));
        }
    }

    #[test]
    fn a_clock_that_goes_back_gives_nothing() {
        let mut bucket = Bucket::default();
        burst(&mut bucket, 10_000);
        assert_eq!(burst(&mut bucket, 0), 0);
        assert_eq!(burst(&mut bucket, 11_000), 2);
    }
}
