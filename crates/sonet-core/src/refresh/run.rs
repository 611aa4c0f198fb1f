//! A refresh as a state machine.

mod stored;

use std::task::Waker;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Response;

use super::RESPONSE_TIMEOUT;
use super::process_lease::ProcessLease;
use super::recheck::Recheck;
use super::stage::Stage;
use super::store::Store;
use super::store_lease::StoreLease;
use crate::error::{Kind, token_server};
use crate::oauth::{App, BODY_LIMIT, Begin, Grant, NewPair, RefreshTicket};
use crate::progress::{Progress, ProgressEvent, REFRESH};
use crate::trace::Trace;
use crate::{Config, Error, Failure, Machine, Outgoing, Session, Step, StoreCall, Stored, Tokens};

/// How many times the token server is asked.
const ATTEMPTS: u32 = 3;

/// The longest wait before the second attempt; it doubles from one to the next.
const FIRST_WAIT: Duration = Duration::from_millis(500);

/// A refresh, as a driver gets it in a [`Refresh`](crate::Refresh): it orders what stands between an expired pair and a new one that
/// is saved.
#[derive(Debug)]
pub(crate) struct RefreshRun {
    lease: ProcessLease,
    store: Option<Store>,
    store_lease: StoreLease,
    attempts: u32,
    stage: Stage,
    trace: Trace,
}

impl RefreshRun {
    /// A refresh for whoever has got the ticket. Its span begins within that of the call which began it; a subscriber may run
    /// anything, so this is done with nothing locked.
    pub(crate) fn new(session: &Session, ticket: RefreshTicket) -> Self {
        Self {
            lease: ProcessLease::new(session, ticket),
            store: None,
            store_lease: StoreLease::default(),
            attempts: 0,
            stage: Stage::Begin,
            trace: Trace::of_refresh(REFRESH),
        }
    }

    fn session(&self) -> &Session {
        &self.lease.session
    }

    fn begin(&mut self, now: Instant) {
        let Some((begin, store, is_left)) = self.lease.begin(now) else {
            self.stage = Stage::Done;
            return;
        };
        self.store = store;
        if is_left {
            self.store_lease = StoreLease::inherited(now);
        }
        self.stage = match begin {
            Begin::Save(pair) => Stage::Save(pair),
            Begin::Grant(Grant::Refresh(old)) if is_left => Stage::Return(old),
            Begin::Grant(Grant::Refresh(old)) if self.store.is_some() => Stage::Lease(old, None),
            Begin::Grant(grant) if self.store.is_some() => Stage::Prepare(grant),
            Begin::Grant(grant) => Stage::Ask(grant, None),
        };
    }

    /// What the stage is about to do.
    fn step(&mut self, now: Instant) -> Step<()> {
        if let Some(until) = self.stage.pause(now) {
            return Step::Wait(until);
        }
        match &self.stage {
            Stage::Lease(..) => self.ask_store(Store::lease),
            Stage::Recheck(_) | Stage::Adopt(_) => self.ask_store(Store::load),
            // Asking again for a pair that was refused for good would only be refused again.
            Stage::Load(_) if self.lease.permanent_failure().is_some() => {
                self.ask_store(Store::load)
            }
            Stage::Load(old) => self.ask_store(|store| store.load_or_prepare(old)),
            Stage::Prepare(Grant::Code(_)) => self.ask_store(Store::look_and_prepare),
            Stage::Prepare(_) => self.ask_store(Store::prepare),
            Stage::Save(pair) => self.ask_store(|store| store.save(pair)),
            Stage::Return(_) | Stage::Release => self.ask_store(Store::release),
            // Polled without word of the request: what came of it is unknown, and asking again is all that can be done.
            Stage::Ask(grant, _) | Stage::Asked(grant) => {
                let grant = grant.clone();
                self.request(now, grant)
            }
            Stage::Begin | Stage::Done => Step::Done(()),
        }
    }

    fn ask_store(&self, call: impl FnOnce(&Store) -> StoreCall) -> Step<()> {
        match &self.store {
            Some(store) => Step::Store(call(store)),
            None => Step::Done(()),
        }
    }

    fn request(&mut self, now: Instant, grant: Grant) -> Step<()> {
        let user_agent = &self.session().config().user_agent;
        let request = self.lease.app().map(|app| grant.request(&app, user_agent));
        match request {
            Some(Ok(request)) => {
                self.attempts += 1;
                self.stage = Stage::Asked(grant);
                self.trace.sending(self.attempts, request.uri());
                self.report(ProgressEvent::Sending);
                if !self.lease.extend(now) {
                    // A hook took so long that another has taken over, and may have spent the same pair.
                    self.end(now);
                    return Step::Wait(now);
                }
                Step::Send(Outgoing {
                    request,
                    response_timeout: RESPONSE_TIMEOUT,
                    body_limit: BODY_LIMIT,
                })
            }
            Some(Err(kind)) => {
                self.fail(now, kind);
                Step::Wait(now)
            }
            None => Step::Done(()),
        }
    }

