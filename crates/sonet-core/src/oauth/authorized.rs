//! An application with its tokens.

use std::fmt;
use std::sync::Arc;
use std::task::Waker;
use std::time::{Duration, Instant};

use super::{App, Callback, Grant, Refresh, TokenStore, Tokens};
use crate::{Error, Secret, Session};

/// For how long one refresh keeps the others waiting, if it never reports again.
pub(super) const LEASE: Duration = Duration::from_secs(45);

/// An application with its tokens, and who is refreshing them.
#[derive(Clone)]
pub(crate) struct Authorized {
    app: App,
    held: Held,
    pair: PairId,
    /// Whether the server called this pair expired.
    expired: bool,
    /// The refresh that is under way: which, and until when it is waited for.
    lease: Option<(u64, Instant)>,
    leases: u64,
    /// The last refresh that failed.
    failure: Option<Error>,
    failures: u64,
    store: Option<Arc<dyn TokenStore>>,
    /// Until when the store's lease is held, if a refresh was dropped before it gave it back.
    abandoned: Option<Instant>,
    waiting: Vec<Waker>,
    /// How many refreshes there are, those included that only give back what they hold.
    running: usize,
    /// Whether no pair was got yet.
    new: bool,
}

/// What is there to call with, or to begin with.
#[derive(Debug, Clone)]
enum Held {
    /// A pair of tokens.
    Tokens(Tokens),
    /// A code that no tokens were got for yet.
    Code(Callback),
    /// A pair that was got and is not saved yet.
    Unsaved(Tokens),
}

/// Which pair of tokens it is.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PairId {
    /// Counts pairs, so that a call can tell whether the one that it used is still the newest.
    pub(crate) generation: u64,
    /// Whether it was found in the store, where another process had saved it, nobody knows when.
    pub(crate) from_store: bool,
}

/// What a call has seen of refreshes.
#[derive(Debug, Default)]
pub(crate) struct SeenRefreshes {
    /// The pair that the server called expired.
    pub(crate) expired: Option<u64>,
    /// How many refreshes had failed when the call began to wait for one.
    failures: Option<u64>,
}

/// What a request is made with, or what stands before it.
pub(crate) enum AuthState {
    Ready(Auth),
    /// Another refreshes.
    Wait(Instant),
    /// This one is to refresh.
    Refresh(Box<Refresh>),
    Failed(Error),
}

/// What a request is made with.
pub(crate) enum Auth {
    /// The user and the secret of a webhook.
    Webhook(u32, Secret),
    /// A token, and the pair that it belongs to.
    Token(Secret, PairId),
}

impl Auth {
    pub(crate) fn secret(&self) -> &Secret {
        match self {
            Self::Webhook(_, secret) | Self::Token(secret, _) => secret,
        }
    }
}

/// What stands before an end that loses no pair.
pub(super) enum CloseStep {
    Done,
    /// A refresh is under way.
    Wait(Instant),
    /// It is over but for what it gives back.
    Ending,
    /// A pair could not be saved.
    Save(Box<Refresh>),
    /// The same, after it was tried again.
    Unsaved(Option<Error>),
}

/// How a refresh begins.
pub(super) enum Begin {
    /// By showing this to the token server.
    Grant(Grant),
    /// By saving what could not be saved before.
    Save(Tokens),
}

impl Authorized {
    pub(crate) fn with_tokens(app: App, tokens: Tokens) -> Self {
        Self::new(app, Held::Tokens(tokens))
    }

    pub(crate) fn with_code(app: App, callback: Callback) -> Self {
        Self::new(app, Held::Code(callback))
    }

    fn new(app: App, held: Held) -> Self {
        let new = matches!(held, Held::Code(_));
        Self {
            app,
            held,
            pair: PairId::default(),
            expired: false,
            lease: None,
            leases: 0,
            failure: None,
            failures: 0,
            store: None,
            abandoned: None,
            waiting: Vec::new(),
            running: 0,
            new,
        }
    }

    pub(crate) fn set_store(&mut self, store: Arc<dyn TokenStore>) {
        self.store = Some(store);
    }

    pub(crate) fn client_id(&self) -> &str {
        self.app.client_id()
    }

    pub(crate) fn app(&self) -> &App {
        &self.app
    }

    pub(crate) fn access_token(&self) -> Option<Secret> {
        match &self.held {
            Held::Tokens(tokens) | Held::Unsaved(tokens) => Some(tokens.access_token.clone()),
            Held::Code(_) => None,
        }
    }

    pub(crate) fn user(&self) -> Option<i64> {
        match &self.held {
            Held::Tokens(tokens) | Held::Unsaved(tokens) => tokens.user_id,
            Held::Code(_) => None,
        }
    }

    pub(super) fn is_new(&self) -> bool {
        self.new
    }

    pub(crate) fn take_wakers(&mut self) -> Vec<Waker> {
        std::mem::take(&mut self.waiting)
    }

    /// The token to call with, or what stands before it.
    pub(crate) fn auth_state(
        &mut self,
        session: &Session,
        now: Instant,
        waker: &Waker,
        seen: &mut SeenRefreshes,
    ) -> AuthState {
        // A pair that has expired for one has expired for all.
        self.expired |= seen.expired == Some(self.pair.generation);
        match &self.held {
            Held::Tokens(tokens) if !self.expired => {
                seen.failures = None;
                let auth = Auth::Token(tokens.access_token.clone(), self.pair);
                return AuthState::Ready(auth);
            }
            _ => {}
        }
        if let Some(failure) = &self.failure {
            let while_waiting = seen.failures.is_some_and(|seen| seen != self.failures);
            if while_waiting || (failure.needs_authorization() && !self.is_shared()) {
                return AuthState::Failed(failure.clone());
            }
        }
        seen.failures.get_or_insert(self.failures);
        if let Some((_, until)) = self.lease.filter(|(_, until)| *until > now) {
            self.wake_later(waker);
            return AuthState::Wait(until);
        }
        AuthState::Refresh(self.refresh(session, now))
    }

