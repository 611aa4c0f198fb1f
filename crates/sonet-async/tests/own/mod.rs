//! HTTP clients as users build them.
#![allow(dead_code, reason = "each test file uses a part")]

use reqwest::redirect::Policy;

/// One that follows redirects, or not. It retries what reqwest retries by default.
pub(crate) fn http(policy: Policy) -> reqwest::Client {
    builder(policy).build().unwrap()
}

/// The same, to be changed.
pub(crate) fn builder(policy: Policy) -> reqwest::ClientBuilder {
    let builder = reqwest::Client::builder().redirect(policy);
    // Without a provider in the process, reqwest wants to be given one.
    #[cfg(feature = "rustls")]
    let builder = {
        use std::sync::Arc;

        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth();
        builder.tls_backend_preconfigured(tls)
    };
    builder
}
