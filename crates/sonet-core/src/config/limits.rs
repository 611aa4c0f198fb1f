//! How much may be asked of a portal.

use std::time::Duration;

use super::Config;
use crate::{Limits, Rate};

impl Config {
    /// Names the portal's rate limit. Default: [`Rate::STANDARD`], shared by all clients of the portal in this process.
    ///
    /// [`Rate::ENTERPRISE`] for that plan, [`Rate::UNLIMITED`] for a portal on premises without a limit. It holds for all
    /// clients that share the limit: the last one set counts.
    pub fn rate(mut self, rate: Rate) -> Self {
        self.rate = Some(rate);
        self
    }

    /// Shares the limits with other clients that are given the same, and with no others. Default: with all clients in this
    /// process of the same host and port, whatever their path.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// Pauses a method that has used up so much operating time, until the server forgets a part of it. Default: 480
    /// seconds, as the vendor's cloud allows within ten minutes; `None` for a portal on premises without that limit.
    ///
    /// See <https://apidocs.bitrix24.com/limits.html>.
    pub fn operating_limit(mut self, limit: Option<Duration>) -> Self {
        self.operating_limit = limit;
        self
    }
}
