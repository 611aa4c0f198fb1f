//! How a client is set up. Both clients take the same.

use std::time::Duration;

use crate::{Address, Credential, Error, Secret};

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
}

impl Config {
    /// Calls through an incoming webhook: `https://example.bitrix24.com/rest/1/secret/`.
    ///
    /// The address is a password: it is checked here, and no error shows it.
    ///
    /// See <https://apidocs.bitrix24.com/local-integrations/local-webhooks.html>.
    pub fn webhook(address: &str) -> Result<Self, Error> {
        let (address, credential) = Address::parse_webhook(address)?;
        Ok(Self::new(address, credential))
    }

    /// Calls with an access token, as long as it lasts.
    ///
    /// See <https://apidocs.bitrix24.com/settings/how-to-call-rest-api/authorization.html>.
    pub fn token(portal: &str, token: impl Into<Secret>) -> Result<Self, Error> {
        let token = token.into();
        if token.expose().is_empty() {
            return Err(Error::address("the access token is empty"));
        }
        Ok(Self::new(Address::parse(portal)?, Credential::Token(token)))
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
        }
    }

    /// Names the program to the portal: `my-integration/1.0`. Default: this library and its version.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = name.into();
        self
    }

    /// Bounds the time to connect, TLS included. Default: 10 seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Bounds the time from sending to the last byte of the answer. Default: 75 seconds, since the portal itself cuts a
    /// request after 60 and its own answer says more than a timeout.
    pub fn answer_timeout(mut self, timeout: Duration) -> Self {
        self.answer_timeout = timeout;
        self
    }

    /// Bounds the size of an answer, decompressed. Default: 64 MiB. What is decoded of it comes on top: little for typed
    /// answers, some twenty times as much for a `Raw` one that is kept as JSON values.
    pub fn body_limit(mut self, bytes: u64) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Trusts one more certificate authority beside the operating system's, in PEM: for a portal on premises.
    pub fn ca_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.ca_certificates.push(pem.into());
        self
    }

    /// The portal.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
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
