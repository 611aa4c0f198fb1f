//! The leaky bucket of one source address.

use crate::rules::Rate;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A count that every request raises and every period lowers.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Bucket {
    count: u32,
    /// The time since 1970 that the count belongs to. Which period that is depends on the rate,
    /// which may be another one at the next request.
    at: Duration,
}

impl Bucket {
    /// Counts a request; `false` if the count was above the threshold already. What is refused is
    /// not counted, or a client that keeps trying would never get in again.
    pub(super) fn admit(&mut self, rate: Rate, now: SystemTime) -> bool {
        self.count = self.level(rate, now);
        self.at = self.at.max(since_1970(now));
        let admitted = self.count <= rate.threshold;
        if admitted {
            self.count = self.count.saturating_add(1);
        }
        admitted
    }

    /// What is left of the count by now.
    pub(super) fn level(&self, rate: Rate, now: SystemTime) -> u32 {
        let passed = period(since_1970(now), rate).saturating_sub(period(self.at, rate));
        let passed = u32::try_from(passed).unwrap_or(u32::MAX);
        self.count.saturating_sub(passed.saturating_mul(rate.drain))
    }
}

/// A time before 1970 is 1970.
fn since_1970(now: SystemTime) -> Duration {
    now.duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// The number of the period that a time is in.
fn period(time: Duration, rate: Rate) -> u128 {
    time.as_nanos() / rate.every.as_nanos().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(1_000_000) + Duration::from_millis(millis)
    }

    /// How many requests get in at one moment.
    fn burst(bucket: &mut Bucket, millis: u64) -> u32 {
        burst_at(bucket, Rate::STANDARD, millis)
    }

    fn burst_at(bucket: &mut Bucket, rate: Rate, millis: u64) -> u32 {
        let tries = (0..1_000).filter(|_| bucket.admit(rate, at(millis)));
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

    #[test]
    fn a_period_is_as_long_as_it_is_said_to_be() {
        let rate = Rate::STANDARD.every(Duration::from_millis(100));
        let mut bucket = Bucket::default();
        assert_eq!(burst_at(&mut bucket, rate, 30), 51);
        assert_eq!(burst_at(&mut bucket, rate, 99), 0);
        assert_eq!(burst_at(&mut bucket, rate, 100), 2, "the clock's period");
        assert_eq!(burst_at(&mut bucket, rate, 450), 6);
        assert_eq!(bucket.level(rate, at(1_450)), 31);
        let slow = rate.every(Duration::from_secs(60));
        let mut bucket = Bucket::default();
        assert_eq!(burst_at(&mut bucket, slow, 0), 51);
        // A million seconds after 1970 a minute is forty seconds old.
        assert_eq!(burst_at(&mut bucket, slow, 19_999), 0);
        assert_eq!(burst_at(&mut bucket, slow, 20_000), 2);
    }

    #[test]
    fn the_period_may_change_meanwhile() {
        let mut bucket = Bucket::default();
        burst(&mut bucket, 0);
        let fast = Rate::STANDARD.every(Duration::from_millis(100));
        assert_eq!(burst_at(&mut bucket, fast, 200), 4);
        assert_eq!(burst(&mut bucket, 900), 0);
        assert_eq!(burst(&mut bucket, 1_000), 2);
    }

    #[test]
    fn odd_rates_do_no_harm() {
        let mut bucket = Bucket::default();
        let never = Rate::STANDARD.every(Duration::ZERO);
        assert_eq!(burst_at(&mut bucket, never, 0), 51, "no time has passed");
        assert_eq!(burst_at(&mut bucket, never, 1), 51);
        let mut bucket = Bucket::default();
        let ever = Rate::STANDARD.every(Duration::MAX);
        assert_eq!(burst_at(&mut bucket, ever, 0), 51);
        assert_eq!(burst_at(&mut bucket, ever, 1_000_000_000), 0);
        let mut full = Bucket {
            count: u32::MAX,
            at: Duration::ZERO,
        };
        assert!(full.admit(Rate::new(u32::MAX, 0), at(0)));
        assert_eq!(full.level(Rate::new(0, u32::MAX), at(0)), u32::MAX);
        assert_eq!(full.level(Rate::new(0, u32::MAX), at(1_000)), 0);
    }
}
