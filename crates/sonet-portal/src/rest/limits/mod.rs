//! What a portal does not let a client do: too many requests, or too long ones.

mod bucket;
mod operating;

use crate::domain::credential::Account;
use crate::methods::refusal::Refusal;
use crate::rest::envelope::Operating;
use crate::rules::{Rate, Rules};
use bucket::Bucket;
use operating::Window;
use std::collections::HashMap;
use std::net::IpAddr;
use std::time::{Duration, SystemTime};

/// From how many addresses on the ones without a count are forgotten.
const MANY_ADDRESSES: usize = 4_096;

/// The counts of all clients.
#[derive(Default)]
pub(crate) struct Limits {
    buckets: HashMap<IpAddr, Bucket>,
    windows: HashMap<(&'static str, Account), Window>,
    /// How many requests were above the rate.
    pub(crate) refused_for_rate: u64,
    /// How many calls were above the operating time.
    pub(crate) refused_for_operating: u64,
}

impl Limits {
    /// Counts a request, or refuses it.
    pub(crate) fn admit(
        &mut self,
        source: IpAddr,
        rules: &Rules,
        now: SystemTime,
    ) -> Result<(), Refusal> {
        if rules.overloaded {
            return Err(Refusal::overload());
        }
        let Some(rate) = rules.rate else {
            return Ok(());
        };
        if self.buckets.len() >= MANY_ADDRESSES && !self.buckets.contains_key(&source) {
            self.buckets.retain(|_, bucket| bucket.level(rate, now) > 0);
        }
        let bucket = self.buckets.entry(source).or_default();
        if bucket.admit(rate, now) {
            Ok(())
        } else {
            self.refused_for_rate += 1;
            Err(Refusal::too_many_requests())
        }
    }

    /// Whether a method may run once more.
    pub(crate) fn check(
        &mut self,
        method: &'static str,
        account: &Account,
        rules: &Rules,
        now: SystemTime,
    ) -> Result<(), Refusal> {
        let Some(limit) = rules.operating_limit else {
            return Ok(());
        };
        let window = self.windows.get_mut(&(method, account.clone()));
        if window.is_some_and(|window| window.sum(now) > limit) {
            self.refused_for_operating += 1;
            return Err(Refusal::operation_time());
        }
        Ok(())
    }

    /// Adds a call, and tells what the method has taken of late.
    pub(crate) fn charge(
        &mut self,
        method: &'static str,
        account: Account,
        took: Duration,
        now: SystemTime,
    ) -> Operating {
        self.windows
            .entry((method, account))
            .or_default()
            .add(took, now)
    }

    /// The count of a source address's requests.
    pub(crate) fn level(&self, source: IpAddr, rate: Rate, now: SystemTime) -> u32 {
        let bucket = self.buckets.get(&source);
        bucket.map_or(0, |bucket| bucket.level(rate, now))
    }

    /// What each method has taken of late for each account, beginning with the longest.
    pub(crate) fn times(&mut self, now: SystemTime) -> Vec<(&'static str, Duration)> {
        let windows = self.windows.iter_mut();
        let sums = windows.map(|((method, _), window)| (*method, window.sum(now)));
        let mut times: Vec<_> = sums.filter(|(_, sum)| *sum > Duration::ZERO).collect();
        times.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        times
    }
}
