//! The rate limit of a portal.

use std::time::Duration;

/// How many requests a portal takes from one source address: a count that every request raises by one and time lowers.
/// A request above the threshold is refused.
///
/// See <https://apidocs.bitrix24.com/limits.html>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate(Option<BucketConfig>);

/// The least share of a rate.
const LEAST_SHARE: f64 = 1.0e-3;

/// What a limited rate is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BucketConfig {
    pub(super) threshold: u32,
    pub(super) drain: u32,
    pub(super) every: Duration,
}

impl Rate {
    /// All plans in the cloud except Enterprise: 50 requests at once, then 2 a second.
    pub const STANDARD: Self = Self::new(50, 2);

    /// The plan Enterprise: 250 requests at once, then 5 a second.
    pub const ENTERPRISE: Self = Self::new(250, 5);

    /// No limit, for a portal on premises that has none.
    pub const UNLIMITED: Self = Self(None);

    /// A threshold, and by how much the count is lowered every second.
    ///
    /// A threshold or a drain of 0 counts as 1: no portal has a limit that lets nothing through.
    #[must_use]
    pub const fn new(threshold: u32, per_second: u32) -> Self {
        Self(Some(BucketConfig {
            threshold: if threshold == 0 { 1 } else { threshold },
            drain: if per_second == 0 { 1 } else { per_second },
            every: Duration::from_secs(1),
        }))
    }

    /// Lowers the count in another interval than a second, as a server on premises may be set up. An interval of 0 counts
    /// as a microsecond.
    #[must_use]
    pub const fn every(self, interval: Duration) -> Self {
        match self.0 {
            None => self,
            Some(config) => Self(Some(BucketConfig {
                every: if interval.is_zero() {
                    Duration::from_micros(1)
                } else {
                    interval
                },
                ..config
            })),
        }
    }

    /// How many requests may be counted at most before another one waits: less than the threshold by what the server drains
    /// in one step, since its count lags behind one that falls evenly by up to that. `None` is any number.
    #[must_use]
    pub fn room(self) -> Option<f64> {
        self.0.map(BucketConfig::room)
    }

    /// A share of the rate, above 0 and up to 1, for a program that others share the rate with: 1.0 / 3.0 for each of three.
    ///
    /// A share outside of that range is taken for the nearest that is inside; one that is no number, for the least.
    #[must_use]
    pub fn share(self, share: f64) -> Self {
        let Some(config) = self.0 else {
            return self;
        };
        let share = if share.is_nan() { LEAST_SHARE } else { share };
        let share = share.clamp(LEAST_SHARE, 1.0);
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is at most the threshold, and above 0"
        )]
        let threshold = ((f64::from(config.threshold) * share) as u32).max(1);
        let every = Duration::try_from_secs_f64(1.0 / (config.pace() * share));
        Self(Some(BucketConfig {
            threshold,
            drain: 1,
            every: every.unwrap_or(Duration::MAX),
        }))
    }

    pub(super) fn bucket_config(self) -> Option<BucketConfig> {
        self.0
    }

    /// How many requests may be under way or counted at once; `None` is any number.
    #[must_use]
    pub fn threshold(self) -> Option<u32> {
        self.0.map(|config| config.threshold)
    }

    /// How many requests a second are never refused; `None` is any number.
    #[must_use]
    pub fn per_second(self) -> Option<f64> {
        self.0.map(BucketConfig::pace)
    }
}

impl Default for Rate {
    fn default() -> Self {
        Self::STANDARD
    }
}

impl BucketConfig {
    /// Requests a second, in the long run.
    pub(super) fn pace(self) -> f64 {
        f64::from(self.step()) / self.every.as_secs_f64()
    }

    /// How many requests to have counted at most.
    ///
    /// The server lowers its count in steps, so it is behind a count that falls evenly, by up to one step.
    pub(super) fn room(self) -> f64 {
        f64::from((self.threshold - self.step()).max(1))
    }

    /// By how much the count is lowered at once, as far as that makes room: no more requests than the threshold get in
    /// between two steps, however large these are.
    fn step(self) -> u32 {
        self.drain.min(self.threshold)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_a_rate_are_no_more_than_the_rate() {
        let third = Rate::STANDARD.share(1.0 / 3.0);
        assert_eq!((third.threshold(), third.room()), (Some(16), Some(15.0)));
        assert!((third.per_second().unwrap() - 2.0 / 3.0).abs() < 1e-6);
        for share in [f64::NAN, 0.0, -1.0] {
            let least = Rate::ENTERPRISE.share(share);
            assert_eq!(least.threshold(), Some(1));
            assert!(least.per_second().unwrap() <= 0.005_001);
        }
        assert_eq!(Rate::UNLIMITED.share(0.5), Rate::UNLIMITED);
        assert!(Rate::STANDARD.share(7.0).per_second().unwrap() <= 2.000_001);
    }
}