    fn refresh(&mut self, session: &Session, now: Instant) -> Box<Refresh> {
        self.leases += 1;
        self.lease = Some((self.leases, now + LEASE));
        self.running += 1;
        let refresh = Refresh::new(session.clone(), self.leases, self.pair.generation);
        Box::new(refresh)
    }

    fn wake_later(&mut self, waker: &Waker) {
        if !self.waiting.iter().any(|other| other.will_wake(waker)) {
            self.waiting.push(waker.clone());
        }
    }

    /// What stands before an end that loses no pair; `may_save` if it may save one again.
    pub(super) fn close_step(
        &mut self,
        session: &Session,
        now: Instant,
        waker: &Waker,
        may_save: bool,
    ) -> CloseStep {
        if let Some((_, until)) = self.lease.filter(|(_, until)| *until > now) {
            self.wake_later(waker);
            return CloseStep::Wait(until);
        }
        if matches!(self.held, Held::Unsaved(_)) {
            return if may_save {
                CloseStep::Save(self.refresh(session, now))
            } else {
                CloseStep::Unsaved(self.failure.clone())
            };
        }
        if self.running > 0 {
            self.wake_later(waker);
            return CloseStep::Ending;
        }
        CloseStep::Done
    }

    /// Notes that a refresh is gone.
    pub(super) fn refresh_dropped(&mut self) {
        self.running = self.running.saturating_sub(1);
    }

    /// Whether another process may have got new tokens meanwhile. Nobody else has a code.
    fn is_shared(&self) -> bool {
        self.store.is_some() && !matches!(self.held, Held::Code(_))
    }

    /// What the refresh begins with.
    pub(super) fn begin(&self) -> (Begin, Option<Arc<dyn TokenStore>>) {
        let begin = match self.held.clone() {
            Held::Tokens(tokens) => Begin::Grant(Grant::Refresh(tokens)),
            Held::Code(callback) => Begin::Grant(Grant::Code(callback)),
            Held::Unsaved(tokens) => Begin::Save(tokens),
        };
        (begin, self.store.clone())
    }

    /// Keeps the others waiting for a refresh that goes on; `false` if another has taken over.
    pub(super) fn extend(&mut self, lease: u64, now: Instant) -> bool {
        match &mut self.lease {
            Some((held, until)) if *held == lease => {
                // Never sooner than before: not everybody's clock need be the same, as where a test has stopped one.
                *until = (*until).max(now + LEASE);
                true
            }
            _ => false,
        }
    }

    /// Whether a refresh failed for good for the pair that there is.
    pub(super) fn failed_finally(&self) -> Option<Error> {
        let failure = self.failure.as_ref();
        failure.filter(|error| error.needs_authorization()).cloned()
    }

    /// Takes a new pair: the token server's, or one that another process has saved. One that comes when the pair that it
    /// replaces is gone, as from a store that hung, is older than the one that there is.
    pub(super) fn renew(&mut self, lease: u64, generation: u64, tokens: Tokens, from_store: bool) {
        if generation != self.pair.generation {
            self.release(lease);
            return;
        }
        self.held = Held::Tokens(tokens);
        self.pair = PairId {
            generation: self.pair.generation + 1,
            from_store,
        };
        self.expired = false;
        self.new = false;
        self.failure = None;
        self.release(lease);
    }

    /// Keeps a pair that nobody may use before it is saved. The one before is worth nothing any more, so whoever refreshes
    /// next, for whatever reason, begins by saving this one.
    pub(super) fn keep_unsaved(&mut self, generation: u64, tokens: Tokens) {
        if generation == self.pair.generation {
            self.held = Held::Unsaved(tokens);
        }
    }

    /// The texts that no error may show.
    pub(super) fn secrets(&self) -> Vec<Secret> {
        let mut secrets = vec![self.app.client_secret().clone()];
        match &self.held {
            Held::Tokens(tokens) | Held::Unsaved(tokens) => {
                secrets.extend([tokens.access_token.clone(), tokens.refresh_token.clone()]);
            }
            Held::Code(callback) => secrets.push(callback.code.clone()),
        }
        secrets
    }

    /// Notes that a refresh failed.
    pub(super) fn fail(&mut self, lease: u64, generation: u64, error: Error) {
        if self.release(lease) && generation == self.pair.generation {
            self.failures += 1;
            self.failure = Some(error);
        }
    }

    /// Notes that the store's lease was not given back.
    pub(super) fn abandon_lease(&mut self, until: Instant) {
        self.abandoned = Some(until);
    }

    /// Whether the store's lease is still held for nobody; asked by the one that gives it back.
    pub(super) fn take_abandoned_lease(&mut self, now: Instant) -> bool {
        self.abandoned.take().is_some_and(|until| until > now)
    }

    /// Gives up a lease, so that another may take it.
    pub(super) fn release(&mut self, lease: u64) -> bool {
        let held = self.lease.is_some_and(|(held, _)| held == lease);
        if held {
            self.lease = None;
        }
        held
    }
}

/// Shows the application, and no token.
impl fmt::Debug for Authorized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorized")
            .field("client_id", &self.app.client_id())
            .field("generation", &self.pair.generation)
            .finish_non_exhaustive()
    }
}