    /// Takes what came of a request.
    fn answered(
        &mut self,
        now: Instant,
        read: impl FnOnce(&Grant, &App, &Config) -> Result<Tokens, Kind>,
    ) {
        if !matches!(self.stage, Stage::Asked(_)) {
            return;
        }
        let app = self.lease.app();
        if let (Stage::Asked(grant), Some(app)) =
            (std::mem::replace(&mut self.stage, Stage::Done), app)
        {
            let outcome = read(&grant, &app, self.session().config());
            self.settle(now, grant, outcome);
        }
    }

    /// Takes the outcome of a request.
    fn settle(&mut self, now: Instant, grant: Grant, outcome: Result<Tokens, Kind>) {
        match outcome {
            Ok(tokens) if self.store.is_some() => {
                let old = match grant {
                    Grant::Refresh(old) => Some(old),
                    Grant::Code(_) | Grant::Installation(_) => None,
                };
                let pair = Box::new(NewPair { tokens, old });
                self.lease.keep_unsaved(pair.clone());
                self.stage = Stage::Save(pair);
            }
            Ok(tokens) => self.renew(now, tokens, false),
            // A lost answer can only be followed by another request: if the server has replaced the pair, or used up the
            // code, it says so.
            Err(kind) if token_server::is_transient(&kind) && self.attempts < ATTEMPTS => {
                let bound = FIRST_WAIT * 2_u32.pow(self.attempts - 1);
                self.stage = Stage::Ask(grant, Some(now + self.session().jitter(bound)));
                self.report(ProgressEvent::Failed(&Error::token_server(kind)));
            }
            Err(kind) => self.recheck(now, grant, kind),
        }
    }

    /// Takes a failure that asking again does not change. Where the pair is shared, the store may know better.
    fn recheck(&mut self, now: Instant, grant: Grant, failure: Kind) {
        let old = match grant {
            Grant::Refresh(old) if self.store.is_some() => old,
            // Nobody else has a code.
            _ => return self.fail(now, failure),
        };
        self.report(ProgressEvent::Failed(&Error::token_server(failure.clone())));
        let is_alone = self.store_lease.is_held(now);
        let recheck = Recheck::new(now, old, failure, is_alone);
        self.stage = Stage::Recheck(Box::new(recheck));
    }

    /// Lets calls use a new pair.
    fn renew(&mut self, now: Instant, tokens: Tokens, from_store: bool) {
        self.lease.adopt_address(now, &tokens);
        self.end(now);
        self.lease.renew(tokens, from_store);
        self.report(ProgressEvent::Refreshed);
    }

    fn fail(&mut self, now: Instant, kind: Kind) {
        let error = Error::token_server(kind);
        self.fail_with(now, &error);
    }

    fn fail_with(&mut self, now: Instant, error: &Error) {
        self.end(now);
        self.lease.fail(error.clone());
        self.report(ProgressEvent::GaveUp(error));
    }

    /// Goes on to the last stage.
    fn end(&mut self, now: Instant) {
        self.stage = if self.store_lease.is_held(now) {
            Stage::Release
        } else {
            Stage::Done
        };
    }

    fn report(&mut self, event: ProgressEvent<'_>) {
        let progress = Progress {
            method: REFRESH,
            attempt: self.attempts,
            event,
        };
        self.trace.record(&progress);
        self.session().report(&progress);
    }
}

impl Machine for RefreshRun {
    type Output = ();

    fn poll(&mut self, now: Instant, _: &Waker) -> Step<()> {
        if matches!(self.stage, Stage::Begin) {
            self.begin(now);
        }
        if !self.lease.extend(now) && !self.stage.must_go_on() {
            // This one took too long, and another has taken over, which may wait for the store's lease.
            self.end(now);
        }
        self.step(now)
    }

    fn on_response(&mut self, now: Instant, response: Response<Bytes>) {
        self.answered(now, |grant, app, config| {
            grant.read(app, &config.cleartext_hosts, response)
        });
    }

    fn on_failure(&mut self, now: Instant, failure: Failure) {
        self.answered(now, |grant, app, _| Err(grant.failed(app, failure)));
    }

    fn on_stored(&mut self, now: Instant, stored: Stored) {
        self.stored(now, stored.0);
    }
}

/// A refresh that nobody runs any more makes room for another. The store's lease is left to that one: giving it back may
/// block, which is nothing to do here.
impl Drop for RefreshRun {
    fn drop(&mut self) {
        let is_over = matches!(self.stage, Stage::Done);
        self.lease.abandoned = self.store_lease.until().filter(|_| !is_over);
    }
}
