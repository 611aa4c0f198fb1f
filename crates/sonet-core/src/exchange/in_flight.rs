//! What a request that is out was made with.

use std::time::Instant;

use super::call::Call;
use super::follow::{destination, may_follow};
use super::room::Room;
use crate::error::Kind;
use crate::oauth::Auth;
use crate::redirect::Rejection;
use crate::session::Access;
use crate::{Address, RetryReason, Secret, Session, Time};

/// What the request that is out was made with. The session's address and tokens may be others by the time of its answer.
pub(super) struct InFlight {
    pub(super) session: Session,
    access: Access,
    auth: Auth,
}

impl InFlight {
    pub(super) fn new(session: &Session, access: Access, auth: Auth) -> Self {
        Self {
            session: session.clone(),
            access,
            auth,
        }
    }

    /// Where the request went.
    pub(super) fn address(&self) -> &Address {
        &self.access.address
    }

    pub(super) fn secret(&self) -> &Secret {
        self.auth.secret()
    }

    /// Finds out what keeps the call from following the portal, should it not.
    pub(super) fn find_rejection(&self, kind: &mut Kind) {
        if let Kind::Status {
            redirect: Some(redirect),
            ..
        } = kind
        {
            if let Some(to) = destination(redirect) {
                let way = may_follow(self.address(), &to, self.session.config());
                redirect.rejection = way.err().unwrap_or(Rejection::Repeated);
            }
        }
    }

    /// Takes what an answer says of the time of the call, or of the methods that it ran. A store is told of those that pause.
    pub(super) fn note_time(
        &self,
        call: &Call,
        time: &Time,
        costs: &[(usize, Time)],
        now: Instant,
        room: &mut Room,
    ) {
        let (limits, caller) = (&self.access.limits, self.session.caller());
        let limit = self.session.config().operating_limit;
        let mut note = |method: &str, time| {
            if let Some(until) = limits.record_operating(caller, method, time, limit, now) {
                room.pause(method, until);
            }
        };
        if call.runs.is_empty() {
            note(&call.method, time);
        }
        for (run, time) in costs {
            if let Some(method) = call.runs.get(*run) {
                note(method, time);
            }
        }
    }

    /// Takes word that the portal refused these of the methods that a call ran, since their time is used up.
    pub(super) fn note_exhausted(
        &self,
        call: &Call,
        exhausted: &[usize],
        now: Instant,
        room: &mut Room,
    ) {
        for method in exhausted.iter().filter_map(|run| call.runs.get(*run)) {
            self.note_refusal(method, Some(RetryReason::Operating), now, room);
        }
    }

    /// Takes word that the portal refused a method for this reason; whether it is known until when that lasts.
    pub(super) fn note_refusal(
        &self,
        method: &str,
        reason: Option<RetryReason>,
        now: Instant,
        room: &mut Room,
    ) -> bool {
        let limits = &self.access.limits;
        match reason {
            Some(RetryReason::Rate) => {
                limits.refuse(now);
                room.refuse();
            }
            Some(RetryReason::Operating) => {
                if let Some(until) = limits.refuse_method(self.session.caller(), method, now) {
                    room.pause(method, until);
                    return true;
                }
            }
            _ => {}
        }
        false
    }
}
