//! Looking again after a failure, which another process may be the reason of.

use std::time::{Duration, Instant};

use super::RESPONSE_TIMEOUT;
use crate::Tokens;
use crate::error::{Kind, token_server};

/// How often one looks, after a refusal, whether another process was quicker.
const PAUSE: Duration = Duration::from_secs(1);

/// For how long that is worth while, where no lease keeps others from asking: the other one's request was there before the
/// one that was refused, its answer may take its time, and so may the saving.
const OTHERS_TIME: Duration = RESPONSE_TIMEOUT.saturating_add(Duration::from_secs(25));

/// What to look for after a failure, and how long.
#[derive(Debug)]
pub(super) struct Recheck {
    /// The pair that no new one was got for.
    pub(super) old: Tokens,
    /// What the refresh ends with if there is no new one.
    pub(super) failure: Kind,
    /// Not before this instant.
    pub(super) next: Instant,
    /// For the last time at this one.
    last: Instant,
}

impl Recheck {
    /// Looks into the store after a failure; `is_alone` if its lease kept others from asking.
    pub(super) fn new(now: Instant, old: Tokens, failure: Kind, is_alone: bool) -> Self {
        let (pause, time) = if !token_server::is_permanent(&failure) {
            (Duration::ZERO, Duration::ZERO)
        } else if is_alone {
            (PAUSE, PAUSE)
        } else {
            (PAUSE, OTHERS_TIME)
        };
        Self {
            old,
            failure,
            next: now + pause,
            last: now + time,
        }
    }

    /// Goes on after a look that showed nothing new; `false` if it was the last.
    pub(super) fn go_on(&mut self, now: Instant) -> bool {
        if now >= self.last {
            return false;
        }
        self.next = self.last.min(now + PAUSE);
        true
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
mod tests {
    use http::StatusCode;

    use super::*;

    /// How many looks there are after a failure, and over which time.
    fn looks(failure: Kind, is_alone: bool) -> (u32, Duration) {
        let now = Instant::now();
        let old = Tokens::new("portal.example.com", "access", "refresh").unwrap();
        let mut recheck = Recheck::new(now, old, failure, is_alone);
        let mut count = 1;
        while recheck.go_on(recheck.next) {
            count += 1;
        }
        (count, recheck.next - now)
    }

    #[test]
    fn a_refusal_is_looked_into_as_long_as_another_process_may_take() {
        let refused = || Kind::IncompletePair(StatusCode::OK);
        assert_eq!(looks(refused(), false), (45, Duration::from_secs(45)));
        assert_eq!(looks(refused(), true), (1, Duration::from_secs(1)));
    }

    #[test]
    fn after_what_may_pass_one_looks_once_and_at_once() {
        assert_eq!(looks(Kind::Ended, false), (1, Duration::ZERO));
    }
}
