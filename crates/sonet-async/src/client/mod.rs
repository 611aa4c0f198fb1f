//! The client.

mod batch;
mod calls;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use sonet_core::{
    Address, CallOptions, Close, Config, Error, Metrics, RetryPolicy, Secret, Session,
};

use crate::custom::{Custom, Transport};
use crate::driver;
use crate::sender::Sender;
use crate::transport::HttpTransport;

/// A client of one portal. A clone is cheap and shares everything, connections included.
///
/// What a single call does otherwise than the settings say is said by a clone, [`Client::with_timeout`] or
/// [`Client::with_retry`], and not by a builder around each call: so it holds for calls, lists, batches, bulks and lookups
/// in the same words, and what several calls share is said once.
///
/// ```no_run
/// use sonet_async::{Client, Raw};
/// use sonet_async::serde_json::json;
///
/// # async fn example() -> Result<(), sonet_async::Error> {
/// let client = Client::webhook("https://example.bitrix24.com/rest/1/secret/")?;
/// let user = client.call(&Raw::new("user.current", json!({})).read_only()).await?;
/// println!("{}", user["NAME"]);
/// # Ok(())
/// # }
/// ```
///
/// The future of a call borrows nothing, neither the client nor the method, so it can be spawned. Nothing is sent before
/// it is polled. Dropping it gives up waiting: whether a method whose request is out has run stays unknown.
#[derive(Clone)]
pub struct Client {
    session: Session,
    transport: Arc<Sender>,
    options: CallOptions,
}

impl Client {
    /// A client that calls through an incoming webhook: `https://example.bitrix24.com/rest/1/secret/`.
    ///
    /// It is [`Client::new`] with [`Config::webhook`] and every other setting at its default.
    pub fn webhook(address: &str) -> Result<Self, Error> {
        Self::new(Config::webhook(address)?)
    }

    /// A client that calls with an access token, as long as it lasts.
    ///
    /// It is [`Client::new`] with [`Config::token`] and every other setting at its default.
    pub fn token(portal: &str, token: impl Into<Secret>) -> Result<Self, Error> {
        Self::new(Config::token(portal, token)?)
    }

    /// A client as the settings say.
    ///
    /// Connections are encrypted with rustls, or with the operating system's TLS where only the feature `native-tls` is
    /// on. Either way the portal's certificate is checked by the operating system's authorities, by Mozilla's with the
    /// feature `webpki-roots`, and by those of [`Config::ca_certificate`]. The first connection of the process reads the
    /// system's, or with `native-tls` alone its first client; all clients share them.
    ///
    /// A proxy is the one of [`Config::proxy`], or else it is taken from `HTTPS_PROXY`, then `ALL_PROXY`; `NO_PROXY` lists
    /// the hosts, domains and networks that do without. [`Config::no_proxy`] turns that off. A portal on this machine is
    /// never reached through a proxy.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`]: a certificate, the proxy or another setting is unusable, or the address is https and no TLS feature is on.
    pub fn new(config: Config) -> Result<Self, Error> {
        let session = Session::new(&config, driver::now())?;
        let transport = HttpTransport::new(config)?;
        Ok(Self::over(session, Sender::Http(transport)))
    }

    /// A client whose HTTP client is set up by a function of the user's, for client certificates, resolvers and the like.
    ///
    /// ```no_run
    /// use std::time::Duration;
    ///
    /// use sonet_async::{Client, Config};
    ///
    /// # fn example() -> Result<(), sonet_async::Error> {
    /// let config = Config::webhook("https://example.bitrix24.com/rest/1/secret/")?;
    /// let client = Client::with_http(config, |http| http.tcp_keepalive(Duration::from_secs(30)))?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The builder that the function is given is that of the [`reqwest`] that this crate re-exports. It has
    /// TLS and [`Config::connect_timeout`] set up. The function may change them:
    ///
    /// - TLS is a whole configuration already, which reqwest's settings for single certificates and the like do not
    ///   change. `tls_backend_preconfigured` replaces it by another, and [`Config::ca_certificate`] with it: that is how a
    ///   client certificate or another provider of cryptography is set up.
    /// - [`Config::proxy`] and [`Config::no_proxy`] hold here, too, and the function can only add proxies for hosts that
    ///   the former does not reach. Without them, the environment's proxy is left to reqwest, which has rules of its own for
    ///   it, unless the function names a proxy, or none. Where the portal or the token server is reached over http, there is
    ///   none then unless the function names one.
    ///
    /// What the client relies on is set afterwards, whatever the function does: redirects are not followed and tell no
    /// `Referer`, and reqwest neither repeats nor decompresses anything. [`Config::response_timeout`] bounds each
    /// request in place of reqwest's `timeout`, and [`Config::user_agent`] names the program. `connection_verbose` writes
    /// secrets to the log.
    ///
    /// The function may be called again later, for an HTTP client of the same settings in another runtime.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`]: as [`Client::new`], or reqwest can't be set up so.
    pub fn with_http(
        config: Config,
        settings: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let session = Session::new(&config, driver::now())?;
        let transport = HttpTransport::with(config, settings)?;
        Ok(Self::over(session, Sender::Http(transport)))
    }

