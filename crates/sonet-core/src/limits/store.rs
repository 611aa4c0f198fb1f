//! One bucket for several machines.

use std::error::Error;
use std::fmt::{self, Debug};
use std::sync::Arc;
use std::time::Duration;

use super::Rate;
use crate::caller::Caller;

/// Why a store failed.
pub type StoreError = Box<dyn Error + Send + Sync>;

/// Keeps the count of a portal's requests for several machines that share a source address, and which methods have used up
/// their time.
///
/// [`reserve`](LimitStore::reserve) and [`refused`](LimitStore::refused) are enough for a store that counts. The other methods
/// have defaults, and let a store do all that a client does within one process: [`take`](LimitStore::take) in place of
/// `reserve`, word of each place's end, and of methods that pause.
///
/// A driver calls the methods that return a [`Result`], never the engine, so they may take their time and do I/O:
/// `sonet-blocking` calls them in the calling thread, `sonet-async` on a thread where blocking is allowed. The deadline of a
/// call does not interrupt them, so a store bounds its own time. An error, or a panic, ends the call, unsent.
/// [`ended`](LimitStore::ended) and [`give_back`](LimitStore::give_back) may be called anywhere, also where a future is
/// dropped: they take note, do no I/O, and return at once.
pub trait LimitStore: Debug + Send + Sync + 'static {
    /// Takes a place for one request to a portal (its host, and port if there is one), and says how long to wait before
    /// sending it. Places are given in the order of these calls.
    ///
    /// Clients call [`LimitStore::take`], which calls this by default.
    fn reserve(&self, portal: &str, rate: Rate) -> Result<Duration, StoreError>;

    /// Takes word that the portal refused in spite of it: its count is at the threshold.
    fn refused(&self, portal: &str, rate: Rate) -> Result<(), StoreError>;

    /// Takes a place for one request, unless a method of it pauses.
    ///
    /// By default this is [`LimitStore::reserve`], and no method pauses.
    fn take(&self, request: &LimitRequest<'_>) -> Result<LimitAnswer, StoreError> {
        let after = self.reserve(request.portal(), request.rate())?;
        Ok(LimitAnswer::Place(LimitPlace::new(0, after)))
    }

    /// Takes note that the request for which a place was taken was answered, or failed before it left. Until then, or for
    /// five seconds from the place's moment on, the portal may not have counted it yet.
    ///
    /// It is not called for a request that is given up, since that may still be on its way. By default, it does nothing.
    fn ended(&self, portal: &str, rate: Rate, place: &LimitPlace) {
        let _ = (portal, rate, place);
    }

    /// Takes note that a place was given up before its request left: the call was cancelled, has no time left for it, or
    /// waits for something else.
    ///
    /// By default, it does nothing: the place counts as used.
    fn give_back(&self, portal: &str, rate: Rate, place: &LimitPlace) {
        let _ = (portal, rate, place);
    }

    /// Takes word that a caller's method has used up its time on a portal, and is not to be called for so long. The call that
    /// learned it ends, or goes on, after this has returned; an error of it does not take away that call's answer.
    ///
    /// By default, it does nothing: only this process pauses.
    fn pause(
        &self,
        portal: &str,
        caller: &LimitCaller<'_>,
        method: &str,
        pause: Duration,
    ) -> Result<(), StoreError> {
        let _ = (portal, caller, method, pause);
        Ok(())
    }
}

/// The request that a call asks a [`LimitStore`] for a place for.
#[derive(Debug, Clone, Copy)]
pub struct LimitRequest<'a> {
    portal: &'a str,
    rate: Rate,
    caller: LimitCaller<'a>,
    methods: &'a [String],
}

impl<'a> LimitRequest<'a> {
    /// A request, as a client makes one, for the tests of a store.
    #[must_use]
    pub fn new(
        portal: &'a str,
        rate: Rate,
        caller: LimitCaller<'a>,
        methods: &'a [String],
    ) -> Self {
        Self {
            portal,
            rate,
            caller,
            methods,
        }
    }

