//! Certificates for https, made on the spot.

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls_pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use std::error::Error;
use std::io;
use std::sync::Arc;

/// What every certificate is for.
const OWN_NAMES: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// What a server needs for https, and what its clients need.
pub(super) struct Tls {
    pub(super) config: Arc<ServerConfig>,
    /// The certificate of the authority, for clients to trust.
    pub(super) ca_pem: String,
}

impl Tls {
    /// Makes an authority, and a certificate for these names and for this machine.
    pub(super) fn make(names: &[String]) -> io::Result<Self> {
        let own = OWN_NAMES.iter().map(|name| (*name).to_owned());
        Self::try_make(own.chain(names.iter().cloned()).collect()).map_err(|error| {
            io::Error::other(format!(
                "no certificate could be made for {}: {error}; give names such as portal.test",
                names.join(", ")
            ))
        })
    }

    fn try_make(names: Vec<String>) -> Result<Self, Box<dyn Error>> {
        let mut ca = CertificateParams::new(Vec::new())?;
        ca.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        ca.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        ca.distinguished_name
            .push(DnType::CommonName, "sonet-portal, for tests");
        let ca_key = KeyPair::generate()?;
        let ca_pem = ca.self_signed(&ca_key)?.pem();

        let mut leaf = CertificateParams::new(names)?;
        leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        leaf.use_authority_key_identifier_extension = true;
        leaf.distinguished_name
            .push(DnType::CommonName, "sonet-portal");
        let key = KeyPair::generate()?;
        let certificate = leaf.signed_by(&key, &Issuer::new(ca, ca_key))?;

        let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(vec![certificate.der().clone()], key)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self {
            config: Arc::new(config),
            ca_pem,
        })
    }
}
