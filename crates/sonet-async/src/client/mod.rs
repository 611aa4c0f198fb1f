//! The client.

mod batch;
mod calls;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use sonet_core::{
    Address, CallOptions, Close, Config, Error, Metrics, RetryPolicy, Secret, Session,
};

use crate::driver;
use crate::transport::Transport;

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
    transport: Arc<Transport>,
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
    /// on. Either way the portal's certificate is checked by the operating system's authorities and those of
    /// [`Config::ca_certificate`].
    ///
    /// An HTTP proxy is taken from `HTTPS_PROXY`, then `ALL_PROXY`; `NO_PROXY` lists the hosts, domains and networks
    /// that do without. A portal on this machine is never reached through a proxy.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`]: a certificate, the proxy or another setting is unusable, or the address is https and no TLS feature is on.
    pub fn new(config: Config) -> Result<Self, Error> {
        let session = Session::new(&config, driver::now())?;
        Ok(Self::over(session, Transport::new(config)?))
    }

    /// A client whose HTTP client is set up by a function of the user's, for other proxies, client certificates, resolvers
    /// and the like.
    ///
    /// ```no_run
    /// use sonet_async::{Client, Config};
    ///
    /// # fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let proxy = reqwest::Proxy::all("http://proxy.example.com:3128")?;
    /// let config = Config::webhook("https://example.bitrix24.com/rest/1/secret/")?;
    /// let client = Client::with_http(config, move |http| http.proxy(proxy.clone()))?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The builder that the function is given has TLS and [`Config::connect_timeout`] set up. The function may change them:
    ///
    /// - TLS is a whole configuration already, which reqwest's settings for single certificates and the like do not
    ///   change. `tls_backend_preconfigured` replaces it by another, and [`Config::ca_certificate`] with it.
    /// - The environment's proxy is left to reqwest, which has rules of its own for it, unless the function names a proxy, or
    ///   none. Where the portal or the token server is reached over http, there is none unless the function names one.
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
        Ok(Self::over(session, Transport::with(config, settings)?))
    }

    fn over(session: Session, transport: Transport) -> Self {
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
