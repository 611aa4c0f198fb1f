//! The verdict over an attempt that failed.

use std::sync::Arc;
use std::time::Instant;

use super::admission::Admission;
use super::failures::Failures;
use super::follow::{destination, may_follow};
use super::in_flight::InFlight;
use crate::error::Kind;
use crate::limits::later;
use crate::retry::{self, Attempt, Verdict};
use crate::{Address, Effect, Error, Executed, RetryPolicy, WaitReason};

/// What a call remembers of the attempts that failed, to decide whether it goes on after another one.
#[derive(Default)]
pub(super) struct Recovery {
    failures: Failures,
    /// Whether the call has followed the portal to another address.
    followed: bool,
    last: Option<Error>,
    /// Who decides, in place of the client's policy.
    policy: Option<Arc<dyn RetryPolicy>>,
}

/// What comes of a call whose attempt failed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Decision {
    GiveUp,
    GoOn,
    /// It goes on at the portal's new address.
    Follow(Address),
}

impl Recovery {
    /// Decides whether a call goes on after the failure of an attempt, by its number, or that of a command in it, and
    /// prepares what stands before its next request.
    pub(super) fn decide(
        &mut self,
        now: Instant,
        in_flight: &InFlight,
        number: u32,
        effect: Effect,
        error: &Error,
        admission: &mut Admission,
    ) -> Decision {
        let session = &in_flight.session;
        let executed = error.executed();
        let reason = retry::reason(error.problem(), executed, effect);
        let method = error.method().unwrap_or_default();
        let pause_is_known = in_flight.note_refusal(method, reason, now, &mut admission.room);
        // The token is checked before the method runs. What says so of a call that may have run is not to be trusted.
        let is_expired = error.has_code(&["expired_token"]) && executed == Executed::No;
        if is_expired && admission.tokens.follows(session.is_app()) {
            return Decision::GoOn;
        }
        if let Some(to) = self.follows(in_flight, error.problem()) {
            return Decision::Follow(to);
        }
        let Some(reason) = reason else {
            return Decision::GiveUp;
        };
        let attempt = Attempt {
            reason,
            times: self.failures.count(reason, number),
            effect,
            error,
        };
        let policy = self.policy.as_ref().unwrap_or(&session.config().retry);
        match policy.verdict(&attempt) {
            Verdict::GiveUp => return Decision::GiveUp,
            Verdict::RetryWithin(_) if pause_is_known => {}
            Verdict::RetryWithin(bound) => admission.pause(later(now, session.jitter(bound))),
        }
        Decision::GoOn
    }

    /// Follows the portal to its new address, once, for all calls of the session.
    fn follows(&mut self, in_flight: &InFlight, kind: &Kind) -> Option<Address> {
        let (session, from) = (&in_flight.session, in_flight.address());
        let redirect = kind.redirect().filter(|_| !self.followed)?;
        let to = destination(redirect)?;
        may_follow(from, &to, session.config()).ok()?;
        let to = from.moved_to(&to);
        self.followed = true;
        session.move_to(from, &to);
        Some(to)
    }

    /// Lets another policy decide than the client's.
    pub(super) fn set_policy(&mut self, policy: Arc<dyn RetryPolicy>) {
        self.policy = Some(policy);
    }

    /// Remembers the error of an attempt after which the call goes on.
    pub(super) fn remember(&mut self, error: Error) {
        self.last = Some(error);
    }

    /// The error of a call that has no time left for what it would wait for: the last one, if there was one.
    pub(super) fn out_of_time(&mut self, wait: Option<WaitReason>) -> Error {
        let last = self.last.take().map(Error::at_deadline);
        last.unwrap_or_else(|| Kind::Deadline(wait).into())
    }

