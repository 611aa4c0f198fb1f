//! The operating system's TLS.

use std::fmt;
use std::sync::{Arc, LazyLock, OnceLock};

use sonet_core::Error;
use sonet_net::roots;
use ureq::config::Config;
use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};
use ureq::unversioned::transport::{ConnectionDetails, Connector, NativeTlsConnector, Transport};

use super::mark::Mark;
use crate::parts::Settings;

/// What every client has that adds no certificate.
static SHARED: LazyLock<Tls> = LazyLock::new(|| Tls::trusting(Vec::new()));

/// ureq's connector, which makes its settings with its first connection. ureq has one for each agent, and wants the
/// authorities when that is made.
#[derive(Clone)]
pub(crate) struct Tls(Arc<Shared>);

#[derive(Default)]
struct Shared {
    mark: Mark,
    extra: Vec<Certificate<'static>>,
    settings: OnceLock<TlsConfig>,
    connector: NativeTlsConnector,
}

impl Tls {
    pub(crate) fn new(config: &sonet_core::Config) -> Result<Self, Error> {
        // A portal without TLS on this machine needs no certificates.
        if config.is_local() {
            return Ok(SHARED.clone());
        }
        let extra = roots::extra(config)?;
        if extra.is_empty() {
            return Ok(SHARED.clone());
        }
        // ureq leaves out what it can't read, and the user would learn of it from a handshake that fails.
        for certificate in &extra {
            native_tls::Certificate::from_der(certificate)
                .map_err(|error| roots::unreadable(&error.to_string()))?;
        }
        let extra = extra
            .iter()
            .map(|der| Certificate::from_der(der).to_owned());
        Ok(Self::trusting(extra.collect()))
    }

    fn trusting(extra: Vec<Certificate<'static>>) -> Self {
        Self(Arc::new(Shared {
            extra,
            ..Shared::default()
        }))
    }

    pub(crate) fn mark(&self, settings: Settings) -> Settings {
        self.0.mark.set(settings, TlsProvider::NativeTls)
    }

    pub(crate) fn is_in(&self, config: &Config) -> bool {
        self.0.mark.is_in(config)
    }
}

impl Shared {
    /// The settings that trust the well-known authorities and the user's own, which are read when they are first needed.
    fn settings(&self) -> TlsConfig {
        let made = self.settings.get_or_init(|| {
            let well_known = roots::well_known().iter();
            let roots = well_known.map(|der| Certificate::from_der(der).to_owned());
            let roots = roots.chain(self.extra.iter().cloned()).collect();
            TlsConfig::builder()
                .provider(TlsProvider::NativeTls)
                .root_certs(RootCerts::Specific(Arc::new(roots)))
                .build()
        });
        made.clone()
    }
}

impl<In: Transport> Connector<In> for Tls {
    type Out = <NativeTlsConnector as Connector<In>>::Out;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, ureq::Error> {
        // Of the settings, only these are its own.
        let mut config = Config::builder()
            .proxy(None)
            .input_buffer_size(details.config.input_buffer_size())
            .output_buffer_size(details.config.output_buffer_size());
        if details.needs_tls() {
            config = config.tls_config(self.0.settings());
        }
        let details = ConnectionDetails {
            uri: details.uri,
            addrs: details.addrs.clone(),
            config: &config.build(),
            request_level: false,
            resolver: details.resolver,
            now: details.now,
            timeout: details.timeout,
            current_time: Arc::clone(&details.current_time),
            run_connector: Arc::clone(&details.run_connector),
            register_shutdown: Arc::clone(&details.register_shutdown),
        };
        self.0.connector.connect(&details, chained)
    }
}

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tls").finish_non_exhaustive()
    }
}
