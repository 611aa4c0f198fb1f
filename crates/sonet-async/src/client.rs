//! The client.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sonet_core::{Address, Config, Error, Exchange, Method, Page, Paged, Reply, Secret, Session};

use crate::driver::drive;
use crate::transport::Transport;

/// A client of one portal. A clone is cheap and shares everything, connections included.
///
/// ```no_run
/// use sonet_async::{Client, Raw};
/// use sonet_async::serde_json::json;
///
/// # async fn example() -> Result<(), sonet_async::Error> {
/// let client = Client::webhook("https://example.bitrix24.com/rest/1/secret/")?;
/// let user = client.call(&Raw::new("user.current", json!({})).read()).await?;
/// println!("{}", user["NAME"]);
/// # Ok(())
/// # }
/// ```
///
/// The future of a call borrows nothing, neither the client nor the method, so it can be spawned. Nothing is sent before
/// it is polled. Dropping it gives up waiting: whether a method whose request is out has run stays unknown.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
}

/// What the clones of a client share.
pub(crate) struct Shared {
    config: Config,
    session: Mutex<Session>,
    pub(crate) transport: Transport,
}

impl Shared {
    /// The session. A panic elsewhere leaves it usable: the core changes it in steps that are whole by themselves.
    pub(crate) fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner)
    }
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
        let transport = Transport::new(&config)?;
        Self::over(config, transport)
    }

    /// A client that sends through a reqwest client of the user's own, for other proxies, client certificates and the
    /// like.
    ///
    /// Build it with `redirect(Policy::none())`: a followed redirect would drop a write's parameters, and ends the call
    /// with an error. [`Config::answer_timeout`] bounds the call whatever the HTTP client's own timeout is, and no
    /// request is retried whatever its retry policy is. The rest is the HTTP client's own matter:
    /// [`Config::connect_timeout`] has no effect.
    ///
    /// # Errors
    ///
    /// [`Error::is_config`]: there is a [`Config::ca_certificate`], which the HTTP client would not know of.
    pub fn with_http(config: Config, http: reqwest::Client) -> Result<Self, Error> {
        if !config.extra_certificates().is_empty() {
            return Err(Error::config(
                "`Config::ca_certificate` has no effect on an HTTP client of your own; add the certificate to it",
            ));
        }
        Self::over(config, Transport::with_client(http))
    }

    fn over(config: Config, transport: Transport) -> Result<Self, Error> {
        let session = Mutex::new(Session::new(&config)?);
        Ok(Self {
            shared: Arc::new(Shared {
                config,
                session,
                transport,
            }),
        })
    }

    /// Calls a method and returns its result.
    ///
    /// # Errors
    ///
    /// See [`Error`]. Whether the method ran in spite of it says [`Error::executed`].
    pub fn call<M: Method>(
        &self,
        method: &M,
    ) -> impl Future<Output = Result<M::Output, Error>> + use<M> {
        let reply = self.reply(method);
        async { reply.await.map(|reply| reply.result) }
    }

    /// Calls a method that answers in pages and returns one page, the first unless the method names another.
    pub fn page<M: Paged>(
        &self,
        method: &M,
    ) -> impl Future<Output = Result<Page<M::Item>, Error>> + use<M> {
        let reply = self.reply(method);
        async { reply.await.map(Page::from_reply::<M>) }
    }

    /// Calls a method and returns its result with all that came along: totals, the next page, and what the call cost.
    pub fn reply<M: Method>(
        &self,
        method: &M,
    ) -> impl Future<Output = Result<Reply<M::Output>, Error>> + use<M> {
        drive(Arc::clone(&self.shared), Exchange::new(method))
    }

    /// The portal.
    #[must_use]
    pub fn address(&self) -> &Address {
        self.shared.config.address()
    }
}

/// Shows the portal, and no secret.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let address = format_args!("{}", self.address());
        f.debug_struct("Client")
            .field("address", &address)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use sonet_core::Raw;

    use super::*;

    #[tokio::test]
    async fn a_panic_elsewhere_leaves_the_session_usable() {
        let client = Client::webhook("http://127.0.0.1:1/rest/1/secret/").unwrap();
        let other = client.clone();
        let panicking = std::thread::spawn(move || {
            let _session = other.shared.session();
            panic!("on purpose, with the session locked");
        });
        assert!(panicking.join().is_err() && client.shared.session.is_poisoned());
        let call = Raw::new("test.read", serde_json::Value::Null);
        assert!(client.call(&call).await.unwrap_err().is_connect());
    }
}
