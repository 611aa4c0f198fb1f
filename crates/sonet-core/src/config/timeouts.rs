//! Bounds on time.

use std::time::Duration;

use super::Config;

/// The shortest bound: what is shorter, or none, is no time in which anything could come, and HTTP libraries differ in what
/// they take it for.
pub(crate) const SHORTEST: Duration = Duration::from_millis(1);

/// The longest bound: as good as none, and never beyond what a clock can tell.
const LONGEST: Duration = Duration::from_secs(24 * 3_600);

/// A bound that is none of the nonsense that a duration can be.
pub(crate) fn clamp(timeout: Duration) -> Duration {
    timeout.clamp(SHORTEST, LONGEST)
}

impl Config {
    /// Bounds the time to connect, with the look-up of the host's name and TLS. Default: 10 seconds.
    ///
    /// Less than a millisecond counts as a millisecond, more than a day as a day.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = clamp(timeout);
        self
    }

    /// Bounds the time from sending to the last byte of the answer. Default: 75 seconds, since the portal itself cuts a
    /// request after 60 and its own answer says more than a timeout.
    ///
    /// Less than a millisecond counts as a millisecond, more than a day as a day.
    pub fn response_timeout(mut self, timeout: Duration) -> Self {
        self.response_timeout = clamp(timeout);
        self
    }

    /// Bounds a whole call: its attempts, the pauses between them, and all waiting but that for a store. Default: no bound; a call waits for its
    /// turn however long the queue is, and repeats what may be repeated as [`Config::retry`] says.
    ///
    /// A call whose turn or next attempt would come after the bound ends at once, with the last error if there was one. With
    /// a bound of zero, nothing is ever sent; one beyond what the clock can tell is none.
    pub fn call_timeout(mut self, timeout: Duration) -> Self {
        self.call_timeout = Some(timeout);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_within_what_every_clock_can_tell() {
        let config = || Config::token("portal.example.com", "t0ken").unwrap();
        let second = Duration::from_secs(1);
        for (given, taken) in [
            (Duration::ZERO, SHORTEST),
            (Duration::from_nanos(1), SHORTEST),
            (second, second),
            (Duration::from_secs(u64::MAX), LONGEST),
            (Duration::MAX, LONGEST),
        ] {
            let config = config().response_timeout(given).connect_timeout(given);
            assert_eq!(config.response_timeout, taken);
            assert_eq!(config.connect_bound(), taken);
        }
    }
}
