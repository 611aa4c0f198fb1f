//! The leaky bucket, as the server counts it, or a little higher.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::rate::BucketConfig;

/// After how long a request that is still out has certainly been counted by the server.
const COUNTED_AFTER: Duration = Duration::from_secs(5);

/// What share of the rate is taken at least, however often the server refuses.
const LEAST_SHARE: f64 = 1.0 / 16.0;

/// How long after a refusal the share is whole again, if it was none.
const RECOVERY: Duration = Duration::from_secs(120);

/// Within which time several refusals count as one: those of requests that were out together.
const ONE_REFUSAL: Duration = Duration::from_secs(2);

/// A count of requests that is never below the server's.
///
/// It is raised when a request leaves, which is before the server counts it, and does not fall below the number of
/// requests that the server may not have counted yet. So it holds whatever the delays on the way are.
#[derive(Debug)]
pub(super) struct Bucket {
    level: f64,
    at: Option<Instant>,
    /// Requests that the server may not have counted yet, the oldest first. One that nobody waits for any more may be
    /// among them: giving it up does not stop it on its way.
    in_flight: VecDeque<Sent>,
    /// The share of the rate that seems to be left by other programs behind the same address.
    share: f64,
    refused_at: Option<Instant>,
}

#[derive(Debug)]
struct Sent {
    rank: u64,
    at: Instant,
    /// Whether somebody still waits for its answer.
    awaited: bool,
}

impl Default for Bucket {
    fn default() -> Self {
        Self {
            level: 0.0,
            at: None,
            in_flight: VecDeque::new(),
            share: 1.0,
            refused_at: None,
        }
    }
}

impl Bucket {
    /// How much is counted.
    pub(super) fn level(&mut self, config: BucketConfig, now: Instant) -> f64 {
        self.advance(config, now);
        self.level
    }

    /// How many requests are out, and waited for.
    pub(super) fn in_flight(&self, now: Instant) -> usize {
        let in_flight = |sent: &&Sent| sent.awaited && sent.at + COUNTED_AFTER > now;
        self.in_flight.iter().filter(in_flight).count()
    }

    /// Whether it is like a new one.
    pub(super) fn is_idle(&mut self, config: BucketConfig, now: Instant) -> bool {
        self.advance(config, now);
        self.level <= 0.0 && self.share >= 1.0
    }

    /// How long until there is room for a request behind `ahead` others, as far as can be told.
    pub(super) fn wait(&mut self, config: BucketConfig, ahead: usize, now: Instant) -> Duration {
        self.advance(config, now);
        #[allow(clippy::cast_precision_loss, reason = "a queue is short")]
        let above = self.level + ahead as f64 + 1.0 - config.room();
        if above <= 1e-9 {
            return Duration::ZERO;
        }
        let wait = Duration::try_from_secs_f64(above / (config.pace() * self.share));
        // Rounded up, or the request would come a moment too early and wait again.
        wait.unwrap_or(Duration::MAX)
            .saturating_add(Duration::from_nanos(100))
    }

    /// Counts a request that leaves.
    pub(super) fn send(&mut self, rank: u64, now: Instant) {
        self.level += 1.0;
        self.in_flight.push_back(Sent {
            rank,
            at: now,
            awaited: true,
        });
    }

    /// Notes that a request is over: it was answered, or did not leave. Until now, it kept the count from falling.
    pub(super) fn end(&mut self, config: BucketConfig, rank: u64, now: Instant) {
        self.advance(config, now);
        self.in_flight
            .retain(|sent| sent.rank != rank || !sent.awaited);
    }

    /// Notes that nobody waits for a request any more, which may still be on its way.
    pub(super) fn give_up(&mut self, rank: u64) {
        for sent in self.in_flight.iter_mut().filter(|sent| sent.rank == rank) {
            sent.awaited = false;
        }
    }

    /// Notes that the server refused: its count is at the threshold, and others have a part in it.
    pub(super) fn refuse(&mut self, config: BucketConfig, now: Instant) {
        self.advance(config, now);
        self.level = self.level.max(f64::from(config.threshold));
        let same = self
            .refused_at
            .is_some_and(|before| now.saturating_duration_since(before) < ONE_REFUSAL);
        if !same {
            self.share = (self.share / 2.0).max(LEAST_SHARE);
            self.refused_at = Some(now);
        }
    }

