//! Whether a call is made again.

use std::fmt::Debug;
use std::time::Duration;

use http::StatusCode;

use crate::error::{Kind, OUT_OF_TIME};
use crate::{Effect, Error, Executed};

/// Decides whether and when a call that failed is made again.
///
/// It is asked only where that is safe: a write is never offered unless the server is certain not to have run it, so no
/// policy can do anything twice. Nor is it asked about errors that another attempt can't change, like a refused
/// parameter.
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use std::time::Duration;
/// use sonet_async::{Attempt, RetryPolicy, Verdict};
///
/// /// Tries twice, quickly.
/// #[derive(Debug)]
/// struct Impatient;
///
/// impl RetryPolicy for Impatient {
///     fn verdict(&self, attempt: &Attempt<'_>) -> Verdict {
///         match attempt.times {
///             1 => Verdict::RetryWithin(Duration::from_millis(50)),
///             _ => Verdict::GiveUp,
///         }
///     }
/// }
/// ```
pub trait RetryPolicy: Debug + Send + Sync + 'static {
    /// Decides about an attempt that failed.
    fn verdict(&self, attempt: &Attempt<'_>) -> Verdict;
}

/// An attempt that failed, and may be repeated safely.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// Why it failed.
    pub reason: RetryReason,
    /// How often this call has failed for this reason, from 1 on.
    pub times: u32,
    /// What the method does.
    pub effect: Effect,
    /// The error.
    pub error: &'a Error,
}

/// Why an attempt failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryReason {
    /// The server refused it for the rate of requests, before running it.
    Rate,
    /// The server refused it for the method's operating time, before running it, and did not say until when.
    Operating,
    /// It did not leave, or came back without having run.
    NotSent,
    /// It left, and whether it ran is unknown; or the server failed while it ran. Offered for methods that may be
    /// repeated only.
    Lost,
}

/// What to do about an attempt that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Ends the call with the error.
    GiveUp,
    /// Makes the call again after a random time up to this.
    RetryWithin(Duration),
}

/// The default policy: a random pause before each attempt, whose bound doubles from one attempt to the next.
///
/// | reason | attempts | first pause | longest pause |
/// |---|---|---|---|
/// | [`RetryReason::Rate`] | 20 | 1 second | 60 seconds |
/// | [`RetryReason::Operating`] | 20 | 10 seconds | 120 seconds |
/// | [`RetryReason::NotSent`] | 4 | 0.5 seconds | 2 seconds |
/// | [`RetryReason::Lost`] | 4 | 0.5 seconds | 2 seconds |
///
/// What can't change by itself, such as an unknown host or a certificate that is not trusted, is not tried again.
/// Where an answer told when a method's operating time is reset, the call waits for that, whatever the pauses are.
///
/// Each of them can be another:
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use std::time::Duration;
/// use sonet_async::{Backoff, RetryReason};
///
/// const PATIENT: Backoff = Backoff::new()
///     .attempts(RetryReason::Lost, 8)
///     .longest_pause(RetryReason::Lost, Duration::from_secs(30));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct Backoff {
    rate: Bounds,
    operating: Bounds,
    not_sent: Bounds,
    lost: Bounds,
}

/// How often a call is made, and how long it pauses in between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bounds {
    attempts: u32,
    first: Duration,
    longest: Duration,
}

impl Bounds {
    const fn new(attempts: u32, first: Duration, longest: Duration) -> Self {
        Self {
            attempts,
            first,
            longest,
        }
    }
}

/// The longest pause: as good as giving up, and never beyond what a clock can tell.
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 3_600);

impl Backoff {
    /// The policy with its default bounds.
    pub const fn new() -> Self {
        let short = Bounds::new(4, Duration::from_millis(500), Duration::from_secs(2));
        Self {
            rate: Bounds::new(20, Duration::from_secs(1), Duration::from_secs(60)),
            operating: Bounds::new(20, Duration::from_secs(10), Duration::from_secs(120)),
            not_sent: short,
            lost: short,
        }
    }

    /// How often a call is made that fails for this reason, the first time included: 1 is no repetition, and 0 counts
    /// as 1.
    pub const fn attempts(mut self, reason: RetryReason, attempts: u32) -> Self {
        self.bounds_mut(reason).attempts = attempts;
        self
    }

    /// The bound of the pause after the first failure for this reason. More than the longest pause counts as that.
    pub const fn first_pause(mut self, reason: RetryReason, pause: Duration) -> Self {
        self.bounds_mut(reason).first = pause;
        self
    }

    /// The bound of every pause for this reason. More than a day counts as a day.
    pub const fn longest_pause(mut self, reason: RetryReason, pause: Duration) -> Self {
        self.bounds_mut(reason).longest = if pause.as_secs() < LONGEST_PAUSE.as_secs() {
            pause
        } else {
            LONGEST_PAUSE
        };
        self
    }

    const fn bounds_mut(&mut self, reason: RetryReason) -> &mut Bounds {
        match reason {
            RetryReason::Rate => &mut self.rate,
            RetryReason::Operating => &mut self.operating,
            RetryReason::NotSent => &mut self.not_sent,
            RetryReason::Lost => &mut self.lost,
        }
    }
}

