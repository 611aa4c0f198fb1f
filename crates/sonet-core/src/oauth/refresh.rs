//! Getting a new pair of tokens, once for all calls that wait.

use std::sync::Arc;
use std::task::Waker;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Response;

use super::authorized::Begin;
use super::grant::{self, BODY_LIMIT};
use super::{Grant, Lease, TokenStore, Tokens};
use crate::error::Kind;
use crate::exchange::{Outgoing, Step};
use crate::machine::{Answer, Machine, StoreCall, Stored};
use crate::progress::{Event, Progress};
use crate::trace::Trace;
use crate::{Error, Failure, Session};

/// What a refresh is called where methods are.
const METHOD: &str = "oauth/token";

/// How long an answer of the token server may take.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);

/// How many times the token server is asked.
const ATTEMPTS: u32 = 3;

/// The longest wait before the second attempt; it doubles from one to the next.
const FIRST_WAIT: Duration = Duration::from_millis(500);

/// How long one waits at most before asking a store for the lease again.
const LEASE_LOOK: Duration = Duration::from_secs(5);

/// A refresh: it gets a new pair of tokens, saves it, and only then lets calls use it.
///
/// It belongs to all calls that wait for it, so a driver runs it to its end even where the call that began it is
/// dropped: the token server has replaced the pair by then, and the new one would be lost. If it is dropped all the
/// same, the next call begins another.
#[derive(Debug)]
pub struct Refresh {
    session: Session,
    lease: u64,
    /// The pair that it replaces.
    generation: u64,
    store: Option<Arc<dyn TokenStore>>,
    attempts: u32,
    stage: Stage,
    trace: Trace,
}

#[derive(Debug)]
enum Stage {
    Begin,
    /// Asks a shared store whether this one may refresh, not before this instant.
    Lease(Grant, Option<Instant>),
    /// Looks whether another process has done it.
    Load(Grant),
    /// Asks the token server, not before this instant.
    Ask(Grant, Option<Instant>),
    Asked(Grant),
    Save(Tokens),
    Done,
}

impl Refresh {
    pub(super) fn new(session: Session, lease: u64, generation: u64) -> Self {
        Self {
            session,
            lease,
            generation,
            store: None,
            attempts: 0,
            stage: Stage::Begin,
            trace: Trace::of(METHOD),
        }
    }

    fn begin(&mut self) {
        let Some((begin, store)) = self.session.look(|app| app.begin()) else {
            self.stage = Stage::Done;
            return;
        };
        self.store = store;
        self.stage = match begin {
            Begin::Save(tokens) => Stage::Save(tokens),
            Begin::Grant(grant @ Grant::Refresh(_)) if self.store.is_some() => {
                Stage::Lease(grant, None)
            }
            Begin::Grant(grant) => Stage::Ask(grant, None),
        };
    }

    fn request(&mut self, grant: Grant) -> Step<()> {
        let asked = self.session.look(|app| app.app().clone());
        let request = asked.map(|app| grant.request(&app, &self.session.config().user_agent));
        match request {
            Some(Ok(request)) => {
                self.attempts += 1;
                self.stage = Stage::Asked(grant);
                Step::Send(Outgoing {
                    request,
                    answer_timeout: ANSWER_TIMEOUT,
                    body_limit: BODY_LIMIT,
                })
            }
            Some(Err(kind)) => self.fail(kind, true),
            None => self.done(),
        }
    }

    /// Takes the outcome of a request.
    fn settle(&mut self, now: Instant, grant: Grant, outcome: Result<Tokens, Kind>) {
        match outcome {
            Ok(tokens) if self.store.is_some() => self.stage = Stage::Save(tokens),
            Ok(tokens) => self.renew(tokens),
            Err(kind) => self.refused(now, grant, kind),
        }
    }

    fn refused(&mut self, now: Instant, grant: Grant, kind: Kind) {
        let finally = grant::is_final(&kind);
        let not_sent = matches!(kind, Kind::Failed { sent: false, .. });
        // A code is good for one use; a lost answer to a refresh can only be answered by another.
        let again = not_sent || matches!(grant, Grant::Refresh(_));
        if finally || !again || self.attempts >= ATTEMPTS {
            let lost_code = matches!(grant, Grant::Code { .. }) && !not_sent;
            let _ = self.fail(kind, finally || lost_code);
            return;
        }
        let bound = FIRST_WAIT * 2_u32.pow(self.attempts - 1);
        self.stage = Stage::Ask(grant, Some(now + self.session.jitter(bound)));
    }

    fn renew(&mut self, tokens: Tokens) {
        let moved = tokens.portal().ok();
        let lease = self.lease;
        self.session.change(|app, address| {
            // Before the first pair, the address is what a browser said.
            if let (true, Some(portal)) = (app.is_new(), moved) {
                *address = portal;
            }
            app.renew(lease, tokens);
        });
        self.stage = Stage::Done;
        self.tell(Event::Refreshed);
    }

    fn fail(&mut self, kind: Kind, finally: bool) -> Step<()> {
        let error = Error::token_server(kind);
        let (lease, generation) = (self.lease, self.generation);
        self.session
            .change(|app, _| app.fail(lease, generation, error, finally));
        self.done()
    }

    fn store_failed(&mut self, what: &str, error: &dyn std::error::Error) {
        let _ = self.fail(Kind::Store(format!("{what}: {error}")), false);
    }

