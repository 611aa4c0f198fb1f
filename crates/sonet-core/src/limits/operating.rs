//! The operating time of a method.

use std::time::{Duration, Instant};

use super::cache::Cache;
use crate::Time;
use crate::caller::Caller;

/// What is known of one method as one caller.
#[derive(Debug)]
struct MethodUsage {
    method: String,
    /// When the oldest part of what it has taken is forgotten.
    reset: Instant,
    /// Whether it is not to be called until then.
    paused: bool,
}

/// Which methods have used up their time, by who calls them.
///
/// Of one caller a list, since few methods are ever in it and every call looks: no copy of a key. Thousands of webhooks may
/// call one portal.
#[derive(Debug, Default)]
pub(super) struct Operating {
    known: Cache<Caller, Vec<MethodUsage>>,
    /// When the last pause of any method ends. Nearly always none is on, and no call has to search then.
    last_pause: Option<Instant>,
}

impl MethodUsage {
    /// Until when it waits.
    fn paused(&self, now: Instant) -> Option<Instant> {
        (self.paused && self.reset > now).then_some(self.reset)
    }
}

impl Operating {
    /// Until when a method waits.
    pub(super) fn paused(&self, caller: &Caller, method: &str, now: Instant) -> Option<Instant> {
        if !self.may_pause(now) {
            return None;
        }
        let mut known = self.known.get(caller)?.iter();
        known.find(|known| known.method == method)?.paused(now)
    }

    /// Whether any method waits.
    pub(super) fn pauses(&self, now: Instant) -> bool {
        let mut known = self.known.values().flatten();
        self.may_pause(now) && known.any(|known| known.paused(now).is_some())
    }

    fn may_pause(&self, now: Instant) -> bool {
        self.last_pause.is_some_and(|last| last > now)
    }

    /// Takes what an answer says. The value is cumulative, so it replaces what was known. Returns until when the method pauses,
    /// if it does and that was not known.
    pub(super) fn record(
        &mut self,
        caller: &Caller,
        method: &str,
        time: &Time,
        limit: Option<Duration>,
        now: Instant,
    ) -> Option<Instant> {
        let (Some(operating), Some(left)) = (time.operating, until_reset(time)) else {
            return None;
        };
        let paused = limit.is_some_and(|limit| operating >= limit.as_secs_f64());
        let reset = now + left;
        let before = self.note(caller, method, reset, paused, now);
        // The reset is told in whole seconds, and two answers of one second may differ by as much.
        let is_news = before.is_none_or(|before| before + Duration::from_secs(1) < reset);
        (paused && is_news).then_some(reset)
    }

    /// Lets a method wait, as others have learned.
    pub(super) fn pause(&mut self, caller: &Caller, method: &str, until: Instant, now: Instant) {
        self.note(caller, method, until, true, now);
    }

    /// Returns until when the method was known to wait.
    fn note(
        &mut self,
        caller: &Caller,
        method: &str,
        reset: Instant,
        paused: bool,
        now: Instant,
    ) -> Option<Instant> {
        if paused {
            self.last_pause = self.last_pause.max(Some(reset));
        }
        let is_over = |known: &MethodUsage| known.reset <= now;
        // Nearly always there is one caller, this one.
        if self.known.len() > 1 {
            self.known.evict(|known| known.iter().all(is_over));
        }
        if let Some(known) = self.find(caller, method) {
            let before = known.paused(now);
            (known.reset, known.paused) = (reset, paused);
            return before;
        }
        let new = MethodUsage {
            method: method.to_owned(),
            reset,
            paused,
        };
        match self.known.get_mut(caller) {
            Some(known) => {
                known.retain(|known| !is_over(known));
                known.push(new);
            }
            None => self.known.insert(caller.clone(), vec![new]),
        }
        None
    }

    /// Notes that the server refused a method for its time: until the reset that the last answer told, if it did.
    ///
    /// Returns until when, if it did.
    pub(super) fn refuse(
        &mut self,
        caller: &Caller,
        method: &str,
        now: Instant,
    ) -> Option<Instant> {
        let known = self.find(caller, method)?;
        known.paused = true;
        let paused = known.paused(now);
        self.last_pause = self.last_pause.max(paused);
        paused
    }

    fn find(&mut self, caller: &Caller, method: &str) -> Option<&mut MethodUsage> {
        let mut known = self.known.get_mut(caller)?.iter_mut();
        known.find(|known| known.method == method)
    }
}

