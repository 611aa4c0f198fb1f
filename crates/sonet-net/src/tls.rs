//! TLS in Rust, set up the same way for both clients, and once for all clients of a process.
//!
//! What a client trusts is read and parsed by the first handshake of the process, not by the client's set-up: a program
//! that calls no portal reads nothing, and 1,000 clients read no more than one.

use std::fmt;
use std::sync::{Arc, LazyLock, OnceLock};

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, OtherError, RootCertStore,
    SignatureScheme,
};
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use sonet_core::{Config, Error};

use crate::roots;

/// The well-known authorities, read and parsed once for the process.
static WELL_KNOWN: LazyLock<Arc<RootCertStore>> = LazyLock::new(|| {
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(roots::read());
    Arc::new(store)
});

/// What every client has that adds no certificate. They resume each other's sessions.
static SHARED: LazyLock<Result<Arc<ClientConfig>, rustls::Error>> =
    LazyLock::new(|| trusting(Vec::new()));

/// Settings that trust the well-known authorities and those of [`Config::ca_certificate`], and that name no protocol.
///
/// Clients that add no certificate share one value. Nothing is read before the first handshake.
///
/// # Errors
///
/// A certificate of the user's is unusable, or there is none to trust at all.
pub fn client_config(config: &Config) -> Result<Arc<ClientConfig>, Error> {
    // A portal on this machine has no TLS, but reqwest without a provider wants to be told of one, and panics otherwise.
    let extra = if config.is_local() {
        Vec::new()
    } else {
        roots::extra(config)?
    };
    if extra.is_empty() {
        return SHARED.clone().map_err(|error| unusable(&error));
    }
    let mut store = RootCertStore::empty();
    for certificate in &extra {
        store
            .add(certificate.clone())
            .map_err(|error| roots::unreadable(&error.to_string()))?;
    }
    trusting(store.roots).map_err(|error| unusable(&error))
}

fn unusable(error: &rustls::Error) -> Error {
    Error::config(format!("TLS: it could not be set up: {error}"))
}

type Anchors = Vec<rustls_pki_types::TrustAnchor<'static>>;

fn trusting(extra: Anchors) -> Result<Arc<ClientConfig>, rustls::Error> {
    // The provider is named here, so that neither a default of the process nor another crate's features decide.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let authorities = Authorities {
        provider: Arc::clone(&provider),
        extra,
        verifier: OnceLock::new(),
    };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(authorities))
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// rustls' own verifier, made when the first certificate is to be verified.
struct Authorities {
    provider: Arc<CryptoProvider>,
    extra: Anchors,
    verifier: OnceLock<Result<Arc<WebPkiServerVerifier>, rustls::Error>>,
}

impl Authorities {
    fn verifier(&self) -> Result<&WebPkiServerVerifier, rustls::Error> {
        let made = self.verifier.get_or_init(|| {
            let mut store = Arc::clone(&WELL_KNOWN);
            if !self.extra.is_empty() {
                let all = store.roots.iter().chain(&self.extra);
                store = Arc::new(all.cloned().collect());
            }
            if store.is_empty() {
                return Err(CertificateError::Other(OtherError(Arc::new(NoAuthority))).into());
            }
            WebPkiServerVerifier::builder_with_provider(store, Arc::clone(&self.provider))
                .build()
                .map_err(|error| rustls::Error::General(error.to_string()))
        });
        made.as_deref().map_err(Clone::clone)
    }
}

impl ServerCertVerifier for Authorities {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.verifier()?
            .verify_server_cert(end_entity, intermediates, name, ocsp, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signature, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

impl fmt::Debug for Authorities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authorities")
            .field("extra", &self.extra.len())
            .finish_non_exhaustive()
    }
}

/// Why no certificate can be verified where the system has a place for authorities, and none there.
#[derive(Debug)]
pub(crate) struct NoAuthority;

impl fmt::Display for NoAuthority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(roots::NONE)
    }
}

impl std::error::Error for NoAuthority {}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn of(portal: &str) -> Arc<ClientConfig> {
        client_config(&Config::webhook(portal).unwrap()).unwrap()
    }

    #[test]
    fn all_clients_that_add_no_certificate_share_their_settings() {
        let one = of("https://one.example.com/rest/1/secret/");
        let other = of("https://other.example.com/rest/1/secret/");
        assert!(Arc::ptr_eq(&one, &other));
        assert!(Arc::ptr_eq(&one, &of("http://127.0.0.1/rest/1/secret/")));
    }
}
