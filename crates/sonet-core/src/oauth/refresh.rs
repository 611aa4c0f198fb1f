//! Getting a new pair of tokens, once for all calls that wait.

use std::sync::Arc;
use std::task::Waker;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Response;

use super::authorized::Begin;
use super::grant::BODY_LIMIT;
use super::token_response::KnownPair;
use super::{App, Grant, Lease, TokenStore, Tokens};
use crate::error::{Kind, token_server};
use crate::progress::{Progress, ProgressEvent, REFRESH};
use crate::redact::{Redactor, without_texts};
use crate::store_call::Answer;
use crate::trace::Trace;
use crate::{
    Config, Error, Failure, Machine, Outgoing, Session, Step, StoreCall, StoreError, Stored,
};

/// How long an answer of the token server may take.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(20);

/// How many times the token server is asked.
const ATTEMPTS: u32 = 3;

/// The longest wait before the second attempt; it doubles from one to the next.
const FIRST_WAIT: Duration = Duration::from_millis(500);

/// For how long a refresh asks a store for the lease: longer than all attempts take.
const STORE_LEASE: Duration = Duration::from_secs(90);

/// How soon and how late one asks a store for the lease again, whatever it says.
const LEASE_LOOK: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(1));

/// How long one asks for it in vain.
const LEASE_PATIENCE: Duration = Duration::from_secs(120);

/// How often one looks, after a refusal, whether another process was quicker.
const SECOND_LOOK: Duration = Duration::from_secs(1);

/// For how long that is worth while, where no lease keeps others from asking: the other one's request was there before the
/// one that was refused, its answer may take its time, and so may the saving.
const OTHERS_TIME: Duration = ANSWER_TIMEOUT.saturating_add(Duration::from_secs(25));

/// A refresh, as a driver gets it in a [`crate::Refresh`].
#[derive(Debug)]
pub(crate) struct Refresh {
    session: Session,
    lease: u64,
    /// The pair that it replaces.
    generation: u64,
    store: Option<Arc<dyn TokenStore>>,
    /// Since when the store is asked for its lease.
    asking: Option<Instant>,
    /// Whether the store gave its lease, and until when.
    leased: Option<Instant>,
    attempts: u32,
    stage: Stage,
    trace: Option<Trace>,
}

#[derive(Debug)]
enum Stage {
    Begin,
    /// Gives the lease back that a dropped refresh has left, to ask for one that lasts.
    Return(Tokens),
    /// Asks a shared store whether this one may refresh, not before this instant.
    Lease(Tokens, Option<Instant>),
    /// Looks whether another process has done it, and prepares the store if not.
    Load(Tokens),
    /// Prepares the store for what a code brings.
    Prepare(Grant),
    /// Looks again after a failure, which another process may be the reason of.
    Recheck(Box<Recheck>),
    /// Asks the token server, not before this instant.
    Ask(Grant, Option<Instant>),
    Asked(Grant),
    Save(Tokens),
    /// Gives the store's lease back. Calls need not wait for that.
    Release,
    Done,
}

/// What to look for after a failure.
#[derive(Debug)]
struct Recheck {
    /// The pair that no new one was got for.
    old: Tokens,
    failure: Kind,
    /// Not before this instant.
    next: Instant,
    /// For the last time at this one.
    last: Instant,
}

impl Refresh {
    pub(super) fn new(session: Session, lease: u64, generation: u64) -> Self {
        Self {
            session,
            lease,
            generation,
            store: None,
            asking: None,
            leased: None,
            attempts: 0,
            stage: Stage::Begin,
            trace: None,
        }
    }

    /// Begins the span, within that of the call which began the refresh. A subscriber may run anything, so this is done
    /// with nothing locked.
    pub(crate) fn begin_trace(&mut self) {
        self.trace = Some(Trace::of(REFRESH));
    }

    fn begin(&mut self, now: Instant) {
        let Some((begin, store)) = self.session.look(|app| app.begin()) else {
            self.stage = Stage::Done;
            return;
        };
        self.store = store;
        let left = self.session.look(|app| app.take_abandoned_lease(now)) == Some(true);
        // What a dropped one has left is this one's to give back.
        self.leased = left.then(|| now + STORE_LEASE);
        self.stage = match begin {
            Begin::Save(tokens) => Stage::Save(tokens),
            Begin::Grant(Grant::Refresh(old)) if left => Stage::Return(old),
            Begin::Grant(Grant::Refresh(old)) if self.store.is_some() => Stage::Lease(old, None),
            Begin::Grant(grant) if self.store.is_some() => Stage::Prepare(grant),
            Begin::Grant(grant) => Stage::Ask(grant, None),
        };
    }