/// How long until the reset. Both times are the server's, so that the clock of this machine has no part in it.
fn until_reset(time: &Time) -> Option<Duration> {
    /// What is counted is forgotten after ten minutes.
    const LONGEST: f64 = 600.0;
    let (reset, finish) = (time.operating_reset_at?, time.finish.or(time.start)?);
    // It is told in whole seconds, and may be almost one later: too early a call would be refused once more.
    #[allow(clippy::cast_precision_loss, reason = "seconds since 1970")]
    let left = reset as f64 + 1.0 - finish;
    Duration::try_from_secs_f64(left.clamp(0.0, LONGEST)).ok()
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
mod tests {
    use super::*;
    use crate::Secret;

    fn caller() -> Caller {
        Caller::Token(Secret::new("token"))
    }

    fn time(operating: f64, reset: i64) -> Time {
        Time {
            operating: Some(operating),
            operating_reset_at: Some(reset),
            finish: Some(1_000.5),
            ..Time::default()
        }
    }

    #[test]
    fn a_method_that_has_used_its_time_waits_for_the_reset() {
        let (mut all, now) = (Operating::default(), Instant::now());
        let limit = Some(Duration::from_secs(480));
        all.record(&caller(), "a", &time(479.9, 1_100), limit, now);
        assert_eq!(all.paused(&caller(), "a", now), None);
        all.record(&caller(), "a", &time(480.0, 1_100), limit, now);
        let until = all.paused(&caller(), "a", now).unwrap();
        assert_eq!((until - now).as_millis(), 100_500);
        assert_eq!(all.paused(&caller(), "b", now), None, "another method");
        let other = Caller::Token(Secret::new("other"));
        assert_eq!(all.paused(&other, "a", now), None, "another caller");
        assert_eq!(all.paused(&caller(), "a", until), None, "it is over");
    }

    #[test]
    fn what_is_over_is_forgotten_of_callers_that_do_not_come_back() {
        let (mut all, start) = (Operating::default(), Instant::now());
        let caller = |n: u32| Caller::Webhook(Secret::new(format!("secret{n}")));
        let mut now = start;
        for n in 0..3_000 {
            now += Duration::from_secs(1);
            all.record(&caller(n), "a", &time(1.0, 1_010), None, now);
        }
        assert!(
            all.known.values().count() < 30,
            "each is known for ten seconds"
        );
        for n in 0..3_000 {
            all.record(&caller(n), "a", &time(1.0, 1_010), None, now);
        }
        now += Duration::from_secs(60);
        for _ in 0..3_000 {
            all.record(&caller(0), "a", &time(1.0, 1_010), None, now);
        }
        assert_eq!(all.known.len(), 1, "though nobody new comes");
        for method in ["a", "b", "c"] {
            now += Duration::from_secs(60);
            all.record(&caller(0), method, &time(500.0, 1_030), None, now);
        }
        assert_eq!(
            all.known.get(&caller(0)).unwrap().len(),
            1,
            "and each method"
        );
    }

    #[test]
    fn a_refusal_counts_whatever_the_limit() {
        let (mut all, now) = (Operating::default(), Instant::now());
        assert_eq!(
            all.refuse(&caller(), "a", now),
            None,
            "nothing is known of it"
        );
        all.record(&caller(), "a", &time(1.0, 1_010), None, now);
        assert_eq!(all.paused(&caller(), "a", now), None);
        let until = all.refuse(&caller(), "a", now);
        assert!(until.is_some());
        assert_eq!(all.paused(&caller(), "a", now), until);
    }

    #[test]
    fn a_pause_is_news_once() {
        let (mut all, now) = (Operating::default(), Instant::now());
        let limit = Some(Duration::from_secs(480));
        let mut record = |operating, reset| {
            let time = time(operating, reset);
            all.record(&caller(), "a", &time, limit, now).is_some()
        };
        assert!(!record(1.0, 1_100));
        assert!(record(480.0, 1_100));
        assert!(!record(481.0, 1_100), "it is known");
        assert!(record(482.0, 1_200), "it lasts longer");
    }

    #[test]
    fn others_learn_of_a_pause_too() {
        let (mut all, now) = (Operating::default(), Instant::now());
        let until = now + Duration::from_secs(10);
        all.pause(&caller(), "a", until, now);
        assert_eq!(all.paused(&caller(), "a", now), Some(until));
        assert_eq!(all.paused(&caller(), "a", until), None);
    }

    #[test]
    fn a_reset_beyond_all_reason_is_ten_minutes_away() {
        let left = until_reset(&time(1.0, i64::MAX)).unwrap();
        assert_eq!(left.as_secs(), 600);
        assert_eq!(until_reset(&time(1.0, 5)), Some(Duration::ZERO));
        let unknown = Time {
            finish: None,
            ..time(1.0, 5)
        };
        assert_eq!(until_reset(&unknown), None);
    }
}
