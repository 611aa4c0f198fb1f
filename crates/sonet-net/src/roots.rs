//! The certificate authorities to trust: the operating system's, Mozilla's by feature, and the ones that the user adds.

use std::sync::LazyLock;

use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;
use sonet_core::{Config, Error};

/// All of them, read once: on some systems the operating system's are a large file.
static WELL_KNOWN: LazyLock<Vec<CertificateDer<'static>>> = LazyLock::new(|| {
    #[cfg_attr(not(feature = "webpki-roots"), allow(unused_mut))]
    let mut found = rustls_native_certs::load_native_certs().certs;
    #[cfg(feature = "webpki-roots")]
    found.extend_from_slice(webpki_root_certs::TLS_SERVER_ROOT_CERTS);
    found
});

/// The operating system's certificates, and with the feature `webpki-roots` Mozilla's beside them. What is unreadable among
/// the system's is left out, as every TLS library does.
#[must_use]
pub fn well_known() -> &'static [CertificateDer<'static>] {
    &WELL_KNOWN
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
    if found.is_empty() && config.needs_tls() && well_known().is_empty() {
        return Err(Error::config(
            "CA certificates: the operating system has none to verify the portal with; install them (the package is often \
             named `ca-certificates`), point SSL_CERT_FILE to them, enable the feature `webpki-roots` of the client, or \
             add one with `Config::ca_certificate`",
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

#[cfg(all(test, feature = "webpki-roots"))]
mod tests {
    use super::*;

    #[test]
    fn the_ones_that_are_compiled_in_are_certificates() {
        // Mozilla's list has about 150, each a sequence in DER.
        assert!(well_known().len() > 100);
        assert!(
            well_known()
                .iter()
                .all(|der| der.len() > 300 && der[0] == 0x30)
        );
    }
}
