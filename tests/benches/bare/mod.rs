//! What bare reqwest runs on.

use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::Policy;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio::runtime::{Builder, Runtime};

/// A runtime of one thread.
pub(crate) fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

/// An HTTP client set up as `sonet-async` sets up its own. It trusts an authority, which is in PEM, if any.
pub(crate) fn http(authority: Option<&str>) -> reqwest::Client {
    reqwest::Client::builder()
        .tls_backend_preconfigured(trusting(authority))
        .http1_only()
        .redirect(Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .no_proxy()
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_secs(60))
        .pool_idle_timeout(Duration::from_secs(15))
        .build()
        .unwrap()
}

fn trusting(authority: Option<&str>) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    if let Some(authority) = authority {
        let authority = CertificateDer::from_pem_slice(authority.as_bytes());
        roots.add(authority.unwrap()).unwrap();
    }
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth()
}
