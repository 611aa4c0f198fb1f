//! TLS for the HTTP client that the client makes itself.

use reqwest::ClientBuilder;
use sonet_core::{Config, Error};
use sonet_net::roots;

/// Trusts the well-known certificate authorities and the user's own.
///
/// Of a portal without TLS it trusts none, and reads none; but reqwest without a provider wants to be told of one, and
/// panics otherwise.
#[cfg(feature = "rustls")]
pub(crate) fn apply(builder: ClientBuilder, config: &Config) -> Result<ClientBuilder, Error> {
    use std::sync::Arc;

    let mut store = rustls::RootCertStore::empty();
    if !config.is_local() {
        store.add_parsable_certificates(roots::well_known().iter().cloned());
        for certificate in roots::extra(config)? {
            store
                .add(certificate)
                .map_err(|error| roots::unreadable(&error.to_string()))?;
        }
    }
    // The provider is named here, so that neither a default of the process nor another crate's features decide.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::config(format!("TLS: it could not be set up: {error}")))?
        .with_root_certificates(store)
        .with_no_client_auth();
    Ok(builder.tls_backend_preconfigured(tls))
}

/// Trusts the well-known certificate authorities and the user's own.
#[cfg(not(feature = "rustls"))]
pub(crate) fn apply(builder: ClientBuilder, config: &Config) -> Result<ClientBuilder, Error> {
    if config.is_local() {
        return Ok(builder);
    }
    let mut tls = native_tls::TlsConnector::builder();
    tls.disable_built_in_roots(true);
    for certificate in roots::well_known() {
        // What the system's own library can't read is left out, as rustls does.
        if let Ok(certificate) = native_tls::Certificate::from_der(certificate) {
            tls.add_root_certificate(certificate);
        }
    }
    for certificate in roots::extra(config)? {
        let certificate = native_tls::Certificate::from_der(&certificate);
        tls.add_root_certificate(
            certificate.map_err(|error| roots::unreadable(&error.to_string()))?,
        );
    }
    let tls = tls.build();
    let tls =
        tls.map_err(|error| Error::config(format!("TLS: it could not be set up: {error}")))?;
    Ok(builder.tls_backend_preconfigured(tls))
}
