//! TLS for the HTTP client that the client makes itself.

use reqwest::ClientBuilder;
use sonet_core::{Config, Error};
#[cfg(not(feature = "rustls"))]
use {
    native_tls::{Certificate, TlsConnector},
    sonet_net::roots,
    std::sync::LazyLock,
};

/// Trusts the well-known certificate authorities and the user's own. They are read by the first handshake of the process.
#[cfg(feature = "rustls")]
pub(crate) fn apply(builder: ClientBuilder, config: &Config) -> Result<ClientBuilder, Error> {
    // What is large in it stays shared.
    let tls = sonet_net::tls::client_config(config)?;
    Ok(builder.tls_backend_preconfigured((*tls).clone()))
}

/// What every client has that adds no certificate.
#[cfg(not(feature = "rustls"))]
static SHARED: LazyLock<native_tls::Result<TlsConnector>> = LazyLock::new(|| connector(Vec::new()));

/// Trusts the well-known certificate authorities and the user's own. They are read by the first client of the process.
#[cfg(not(feature = "rustls"))]
pub(crate) fn apply(builder: ClientBuilder, config: &Config) -> Result<ClientBuilder, Error> {
    let unusable =
        |error: &native_tls::Error| Error::config(format!("TLS: it could not be set up: {error}"));
    if config.is_local() {
        return Ok(builder);
    }
    let mut extra = Vec::new();
    for certificate in roots::extra(config)? {
        let certificate = Certificate::from_der(&certificate);
        extra.push(certificate.map_err(|error| roots::unreadable(&error.to_string()))?);
    }
    let tls = if extra.is_empty() {
        SHARED.as_ref().map_err(unusable)?.clone()
    } else {
        connector(extra).map_err(|error| unusable(&error))?
    };
    Ok(builder.tls_backend_preconfigured(tls))
}

#[cfg(not(feature = "rustls"))]
fn connector(extra: Vec<Certificate>) -> native_tls::Result<TlsConnector> {
    let mut tls = TlsConnector::builder();
    tls.disable_built_in_roots(true);
    for certificate in roots::well_known() {
        // What the system's own library can't read is left out, as rustls does.
        if let Ok(certificate) = Certificate::from_der(certificate) {
            tls.add_root_certificate(certificate);
        }
    }
    for certificate in extra {
        tls.add_root_certificate(certificate);
    }
    tls.build()
}
