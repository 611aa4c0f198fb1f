//! How a call goes: what it waits for, how often it is made, and when it is given up.

use std::task::Waker;
use std::time::{Duration, Instant};

use http::StatusCode;

use super::call::Call;
use super::follow::{destination, may_follow};
use crate::attempts::Attempts;
use crate::config::SHORTEST;
use crate::error::Kind;
use crate::limits::{Place, later};
use crate::oauth::{Auth, Key, Pair, Refresh, Watch};
use crate::progress::{Progress, ProgressEvent};
use crate::redact::Quote;
use crate::redirect::Obstacle;
use crate::retry::{self, Attempt, Reason, Verdict};
use crate::session::Access;
use crate::store_call::Answer;
use crate::trace::Trace;
use crate::{
    Address, Effect, Error, Executed, Limits, Outgoing, Secret, Session, StoreCall, Stored, Time,
    Wait,
};

/// One call, without what depends on its answer's type.
pub(super) struct Course {
    session: Session,
    pub(super) call: Call,
    trace: Trace,
    /// How long the call may take, from the first poll on.
    pub(super) timeout: Option<Duration>,
    /// How long it may still take, where it goes on with what its last answer left.
    left: Option<Duration>,
    deadline: Option<Instant>,
    attempts: Attempts,
    /// How often the call has failed for each reason, and in which attempt it did last.
    failures: Vec<(Reason, u32, u32)>,
    /// Nothing is sent before.
    pause: Option<Instant>,
    waiting: Option<(Wait, Instant)>,
    watch: Watch,
    /// The pair of tokens that the request out was made with.
    pair: Pair,
    /// How often the call has followed an expired token to a new one.
    refreshes: u32,
    moved: bool,
    place: Option<Place>,
    reservation: Reservation,
    /// What the request out was made with.
    out: Option<Out>,
    last: Option<Error>,
}

/// What the request that is out was made with.
pub(super) struct Out {
    pub(super) secret: Secret,
    address: Address,
    limits: Limits,
}

/// A place under a limit that is kept in a store.
enum Reservation {
    None,
    Asked,
    /// Tells the store that the portal refused.
    Refused,
    From(Instant),
}

/// What stands between a call and its request.
enum Gate {
    Open(Access, Auth),
    Wait(Wait, Instant),
    Store(StoreCall),
    Refresh(Box<Refresh>),
    Failed(Error),
}

/// What a call does next.
pub(super) enum Next {
    Send(Outgoing),
    Wait(Instant),
    Store(StoreCall),
    Refresh(Refresh),
    Fail(Error),
}

impl Course {
    pub(super) fn new(session: &Session, call: Call) -> Self {
        Self {
            session: session.clone(),
            trace: Trace::of(&call.method),
            timeout: session.config().call_timeout,
            call,
            left: None,
            deadline: None,
            attempts: Attempts::default(),
            failures: Vec::new(),
            pause: None,
            waiting: None,
            watch: Watch::default(),
            pair: Pair::default(),
            refreshes: 0,
            moved: false,
            place: None,
            reservation: Reservation::None,
            out: None,
            last: None,
        }
    }

    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    /// What the request that is out was made with, if one is.
    pub(super) fn out(&self) -> Option<&Out> {
        self.out.as_ref()
    }

    /// What is known of the requests that were sent, the last of which is answered now.
    pub(super) fn past(&self, now: Instant) -> Attempts {
        self.attempts.ended(now)
    }

    /// Decides whether a command of the answer is asked for again, as if it had been a call of its own that failed.
    pub(super) fn command_failed(
        &mut self,
        now: Instant,
        method: &str,
        effect: Effect,
        error: &Error,
    ) -> bool {
        let Some(out) = self.out.take() else {
            return false;
        };
        let goes_on = self.goes_on(now, method, effect, error, &out);
        self.out = Some(out);
        if goes_on {
            // A read that ran leaves nothing behind.
            self.attempts.may_have_run |=
                effect != Effect::Read && error.executed() != Executed::No;
            self.tell(ProgressEvent::Failed(error));
            self.last = Some(error.clone());
        }
        goes_on
    }

    /// Lets what is left count as a call that begins now: it has not failed yet.
    pub(super) fn begin_anew(&mut self) {
        (self.deadline, self.left) = (None, None);
        // What failed of it was its first attempt.
        (self.attempts.count, self.refreshes) = (1, 0);
        self.failures.clear();
        self.last = None;
    }

    /// Stops the clock between two requests.
    pub(super) fn rest(&mut self, now: Instant) {
        let deadline = self.deadline.take();
        self.left = deadline.map(|deadline| deadline.saturating_duration_since(now));
    }

