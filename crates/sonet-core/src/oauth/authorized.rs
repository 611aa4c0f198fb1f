//! An application with its tokens.

use std::fmt;
use std::sync::Arc;
use std::task::Waker;
use std::time::Instant;

use super::auth::{Auth, AuthState, PairId, RefreshTicket, SeenRefreshes};
use super::single_flight::SingleFlight;
use super::token_state::{Begin, NewPair, TokenState};
use super::{App, Callback, Installation, TokenStore, Tokens};
use crate::{Error, Secret};

/// An application with its tokens, and who is refreshing them.
#[derive(Clone)]
pub(crate) struct Authorized {
    app: App,
    state: TokenState,
    pair: PairId,
    /// Whether the server called this pair expired.
    expired: bool,
    refreshes: SingleFlight,
    /// The last refresh that failed.
    failure: Option<Error>,
    failures: u64,
    store: Option<Arc<dyn TokenStore>>,
    /// Until when the store's lease is held, if a refresh was dropped before it gave it back.
    abandoned: Option<Instant>,
    /// Whether no pair was got yet.
    new: bool,
}

/// What stands before an end that loses no pair.
pub(crate) enum CloseStep {
    Done,
    /// A refresh is under way.
    Wait(Instant),
    /// It is over but for what it gives back.
    Ending,
    /// A pair could not be saved.
    Save(RefreshTicket),
    /// The same, after it was tried again.
    Unsaved(Option<Error>),
}

impl Authorized {
    pub(crate) fn with_tokens(app: App, tokens: Tokens) -> Self {
        Self::new(app, TokenState::Tokens(tokens))
    }

    pub(crate) fn with_code(app: App, callback: Callback) -> Self {
        Self::new(app, TokenState::Code(callback))
    }

    pub(crate) fn with_installation(app: App, installation: Installation) -> Self {
        Self::new(app, TokenState::Installation(installation))
    }

