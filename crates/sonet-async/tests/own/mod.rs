//! HTTP clients as users build them.

use std::sync::Arc;

use reqwest::redirect::Policy;
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};

/// One that follows redirects, or not. It retries what reqwest retries by default.
pub(crate) fn http(policy: Policy) -> reqwest::Client {
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    reqwest::Client::builder()
        .redirect(policy)
        .tls_backend_preconfigured(tls)
        .build()
        .unwrap()
}