    /// Goes on with another request.
    pub(super) fn go_on(&mut self, call: Call) {
        self.call = call;
        self.out = None;
    }

    /// The error of a call of whose request the driver said nothing.
    pub(super) fn unreported(&mut self, now: Instant) -> Error {
        self.attempts.end(now);
        self.conclude(Kind::Unreported)
    }

    /// What to do next, with no request out.
    pub(super) fn next(&mut self, now: Instant, waker: &Waker) -> Next {
        if self.deadline.is_none() {
            let bound = self.left.or(self.timeout);
            self.deadline = bound.and_then(|bound| now.checked_add(bound));
        }
        if self.is_over(now) {
            return Next::Fail(self.out_of_time(now, None));
        }
        match self.gate(now, waker) {
            Gate::Open(access, auth) => self.send(now, access, &auth),
            // A deadline that can't be met is told at once: nothing is gained by waiting for it.
            Gate::Wait(wait, until) => match self.deadline {
                Some(deadline) if until >= deadline && wait != Wait::Refresh => {
                    Next::Fail(self.out_of_time(now, Some(wait)))
                }
                deadline => {
                    let until = deadline.map_or(until, |deadline| until.min(deadline));
                    self.begin_waiting(wait, now, until);
                    Next::Wait(until)
                }
            },
            Gate::Store(call) => Next::Store(call),
            Gate::Refresh(refresh) => Next::Refresh(*refresh),
            Gate::Failed(error) => {
                self.end_waiting(now);
                Next::Fail(self.conclude_with(error))
            }
        }
    }

    fn is_over(&self, now: Instant) -> bool {
        self.deadline.is_some_and(|deadline| now >= deadline)
    }

    /// Passes what stands before a request, in this order: word of a refusal, a pause, tokens, operating time, the rate. What
    /// comes first must not hold what comes after it.
    fn gate(&mut self, now: Instant, waker: &Waker) -> Gate {
        if let Some(gate) = self.report_refusal() {
            return gate;
        }
        if let Some(until) = self.pause.filter(|until| *until > now) {
            return Gate::Wait(Wait::Retry, until);
        }
        let (access, key) = self.session.access(now, waker, &mut self.watch);
        let auth = match key {
            Key::Ready(auth) => auth,
            Key::Wait(until) => return self.stand_back(now, Gate::Wait(Wait::Refresh, until)),
            Key::Refresh(mut refresh) => {
                refresh.begin_trace();
                return self.stand_back(now, Gate::Refresh(refresh));
            }
            Key::Failed(error) => return Gate::Failed(error),
        };
        let (limits, caller) = (&access.limits, self.session.caller());
        let paused = self
            .call
            .timed()
            .filter_map(|method| limits.paused(caller, method, now));
        if let Some(until) = paused.max() {
            return self.stand_back(now, Gate::Wait(Wait::Operating, until));
        }
        match self.room(limits, &access.address, now, waker) {
            Some(gate) => gate,
            None => Gate::Open(access, auth),
        }
    }

    /// Tells a store of limits at once that the portal refused: the others should slow down while this call pauses.
    fn report_refusal(&mut self) -> Option<Gate> {
        if !matches!(self.reservation, Reservation::Refused) {
            return None;
        }
        let (limits, portal) = (self.session.limits(), self.session.address().authority());
        let (store, rate) = (limits.store()?.clone(), limits.rate());
        let call = StoreCall::new(move || Stored(Answer::Done(store.refused(&portal, rate))));
        Some(Gate::Store(call))
    }

    /// Leaves the queue while there is something else to wait for.
    fn stand_back(&self, now: Instant, gate: Gate) -> Gate {
        self.leave(now);
        gate
    }

    /// Leaves the queue, or ends the request, and keeps the rank.
    fn leave(&self, now: Instant) {
        if let Some(place) = &self.place {
            place.leave(now);
        }
    }

    /// Stops waiting for a request that may still be on its way.
    fn give_up(&self) {
        if let Some(place) = &self.place {
            place.give_up();
        }
    }

