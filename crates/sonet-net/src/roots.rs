//! The certificate authorities to trust: the operating system's, and the ones that the user adds.

use std::sync::LazyLock;

use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;
use sonet_core::{Config, Error};

/// The operating system's, read once: on some systems they are a large file.
static SYSTEM: LazyLock<Vec<CertificateDer<'static>>> =
    LazyLock::new(|| rustls_native_certs::load_native_certs().certs);

/// The operating system's certificates. What is unreadable among them is left out, as every TLS library does.
#[must_use]
pub fn system() -> &'static [CertificateDer<'static>] {
    &SYSTEM
}

/// The user's own certificates.
pub fn extra(config: &Config) -> Result<Vec<CertificateDer<'static>>, Error> {
    let mut found = Vec::new();
    for pem in config.extra_certificates() {
        let before = found.len();
        for certificate in CertificateDer::pem_slice_iter(pem) {
            found.push(certificate.map_err(|error| unreadable(&error.to_string()))?);
        }
        if found.len() == before {
            return Err(unreadable("it contains no certificate"));
        }
    }
    if found.is_empty() && config.needs_tls() && system().is_empty() {
        return Err(Error::config(
            "CA certificates: the operating system has none to verify the portal with; install them (the \
             package is often named `ca-certificates`), point SSL_CERT_FILE to them, or add one with \
             `Config::ca_certificate`",
        ));
    }
    Ok(found)
}

/// The error for a certificate of the user's that can't be used.
#[must_use]
pub fn unreadable(problem: &str) -> Error {
    Error::config(format!(
        "CA certificate (`Config::ca_certificate`): it is unusable: {problem}; give the text of a PEM file, which \
         begins with -----BEGIN CERTIFICATE-----"
    ))
}