    /// A client that sends its requests by a transport of the user's: another HTTP client, layers of tower, a recorder, or
    /// canned answers in a unit test. [`Transport`] says what the client relies on.
    ///
    /// ```
    /// use sonet_async::bytes::Bytes;
    /// use sonet_async::http::{Request, Response};
    /// use sonet_async::{Client, Config, RequestInfo, Secret, sonet_group};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), sonet_async::Error> {
    /// let config = Config::token("portal.example.com", Secret::new("access token"))?;
    /// let client = Client::with_transport(config, |request: Request<Bytes>| async move {
    ///     let answer = match request.extensions().get().and_then(RequestInfo::method) {
    ///         Some("sonet_group.create") => r#"{"result":77}"#,
    ///         other => return Err(format!("no answer for {other:?}")),
    ///     };
    ///     Ok(Response::new(Bytes::from(answer)))
    /// })?;
    ///
    /// let group = client.call(&sonet_group::Create::new("Rust")).await?;
    /// assert_eq!(group.get(), 77);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Everything else is as with every client: limits, retries, refreshes of tokens, moves of the portal. Settings of
    /// connections have no effect: [`Config::connect_timeout`], [`Config::ca_certificate`], [`Config::proxy`]. No TLS
    /// feature is needed, and https and http are a matter of the transport, once [`Config::allow_http`] lets http through.
    ///
    /// A refresh of tokens that a call has no time left for is a task of the call's runtime, and ends with it: let
    /// [`Client::close`] wait.
    ///
    /// # A transport or the portal?
    ///
    /// For tests of a program, canned answers say what one answer leads to: an error, a row without a name, a text that no
    /// portal gives today. They need no socket, and they are as right as the one who wrote them. The crate `sonet-portal`
    /// is a portal that runs in the test: it checks parameters and rights, keeps what was written, counts limits, and fails
    /// where it is told to. It is the better test of several calls that depend on each other.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`]: an address or another setting is unusable.
    #[allow(
        clippy::needless_pass_by_value,
        reason = "settings are made for one client"
    )]
    pub fn with_transport(config: Config, transport: impl Transport) -> Result<Self, Error> {
        let session = Session::new(&config, driver::now())?;
        Ok(Self::over(
            session,
            Sender::Custom(Arc::new(Custom::new(transport))),
        ))
    }

    fn over(session: Session, transport: Sender) -> Self {
        Self {
            session,
            transport: Arc::new(transport),
            options: CallOptions::default(),
        }
    }

    /// The same client, whose calls may take so long in all: attempts, pauses and waiting. It replaces
    /// [`Config::call_timeout`] for the clone that it returns. Of a list, a batch in several requests or a bulk it bounds each
    /// request.
    ///
    /// A refresh of tokens that a call has no time left for goes on, on a thread of its own, until the new pair is saved. A
    /// runtime that is dropped, as at the end of a `#[tokio::main]`, waits for it; one that is shut down in another way, or a
    /// process that ends, loses the pair unless [`Client::close`] has waited.
    #[must_use]
    pub fn with_timeout(&self, timeout: Duration) -> Self {
        Self {
            options: self.options.clone().timeout(timeout),
            ..self.clone()
        }
    }

    /// The same client, each of whose requests may take so long, in place of [`Config::response_timeout`] and within the
    /// same limits.
    #[must_use]
    pub fn with_response_timeout(&self, timeout: Duration) -> Self {
        Self {
            options: self.options.clone().response_timeout(timeout),
            ..self.clone()
        }
    }

    /// The same client, whose calls are repeated as this policy says, in place of [`Config::retry`]. It decides about pages
    /// of lists, commands of batches and lookups, too.
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use sonet_async::sonet_group::Create;
    /// use sonet_async::{Client, NoRetry};
    ///
    /// # async fn example(client: &Client) -> Result<(), sonet_async::Error> {
    /// let once = client.with_timeout(Duration::from_secs(5)).with_retry(NoRetry);
    /// let group = once.call(&Create::new("Rust")).await?;
    /// # let _ = group;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_retry(&self, policy: impl RetryPolicy) -> Self {
        Self {
            options: self.options.clone().retry(policy),
            ..self.clone()
        }
    }

    /// Waits for a refresh of tokens that is under way, until the new pair is saved, and saves a pair once more that could not
    /// be saved before. It is for the end of a program: the token server replaces the pair whether or not anybody waits for
    /// its answer. It concerns the clones of this client, too, and all of them can be used afterwards.
    ///
    /// Only a refresh that a call does not wait for any more can be under way then: see [`Client::with_timeout`]. Clients of a
    /// webhook have nothing to wait for.
    ///
    /// # Errors
    ///
    /// [`Error::is_store`]: the new pair is not saved, and is lost with the process. Calling this again tries again.
    pub fn close(&self) -> impl Future<Output = Result<(), Error>> + use<> {
        driver::drive(Arc::clone(&self.transport), Close::new(&self.session))
    }

    /// Where the portal is: where it was said to be, or where it has moved to since.
    #[must_use]
    pub fn address(&self) -> Address {
        self.session.address()
    }

    /// What this client and its clones have done so far, and how much is going on at the portal's rate limit.
    #[must_use]
    pub fn metrics(&self) -> Metrics {
        self.session.metrics(driver::now())
    }
}

/// Shows the portal, and no secret.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = self.address();
        f.debug_struct("Client")
            .field("address", &format_args!("{address}"))
            .finish_non_exhaustive()
    }
}
