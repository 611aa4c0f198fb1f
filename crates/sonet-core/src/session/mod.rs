//! What the calls of one client share.

mod recent_tokens;

use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::{Duration, Instant};

use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, USER_AGENT};
use http::{HeaderMap, HeaderValue};

use crate::caller::Caller;
use crate::credential::Credential;
use crate::metrics::{Counters, MethodCounters};
use crate::oauth::{Auth, AuthState, Authorized, PairId, SeenRefreshes};
use crate::progress::Progress;
use crate::redact::Redactor;
use crate::{Address, Config, Error, Limits, Metrics, Secret};
use recent_tokens::RecentTokens;

/// What the calls of one client share: where to, as whom, and within which bounds.
///
/// A clone is cheap and shares everything. It locks itself for moments only: never while a request is out, and not while
/// an answer is decoded.
#[derive(Clone)]
pub struct Session(Arc<Shared>);

struct Shared {
    config: Config,
    /// Those of every request.
    headers: HeaderMap,
    caller: Caller,
    state: Mutex<State>,
    counters: Counters,
}

/// What changes.
struct State {
    address: Address,
    limits: Limits,
    credential: Credential,
    tokens: RecentTokens,
    random: fastrand::Rng,
}

/// What a request is made with.
pub(crate) struct Access {
    pub(crate) address: Address,
    pub(crate) limits: Limits,
}

impl Session {
    /// Begins with what a client was set up with.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`]: a setting can't be sent, or an address is http where that is not allowed.
    pub fn new(config: &Config, now: Instant) -> Result<Self, Error> {
        config.check_addresses()?;
        let user_agent = HeaderValue::from_str(&config.user_agent).map_err(|_| {
            Error::config(
                "`Config::user_agent`: it has a character that a header can't have; write it in ASCII, like \
                 my-integration/1.0",
            )
        })?;
        let limits = limits_of(config, &config.address, now);
        let seed = config
            .seed
            .unwrap_or_else(|| RandomState::new().hash_one(0_u8));
        let state = State {
            address: config.address.clone(),
            limits,
            credential: config.credential.clone(),
            tokens: RecentTokens::default(),
            random: fastrand::Rng::with_seed(seed),
        };
        Ok(Self(Arc::new(Shared {
            caller: config.credential.caller(),
            config: config.clone(),
            headers: headers(user_agent),
            state: Mutex::new(state),
            counters: Counters::default(),
        })))
    }

    /// Where the portal is: where it was said to be, or where it has moved to.
    #[must_use]
    pub fn address(&self) -> Address {
        self.state().address.clone()
    }

    /// What has happened so far.
    #[must_use]
    pub fn metrics(&self, now: Instant) -> Metrics {
        let limits = self.limits();
        self.0.counters.snapshot(&limits.load(now))
    }

    /// The user whose rights calls have, as far as it is known: a webhook names it, and so do tokens that were refreshed.
    #[must_use]
    pub fn user(&self) -> Option<i64> {
        self.state().credential.user()
    }