    fn new(app: App, state: TokenState) -> Self {
        let new = state.is_claim();
        Self {
            app,
            state,
            pair: PairId::default(),
            expired: false,
            refreshes: SingleFlight::default(),
            failure: None,
            failures: 0,
            store: None,
            abandoned: None,
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
        let tokens = self.state.tokens()?;
        Some(tokens.access_token.clone())
    }

    pub(crate) fn user(&self) -> Option<i64> {
        self.state.tokens()?.user_id
    }

    /// Whether no pair was got yet.
    pub(crate) fn is_new(&self) -> bool {
        self.new
    }

    pub(crate) fn take_wakers(&mut self) -> Vec<Waker> {
        self.refreshes.take_wakers()
    }

    /// The token to call with, or what stands before it.
    pub(crate) fn auth_state(
        &mut self,
        now: Instant,
        waker: &Waker,
        seen: &mut SeenRefreshes,
    ) -> AuthState {
        // A pair that has expired for one has expired for all.
        self.expired |= seen.expired == Some(self.pair.generation);
        match &self.state {
            TokenState::Tokens(tokens) if !self.expired => {
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
        match self.refreshes.wait(now, waker) {
            Some(until) => AuthState::Wait(until),
            None => AuthState::Refresh(self.refresh(now)),
        }
    }

    fn refresh(&mut self, now: Instant) -> RefreshTicket {
        RefreshTicket {
            number: self.refreshes.begin(now),
            generation: self.pair.generation,
        }
    }

    /// What stands before an end that loses no pair; `may_save` if it may save one again.
    pub(crate) fn close_step(&mut self, now: Instant, waker: &Waker, may_save: bool) -> CloseStep {
        if let Some(until) = self.refreshes.wait(now, waker) {
            return CloseStep::Wait(until);
        }
        if self.state.is_unsaved() {
            return if may_save {
                CloseStep::Save(self.refresh(now))
            } else {
                CloseStep::Unsaved(self.failure.clone())
            };
        }
        if self.refreshes.is_running(waker) {
            return CloseStep::Ending;
        }
        CloseStep::Done
    }

    /// Whether another process may have got new tokens meanwhile. Nobody else has a code, or an installation.
    fn is_shared(&self) -> bool {
        self.store.is_some() && !self.state.is_claim()
    }

    /// What a refresh begins with.
    pub(crate) fn begin(&self) -> (Begin, Option<Arc<dyn TokenStore>>) {
        (self.state.begin(), self.store.clone())
    }

    /// Keeps the others waiting for a refresh that goes on; `false` if another has taken over.
    pub(crate) fn extend(&mut self, ticket: RefreshTicket, now: Instant) -> bool {
        self.refreshes.extend(ticket.number, now)
    }

    /// The failure of a refresh that was for good, for the pair that there is.
    pub(crate) fn permanent_failure(&self) -> Option<Error> {
        let failure = self.failure.as_ref();
        failure.filter(|error| error.needs_authorization()).cloned()
    }

    /// Takes a new pair: the token server's, or one that another process has saved. One that comes when the pair that it
    /// replaces is gone, as from a store that hung, is older than the one that there is.
    pub(crate) fn renew(&mut self, ticket: RefreshTicket, tokens: Tokens, from_store: bool) {
        self.refreshes.release(ticket.number);
        if ticket.generation != self.pair.generation {
            return;
        }
        self.state = TokenState::Tokens(tokens);
        self.pair = PairId {
            generation: self.pair.generation + 1,
            from_store,
        };
        self.expired = false;
        self.new = false;
        self.failure = None;
    }

    /// Keeps a pair that nobody may use before it is saved. The one before is worth nothing any more, so whoever refreshes
    /// next, for whatever reason, begins by saving this one.
    pub(crate) fn keep_unsaved(&mut self, ticket: RefreshTicket, pair: Box<NewPair>) {
        if ticket.generation == self.pair.generation {
            self.state = TokenState::Unsaved(pair);
        }
    }

    /// The texts that no error may show.
    pub(crate) fn secrets(&self) -> Vec<Secret> {
        self.state.secrets(&self.app)
    }

    /// Notes that a refresh failed.
    pub(crate) fn fail(&mut self, ticket: RefreshTicket, error: Error) {
        let is_own = self.refreshes.release(ticket.number);
        if is_own && ticket.generation == self.pair.generation {
            self.failures += 1;
            self.failure = Some(error);
        }
    }

    /// Notes that a refresh is gone, and another may begin: until when it held the store's lease, if it was dropped before
    /// its end.
    pub(crate) fn dropped(&mut self, ticket: RefreshTicket, abandoned: Option<Instant>) {
        self.abandoned = abandoned.or(self.abandoned);
        self.refreshes.release(ticket.number);
        self.refreshes.dropped();
    }

    /// Whether the store's lease is still held for nobody; asked by the one that gives it back.
    pub(crate) fn take_abandoned_lease(&mut self, now: Instant) -> bool {
        self.abandoned.take().is_some_and(|until| until > now)
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

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "virtual time needs a beginning")]
mod tests {
    use super::super::single_flight::LEASE;
    use super::*;
    use crate::error::Kind;

    fn pair(name: &str) -> Tokens {
        Tokens::new("portal.example.com", name, format!("refresh-{name}")).unwrap()
    }

    fn new_pair(name: &str) -> Box<NewPair> {
        let old = Some(pair("old"));
        let tokens = pair(name);
        Box::new(NewPair { tokens, old })
    }

    /// An application whose pair has expired, and the refresh that is under way.
    fn refreshing(now: Instant) -> (Authorized, RefreshTicket) {
        let mut app = Authorized::with_tokens(App::new("app.1", "key"), pair("old"));
        let mut seen = SeenRefreshes {
            expired: Some(0),
            ..SeenRefreshes::default()
        };
        match app.auth_state(now, Waker::noop(), &mut seen) {
            AuthState::Refresh(ticket) => (app, ticket),
            _ => panic!("nobody refreshes"),
        }
    }

    fn next(app: &mut Authorized, now: Instant) -> AuthState {
        app.auth_state(now, Waker::noop(), &mut SeenRefreshes::default())
    }

    fn access_token(app: &Authorized) -> String {
        app.access_token().unwrap().expose().to_owned()
    }

    #[test]
    fn one_refreshes_and_the_others_wait() {
        let now = Instant::now();
        let (mut app, ticket) = refreshing(now);
        assert!(matches!(next(&mut app, now), AuthState::Wait(until) if until == now + LEASE));
        app.renew(ticket, pair("new"), false);
        let AuthState::Ready(auth) = next(&mut app, now) else {
            panic!("the new pair is there");
        };
        assert_eq!(auth.secret().expose(), "new");
    }

    #[test]
    fn a_pair_that_was_saved_too_late_replaces_no_newer_one() {
        let now = Instant::now();
        let (mut app, hung) = refreshing(now);
        let AuthState::Refresh(quick) = next(&mut app, now + LEASE) else {
            panic!("nobody waits for ever");
        };
        app.renew(quick, pair("quick"), false);
        // The store of the first one comes back at last.
        app.keep_unsaved(hung, new_pair("late"));
        app.renew(hung, pair("late"), false);
        assert_eq!(access_token(&app), "quick");
        assert_eq!(app.pair.generation, 1);
        app.fail(hung, Error::token_server(Kind::Ended));
        assert!(matches!(next(&mut app, now), AuthState::Ready(_)));
    }

    #[test]
    fn a_late_one_frees_nothing_that_another_holds() {
        let now = Instant::now();
        let (mut app, hung) = refreshing(now);
        let AuthState::Refresh(quick) = next(&mut app, now + LEASE) else {
            panic!("nobody waits for ever");
        };
        app.fail(hung, Error::token_server(Kind::Ended));
        assert!(app.failure.is_none() && app.extend(quick, now + LEASE));
    }

    #[test]
    fn what_is_not_saved_is_used_by_nobody_and_saved_before_the_end() {
        let now = Instant::now();
        let (mut app, ticket) = refreshing(now);
        app.keep_unsaved(ticket, new_pair("new"));
        app.fail(ticket, Error::token_server(Kind::Ended));
        app.dropped(ticket, None);
        let step = app.close_step(now, Waker::noop(), true);
        assert!(matches!(step, CloseStep::Save(_)));
        let AuthState::Wait(_) = next(&mut app, now) else {
            panic!("it was called with");
        };
        let later = now + LEASE;
        let step = app.close_step(later, Waker::noop(), false);
        assert!(matches!(step, CloseStep::Unsaved(Some(_))));
    }

    #[test]
    fn an_abandoned_lease_is_given_back_once_while_it_lasts() {
        let now = Instant::now();
        let (mut app, ticket) = refreshing(now);
        app.dropped(ticket, Some(now + LEASE));
        assert!(app.take_abandoned_lease(now));
        assert!(!app.take_abandoned_lease(now));
        app.dropped(ticket, Some(now));
        assert!(!app.take_abandoned_lease(now), "its time is over");
    }
}