    /// Takes what another process may have saved.
    fn loaded(&mut self, grant: Grant, found: Option<Box<Tokens>>) {
        match (&grant, found) {
            (Grant::Refresh(old), Some(found))
                if found.refresh_token != old.refresh_token && found.check().is_ok() =>
            {
                self.renew(*found);
            }
            _ => match self.session.look(|app| app.failed_finally()).flatten() {
                // Asking again for a pair that was refused for good would only be refused again.
                Some(error) => {
                    let (lease, generation) = (self.lease, self.generation);
                    self.session
                        .change(|app, _| app.fail(lease, generation, error, true));
                    let _ = self.done();
                }
                None => self.stage = Stage::Ask(grant, None),
            },
        }
    }

    fn ask_store(&self, call: impl FnOnce(&dyn TokenStore) -> Stored + Send + 'static) -> Step<()> {
        match self.store.clone() {
            Some(store) => Step::Store(StoreCall::new(move || call(&*store))),
            None => Step::Done(()),
        }
    }

    fn tell(&self, event: Event<'_>) {
        let progress = Progress {
            method: METHOD,
            attempt: self.attempts,
            event,
        };
        self.trace.note(&progress);
        self.session.tell(&progress);
    }

    fn done(&mut self) -> Step<()> {
        self.stage = Stage::Done;
        Step::Done(())
    }
}

impl Machine for Refresh {
    type Output = ();

    fn poll(&mut self, now: Instant, waker: &Waker) -> Step<()> {
        let _ = waker;
        if matches!(self.stage, Stage::Begin) {
            self.begin();
        }
        if matches!(self.stage, Stage::Done) {
            return Step::Done(());
        }
        let lease = self.lease;
        if self.session.look(|app| app.extend(lease, now)) != Some(true) {
            // This one took too long, and another has taken over. A new pair is worth saving all the same.
            if !matches!(self.stage, Stage::Save(_)) {
                return self.done();
            }
        }
        match std::mem::replace(&mut self.stage, Stage::Done) {
            Stage::Lease(grant, Some(until)) if until > now => {
                self.stage = Stage::Lease(grant, Some(until));
                Step::Wait(until)
            }
            Stage::Lease(grant, _) => {
                self.stage = Stage::Lease(grant, None);
                self.ask_store(|store| Stored(Answer::Lease(store.lease(super::authorized::LEASE))))
            }
            Stage::Load(grant) => {
                self.stage = Stage::Load(grant);
                self.ask_store(|store| {
                    Stored(Answer::Tokens(store.load().map(|t| t.map(Box::new))))
                })
            }
            Stage::Ask(grant, Some(until)) if until > now => {
                self.stage = Stage::Ask(grant, Some(until));
                Step::Wait(until)
            }
            Stage::Ask(grant, _) => self.request(grant),
            Stage::Save(tokens) => {
                self.stage = Stage::Save(tokens.clone());
                self.ask_store(move |store| Stored(Answer::Done(store.save(&tokens))))
            }
            // Polled without word of the request: what came of it is unknown, and asking again is all that can be done.
            Stage::Asked(grant) => self.request(grant),
            Stage::Begin | Stage::Done => Step::Done(()),
        }
    }

    fn on_response(&mut self, now: Instant, response: Response<Bytes>) {
        if let Stage::Asked(grant) = std::mem::replace(&mut self.stage, Stage::Done) {
            let app = self.session.look(|app| app.app().clone());
            if let Some(app) = app {
                let outcome = grant.read(&app, response);
                self.settle(now, grant, outcome);
            }
        }
    }

    fn on_failure(&mut self, now: Instant, failure: Failure) {
        if let Stage::Asked(grant) = std::mem::replace(&mut self.stage, Stage::Done) {
            let app = self.session.look(|app| app.app().clone());
            if let Some(app) = app {
                let kind = grant.failed(&app, failure);
                self.settle(now, grant, Err(kind));
            }
        }
    }

    fn on_stored(&mut self, now: Instant, stored: Stored) {
        let stage = std::mem::replace(&mut self.stage, Stage::Done);
        self.stage = match (stage, stored.0) {
            (Stage::Lease(grant, _), Answer::Lease(Ok(Lease::Granted))) => Stage::Load(grant),
            (Stage::Lease(grant, _), Answer::Lease(Ok(Lease::Held(time)))) => {
                Stage::Lease(grant, Some(now + time.min(LEASE_LOOK)))
            }
            (Stage::Load(grant), Answer::Tokens(Ok(found))) => return self.loaded(grant, found),
            (Stage::Save(tokens), Answer::Done(Ok(()))) => return self.renew(tokens),
            (Stage::Save(tokens), Answer::Done(Err(error))) => {
                self.session.change(|app, _| app.keep_unsaved(tokens));
                return self.store_failed("the new tokens could not be saved", &*error);
            }
            (
                _,
                Answer::Lease(Err(error)) | Answer::Tokens(Err(error)) | Answer::Done(Err(error)),
            ) => {
                return self.store_failed("the tokens' store failed", &*error);
            }
            (stage, _) => stage,
        };
    }
}

/// A refresh that nobody runs any more makes room for another.
impl Drop for Refresh {
    fn drop(&mut self) {
        if !matches!(self.stage, Stage::Done) {
            let lease = self.lease;
            self.session.change(|app, _| app.release(lease));
        }
    }
}
