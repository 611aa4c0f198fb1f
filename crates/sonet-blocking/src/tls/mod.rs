//! TLS for the connections that the client opens itself, set up once for all clients of a process.
//!
//! Each kind of TLS has the same face. `Tls::mark` leaves a mark in the settings of an agent, and `Tls::is_in` finds it
//! there: a user who has set up TLS in another way has replaced it.

#[cfg(feature = "rustls")]
mod in_rust;
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
mod none;
#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
mod of_the_system;

#[cfg(feature = "rustls")]
pub(crate) use in_rust::Tls;
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
pub(crate) use none::Tls;
#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
pub(crate) use of_the_system::Tls;

#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod mark {
    use std::sync::Arc;

    use ureq::config::Config;
    use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};

    use crate::parts::Settings;

    /// Certificates that are told from others by where they are. There are none in it.
    #[derive(Debug, Clone, Default)]
    pub(super) struct Mark(Arc<Vec<Certificate<'static>>>);

    impl Mark {
        pub(super) fn set(&self, settings: Settings, provider: TlsProvider) -> Settings {
            let roots = RootCerts::Specific(Arc::clone(&self.0));
            let tls = TlsConfig::builder().provider(provider).root_certs(roots);
            settings.tls_config(tls.build())
        }

        pub(super) fn is_in(&self, config: &Config) -> bool {
            let roots = config.tls_config().root_certs();
            matches!(roots, RootCerts::Specific(roots) if Arc::ptr_eq(roots, &self.0))
        }
    }
}
