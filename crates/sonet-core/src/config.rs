//! How a client is set up. Both clients take the same.

mod clear;
mod timeouts;

use std::sync::Arc;
use std::time::Duration;

pub(crate) use timeouts::SHORTEST;

use crate::address::CleartextHosts;
use crate::credential::Credential;
use crate::oauth::Authorized;
use crate::progress::Hook;
use crate::{
    Address, App, Backoff, Callback, Error, Limits, Progress, Rate, RetryPolicy, Secret,
    TokenStore, Tokens,
};

/// Where the portal is, who calls, and within which bounds.
///
/// ```
/// use std::time::Duration;
/// use sonet_core::Config;
///
/// let config = Config::webhook("https://example.bitrix24.com/rest/1/secret/")?
///     .answer_timeout(Duration::from_secs(30));
/// # Ok::<(), sonet_core::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Config {
    pub(crate) address: Address,
    pub(crate) credential: Credential,
    pub(crate) user_agent: String,
    pub(crate) connect_timeout: Duration,
    pub(crate) answer_timeout: Duration,
    pub(crate) body_limit: u64,
    pub(crate) ca_certificates: Vec<Vec<u8>>,
    pub(crate) call_timeout: Option<Duration>,
    pub(crate) retry: Arc<dyn RetryPolicy>,
    pub(crate) rate: Option<Rate>,
    pub(crate) limits: Option<Limits>,
    pub(crate) operating_limit: Option<Duration>,
    pub(crate) moves: Vec<String>,
    pub(crate) cleartext_hosts: CleartextHosts,
    pub(crate) seed: Option<u64>,
    pub(crate) progress: Option<Hook>,
    pub(crate) trace_parameters: bool,
}

impl Config {
    /// Calls through an incoming webhook: `https://example.bitrix24.com/rest/1/secret/`.
    ///
    /// The address is a password: it is checked here, and no error shows it. A portal on premises may have its methods under
    /// another path, `https://portal.example.com/b24/rest/1/secret/`, and a name in any alphabet. Over http, a client can only
    /// be made for this machine and where [`Config::allow_http`] says so.
    ///
    /// See <https://apidocs.bitrix24.com/local-integrations/local-webhooks.html>.
    pub fn webhook(address: &str) -> Result<Self, Error> {
        let (address, webhook) = Address::parse_webhook(address)?;
        Ok(Self::new(address, Credential::Webhook(webhook)))
    }

    /// Calls with an access token, as long as it lasts. The portal is a host, or an address up to `/rest/`:
    /// `https://portal.example.com/b24/rest/`.
    ///
    /// See <https://apidocs.bitrix24.com/settings/how-to-call-rest-api/authorization.html>.
    pub fn token(portal: &str, token: impl Into<Secret>) -> Result<Self, Error> {
        let token = token.into();
        if token.expose().is_empty() {
            return Err(Error::address("the access token is empty"));
        }
        Ok(Self::new(
            Address::parse_any(portal)?,
            Credential::Token(token),
        ))
    }

    /// Calls as an application, with tokens that are refreshed when the server says that they have expired, once for all
    /// calls that wait.
    ///
    /// The portal is the one that the tokens belong to. Every refresh replaces both tokens, so keep them by
    /// [`Config::token_store`]. Two clients that are made of the same pair, and not cloned, take it away from each other,
    /// unless they share a store.
    ///
    /// A refresh that has been sent ends in a new pair whether or not anybody waits for it. So it goes on, on a thread of its
    /// own, where the call that began it is given up. What ends the process before the new pair is saved loses it, and a
    /// user has to authorize the application again: let the client's `close` wait at the end of a program.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use sonet_core::{App, Config, MemoryStore, Tokens};
    ///
    /// let tokens = Tokens::new("example.bitrix24.com", "access token", "refresh token")?;
    /// let store = Arc::new(MemoryStore::new());
    /// let config = Config::app(App::new("local.1", "secret key"), tokens)?.token_store(store);
    /// # Ok::<(), sonet_core::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::is_config`]: a token is empty, or the portal's address is wrong.
    ///
    /// See <https://apidocs.bitrix24.com/settings/oauth/auto-renewal.html>.
    pub fn app(app: App, tokens: Tokens) -> Result<Self, Error> {
        tokens.check()?;
        let portal = tokens.portal()?;
        let authorized = Authorized::with_tokens(app, tokens);
        Ok(Self::new(portal, Credential::App(Box::new(authorized))))
    }

