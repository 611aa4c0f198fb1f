//! How a client is set up. Both clients take the same.

mod cleartext;
mod credentials;
mod limits;
mod proxy;
mod redirects;
mod timeouts;

use std::sync::Arc;
use std::time::Duration;

pub use proxy::ProxySetting;
pub(crate) use timeouts::{SHORTEST, clamp};

use crate::address::CleartextHosts;
use crate::credential::Credential;
use crate::progress::Hook;
use crate::{Address, Backoff, Limits, Progress, Rate, RetryPolicy};

/// Where the portal is, who calls, and within which bounds.
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use std::time::Duration;
/// use sonet_async::Config;
///
/// let config = Config::webhook("https://example.bitrix24.com/rest/1/secret/")?
///     .response_timeout(Duration::from_secs(30));
/// # Ok::<(), sonet_async::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Config {
    pub(crate) address: Address,
    pub(crate) credential: Credential,
    pub(crate) user_agent: String,
    pub(crate) connect_timeout: Duration,
    pub(crate) response_timeout: Duration,
    pub(crate) body_limit: u64,
    pub(crate) ca_certificates: Vec<Vec<u8>>,
    pub(crate) call_timeout: Option<Duration>,
    pub(crate) retry: Arc<dyn RetryPolicy>,
    pub(crate) rate: Option<Rate>,
    pub(crate) limits: Option<Limits>,
    pub(crate) operating_limit: Option<Duration>,
    pub(crate) redirect_hosts: Vec<String>,
    pub(crate) cleartext_hosts: CleartextHosts,
    pub(crate) proxy: ProxySetting,
    pub(crate) proxy_bypass: Vec<String>,
    pub(crate) seed: Option<u64>,
    pub(crate) progress: Option<Hook>,
    pub(crate) trace_parameters: bool,
    pub(crate) debug_excerpts: bool,
}

impl Config {
    fn new(address: Address, credential: Credential) -> Self {
        Self {
            address,
            credential,
            user_agent: concat!("sonet/", env!("CARGO_PKG_VERSION")).to_owned(),
            connect_timeout: Duration::from_secs(10),
            response_timeout: Duration::from_secs(75),
            body_limit: 64 * 1024 * 1024,
            ca_certificates: Vec::new(),
            call_timeout: None,
            retry: Arc::new(Backoff::new()),
            rate: None,
            limits: None,
            operating_limit: Some(Duration::from_secs(480)),
            redirect_hosts: Vec::new(),
            cleartext_hosts: CleartextHosts::default(),
            proxy: ProxySetting::default(),
            proxy_bypass: Vec::new(),
            seed: None,
            progress: None,
            trace_parameters: false,
            debug_excerpts: false,
        }
    }

    /// Names the program to the portal: `my-integration/1.0`. Default: this library and its version.
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = name.into();
        self
    }

    /// Decides whether and when a call that failed is made again. Default: [`Backoff`]. [`NoRetry`](crate::NoRetry)
    /// makes every call once.
    pub fn retry(mut self, policy: impl RetryPolicy) -> Self {
        self.retry = Arc::new(policy);
        self
    }

    /// Calls a function with everything that happens to a call: attempts, waiting and its reason, failures, moves. It is
    /// called in the midst of calls, so it should be quick; it may make calls of its own. Events of a refresh come on the
    /// refresh's own thread: a call that is waited for there waits for that very refresh, until another may take over.
    pub fn on_progress(mut self, hook: impl Fn(&Progress<'_>) + Send + Sync + 'static) -> Self {
        self.progress = Some(Hook::new(hook));
        self
    }

    /// Writes the beginning of each call's parameters to `tracing`, where that feature is on, at the level `TRACE`. Default:
    /// no. The webhook's secret and the token are masked; whatever else is secret in the parameters is not, nor are the
    /// names of people.
    pub fn trace_parameters(mut self, trace: bool) -> Self {
        self.trace_parameters = trace;
        self
    }

    /// Shows in the `Debug` of an error what could not be read of an answer: [`Error::excerpt`](crate::Error::excerpt).
    /// Default: no, because it may hold names, e-mail addresses and whatever else the portal knows of people, and
    /// `Debug` is what programs log. The error's text, its `Display`, never shows it. The webhook's secret and the
    /// token are masked in any case.
    pub fn debug_excerpts(mut self, show: bool) -> Self {
        self.debug_excerpts = show;
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
    /// An answer that is too large is [`Error::is_body_limit`](crate::Error::is_body_limit), and the method may have
    /// run.
    pub fn body_limit(mut self, bytes: u64) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Trusts one more certificate authority beside the operating system's, in PEM: for a portal on premises.
    ///
    /// A portal whose certificate is signed by none that is trusted gives
    /// [`ErrorKind::Certificate`](crate::ErrorKind::Certificate) at the first call, and is not tried again.
    pub fn ca_certificate(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.ca_certificates.push(pem.into());
        self
    }

    /// The portal, as it was set up.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// For drivers: the bound on connecting.
    #[doc(hidden)]
    #[must_use]
    pub fn connect_bound(&self) -> Duration {
        self.connect_timeout
    }

    /// For drivers: the bound on an answer, unless a call has another.
    #[doc(hidden)]
    #[must_use]
    pub fn response_bound(&self) -> Duration {
        self.response_timeout
    }

    /// For drivers: the certificates to trust beside the operating system's, in PEM.
    #[doc(hidden)]
    #[must_use]
    pub fn extra_certificates(&self) -> &[Vec<u8>] {
        &self.ca_certificates
    }
}
