//! Whether the server is gone.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long nobody tries after the first failure, and how long at most.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// How long a trial may take before another one may begin.
const TRIAL: Duration = Duration::from_secs(10);

/// Whether the server is gone. While it is, one call at a time tries it, after a pause that grows; the others don't wait.
#[derive(Debug, Default)]
pub(super) struct Outage(Mutex<Option<Down>>);

#[derive(Debug)]
struct Down {
    since: Instant,
    /// Nobody tries before.
    until: Instant,
    pause: Duration,
    error: Arc<str>,
}

impl Outage {
    /// Lets a call try the server, or says why not.
    pub(super) fn admit(&self, now: Instant) -> Result<(), Arc<str>> {
        match &mut *self.down() {
            None => Ok(()),
            Some(down) if down.until <= now => {
                down.until = now + TRIAL;
                Ok(())
            }
            Some(down) => Err(Arc::clone(&down.error)),
        }
    }

    /// Notes that the server answered: since when it had been gone, if it had.
    pub(super) fn answered(&self) -> Option<Instant> {
        self.down().take().map(|down| down.since)
    }

    /// Notes that the server failed; whether that is news.
    pub(super) fn failed(&self, error: Arc<str>, now: Instant) -> bool {
        let mut state = self.down();
        let before = state.take();
        let is_news = before.is_none();
        let (since, pause) = match before {
            Some(down) => (down.since, (down.pause * 2).min(LONGEST_PAUSE)),
            None => (now, FIRST_PAUSE),
        };
        *state = Some(Down {
            since,
            until: now + pause,
            pause,
            error,
        });
        is_news
    }

    pub(super) fn is_down(&self) -> bool {
        self.down().is_some()
    }

    fn down(&self) -> MutexGuard<'_, Option<Down>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_tries_after_a_pause_that_grows() {
        let (outage, now) = (Outage::default(), Instant::now());
        assert!(outage.admit(now).is_ok() && outage.admit(now).is_ok());
        assert!(outage.failed("gone".into(), now));
        assert_eq!(&*outage.admit(now).unwrap_err(), "gone");
        let later = now + FIRST_PAUSE;
        assert!(outage.admit(later).is_ok());
        assert!(outage.admit(later).is_err(), "somebody tries");
        assert!(!outage.failed("gone".into(), later));
        assert!(outage.admit(later + FIRST_PAUSE).is_err(), "it grows");
        assert!(outage.admit(later + 2 * FIRST_PAUSE).is_ok());
        for _ in 0..20 {
            outage.failed("gone".into(), later);
        }
        assert!(outage.admit(later + LONGEST_PAUSE).is_ok());
        assert_eq!(outage.answered(), Some(now));
        assert!(outage.admit(later).is_ok() && !outage.is_down());
    }
}
