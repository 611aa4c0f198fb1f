//! What stands before a request.

use std::task::Waker;
use std::time::Instant;

use super::blocked::Blocked;
use super::call::Call;
use super::expiry::TokenExpiry;
use super::room::Room;
use crate::oauth::{Auth, AuthState};
use crate::refresh::RefreshRun;
use crate::session::Access;
use crate::{Session, WaitReason};

/// What a call passes before each of its requests, in this order: word for a store, a pause, tokens, operating time, the
/// rate. What comes first must not hold what comes after it.
#[derive(Default)]
pub(super) struct Admission {
    /// Nothing is sent before.
    pause: Option<Instant>,
    pub(super) tokens: TokenExpiry,
    pub(super) room: Room,
}

impl Admission {
    /// What the request is made with, if it may be sent now.
    pub(super) fn admit(
        &mut self,
        session: &Session,
        call: &Call,
        now: Instant,
        waker: &Waker,
    ) -> Result<(Access, Auth), Blocked> {
        if let Some(word) = self.room.report(session, now) {
            return Err(Blocked::Store(word));
        }
        if let Some(until) = self.pause.filter(|until| *until > now) {
            return Err(Blocked::Wait(WaitReason::Retry, until));
        }
        let (access, key) = session.access(now, waker, &mut self.tokens.seen);
        let auth = match key {
            AuthState::Ready(auth) => auth,
            AuthState::Wait(until) => {
                return self.stand_back(now, Blocked::Wait(WaitReason::Refresh, until));
            }
            AuthState::Refresh(ticket) => {
                let refresh = Box::new(RefreshRun::new(session, ticket));
                return self.stand_back(now, Blocked::Refresh(refresh));
            }
            AuthState::Failed(error) => return Err(Blocked::Fail(error)),
        };
        let (limits, caller) = (&access.limits, session.caller());
        let paused = call
            .timed()
            .filter_map(|method| limits.paused(caller, method, now));
        if let Some(until) = paused.max() {
            return self.stand_back(now, Blocked::Wait(WaitReason::Operating, until));
        }
        let address = &access.address;
        self.room.take(session, limits, address, call, now, waker)?;
        Ok((access, auth))
    }

    /// Leaves the queue while there is something else to wait for.
    fn stand_back<T>(&mut self, now: Instant, blocked: Blocked) -> Result<T, Blocked> {
        self.room.leave(now);
        Err(blocked)
    }

    /// Lets nothing be sent before this instant.
    pub(super) fn pause(&mut self, until: Instant) {
        self.pause = self.pause.max(Some(until));
    }

    /// Notes that a request leaves.
    pub(super) fn sent(&mut self, auth: &Auth) {
        self.pause = None;
        self.tokens.sent(auth);
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{Config, Limits, Rate, Raw, Time};

    const SECOND: Duration = Duration::from_secs(1);

    /// A session with room for one request, and a call.
    fn scene(now: Instant) -> (Session, Call) {
        let config = Config::token("portal.example.com", "t0ken").unwrap();
        let config = config.limits(Limits::new(Rate::new(1, 1)));
        let (call, outcome) = Call::of(&Raw::new("user.get", serde_json::Value::Null));
        assert!(outcome.is_ok());
        (Session::new(&config, now).unwrap(), call)
    }

    /// What a call waits for, and how long.
    fn waits(
        admission: &mut Admission,
        (session, call): &(Session, Call),
        now: Instant,
    ) -> Option<(WaitReason, Duration)> {
        match admission.admit(session, call, now, Waker::noop()) {
            Ok(_) => None,
            Err(Blocked::Wait(wait, until)) => Some((wait, until - now)),
            Err(Blocked::Store(_) | Blocked::Refresh(_) | Blocked::Fail(_)) => {
                panic!("nothing but time stands before it")
            }
        }
    }

    #[test]
    fn the_longest_pause_counts_and_ends_with_a_request() {
        let now = Instant::now();
        let scene = scene(now);
        let mut admission = Admission::default();
        admission.pause(now + 2 * SECOND);
        admission.pause(now + SECOND);
        let paused = waits(&mut admission, &scene, now);
        assert_eq!(paused, Some((WaitReason::Retry, 2 * SECOND)));
        assert_eq!(waits(&mut admission, &scene, now + 2 * SECOND), None);
        admission.sent(&Auth::Webhook(1, "s3cr3t".into()));
        admission.pause(now + SECOND);
        let paused = waits(&mut admission, &scene, now);
        assert_eq!(paused, Some((WaitReason::Retry, SECOND)));
    }

    #[test]
    fn who_pauses_takes_no_room() {
        let now = Instant::now();
        let scene = scene(now);
        let (mut first, mut second) = (Admission::default(), Admission::default());
        first.pause(now + SECOND);
        assert!(waits(&mut first, &scene, now).is_some());
        assert_eq!(waits(&mut second, &scene, now), None);
        let behind = waits(&mut first, &scene, now + SECOND);
        assert!(matches!(behind, Some((WaitReason::Rate, _))), "{behind:?}");
    }

    #[test]
    fn who_waits_for_operating_time_leaves_the_queue() {
        let now = Instant::now();
        let scene = scene(now);
        let (mut first, mut second) = (Admission::default(), Admission::default());
        assert_eq!(waits(&mut first, &scene, now), None);
        let queued = waits(&mut second, &scene, now);
        assert!(matches!(queued, Some((WaitReason::Rate, _))), "{queued:?}");

        let (limits, caller) = (scene.0.limits(), scene.0.caller());
        let used_up = Time {
            finish: Some(1_000.0),
            operating: Some(500.0),
            operating_reset_at: Some(1_060),
            ..Time::default()
        };
        limits.record_operating(caller, "user.get", &used_up, Some(480 * SECOND), now);
        let paused = waits(&mut second, &scene, now);
        assert!(
            matches!(paused, Some((WaitReason::Operating, _))),
            "{paused:?}"
        );
        assert_eq!(limits.load(now).waiting, 0);
    }
}