    /// Calls as an application that a user has just authorized.
    ///
    /// The first call gets the tokens; the code in the callback lives for 30 seconds. Keep the tokens by
    /// [`Config::token_store`].
    ///
    /// The portal's address comes from the token server then, since a browser may say anything; the callback's is used
    /// where the token server names none that can be used.
    ///
    /// ```
    /// use sonet_core::{App, Callback, Config};
    ///
    /// # let address = "https://app.example.com/back?code=c0de&state=kept&domain=example.bitrix24.com";
    /// let callback = Callback::parse(address, "kept")?;
    /// let config = Config::authorized(App::new("local.1", "secret key"), callback);
    /// # Ok::<(), sonet_core::Error>(())
    /// ```
    ///
    /// See <https://apidocs.bitrix24.com/settings/oauth/index.html>.
    pub fn authorized(app: App, callback: Callback) -> Self {
        let portal = callback.portal.clone();
        let authorized = Authorized::with_code(app, callback);
        Self::new(portal, Credential::App(Box::new(authorized)))
    }

    fn new(address: Address, credential: Credential) -> Self {
        Self {
            address,
            credential,
            user_agent: concat!("sonet/", env!("CARGO_PKG_VERSION")).to_owned(),
            connect_timeout: Duration::from_secs(10),
            answer_timeout: Duration::from_secs(75),
            body_limit: 64 * 1024 * 1024,
            ca_certificates: Vec::new(),
            call_timeout: None,
            retry: Arc::new(Backoff),
            rate: None,
            limits: None,
            operating_limit: Some(Duration::from_secs(480)),
            moves: Vec::new(),
            cleartext_hosts: CleartextHosts::default(),
            seed: None,
            progress: None,
            trace_parameters: false,
        }
    }