    fn request(&mut self, now: Instant, grant: Grant) -> Step<()> {
        let asked = self.session.look(|app| app.app().clone());
        let request = asked.map(|app| grant.request(&app, &self.session.config().user_agent));
        match request {
            Some(Ok(request)) => {
                self.attempts += 1;
                self.stage = Stage::Asked(grant);
                self.report(ProgressEvent::Sending);
                let lease = self.lease;
                if self.session.look(|app| app.extend(lease, now)) != Some(true) {
                    // A hook took so long that another has taken over, and may have spent the same pair.
                    self.end(now);
                    return Step::Wait(now);
                }
                Step::Send(Outgoing {
                    request,
                    answer_timeout: ANSWER_TIMEOUT,
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

    /// Takes the outcome of a request.
    fn settle(&mut self, now: Instant, grant: Grant, outcome: Result<Tokens, Kind>) {
        match outcome {
            Ok(tokens) if self.store.is_some() => {
                let (generation, kept) = (self.generation, tokens.clone());
                self.session.look(|app| app.keep_unsaved(generation, kept));
                self.stage = Stage::Save(tokens);
            }
            Ok(tokens) => self.renew(now, tokens, false),
            // A lost answer can only be followed by another request: if the server has replaced the pair, or used up the
            // code, it says so.
            Err(kind) if token_server::is_transient(&kind) && self.attempts < ATTEMPTS => {
                let bound = FIRST_WAIT * 2_u32.pow(self.attempts - 1);
                self.stage = Stage::Ask(grant, Some(now + self.session.jitter(bound)));
                self.report(ProgressEvent::Failed(&Error::token_server(kind)));
            }
            Err(kind) => self.look_again(now, grant, kind),
        }
    }

    /// Takes a failure that asking again does not change. Where the pair is shared, the store may know better.
    fn look_again(&mut self, now: Instant, grant: Grant, failure: Kind) {
        let old = match grant {
            Grant::Refresh(old) if self.store.is_some() => old,
            // Nobody else has a code.
            _ => return self.fail(now, failure),
        };
        self.report(ProgressEvent::Failed(&Error::token_server(failure.clone())));
        let (pause, time) = if !token_server::is_permanent(&failure) {
            (Duration::ZERO, Duration::ZERO)
        } else if self.has_lease(now) {
            (SECOND_LOOK, SECOND_LOOK)
        } else {
            (SECOND_LOOK, OTHERS_TIME)
        };
        self.stage = Stage::Recheck(Box::new(Recheck {
            old,
            failure,
            next: now + pause,
            last: now + time,
        }));
    }

    /// Whether the store keeps others from refreshing.
    fn has_lease(&self, now: Instant) -> bool {
        self.leased.is_some_and(|until| until > now)
    }

    /// Lets calls use a new pair.
    fn renew(&mut self, now: Instant, tokens: Tokens, from_store: bool) {
        // Before the first pair, the address is what a browser said.
        let new = self.session.look(|app| app.is_new()) == Some(true);
        if let (true, Ok(portal)) = (new, tokens.portal()) {
            self.session.adopt(portal, now);
        }
        let (lease, generation) = (self.lease, self.generation);
        self.end(now);
        self.session
            .change(|app| app.renew(lease, generation, tokens, from_store));
        self.report(ProgressEvent::Refreshed);
    }

    fn fail(&mut self, now: Instant, kind: Kind) {
        let error = Error::token_server(kind);
        self.fail_with(now, &error);
    }

    fn fail_with(&mut self, now: Instant, error: &Error) {
        let (lease, generation) = (self.lease, self.generation);
        self.end(now);
        self.session
            .change(|app| app.fail(lease, generation, error.clone()));
        self.report(ProgressEvent::GaveUp(error));
    }

    /// A store may quote what it was given.
    fn store_failed(&mut self, now: Instant, what: &str, error: &str) {
        let secrets = self.session.look(|app| app.secrets()).unwrap_or_default();
        let secrets: Vec<_> = secrets.iter().collect();
        let problem = Redactor(&secrets).excerpt(error);
        self.fail(now, Kind::Store(format!("{what}: {problem}")));
    }

    /// Goes on to the last stage. A lease whose time is over may be another's.
    fn end(&mut self, now: Instant) {
        self.stage = if self.has_lease(now) {
            Stage::Release
        } else {
            Stage::Done
        };
    }

    /// Takes what a store says to being asked for its lease.
    fn leased(&mut self, now: Instant, old: Tokens, lease: Lease) {
        let asking = *self.asking.get_or_insert(now);
        match lease {
            Lease::Granted => {
                self.leased = Some(now + STORE_LEASE);
                self.stage = Stage::Load(old);
            }
            Lease::Unsupported => self.stage = Stage::Load(old),
            Lease::Held(_) if now.saturating_duration_since(asking) >= LEASE_PATIENCE => {
                let seconds = LEASE_PATIENCE.as_secs();
                let problem = format!(
                    "another process has been refreshing the tokens for {seconds} seconds, as their store says"
                );
                self.fail(now, Kind::Store(problem));
            }
            Lease::Held(time) => {
                let (soon, late) = LEASE_LOOK;
                self.stage = Stage::Lease(old, Some(now + time.clamp(soon, late)));
            }
        }
    }

    /// Takes what another process may have saved; `false` if that is nothing new.
    fn take_over(&mut self, now: Instant, old: &Tokens, found: Option<Box<Tokens>>) -> bool {
        let Some(mut found) = found.filter(|found| found.is_other_than(old)) else {
            return false;
        };
        if found.belong_with(old) {
            found.client_endpoint =
                KnownPair::from(old).endpoint(self.session.config(), Some(&found.client_endpoint));
            self.renew(now, *found, true);
        } else {
            let problem =
                "the store has the tokens of another portal or user; give each a store of its own";
            self.fail(now, Kind::Store(problem.to_owned()));
        }
        true
    }

    /// Goes on after the first look into the store, which showed nothing new.
    fn go_on(&mut self, now: Instant, old: Tokens) {
        match self.failed_finally() {
            // Asking again for a pair that was refused for good would only be refused again.
            Some(error) => self.fail_with(now, &error),
            None => self.stage = Stage::Ask(Grant::Refresh(old), None),
        }
    }

    /// Goes on after a further look, which showed nothing new.
    fn go_on_rechecking(&mut self, now: Instant, mut again: Box<Recheck>) {
        if now >= again.last {
            return self.fail(now, again.failure);
        }
        again.next = again.last.min(now + SECOND_LOOK);
        self.stage = Stage::Recheck(again);
    }

    fn failed_finally(&self) -> Option<Error> {
        self.session.look(|app| app.failed_finally()).flatten()
    }

    fn ask_store(&self, call: impl FnOnce(&dyn TokenStore) -> Answer + Send + 'static) -> Step<()> {
        match self.store.clone() {
            Some(store) => Step::Store(StoreCall::new(move || Stored(call(&*store)))),
            None => Step::Done(()),
        }
    }

    /// What the stage is about to do.
    fn step(&mut self, now: Instant) -> Step<()> {
        match &self.stage {
            Stage::Lease(_, Some(until)) | Stage::Ask(_, Some(until)) if *until > now => {
                Step::Wait(*until)
            }
            Stage::Recheck(again) if again.next > now => Step::Wait(again.next),
            Stage::Lease(..) => self.ask_store(|store| Answer::Lease(store.lease(STORE_LEASE))),
            Stage::Recheck(_) => self.ask_store(|store| Answer::Tokens(load(store))),
            // In one, so that nothing stands between knowing the old pair and asking for the new one.
            Stage::Load(old) => {
                let (old, asks) = (old.clone(), self.failed_finally().is_none());
                self.ask_store(move |store| {
                    let found = load(store);
                    let is_old = |found: &Tokens| !found.is_other_than(&old);
                    match &found {
                        Ok(found) if asks && found.as_deref().is_none_or(is_old) => {
                            match store.prepare() {
                                Ok(()) => Answer::Tokens(Ok(None)),
                                Err(error) => Answer::Prepared(Err(error)),
                            }
                        }
                        _ => Answer::Tokens(found),
                    }
                })
            }
            Stage::Prepare(_) => self.ask_store(|store| Answer::Prepared(store.prepare())),
            Stage::Save(tokens) => {
                let tokens = tokens.clone();
                self.ask_store(move |store| Answer::Done(store.save(&tokens)))
            }
            Stage::Return(_) | Stage::Release => {
                self.ask_store(|store| Answer::Done(store.release()))
            }
            // Polled without word of the request: what came of it is unknown, and asking again is all that can be done.
            Stage::Ask(grant, _) | Stage::Asked(grant) => {
                let grant = grant.clone();
                self.request(now, grant)
            }
            Stage::Begin | Stage::Done => Step::Done(()),
        }
    }

    fn report(&self, event: ProgressEvent<'_>) {
        let progress = Progress {
            method: REFRESH,
            attempt: self.attempts,
            event,
        };
        if let Some(trace) = &self.trace {
            trace.record(&progress);
        }
        self.session.report(&progress);
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
        let app = self.session.look(|app| app.app().clone());
        if let (Stage::Asked(grant), Some(app)) =
            (std::mem::replace(&mut self.stage, Stage::Done), app)
        {
            let outcome = read(&grant, &app, self.session.config());
            self.settle(now, grant, outcome);
        }
    }
}

impl Machine for Refresh {
    type Output = ();

    fn poll(&mut self, now: Instant, _: &Waker) -> Step<()> {
        if matches!(self.stage, Stage::Begin) {
            self.begin(now);
        }
        let (lease, stage) = (self.lease, &self.stage);
        // A new pair is worth saving, and a lease worth giving back, whatever the others do.
        let must_go_on = matches!(stage, Stage::Save(_) | Stage::Release | Stage::Done);
        let holds = self.session.look(|app| app.extend(lease, now)) == Some(true);
        if !holds && !must_go_on {
            // This one took too long, and another has taken over, which may wait for the store's lease.
            self.end(now);
        }
        self.step(now)
    }

    fn on_response(&mut self, now: Instant, response: Response<Bytes>) {
        self.answered(now, |grant, app, config| grant.read(app, config, response));
    }

    fn on_failure(&mut self, now: Instant, failure: Failure) {
        self.answered(now, |grant, app, _| Err(grant.failed(app, failure)));
    }

    fn on_stored(&mut self, now: Instant, stored: Stored) {
        let stage = std::mem::replace(&mut self.stage, Stage::Done);
        match (stage, stored.0) {
            // The lease ends by its time as well.
            (Stage::Release, _) => self.leased = None,
            (Stage::Return(old), _) => {
                self.leased = None;
                self.stage = Stage::Lease(old, None);
            }
            (Stage::Lease(old, _), Answer::Lease(Ok(lease))) => self.leased(now, old, lease),
            (Stage::Load(old), Answer::Tokens(Ok(found))) => {
                if !self.take_over(now, &old, found) {
                    self.go_on(now, old);
                }
            }
            (Stage::Recheck(again), Answer::Tokens(Ok(found))) => {
                if !self.take_over(now, &again.old, found) {
                    self.go_on_rechecking(now, again);
                }
            }
            (Stage::Prepare(grant), Answer::Prepared(Ok(()))) => {
                self.stage = Stage::Ask(grant, None);
            }
            (Stage::Save(tokens), Answer::Done(Ok(()))) => self.renew(now, tokens, false),
            (Stage::Save(_), Answer::Done(Err(error))) => {
                self.store_failed(now, "the new tokens could not be saved", &error.to_string());
            }
            (_, Answer::Prepared(Err(error))) => {
                let what = "the tokens' store can't take new tokens, so none were asked for";
                self.store_failed(now, what, &error.to_string());
            }
            (
                Stage::Lease(..) | Stage::Prepare(_),
                Answer::Lease(Err(error)) | Answer::Done(Err(error)),
            ) => {
                self.store_failed(now, "the tokens' store failed", &error.to_string());
            }
            (
                Stage::Load(_) | Stage::Recheck(_),
                Answer::Tokens(Err(error)) | Answer::Done(Err(error)),
            ) => {
                // It may quote what it found: tokens that nobody knows here.
                let error = without_texts(&error.to_string());
                self.store_failed(now, "the tokens' store failed", &error);
            }
            (stage, _) => self.stage = stage,
        }
    }
}

fn load(store: &dyn TokenStore) -> Result<Option<Box<Tokens>>, StoreError> {
    store.load().map(|found| found.map(Box::new))
}

/// A refresh that nobody runs any more makes room for another. The store's lease is left to that one: giving it back may
/// block, which is nothing to do here.
impl Drop for Refresh {
    fn drop(&mut self) {
        let is_over = matches!(self.stage, Stage::Done);
        let (lease, leased) = (self.lease, self.leased);
        self.session.change(|app| {
            if !is_over {
                if let Some(until) = leased {
                    app.abandon_lease(until);
                }
                app.release(lease);
            }
            app.refresh_dropped();
        });
    }
}
