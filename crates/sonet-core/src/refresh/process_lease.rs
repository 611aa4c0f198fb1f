//! What a refresh may do to the tokens of its session.

use std::time::Instant;

use crate::oauth::{App, Begin, NewPair, RefreshTicket};
use crate::redact::Redactor;
use crate::{Error, Secret, Session, Tokens};

use super::store::Store;

/// A refresh's hold on the tokens of its session: the others wait for it, unless it takes too long and another takes over.
#[derive(Debug)]
pub(super) struct ProcessLease {
    pub(super) session: Session,
    ticket: RefreshTicket,
    /// Until when the refresh holds the store's lease, if it is dropped before its end.
    pub(super) abandoned: Option<Instant>,
}

/// Whatever becomes of the refresh, the others do not wait for it.
impl Drop for ProcessLease {
    fn drop(&mut self) {
        self.session
            .change(|app| app.dropped(self.ticket, self.abandoned));
    }
}

impl ProcessLease {
    pub(super) fn new(session: &Session, ticket: RefreshTicket) -> Self {
        Self {
            session: session.clone(),
            ticket,
            abandoned: None,
        }
    }

    /// What to begin with, the store, and whether its lease was left by a refresh that was dropped.
    pub(super) fn begin(&self, now: Instant) -> Option<(Begin, Option<Store>, bool)> {
        self.session.look(|app| {
            let (begin, store) = app.begin();
            (begin, store.map(Store), app.take_abandoned_lease(now))
        })
    }

    /// Keeps the others waiting; `false` if another has taken over.
    pub(super) fn extend(&self, now: Instant) -> bool {
        self.session.look(|app| app.extend(self.ticket, now)) == Some(true)
    }

    /// The application.
    pub(super) fn app(&self) -> Option<App> {
        self.session.look(|app| app.app().clone())
    }

    /// The texts that no error may show.
    pub(super) fn secrets(&self) -> Vec<Secret> {
        self.session.look(|app| app.secrets()).unwrap_or_default()
    }

    /// A text that may hold secrets, without them.
    pub(super) fn masked(&self, text: &str) -> String {
        let secrets = self.secrets();
        let secrets: Vec<_> = secrets.iter().collect();
        Redactor(&secrets).excerpt(text)
    }

    /// The failure of a refresh that was for good, for the pair that there is.
    pub(super) fn permanent_failure(&self) -> Option<Error> {
        self.session.look(|app| app.permanent_failure()).flatten()
    }

    /// Keeps a pair that nobody may use before it is saved.
    pub(super) fn keep_unsaved(&self, pair: Box<NewPair>) {
        self.session.look(|app| app.keep_unsaved(self.ticket, pair));
    }

    /// Takes the portal's address from a first pair: until then, it is what a browser said.
    pub(super) fn adopt_address(&self, now: Instant, tokens: &Tokens) {
        let new = self.session.look(|app| app.is_new()) == Some(true);
        if let (true, Ok(portal)) = (new, tokens.portal()) {
            self.session.adopt(portal, now);
        }
    }

    /// Lets calls use a new pair, and wakes them.
    pub(super) fn renew(&self, tokens: Tokens, from_store: bool) {
        self.session
            .change(|app| app.renew(self.ticket, tokens, from_store));
    }

    /// Notes that the refresh failed, and wakes all that wait for it.
    pub(super) fn fail(&self, error: Error) {
        self.session.change(|app| app.fail(self.ticket, error));
    }
}