    /// Names the program to the portal: `my-integration/1.0`. Default: this library and its version.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = name.into();
        self
    }

    /// Decides whether and when a call that failed is made again. Default: [`Backoff`]. [`crate::Never`] makes every call
    /// once.
    pub fn retry(mut self, policy: impl RetryPolicy) -> Self {
        self.retry = Arc::new(policy);
        self
    }

    /// Names the portal's rate limit. Default: [`Rate::STANDARD`], shared by all clients of the portal in this process.
    ///
    /// [`Rate::ENTERPRISE`] for that plan, [`Rate::UNLIMITED`] for a portal on premises without a limit. It holds for all
    /// clients that share the limit: the last one set counts.
    pub fn rate(mut self, rate: Rate) -> Self {
        self.rate = Some(rate);
        self
    }

    /// Shares the limits with other clients that are given the same, and with no others. Default: with all clients in this
    /// process of the same host and port, whatever their path.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// Pauses a method that has used up so much operating time, until the server forgets a part of it. Default: 480
    /// seconds, as the vendor's cloud allows within ten minutes; `None` for a portal on premises without that limit.
    ///
    /// See <https://apidocs.bitrix24.com/limits.html>.
    pub fn operating_limit(mut self, limit: Option<Duration>) -> Self {
        self.operating_limit = limit;
        self
    }

    /// Allows calls to follow the portal to this host, or to a host under this domain, if it moves there. Default: to hosts
    /// under the same domain of the vendor, such as from `a.bitrix24.com` to `b.bitrix24.com`.
    ///
    /// Calls carry the webhook's secret, or the token, along.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`]: this is no host, like `portal.example.com`.
    pub fn allow_move_to(mut self, host: &str) -> Result<Self, Error> {
        let name = clear::named(host).filter(|name| !name.contains(':'));
        let Some(name) = name else {
            return Err(Error::config(
                "calls can only be allowed to move to a host, or to the hosts under a domain: give its name alone, like \
                 portal.example.com",
            ));
        };
        self.moves.push(name);
        Ok(self)
    }

    /// Keeps the tokens of an application. Default: in memory only, where the next start of the program does not find them.
    ///
    /// A pair in the store is taken for newer than the client's own as soon as that has expired. See [`TokenStore`].
    ///
    /// It has no effect on other clients: a webhook and a token of its own are never replaced.
    pub fn token_store(mut self, store: impl TokenStore) -> Self {
        if let Credential::App(app) = &mut self.credential {
            app.set_store(Arc::new(store));
        }
        self
    }

    /// Calls a function with everything that happens to a call: attempts, waiting and its reason, failures, moves. It is
    /// called in the midst of calls, so it should be quick; it may make calls of its own. Events of a refresh come on the
    /// refresh's own thread: a call that is waited for there waits for that very refresh, until another may take over.
    pub fn on_progress(mut self, hook: impl Fn(&Progress<'_>) + Send + Sync + 'static) -> Self {
        self.progress = Some(Hook::new(hook));
        self
    }

    /// Writes the beginning of each call's parameters to `tracing`, where that feature is on. Default: no. The webhook's
    /// secret and the token are masked; whatever else is secret in the parameters is not.
    pub fn trace_parameters(mut self, trace: bool) -> Self {
        self.trace_parameters = trace;
        self
    }

    /// Makes the pauses between attempts repeatable: they are random, from this seed. Default: another seed for each client.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Bounds the size of an answer, decompressed, and what is decoded of it. Default: 64 MiB.
    ///
    /// What is decoded comes on top, and may take a hundred times the memory of its text, as `{"a":0}` does as a JSON value,
    /// or `{"id":1}` as a row. So an answer is refused, too, if it has so many objects, lists and values that they might
    /// take more than 16 times the limit, which is 1 GiB by default; and 4 times, 256 MiB, where it is kept as JSON values:
    /// that of a [`Raw`](crate::Raw) without a type of its own, or of a batch with one. Of usual rows, that is more than 20
    /// MiB. It is an estimate on the safe side, for the whole answer of a batch at once, and never less than 16 MiB.
    ///
    /// An answer that is too large is [`Error::is_body_limit`], and the method may have run.
    pub fn body_limit(mut self, bytes: u64) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Trusts one more certificate authority beside the operating system's, in PEM: for a portal on premises.
    pub fn ca_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.ca_certificates.push(pem.into());
        self
    }

    /// The portal, as it was set up.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// For drivers: whether any server is reached over TLS, be it the portal or the token server.
    #[must_use]
    pub fn needs_tls(&self) -> bool {
        let app = match &self.credential {
            Credential::App(app) => app.app().is_https(),
            _ => false,
        };
        app || self.address.is_https()
    }

    /// For drivers: whether every server that was set up is reached over TLS.
    #[must_use]
    pub fn is_tls_only(&self) -> bool {
        let app = match &self.credential {
            Credential::App(app) => app.app().is_https(),
            _ => true,
        };
        app && self.address.is_https()
    }

    /// For drivers: whether all that is reached is on this machine, and without TLS. Any other portal over http may move to
    /// https.
    #[must_use]
    pub fn is_local(&self) -> bool {
        !self.needs_tls() && self.address.is_loopback()
    }

    /// For drivers: the bound on connecting.
    #[must_use]
    pub fn connect_bound(&self) -> Duration {
        self.connect_timeout
    }

    /// For drivers: the certificates to trust beside the operating system's, in PEM.
    #[must_use]
    pub fn extra_certificates(&self) -> &[Vec<u8>] {
        &self.ca_certificates
    }
}