    /// Takes room under the rate limit.
    fn room(
        &mut self,
        limits: &Limits,
        address: &Address,
        now: Instant,
        waker: &Waker,
    ) -> Option<Gate> {
        let Some(store) = limits.store() else {
            // A portal that moves may come under other limits.
            let own = self.place.take().filter(|place| place.is_under(limits));
            let place = self.place.insert(own.unwrap_or_else(|| limits.place()));
            let turn = place.take(now, waker).err()?;
            return Some(Gate::Wait(Wait::Rate, turn));
        };
        let (store, rate) = (store.clone(), limits.rate());
        let portal = address.authority();
        let call = match self.reservation {
            Reservation::From(from) if from > now => return Some(Gate::Wait(Wait::Rate, from)),
            Reservation::From(_) => {
                self.reservation = Reservation::None;
                return None;
            }
            Reservation::None | Reservation::Asked | Reservation::Refused => {
                self.reservation = Reservation::Asked;
                StoreCall::new(move || Stored(Answer::Reserved(store.reserve(&portal, rate))))
            }
        };
        Some(Gate::Store(call))
    }

    pub(super) fn stored(&mut self, now: Instant, stored: Stored) -> Option<Error> {
        match stored.0 {
            Answer::Reserved(Ok(wait)) => {
                self.reservation = Reservation::From(later(now, wait));
                None
            }
            Answer::Reserved(Err(error)) | Answer::Done(Err(error)) => {
                let error = self.session.caller().quote(&error.to_string());
                let problem = format!("the store of the limits failed: {error}");
                Some(self.conclude(Kind::Store(problem)))
            }
            _ => {
                self.reservation = Reservation::None;
                None
            }
        }
    }

    fn send(&mut self, now: Instant, access: Access, auth: &Auth) -> Next {
        self.end_waiting(now);
        let config = self.session.config();
        let request = self
            .call
            .request(&access.address, auth, self.session.user_agent());
        let request = match request {
            Ok(request) => request,
            Err(kind) => return Next::Fail(self.conclude(kind)),
        };
        let left = self
            .deadline
            .map(|deadline| deadline.saturating_duration_since(now));
        let outgoing = Outgoing {
            request,
            answer_timeout: left.map_or(config.answer_timeout, |left| {
                left.min(config.answer_timeout).max(SHORTEST)
            }),
            body_limit: config.body_limit,
        };
        let secret = auth.secret().clone();
        if config.trace_parameters && self.attempts.count == 0 {
            let params = &self.call.params;
            self.trace
                .parameters(|| Quote(&[&secret]).piece(&String::from_utf8_lossy(params)));
        }
        if let Auth::Token(_, pair) = auth {
            self.pair = *pair;
        }
        self.attempts.begin(now);
        self.pause = None;
        self.out = Some(Out {
            secret,
            address: access.address,
            limits: access.limits,
        });
        self.tell(ProgressEvent::Sending);
        Next::Send(outgoing)
    }

    /// Settles a success.
    pub(super) fn succeeded(
        &mut self,
        now: Instant,
        status: StatusCode,
        time: &Time,
        costs: &[(usize, Time)],
    ) {
        self.leave(now);
        if let Some(out) = &self.out {
            let (caller, limit) = (self.session.caller(), self.session.config().operating_limit);
            let note = |method: &str, time| out.limits.note(caller, method, time, limit, now);
            if self.call.runs.is_empty() {
                note(&self.call.method, time);
            }
            for (run, time) in costs {
                if let Some(method) = self.call.runs.get(*run) {
                    note(method, time);
                }
            }
        }
        self.tell(ProgressEvent::Succeeded {
            status,
            operating: time.operating,
        });
    }

    /// Settles a failure: the error that the call ends with, or nothing if it goes on.
    pub(super) fn failed(&mut self, now: Instant, mut kind: Kind) -> Option<Error> {
        if kind.is_given_up() {
            self.give_up();
        } else {
            self.leave(now);
        }
        self.find_obstacle(&mut kind);
        let method = self.call.method.clone();
        let error = Error::new(&method, kind);
        let executed = error.executed();
        if executed != Executed::No {
            self.attempts.end(now);
        }
        let out = self.out.take()?;
        if !self.goes_on(now, &method, self.call.effect, &error, &out) {
            // The deadline may have cut the attempt itself.
            let cut = error.is_timeout() && self.is_over(now);
            let error = if cut { error.at_deadline() } else { error };
            return Some(self.conclude_with(error));
        }
        self.attempts.may_have_run |= executed != Executed::No;
        self.tell(ProgressEvent::Failed(&error));
        self.last = Some(error);
        None
    }