impl Default for Backoff {
    fn default() -> Self {
        Self::new()
    }
}

impl RetryPolicy for Backoff {
    fn verdict(&self, attempt: &Attempt<'_>) -> Verdict {
        let Bounds {
            attempts,
            first,
            longest,
        } = match attempt.reason {
            RetryReason::Rate => self.rate,
            RetryReason::Operating => self.operating,
            RetryReason::NotSent => self.not_sent,
            RetryReason::Lost => self.lost,
        };
        if attempt.times >= attempts {
            return Verdict::GiveUp;
        }
        let factor = 1_u32.checked_shl(attempt.times.saturating_sub(1));
        let bound = first.saturating_mul(factor.unwrap_or(u32::MAX));
        Verdict::RetryWithin(bound.min(longest))
    }
}

/// The policy that makes every call once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NoRetry;

impl RetryPolicy for NoRetry {
    fn verdict(&self, _: &Attempt<'_>) -> Verdict {
        Verdict::GiveUp
    }
}

/// Why an attempt failed, if another one may help and can do no harm.
pub(crate) fn reason(kind: &Kind, executed: Executed, effect: Effect) -> Option<RetryReason> {
    let reason = match kind {
        Kind::Api(error) if error.has_code("QUERY_LIMIT_EXCEEDED") => RetryReason::Rate,
        Kind::Api(error) if error.has_code(OUT_OF_TIME) => RetryReason::Operating,
        // Not an error of the API: a proxy on the way, which did not pass the request on.
        Kind::Status { status, .. } if *status == StatusCode::TOO_MANY_REQUESTS => {
            RetryReason::Rate
        }
        // The certificate, the name or the size would be the same the next time.
        Kind::NoResponse { cause, .. } if cause.is_permanent() => return None,
        Kind::NoResponse { sent: false, .. } => RetryReason::NotSent,
        // The method has answered it, and has no reason to answer anything else to the same call.
        Kind::Api(error) if !error.is_transient() => return None,
        Kind::NoResponse { .. } | Kind::Status { .. } | Kind::Unreadable { .. } | Kind::Api(_) => {
            RetryReason::Lost
        }
        _ => return None,
    };
    match (reason, executed, effect) {
        (RetryReason::Lost, Executed::Unknown, Effect::Read | Effect::Repeatable)
        | (RetryReason::Rate | RetryReason::Operating | RetryReason::NotSent, Executed::No, _) => {
            Some(reason)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bounds of the pauses that a policy makes, in seconds.
    fn pauses(policy: Backoff, reason: RetryReason) -> Vec<f64> {
        let error = Error::config("");
        let mut bounds = Vec::new();
        for times in 1.. {
            let attempt = Attempt {
                reason,
                times,
                effect: Effect::Read,
                error: &error,
            };
            match policy.verdict(&attempt) {
                Verdict::RetryWithin(bound) => bounds.push(bound.as_secs_f64()),
                Verdict::GiveUp => break,
            }
        }
        bounds
    }

    #[test]
    fn the_pause_doubles_up_to_a_bound_and_ends() {
        let bounds = |reason| pauses(Backoff::default(), reason);
        assert_eq!(bounds(RetryReason::Lost), [0.5, 1.0, 2.0]);
        assert_eq!(bounds(RetryReason::NotSent), [0.5, 1.0, 2.0]);
        let rate = bounds(RetryReason::Rate);
        assert_eq!(rate[..8], [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]);
        assert_eq!(rate.len(), 19);
        assert_eq!(bounds(RetryReason::Operating)[..3], [10.0, 20.0, 40.0]);
    }

    #[test]
    fn each_reason_has_bounds_of_its_own() {
        const POLICY: Backoff = Backoff::new()
            .attempts(RetryReason::Lost, 6)
            .first_pause(RetryReason::Lost, Duration::from_secs(3))
            .longest_pause(RetryReason::Lost, Duration::from_secs(10));
        let bounds = |reason| pauses(POLICY, reason);
        assert_eq!(bounds(RetryReason::Lost), [3.0, 6.0, 10.0, 10.0, 10.0]);
        assert_eq!(bounds(RetryReason::NotSent), [0.5, 1.0, 2.0]);
        assert_eq!(bounds(RetryReason::Rate).len(), 19);
        assert_eq!(bounds(RetryReason::Operating).len(), 19);
    }

    #[test]
    fn bounds_that_make_no_sense_are_the_nearest_that_do() {
        let reason = RetryReason::Rate;
        for attempts in [0, 1] {
            let policy = Backoff::new().attempts(reason, attempts);
            assert_eq!(pauses(policy, reason), [] as [f64; 0]);
        }
        let policy = Backoff::new().attempts(reason, 4);
        let zero = policy.longest_pause(reason, Duration::ZERO);
        assert_eq!(pauses(zero, reason), [0.0; 3]);
        let above = policy.first_pause(reason, Duration::MAX);
        assert_eq!(pauses(above, reason), [60.0; 3]);
        let endless = above.longest_pause(reason, Duration::MAX);
        assert_eq!(pauses(endless, reason), [86_400.0; 3]);
    }
}