    /// Lets what follows count as a call that has not failed yet. Whether the portal has moved stays known.
    pub(super) fn reset(&mut self) {
        (self.failures, self.last) = (Failures::default(), None);
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
mod tests {
    use std::task::Waker;

    use http::StatusCode;

    use super::*;
    use crate::redirect::Redirect;
    use crate::{ApiError, Config, Session};

    /// A request that is out, for a call of `user.get`.
    fn out(config: &Config, now: Instant) -> (InFlight, Admission) {
        let session = Session::new(config, now).unwrap();
        let mut admission = Admission::default();
        let (access, key) = session.access(now, Waker::noop(), &mut admission.tokens.seen);
        let crate::oauth::AuthState::Ready(auth) = key else {
            panic!("a token is there");
        };
        admission.sent(&auth);
        (InFlight::new(&session, access, auth), admission)
    }

    fn token() -> Config {
        Config::token("a.bitrix24.com", "t0ken").unwrap().seed(1)
    }

    fn api(status: StatusCode, code: &str) -> Kind {
        Kind::Api(ApiError {
            status,
            code: code.to_owned(),
            description: String::new(),
            refusal: None,
            beside_result: false,
        })
    }

    fn lost() -> Kind {
        Kind::NoResponse {
            sent: true,
            cause: crate::Cause::timeout(&std::io::Error::other("late")),
        }
    }

    fn moved(origin: &str) -> Kind {
        Kind::Status {
            status: StatusCode::FOUND,
            redirect: Some(Redirect {
                host: String::new(),
                origin: Some(origin.to_owned()),
                rejection: crate::redirect::Rejection::Foreign,
            }),
            excerpt: String::new(),
        }
    }

    fn decide(config: &Config, effect: Effect, kind: Kind) -> Decision {
        let now = Instant::now();
        let (in_flight, mut admission) = out(config, now);
        let error = Error::new("user.get", kind);
        Recovery::default().decide(now, &in_flight, 1, effect, &error, &mut admission)
    }

    #[test]
    fn what_is_lost_goes_on_unless_it_is_a_write() {
        assert_eq!(decide(&token(), Effect::Read, lost()), Decision::GoOn);
        assert_eq!(decide(&token(), Effect::Repeatable, lost()), Decision::GoOn);
        assert_eq!(decide(&token(), Effect::Write, lost()), Decision::GiveUp);
    }

    #[test]
    fn what_was_refused_before_it_ran_goes_on_whatever_it_is() {
        let refused = || api(StatusCode::SERVICE_UNAVAILABLE, "QUERY_LIMIT_EXCEEDED");
        assert_eq!(decide(&token(), Effect::Write, refused()), Decision::GoOn);
        let never = token().retry(crate::NoRetry);
        assert_eq!(decide(&never, Effect::Write, refused()), Decision::GiveUp);
        let denied = api(StatusCode::FORBIDDEN, "ACCESS_DENIED");
        assert_eq!(decide(&token(), Effect::Read, denied), Decision::GiveUp);
    }

    #[test]
    fn an_expired_token_that_nothing_refreshes_is_the_end() {
        let expired = api(StatusCode::UNAUTHORIZED, "expired_token");
        assert_eq!(decide(&token(), Effect::Read, expired), Decision::GiveUp);
    }

    #[test]
    fn a_portal_is_followed_once_and_by_all_calls() {
        let now = Instant::now();
        let (in_flight, mut admission) = out(&token(), now);
        let mut recovery = Recovery::default();
        let mut decide = |origin| {
            let error = Error::new("user.get", moved(origin));
            recovery.decide(now, &in_flight, 1, Effect::Write, &error, &mut admission)
        };
        assert_eq!(decide("https://portal.example.com"), Decision::GiveUp);
        let to = Address::parse("b.bitrix24.com").unwrap();
        let follow = Decision::Follow(to.clone());
        assert_eq!(decide("https://b.bitrix24.com"), follow);
        assert_eq!(in_flight.session.address(), to);
        assert_eq!(decide("https://c.bitrix24.com"), Decision::GiveUp);
    }

    #[test]
    fn a_call_without_time_ends_with_its_last_error() {
        let mut recovery = Recovery::default();
        let error = recovery.out_of_time(Some(WaitReason::Rate));
        assert!(error.is_deadline() && error.to_string().contains("rate limit"));
        recovery.remember(Error::new("user.get", lost()));
        let error = recovery.out_of_time(Some(WaitReason::Retry));
        assert!(error.is_deadline() && error.to_string().contains("no answer came"));
        recovery.remember(error);
        recovery.reset();
        assert!(!recovery.out_of_time(None).to_string().contains("answer"));
    }
}
