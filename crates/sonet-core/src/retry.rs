//! Whether a call is made again.

use std::fmt::Debug;
use std::time::Duration;

use http::StatusCode;

use crate::error::Kind;
use crate::{Effect, Error, Executed};

/// Decides whether and when a call that failed is made again.
///
/// It is asked only where that is safe: a write is never offered unless the server is certain not to have run it, so no
/// policy can do anything twice. Nor is it asked about errors that another attempt can't change, like a refused
/// parameter.
///
/// ```
/// use std::time::Duration;
/// use sonet_core::{Attempt, RetryPolicy, Verdict};
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

/// The default policy. The bound of the pause doubles from one attempt to the next.
///
/// - Refused for the rate: up to 20 attempts, within 1 second at first and 60 at last.
/// - Refused for operating time: up to 20 attempts. Where an answer told when the time is reset, the call waits for that;
///   otherwise within 10 seconds at first and 120 at last.
/// - Everything else: up to 4 attempts, within 0.5 seconds at first and 2 at last. What can't change by itself, such as an
///   unknown host or a certificate that is not trusted, is not tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backoff;

impl RetryPolicy for Backoff {
    fn verdict(&self, attempt: &Attempt<'_>) -> Verdict {
        let (attempts, first, longest) = match attempt.reason {
            RetryReason::Rate => (20, Duration::from_secs(1), Duration::from_secs(60)),
            RetryReason::Operating => (20, Duration::from_secs(10), Duration::from_secs(120)),
            RetryReason::NotSent | RetryReason::Lost => {
                (4, Duration::from_millis(500), Duration::from_secs(2))
            }
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
        Kind::Api(error) if error.has_code("OPERATION_TIME_LIMIT") => RetryReason::Operating,
        // Not an error of the API: a proxy on the way, which did not pass the request on.
        Kind::Status { status, .. } if *status == StatusCode::TOO_MANY_REQUESTS => {
            RetryReason::Rate
        }
        // The certificate, the name or the size would be the same the next time.
        Kind::NoResponse { cause, .. } if cause.kind.is_permanent() => return None,
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

    #[test]
    fn the_pause_doubles_up_to_a_bound_and_ends() {
        let error = Error::config("");
        let bounds = |reason| {
            let mut bounds = Vec::new();
            for times in 1.. {
                let attempt = Attempt {
                    reason,
                    times,
                    effect: Effect::Read,
                    error: &error,
                };
                match Backoff.verdict(&attempt) {
                    Verdict::RetryWithin(bound) => bounds.push(bound.as_secs_f64()),
                    Verdict::GiveUp => break,
                }
            }
            bounds
        };
        assert_eq!(bounds(RetryReason::Lost), [0.5, 1.0, 2.0]);
        assert_eq!(bounds(RetryReason::NotSent), [0.5, 1.0, 2.0]);
        let rate = bounds(RetryReason::Rate);
        assert_eq!(rate[..8], [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]);
        assert_eq!(rate.len(), 19);
        assert_eq!(bounds(RetryReason::Operating)[..3], [10.0, 20.0, 40.0]);
    }
}