    /// The portal: its host, and port if there is one.
    #[must_use]
    pub fn portal(&self) -> &'a str {
        self.portal
    }

    /// The rate that the place is taken under.
    #[must_use]
    pub fn rate(&self) -> Rate {
        self.rate
    }

    /// Whom the portal counts operating time for.
    #[must_use]
    pub fn caller(&self) -> LimitCaller<'a> {
        self.caller
    }

    /// The methods whose time the request takes: its own, or those that a batch runs. One may come twice.
    #[must_use]
    pub fn methods(&self) -> &'a [String] {
        self.methods
    }
}

/// Whom a portal counts operating time for: a webhook, an application, or whoever has an access token.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct LimitCaller<'a> {
    kind: &'static str,
    /// What tells it from others of its kind.
    text: &'a str,
}

impl<'a> LimitCaller<'a> {
    pub(crate) fn of(caller: &'a Caller) -> Self {
        match caller {
            Caller::Webhook(secret) => Self::webhook(secret.expose()),
            Caller::Token(secret) => Self::token(secret.expose()),
            Caller::App(code) => Self::app(code),
        }
    }

    /// A webhook, by its secret.
    #[must_use]
    pub fn webhook(secret: &'a str) -> Self {
        Self {
            kind: "webhook",
            text: secret,
        }
    }

    /// Whoever has this access token.
    #[must_use]
    pub fn token(token: &'a str) -> Self {
        Self {
            kind: "token",
            text: token,
        }
    }

    /// An application, by its code.
    #[must_use]
    pub fn app(code: &'a str) -> Self {
        Self {
            kind: "app",
            text: code,
        }
    }

    /// What tells this caller from others, on every machine alike.
    ///
    /// A webhook's secret or an access token is in it in clear text. Use it as the input of a cryptographic hash, and keep
    /// nothing but the hash.
    #[must_use]
    pub fn secret_bytes(&self) -> Vec<u8> {
        [self.kind, ":", self.text].concat().into_bytes()
    }
}

/// Shows the kind of caller, and no secret.
impl Debug for LimitCaller<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LimitCaller({})", self.kind)
    }
}

/// A place for one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitPlace {
    id: u64,
    after: Duration,
}

impl LimitPlace {
    /// A place by a number of the store's choice, and how long to wait before sending its request.
    #[must_use]
    pub fn new(id: u64, after: Duration) -> Self {
        Self { id, after }
    }

    /// The number that the store gave it.
    #[must_use]
    pub fn id(&self) -> u64 {
        self.id
    }

    /// How long to wait, from when the store answered.
    #[must_use]
    pub fn after(&self) -> Duration {
        self.after
    }
}

/// What comes of asking a store for a place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LimitAnswer {
    /// A place.
    Place(LimitPlace),
    /// No place was taken, since these methods pause for so long. The call waits, and asks again.
    Paused(Vec<(String, Duration)>),
}

impl<T: LimitStore + ?Sized> LimitStore for Arc<T> {
    fn reserve(&self, portal: &str, rate: Rate) -> Result<Duration, StoreError> {
        (**self).reserve(portal, rate)
    }

    fn refused(&self, portal: &str, rate: Rate) -> Result<(), StoreError> {
        (**self).refused(portal, rate)
    }

    fn take(&self, request: &LimitRequest<'_>) -> Result<LimitAnswer, StoreError> {
        (**self).take(request)
    }

    fn ended(&self, portal: &str, rate: Rate, place: &LimitPlace) {
        (**self).ended(portal, rate, place);
    }

    fn give_back(&self, portal: &str, rate: Rate, place: &LimitPlace) {
        (**self).give_back(portal, rate, place);
    }

    fn pause(
        &self,
        portal: &str,
        caller: &LimitCaller<'_>,
        method: &str,
        pause: Duration,
    ) -> Result<(), StoreError> {
        (**self).pause(portal, caller, method, pause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Secret;

    #[test]
    fn callers_differ_and_show_no_secret() {
        let callers = [
            Caller::Webhook(Secret::new("canary")),
            Caller::Token(Secret::new("canary")),
            Caller::App("canary".to_owned()),
        ];
        let ids = callers
            .each_ref()
            .map(|caller| LimitCaller::of(caller).secret_bytes());
        assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2]);
        let shown = format!("{:?}", LimitCaller::of(&callers[0]));
        assert_eq!(shown, "LimitCaller(webhook)");
    }
}