    /// Lets time pass.
    fn advance(&mut self, config: BucketConfig, now: Instant) {
        let mut at = self.at.unwrap_or(now);
        while let Some(sent) = self.in_flight.front() {
            let counted = sent.at + COUNTED_AFTER;
            if counted > now {
                break;
            }
            self.drain(config, counted.saturating_duration_since(at));
            at = at.max(counted);
            self.in_flight.pop_front();
        }
        self.drain(config, now.saturating_duration_since(at));
        self.at = Some(self.at.map_or(now, |before| before.max(now)));
    }

    fn drain(&mut self, config: BucketConfig, passed: Duration) {
        let passed = passed.as_secs_f64();
        #[allow(clippy::cast_precision_loss, reason = "few requests are out")]
        let floor = self.in_flight.len() as f64;
        let left = self.level - passed * config.pace() * self.share;
        self.level = left.max(floor.min(self.level));
        self.share = (self.share + passed / RECOVERY.as_secs_f64()).min(1.0);
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
#[allow(clippy::float_cmp, reason = "what is counted is whole")]
mod tests {
    use super::*;
    use crate::Rate;

    fn config() -> BucketConfig {
        Rate::STANDARD.bucket_config().unwrap()
    }

    /// How many requests get in at one moment, each answered at once.
    fn burst(bucket: &mut Bucket, now: Instant) -> u32 {
        let mut count = 0;
        while bucket.wait(config(), 0, now).is_zero() {
            bucket.send(u64::from(count), now);
            bucket.end(config(), u64::from(count), now);
            count += 1;
        }
        count
    }

    #[test]
    fn a_burst_and_then_an_even_pace() {
        let (mut bucket, start) = (Bucket::default(), Instant::now());
        assert_eq!(
            burst(&mut bucket, start),
            48,
            "one step less than the server takes"
        );
        assert_eq!(bucket.wait(config(), 0, start).as_millis(), 500);
        assert_eq!(bucket.wait(config(), 3, start).as_millis(), 2_000);
        assert_eq!(burst(&mut bucket, start + Duration::from_millis(501)), 1);
        assert_eq!(burst(&mut bucket, start + Duration::from_secs(3_600)), 48);
    }

    #[test]
    fn what_is_out_does_not_drain() {
        let (mut bucket, start) = (Bucket::default(), Instant::now());
        for id in 0..48 {
            bucket.send(id, start);
        }
        let later = start + Duration::from_secs(4);
        assert!(!bucket.wait(config(), 0, later).is_zero());
        for id in 0..10 {
            bucket.end(config(), id, later);
        }
        let even_later = later + Duration::from_secs(1);
        assert_eq!(bucket.level(config(), even_later), 46.0);
        let counted = start + COUNTED_AFTER + Duration::from_secs(1);
        assert_eq!(
            bucket.level(config(), counted),
            44.0,
            "the server has certainly counted them by then"
        );
    }

    #[test]
    fn what_was_out_until_now_did_not_drain() {
        let (mut bucket, start) = (Bucket::default(), Instant::now());
        for id in 0..32 {
            bucket.send(id, start);
        }
        let arrived = start + Duration::from_millis(790);
        for id in 0..32 {
            bucket.end(config(), id, arrived);
        }
        assert_eq!(
            bucket.level(config(), arrived),
            32.0,
            "the server may have counted them just now"
        );
    }

    #[test]
    fn refusals_slow_down_and_pass() {
        let (mut bucket, start) = (Bucket::default(), Instant::now());
        bucket.refuse(config(), start);
        bucket.refuse(config(), start);
        assert_eq!(bucket.share, 0.5, "one refusal");
        assert!(bucket.wait(config(), 0, start) > Duration::from_millis(2_900));
        for n in 1..20 {
            bucket.refuse(config(), start + n * ONE_REFUSAL);
        }
        assert!(bucket.share >= LEAST_SHARE && bucket.share < 0.1);
        bucket.level(config(), start + Duration::from_secs(600));
        assert_eq!(bucket.share, 1.0);
    }

    #[test]
    fn time_that_goes_back_gives_nothing() {
        let (mut bucket, start) = (Bucket::default(), Instant::now());
        let later = start + Duration::from_secs(100);
        burst(&mut bucket, later);
        assert_eq!(burst(&mut bucket, start), 0);
        assert_eq!(burst(&mut bucket, later), 0);
    }
}
