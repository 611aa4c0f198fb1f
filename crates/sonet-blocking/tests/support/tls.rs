//! A certificate authority of its own, and a server with a certificate from it.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// A server's certificate for `localhost` and `portal.invalid`, its key, and the authority that issued it.
pub(crate) struct Identity {
    /// The authority, in PEM.
    pub(crate) authority: String,
    certificate: CertificateDer<'static>,
    key: Vec<u8>,
}

impl Identity {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    /// The same with a certificate that is not valid any more.
    pub(crate) fn expired() -> Self {
        Self::with(|params| params.not_after = rcgen::date_time_ymd(2020, 1, 1))
    }

    fn with(change: impl FnOnce(&mut CertificateParams)) -> Self {
        let authority_key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params
            .distinguished_name
            .push(DnType::CommonName, "private authority");
        let authority = params.self_signed(&authority_key).unwrap().pem();
        let issuer = Issuer::new(params, authority_key);

        let key = KeyPair::generate().unwrap();
        let names = ["localhost", "portal.invalid"].map(str::to_owned);
        let mut params = CertificateParams::new(names).unwrap();
        // Authorities of one name are told apart by it.
        params.use_authority_key_identifier_extension = true;
        change(&mut params);
        let certificate = params.signed_by(&key, &issuer).unwrap().der().clone();
        Self {
            authority,
            certificate,
            key: key.serialize_der(),
        }
    }

    pub(crate) fn server_config(&self) -> Arc<ServerConfig> {
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.key.clone()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![self.certificate.clone()], key)
            .unwrap();
        Arc::new(config)
    }
}