    /// Whether tokens can be refreshed.
    pub(crate) fn is_app(&self) -> bool {
        matches!(self.0.caller, Caller::App(_))
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Quotes what came from the portal, without the secrets of this session: those that it has now, and those that
    /// earlier requests were made with.
    pub(crate) fn redacting<T>(&self, show: impl FnOnce(&Redactor<'_>) -> T) -> T {
        let secrets: Vec<Secret> = {
            let state = self.state();
            let current = state.credential.secret().into_iter();
            current.chain(state.tokens.iter().cloned()).collect()
        };
        show(&Redactor(secrets.iter().collect::<Vec<_>>().as_slice()))
    }

    /// The headers of every request.
    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    pub(crate) fn caller(&self) -> &Caller {
        &self.0.caller
    }

    pub(crate) fn limits(&self) -> Limits {
        self.state().limits.clone()
    }

    /// The state. A panic elsewhere leaves it usable: it changes in steps that are whole by themselves.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the next request is made with, or what stands before it.
    pub(crate) fn access(
        &self,
        now: Instant,
        waker: &Waker,
        seen: &mut SeenRefreshes,
    ) -> (Access, AuthState) {
        let mut state = self.state();
        let State {
            address,
            limits,
            credential,
            tokens,
            ..
        } = &mut *state;
        let auth = match credential {
            Credential::Webhook(webhook) => {
                AuthState::Ready(Auth::Webhook(webhook.user, webhook.secret.clone()))
            }
            Credential::Token(token) => {
                AuthState::Ready(Auth::Token(token.clone(), PairId::default()))
            }
            Credential::App(app) => app.auth_state(now, waker, seen),
        };
        if let AuthState::Ready(auth @ Auth::Token(..)) = &auth {
            tokens.push(auth.secret());
        }
        let access = Access {
            address: address.clone(),
            limits: limits.clone(),
        };
        (access, auth)
    }

    /// Changes the application's tokens, and wakes all that wait for them.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Authorized) -> T) -> Option<T> {
        let mut state = self.state();
        let Credential::App(app) = &mut state.credential else {
            return None;
        };
        let outcome = change(app);
        let wakers = app.take_wakers();
        drop(state);
        for waker in wakers {
            waker.wake();
        }
        Some(outcome)
    }

    /// Looks at the application's tokens.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&mut Authorized) -> T) -> Option<T> {
        match &mut self.state().credential {
            Credential::App(app) => Some(look(app)),
            _ => None,
        }
    }

    /// Takes the portal's address from the token server, in place of what a browser said. Nothing was sent there yet.
    ///
    /// A portal before which another server does the encryption may take itself for http: the host is right then.
    pub(crate) fn adopt(&self, address: Address, now: Instant) {
        let address = if self.0.config.may_call(&address) {
            address
        } else {
            address.over_https()
        };
        if self.address() != address {
            let limits = limits_of(&self.0.config, &address, now);
            let mut state = self.state();
            (state.address, state.limits) = (address, limits);
        }
    }

    /// Remembers where the portal has moved to. Another call may have done so already.
    pub(crate) fn move_to(&self, from: &Address, to: &Address) {
        let mut state = self.state();
        if state.address == *from {
            state.address = to.clone();
            if self.0.config.limits.is_none() {
                state.limits = crate::limits::moved(&state.limits, &to.authority());
            }
        }
    }

    /// A random time up to a bound: full jitter, so that those who failed together do not come back together.
    pub(crate) fn jitter(&self, bound: Duration) -> Duration {
        let share = self.state().random.f64();
        bound.mul_f64(share)
    }

    /// The counters of a method.
    pub(crate) fn counters_of(&self, method: &str) -> Arc<MethodCounters> {
        self.0.counters.of(method)
    }

    /// Tells what happens to whoever wants to know. Never called with anything locked, since it may run anything.
    pub(crate) fn report(&self, progress: &Progress<'_>) {
        self.0.counters.count(progress);
        if let Some(hook) = &self.0.config.progress {
            hook.call(progress);
        }
    }
}

/// The headers of every request.
fn headers(user_agent: HeaderValue) -> HeaderMap {
    let json = HeaderValue::from_static("application/json");
    HeaderMap::from_iter([
        (CONTENT_TYPE, json.clone()),
        (ACCEPT, json),
        (ACCEPT_ENCODING, HeaderValue::from_static("gzip")),
        (USER_AGENT, user_agent),
    ])
}

/// The limits that calls to an address keep to.
fn limits_of(config: &Config, address: &Address, now: Instant) -> Limits {
    let limits = config.limits.clone();
    let limits = limits.unwrap_or_else(|| crate::limits::of(&address.authority(), now));
    if let Some(rate) = config.rate {
        limits.set_rate(rate);
    }
    limits
}

/// Shows the portal, and no secret.
impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = self.address();
        f.debug_struct("Session")
            .field("address", &format_args!("{address}"))
            .finish_non_exhaustive()
    }
}
