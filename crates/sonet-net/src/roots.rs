//! The certificate authorities to trust: the operating system's, Mozilla's by feature, and the ones that the user adds.

use std::sync::LazyLock;

use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;
use sonet_core::{Config, Error};

/// The operating system's certificates, and with the feature `webpki-roots` Mozilla's beside them. What is unreadable among
/// the system's is left out, as every TLS library does.
///
/// Reading takes milliseconds, since on some systems the operating system's are a large file. What calls this keeps the
/// result for the whole process.
pub(crate) fn read() -> Vec<CertificateDer<'static>> {
    #[cfg_attr(not(feature = "webpki-roots"), allow(unused_mut))]
    let mut found = rustls_native_certs::load_native_certs().certs;
    #[cfg(feature = "webpki-roots")]
    found.extend_from_slice(webpki_root_certs::TLS_SERVER_ROOT_CERTS);
    found
}

/// All of them, read once, by whoever asks first.
static WELL_KNOWN: LazyLock<Vec<CertificateDer<'static>>> = LazyLock::new(read);

/// The operating system's certificates and Mozilla's, for a TLS library that keeps nothing of its own.
#[must_use]
pub fn well_known() -> &'static [CertificateDer<'static>] {
    &WELL_KNOWN
}

/// The user's own certificates.
///
/// # Errors
///
/// One of them is unusable, or there is none of the user's and certainly none of the system's. The latter is told by where
/// the system keeps them; nothing is read.
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
    if found.is_empty() && config.needs_tls() && !are_likely() {
        return Err(Error::config(NONE));
    }
    Ok(found)
}

/// What to do where nothing can be trusted.
pub(crate) const NONE: &str = "CA certificates: the operating system has none to verify the portal with; install them \
     (the package is often named `ca-certificates`), point SSL_CERT_FILE to them, enable the feature `webpki-roots` of \
     the client, or add one with `Config::ca_certificate`";

/// Whether there is a place to read authorities from.
fn are_likely() -> bool {
    cfg!(feature = "webpki-roots") || place::exists()
}

/// Where Unix systems keep authorities: what `rustls-native-certs` would read there.
#[cfg(all(unix, not(target_vendor = "apple")))]
mod place {
    use std::env;
    use std::path::Path;
    use std::sync::LazyLock;

    /// Asked once: it takes the system some twenty look-ups of files.
    static EXISTS: LazyLock<bool> = LazyLock::new(|| {
        let (file, directories) = (env::var_os("SSL_CERT_FILE"), env::var_os("SSL_CERT_DIR"));
        if file.is_none() && directories.is_none() {
            let found = openssl_probe::probe();
            let mut places = found.cert_file.into_iter().chain(found.cert_dir);
            return places.any(|place| may_hold(&place));
        }
        let directories = directories.iter().flat_map(env::split_paths);
        let mut places = file.iter().map(Into::into).chain(directories);
        places.any(|place: std::path::PathBuf| may_hold(&place))
    });

    pub(super) fn exists() -> bool {
        *EXISTS
    }

    /// Whether a file has content; a directory may.
    fn may_hold(place: &Path) -> bool {
        place
            .metadata()
            .is_ok_and(|found| found.is_dir() || found.len() > 0)
    }
}

/// Elsewhere, authorities come with the system.
#[cfg(not(all(unix, not(target_vendor = "apple"))))]
mod place {
    pub(super) fn exists() -> bool {
        true
    }
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
