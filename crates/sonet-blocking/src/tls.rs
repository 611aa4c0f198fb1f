//! TLS for the agent that the client makes itself.

use std::sync::Arc;

use rustls_pki_types::CertificateDer;
use sonet_core::{Config, Error};
use sonet_net::roots;
use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};

/// Settings that trust the well-known certificate authorities and the user's own.
pub(crate) fn config(config: &Config) -> Result<TlsConfig, Error> {
    let extra = roots::extra(config)?;
    // ureq leaves out what it can't read, and the user would learn of it from a handshake that fails.
    for certificate in &extra {
        check(certificate).map_err(|problem| roots::unreadable(&problem))?;
    }
    let roots = roots::well_known().iter().chain(&extra);
    let roots = roots
        .map(|der| Certificate::from_der(der).to_owned())
        .collect();
    let builder = TlsConfig::builder().root_certs(RootCerts::Specific(Arc::new(roots)));
    #[cfg(feature = "rustls")]
    let builder = builder
        .provider(TlsProvider::Rustls)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()));
    #[cfg(not(feature = "rustls"))]
    let builder = builder.provider(TlsProvider::NativeTls);
    Ok(builder.build())
}

#[cfg(feature = "rustls")]
fn check(certificate: &CertificateDer<'static>) -> Result<(), String> {
    let mut store = rustls::RootCertStore::empty();
    store
        .add(certificate.clone())
        .map_err(|error| error.to_string())
}

#[cfg(not(feature = "rustls"))]
fn check(certificate: &CertificateDer<'static>) -> Result<(), String> {
    let read = native_tls::Certificate::from_der(certificate);
    read.map(drop).map_err(|error| error.to_string())
}
