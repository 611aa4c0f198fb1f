//! The order of a call: what stands before a request, the request, and the verdict after it.

use std::sync::Arc;
use std::task::Waker;
use std::time::{Duration, Instant};

use super::admission::Admission;
use super::blocked::Blocked;
use super::call::Call;
use super::deadline::Deadline;
use super::in_flight::InFlight;
use super::log::CallLog;
use super::recovery::{Decision, Recovery};
use crate::error::Kind;
use crate::oauth::Auth;
use crate::session::Access;
use crate::{
    CallOptions, Effect, Error, Executed, Outgoing, Session, StoreCall, Stored, WaitReason,
};

/// One call, without what depends on its answer's type.
pub(super) struct CallRun {
    pub(super) session: Session,
    pub(super) call: Call,
    pub(super) deadline: Deadline,
    pub(super) log: CallLog,
    pub(super) admission: Admission,
    pub(super) recovery: Recovery,
    pub(super) in_flight: Option<InFlight>,
    response_timeout: Duration,
}

impl CallRun {
    pub(super) fn new(session: &Session, call: Call) -> Self {
        Self {
            session: session.clone(),
            deadline: Deadline::new(session.config().call_timeout),
            log: CallLog::new(session, &call.method, call.effect),
            admission: Admission::default(),
            recovery: Recovery::default(),
            call,
            in_flight: None,
            response_timeout: session.config().response_timeout,
        }
    }

    /// What it does otherwise than the client's settings say.
    pub(super) fn set_options(&mut self, options: &CallOptions) {
        let CallOptions {
            timeout,
            response_timeout,
            retry,
        } = options;
        if let Some(timeout) = timeout {
            self.deadline.set_timeout(*timeout);
        }
        if let Some(timeout) = response_timeout {
            self.response_timeout = *timeout;
        }
        if let Some(policy) = retry {
            self.recovery.set_policy(Arc::clone(policy));
        }
    }

    /// The next request, with none out, or what stands before it.
    pub(super) fn next(&mut self, now: Instant, waker: &Waker) -> Result<Outgoing, Blocked> {
        self.deadline.start(now);
        self.log.begin(now);
        if self.deadline.is_over(now) {
            return Err(self.out_of_time(now, None));
        }
        match self.admission.admit(&self.session, &self.call, now, waker) {
            Ok((access, auth)) => self.send(now, access, auth),
            // A deadline that can't be met is told at once: nothing is gained by waiting for it.
            Err(Blocked::Wait(wait, until))
                if self.deadline.is_over(until) && wait != WaitReason::Refresh =>
            {
                Err(self.out_of_time(now, Some(wait)))
            }
            Err(Blocked::Wait(wait, until)) => {
                let until = self.deadline.cap(until);
                self.log.waiting(wait, now, until);
                Err(Blocked::Wait(wait, until))
            }
            Err(Blocked::Fail(error)) => Err(self.end(now, error)),
            Err(blocked) => Err(blocked),
        }
    }

    fn send(&mut self, now: Instant, access: Access, auth: Auth) -> Result<Outgoing, Blocked> {
        let headers = self.session.headers();
        let request = self.call.request(&access.address, &auth, headers);
        let request = request.map_err(|kind| self.end(now, kind))?;
        self.log.waited(now);
        self.log
            .sending(now, &self.call, request.uri(), auth.secret());
        self.admission.sent(&auth);
        self.in_flight = Some(InFlight::new(&self.session, access, auth));
        let config = self.session.config();
        Ok(Outgoing {
            request,
            response_timeout: self.deadline.bound(now, self.response_timeout),
            body_limit: config.body_limit,
        })
    }

    /// Takes what the store of the limits answered: the error that the call ends with, if it failed.
    pub(super) fn stored(&mut self, now: Instant, stored: Stored) -> Option<Error> {
        let outcome = self.admission.room.stored(now, stored, &self.session).err();
        outcome.map(|kind| self.conclude(now, kind))
    }

    /// What a store of limits is to be told before the call ends, while it has time left.
    pub(super) fn report(&mut self, now: Instant) -> Option<StoreCall> {
        if self.deadline.is_over(now) {
            return None;
        }
        self.admission.room.report(&self.session, now)
    }

    /// Settles a success.
    pub(super) fn succeeded(
        &mut self,
        now: Instant,
        status: http::StatusCode,
        operating: Option<f64>,
    ) {
        self.admission.room.leave(now);
        self.log.succeeded(now, status, operating);
    }

    /// Settles a failure: the error that the call ends with, or nothing if it goes on.
    pub(super) fn failed(&mut self, now: Instant, mut kind: Kind) -> Option<Error> {
        self.admission.room.end(now, &kind);
        let in_flight = self.in_flight.take()?;
        in_flight.find_rejection(&mut kind);
        let error = Error::new(&self.call.method, kind);
        let may_have_run = error.executed() != Executed::No;
        if may_have_run {
            self.log.ended(now);
        }
        let outcome = self.recover(now, &in_flight, self.call.effect, error, may_have_run);
        let error = outcome.err()?;
        // The deadline may have cut the attempt itself.
        let is_cut = error.is_timeout() && self.deadline.is_over(now);
        Some(self.conclude(now, if is_cut { error.at_deadline() } else { error }))
    }

    /// Goes on after a failure of the call or of a command in it, if it may; otherwise the error comes back.
    pub(super) fn recover(
        &mut self,
        now: Instant,
        in_flight: &InFlight,
        effect: Effect,
        error: Error,
        may_have_run: bool,
    ) -> Result<(), Error> {
        let (number, admission) = (self.log.count(), &mut self.admission);
        let recovery = &mut self.recovery;
        match recovery.decide(now, in_flight, number, effect, &error, admission) {
            Decision::GiveUp => return Err(error),
            Decision::Follow(to) => self.log.moved(&to),
            Decision::GoOn => {}
        }
        self.log.failed(&error, may_have_run);
        self.recovery.remember(error);
        Ok(())
    }

    /// The end of a call that has no time left for what it would wait for.
    fn out_of_time(&mut self, now: Instant, wait: Option<WaitReason>) -> Blocked {
        let wait = wait.or(self.log.waiting_for());
        let error = self.recovery.out_of_time(wait);
        self.end(now, error)
    }

    fn end(&mut self, now: Instant, error: impl Into<Error>) -> Blocked {
        self.log.waited(now);
        Blocked::Fail(self.conclude(now, error))
    }

    /// The error that the call ends with.
    pub(super) fn conclude(&mut self, now: Instant, error: impl Into<Error>) -> Error {
        self.admission.room.free();
        self.log.gave_up(now, error.into())
    }
}
