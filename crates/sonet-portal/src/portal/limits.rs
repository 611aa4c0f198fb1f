//! What the portal counts of its clients.

use crate::portal::Portal;
use std::net::IpAddr;
use std::time::{Duration, SystemTime};

impl Portal {
    /// Returns the count of the rate limit for a source address. It is 0 while the limit is off.
    #[must_use]
    pub fn requests_counted(&self, source: IpAddr, now: SystemTime) -> u32 {
        let level = |rate| self.rest.limits.level(source, rate, now + self.skew);
        self.rules.rate.map_or(0, level)
    }

    /// Returns how many requests were refused with 503 `QUERY_LIMIT_EXCEEDED` since the start, all
    /// addresses together. A [`Fault::QueryLimit`](crate::Fault::QueryLimit) is none of them.
    #[must_use]
    pub fn refused_for_rate(&self) -> u64 {
        self.rest.limits.refused_for_rate
    }

    /// Returns how many calls were refused with 429 `OPERATION_TIME_LIMIT` since the start; each
    /// command of a batch is a call. A [`Fault::OperationTime`](crate::Fault::OperationTime) is none
    /// of them.
    #[must_use]
    pub fn refused_for_operating(&self) -> u64 {
        self.rest.limits.refused_for_operating
    }

    /// Returns the operating time of each method for each application and webhook, beginning with
    /// the longest. Who it is isn't told, as it would be a secret.
    #[must_use]
    pub fn operating_times(&mut self, now: SystemTime) -> Vec<(&'static str, Duration)> {
        self.rest.limits.times(now + self.skew)
    }
}
