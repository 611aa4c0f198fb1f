//! Why a request failed, told by the types of TLS libraries.

use std::error::Error;

use sonet_core::Cause;

/// Tells what can't change by itself, such as a certificate that is not trusted, from what another attempt may not meet.
///
/// An HTTP client's error keeps what it comes from among its sources: an error of the TLS library, or of the system. That is
/// what the text tells, and not what the client says around it.
#[must_use]
pub fn cause(error: &(dyn Error + 'static)) -> Cause {
    Cause::chain(error)
        .find_map(of_tls)
        .map_or_else(|| Cause::of(error), |make| make(error))
        .wrapped()
}

/// What makes the cause of an HTTP client's error.
type Make = fn(&(dyn Error + 'static)) -> Cause;

/// What an error of a TLS library means, if it is one that can't change by itself.
#[allow(unused_variables, reason = "without TLS, there is no such error")]
fn of_tls(error: &(dyn Error + 'static)) -> Option<Make> {
    #[cfg(feature = "rustls")]
    if let Some(error) = error.downcast_ref::<rustls::Error>() {
        return of_rustls(error);
    }
    #[cfg(feature = "native-tls")]
    if error.is::<native_tls::Error>() {
        return of_native_tls(&error.to_string());
    }
    None
}

#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod make {
    use std::error::Error;

    use sonet_core::{Cause, CertificateProblem};

    pub(super) fn untrusted(error: &(dyn Error + 'static)) -> Cause {
        Cause::certificate(CertificateProblem::Untrusted, error)
    }

    pub(super) fn expired(error: &(dyn Error + 'static)) -> Cause {
        Cause::certificate(CertificateProblem::Expired, error)
    }

    pub(super) fn other_name(error: &(dyn Error + 'static)) -> Cause {
        Cause::certificate(CertificateProblem::OtherName, error)
    }

    pub(super) fn invalid(error: &(dyn Error + 'static)) -> Cause {
        Cause::certificate(CertificateProblem::Invalid, error)
    }
}

#[cfg(feature = "rustls")]
fn of_rustls(error: &rustls::Error) -> Option<Make> {
    use rustls::{AlertDescription as Alert, CertificateError as Certificate, Error};

    Some(match error {
        Error::InvalidCertificate(problem) => match problem {
            // A certificate that is given for an authority of the same name is told by its signature.
            Certificate::UnknownIssuer | Certificate::BadSignature => make::untrusted,
            Certificate::Expired
            | Certificate::ExpiredContext { .. }
            | Certificate::NotValidYet
            | Certificate::NotValidYetContext { .. } => make::expired,
            Certificate::NotValidForName | Certificate::NotValidForNameContext { .. } => {
                make::other_name
            }
            #[cfg(feature = "roots")]
            Certificate::Other(why) if why.0.is::<crate::tls::NoAuthority>() => no_authority,
            _ => make::invalid,
        },
        Error::NoCertificatesPresented => make::invalid,
        // What came is no message of TLS, or of no version or cipher that both sides speak.
        Error::InvalidMessage(_)
        | Error::PeerIncompatible(_)
        | Error::AlertReceived(Alert::ProtocolVersion | Alert::HandshakeFailure) => Cause::no_tls,
        _ => return None,
    })
}

/// What rustls makes of it says less.
#[cfg(all(feature = "rustls", feature = "roots"))]
fn no_authority(_: &(dyn Error + 'static)) -> Cause {
    make::untrusted(&crate::tls::NoAuthority)
}

/// The operating system's library tells by its text only. That of OpenSSL is understood; another one's counts as a failure
/// that may pass.
#[cfg(feature = "native-tls")]
fn of_native_tls(text: &str) -> Option<Make> {
    if text.contains("wrong version number") || text.contains("unsupported protocol") {
        return Some(Cause::no_tls);
    }
    if !text.contains("certificate verify failed") {
        return None;
    }
    let is = |reasons: &[&str]| reasons.iter().any(|reason| text.contains(reason));
    Some(
        if is(&["certificate has expired", "certificate is not yet valid"]) {
            make::expired
        } else if is(&["hostname mismatch", "IP address mismatch"]) {
            make::other_name
        } else if is(&[
            "unable to get local issuer certificate",
            "unable to get issuer certificate",
            "unable to verify the first certificate",
            "self-signed certificate",
            "self signed certificate",
            "certificate signature failure",
        ]) {
            make::untrusted
        } else {
            make::invalid
        },
    )
}

#[cfg(test)]
mod tests {
    #[cfg(feature = "rustls")]
    #[test]
    fn what_rustls_says_is_told_through_what_wraps_it() {
        use std::io;

        use rustls::{CertificateError, Error};
        use sonet_core::{CauseKind, CertificateProblem};

        let kind = |error: Error| {
            let wrapped = io::Error::new(io::ErrorKind::InvalidData, error);
            super::cause(&io::Error::other(wrapped)).kind()
        };
        for (problem, expected) in [
            (
                CertificateError::UnknownIssuer,
                CertificateProblem::Untrusted,
            ),
            (
                CertificateError::BadSignature,
                CertificateProblem::Untrusted,
            ),
            (CertificateError::Expired, CertificateProblem::Expired),
            (CertificateError::NotValidYet, CertificateProblem::Expired),
            (
                CertificateError::NotValidForName,
                CertificateProblem::OtherName,
            ),
            (CertificateError::Revoked, CertificateProblem::Invalid),
        ] {
            let kind = kind(Error::InvalidCertificate(problem));
            assert_eq!(kind, CauseKind::Certificate(expected));
        }
        let garbage = Error::InvalidMessage(rustls::InvalidMessage::InvalidContentType);
        assert_eq!(kind(garbage), CauseKind::NoTls);
        assert_eq!(kind(Error::DecryptError), CauseKind::Other);
    }

    #[cfg(feature = "native-tls")]
    #[test]
    fn what_openssl_says_is_told_by_its_text() {
        use std::io;

        use sonet_core::{CauseKind, CertificateProblem};

        let kind =
            |text: &str| super::of_native_tls(text).map(|make| make(&io::Error::other("")).kind());
        let failed = |reason: &str| {
            format!(
                "error:0A000086:SSL routines:tls_post_process_server_certificate:certificate verify failed:\
                 ../ssl/statem/statem_clnt.c:2103: ({reason})"
            )
        };
        for (reason, expected) in [
            (
                "unable to get local issuer certificate",
                CertificateProblem::Untrusted,
            ),
            (
                "self-signed certificate in certificate chain",
                CertificateProblem::Untrusted,
            ),
            ("certificate has expired", CertificateProblem::Expired),
            ("hostname mismatch", CertificateProblem::OtherName),
            ("IP address mismatch", CertificateProblem::OtherName),
            ("certificate revoked", CertificateProblem::Invalid),
        ] {
            assert_eq!(
                kind(&failed(reason)),
                Some(CauseKind::Certificate(expected))
            );
        }
        let http = "error:0A00010B:SSL routines:ssl3_get_record:wrong version number:../ssl/record/ssl3_record.c:354:";
        assert_eq!(kind(http), Some(CauseKind::NoTls));
        assert_eq!(kind("unexpected EOF"), None);
    }
}