    /// Decides whether a call goes on after a failure, its own or that of a command in it, and prepares it to.
    fn goes_on(
        &mut self,
        now: Instant,
        method: &str,
        effect: Effect,
        error: &Error,
        out: &Out,
    ) -> bool {
        let executed = error.executed();
        let reason = retry::reason(error.kind(), executed, effect);
        let mut pause_is_known = false;
        match reason {
            Some(Reason::Rate) => {
                out.limits.refuse(now);
                self.reservation = Reservation::Refused;
            }
            Some(Reason::Operating) => {
                let caller = self.session.caller();
                pause_is_known = out.limits.refuse_method(caller, method, now);
            }
            _ => {}
        }
        if self.follows(error, executed, &out.address) {
            return true;
        }
        let Some(reason) = reason else {
            return false;
        };
        let times = self.count(reason);
        let attempt = Attempt {
            reason,
            times,
            effect,
            error,
        };
        match self.session.config().retry.verdict(&attempt) {
            Verdict::GiveUp => false,
            Verdict::Within(_) if pause_is_known => true,
            Verdict::Within(bound) => {
                let pause = later(now, self.session.jitter(bound));
                self.pause = self.pause.max(Some(pause));
                true
            }
        }
    }

    /// Follows an expired token to a new one, and a portal to its new address, each once. A pair that another process has
    /// saved may have expired as well, and then it was not yet the token server's turn.
    fn follows(&mut self, error: &Error, executed: Executed, from: &Address) -> bool {
        // The token is checked before the method runs. What says so of a call that may have run is not to be trusted.
        let is_expired = error.has_code(&["expired_token"]) && executed == Executed::No;
        let may_refresh = self.refreshes == 0 || (self.refreshes == 1 && self.pair.from_store);
        let is_known = self.refreshes > 0 && self.watch.expired == Some(self.pair.generation);
        if is_expired && is_known {
            // Another command of the same request has said so.
            return true;
        }
        if is_expired && may_refresh && self.session.is_app() {
            self.refreshes += 1;
            self.watch.expired = Some(self.pair.generation);
            return true;
        }
        let redirect = error.kind().redirect().filter(|_| !self.moved);
        let Some(to) = redirect.and_then(destination) else {
            return false;
        };
        if may_follow(from, &to, self.session.config()).is_err() {
            return false;
        }
        let to = from.moved_to(&to);
        self.moved = true;
        self.session.move_to(from, &to);
        self.tell(ProgressEvent::Moved(&to));
        true
    }

    /// Finds out what keeps the call from following the portal, should it not.
    fn find_obstacle(&self, kind: &mut Kind) {
        if let (
            Some(out),
            Kind::Status {
                redirect: Some(redirect),
                ..
            },
        ) = (&self.out, kind)
        {
            if let Some(to) = destination(redirect) {
                let way = may_follow(&out.address, &to, self.session.config());
                redirect.obstacle = way.err().unwrap_or(Obstacle::Again);
            }
        }
    }

    /// Counts a failure. Several commands that fail in one request are one.
    fn count(&mut self, reason: Reason) -> u32 {
        let attempt = self.attempts.count;
        let mut failures = self.failures.iter_mut();
        let Some((_, times, last)) = failures.find(|(other, ..)| *other == reason) else {
            self.failures.push((reason, 1, attempt));
            return 1;
        };
        *times += u32::from(*last != attempt);
        *last = attempt;
        *times
    }

    /// The error of a call that has no time left for what it would wait for: the last one, if there was one.
    fn out_of_time(&mut self, now: Instant, wait: Option<Wait>) -> Error {
        let waiting = wait.or(self.waiting.map(|(wait, _)| wait));
        self.end_waiting(now);
        match self.last.take() {
            Some(error) => {
                let error = error.at_deadline();
                self.conclude_with(error)
            }
            None => self.conclude(Kind::Deadline(waiting)),
        }
    }

    /// The error that a call ends with.
    pub(super) fn conclude(&mut self, kind: Kind) -> Error {
        self.conclude_with(Error::new(&self.call.method, kind))
    }

    fn conclude_with(&mut self, error: Error) -> Error {
        self.place = None;
        let error = error.of(&self.call.method, self.attempts);
        self.tell(ProgressEvent::GaveUp(&error));
        error
    }

    fn begin_waiting(&mut self, wait: Wait, now: Instant, until: Instant) {
        if self.waiting.is_none_or(|(before, _)| before != wait) {
            self.end_waiting(now);
            self.waiting = Some((wait, now));
            self.tell(ProgressEvent::Waiting(
                wait,
                until.saturating_duration_since(now),
            ));
        }
    }

    fn end_waiting(&mut self, now: Instant) {
        if let Some((_, since)) = self.waiting.take() {
            self.tell(ProgressEvent::Waited(now.saturating_duration_since(since)));
        }
    }

    fn tell(&self, event: ProgressEvent<'_>) {
        let progress = Progress {
            method: &self.call.method,
            attempt: self.attempts.count,
            event,
        };
        self.trace.note(&progress);
        self.session.tell(&progress);
    }
}
