//! Places of one process, given in advance as a store does.

use std::time::{Duration, Instant};

use super::bucket::Bucket;
use super::{LimitPlace, Rate};

/// Places under a limit that one process keeps, each given for a moment as a store gives them: for stores that go on alone
/// while their server is gone.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct LocalPlaces {
    bucket: Bucket,
    /// Places whose moment has not come, in order.
    ahead: Vec<(u64, Instant)>,
}

impl LocalPlaces {
    /// Takes a place by this number, which no other has.
    pub fn take(&mut self, rate: Rate, id: u64, now: Instant) -> LimitPlace {
        let Some(config) = rate.bucket_config() else {
            return LimitPlace::new(id, Duration::ZERO);
        };
        self.advance(rate, now);
        let after = self.bucket.wait(config, self.ahead.len(), now);
        let from = super::later(now, after);
        // A pace that recovers may bring one before those that were told before.
        let behind = self.ahead.partition_point(|(_, at)| *at <= from);
        self.ahead.insert(behind, (id, from));
        self.advance(rate, now);
        LimitPlace::new(id, after)
    }

    /// Ends the request of a place, or gives it back.
    pub fn end(&mut self, rate: Rate, place: &LimitPlace, now: Instant) {
        self.advance(rate, now);
        self.ahead.retain(|(id, _)| *id != place.id());
        if let Some(config) = rate.bucket_config() {
            self.bucket.end(config, place.id(), now);
        }
    }

    /// Notes that the portal refused.
    pub fn refuse(&mut self, rate: Rate, now: Instant) {
        self.advance(rate, now);
        if let Some(config) = rate.bucket_config() {
            self.bucket.refuse(config, now);
        }
    }

    /// How much is counted, with what is still to come.
    pub fn level(&mut self, rate: Rate, now: Instant) -> f64 {
        self.advance(rate, now);
        let Some(config) = rate.bucket_config() else {
            return 0.0;
        };
        #[allow(clippy::cast_precision_loss, reason = "few wait")]
        let ahead = self.ahead.len() as f64;
        self.bucket.level(config, now) + ahead
    }

    /// Counts those whose moment has come.
    fn advance(&mut self, rate: Rate, now: Instant) {
        let Some(config) = rate.bucket_config() else {
            return;
        };
        let come = self.ahead.iter().take_while(|(_, at)| *at <= now).count();
        for (id, at) in self.ahead.drain(..come) {
            self.bucket.level(config, at);
            self.bucket.send(id, at);
        }
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn places_are_given_in_advance() {
        let (mut places, now) = (LocalPlaces::default(), Instant::now());
        let rate = Rate::new(2, 1);
        let after: Vec<u128> = (0..4)
            .map(|id| places.take(rate, id, now).after().as_millis())
            .collect();
        assert_eq!(after, [0, 1_000, 2_000, 3_000]);
        assert!(places.level(rate, now) > 3.9);
        places.end(rate, &LimitPlace::new(3, SECOND), now);
        let again = places.take(rate, 9, now).after();
        assert_eq!(again.as_millis(), 3_000, "one was given back");
        assert!(Rate::UNLIMITED.room().is_none());
        assert_eq!(
            places.take(Rate::UNLIMITED, 10, now).after(),
            Duration::ZERO
        );
    }

    #[test]
    fn what_came_drains() {
        let (mut places, now) = (LocalPlaces::default(), Instant::now());
        let rate = Rate::new(2, 1);
        for id in 0..4 {
            let place = places.take(rate, id, now);
            assert_eq!(place.id(), id);
        }
        for id in 0..4 {
            let at = now + u32::try_from(id).unwrap() * SECOND + SECOND / 10;
            places.end(rate, &LimitPlace::new(id, SECOND), at);
        }
        assert!(places.level(rate, now + 60 * SECOND) < 0.1);
    }
}
