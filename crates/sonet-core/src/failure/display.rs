//! Causes as text: one sentence, with the host.

use std::fmt;

use super::{Cause, CauseKind, CertificateProblem};

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.host.as_deref().unwrap_or("the server");
        let why = self.why();
        match self.kind {
            CauseKind::UnknownHost => write!(
                f,
                "there is no host named {host} ({why}); correct the address, or that of the proxy if there is one"
            ),
            CauseKind::Certificate(problem) => {
                let (what, advice) = about_certificate(problem);
                write!(f, "the certificate of {host} {what} ({why}); {advice}")
            }
            CauseKind::NoTls => write!(
                f,
                "{host} does not speak TLS at this port as this client does ({why}); correct the port, or the scheme if \
                 the server has no https"
            ),
            CauseKind::Timeout if self.is_wrapped => write!(f, "{host} took too long"),
            CauseKind::Other if self.is_closed() && self.is_wrapped => {
                write!(f, "the connection to {host} was closed too early")
            }
            CauseKind::Other if self.is_wrapped => {
                write!(f, "the connection to {host} failed: {why}")
            }
            CauseKind::Timeout | CauseKind::BodyLimit | CauseKind::Other => f.write_str(why),
        }
    }
}

impl Cause {
    /// What is told of the error: what an HTTP client says around it is left out.
    fn why(&self) -> &str {
        if self.is_wrapped {
            &self.root
        } else {
            &self.text
        }
    }
}

/// What is wrong with a certificate, and what to do about it.
fn about_certificate(problem: CertificateProblem) -> (&'static str, &'static str) {
    match problem {
        CertificateProblem::Untrusted => (
            "is not trusted",
            "if a private authority has signed it, add that authority with `Config::ca_certificate`",
        ),
        CertificateProblem::Expired => (
            "is not valid now",
            "renew it, or set the clock of this machine",
        ),
        CertificateProblem::OtherName => (
            "is for another host",
            "give the address with a host that the certificate names",
        ),
        CertificateProblem::Invalid => (
            "can't be used",
            "the server needs another one; if a private authority is to sign it, add that with `Config::ca_certificate`",
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::redact::Redactor;

    #[test]
    fn what_cannot_change_names_the_host_and_what_to_do() {
        let error = io::Error::other("why");
        let says = |cause: Cause| {
            cause
                .at(Some("portal.example.com"), &Redactor(&[]))
                .to_string()
        };
        insta::assert_snapshot!(says(Cause::unknown_host(&error)), @"there is no host named portal.example.com (why); correct the address, or that of the proxy if there is one");
        insta::assert_snapshot!(says(Cause::certificate(CertificateProblem::Untrusted, &error)), @"the certificate of portal.example.com is not trusted (why); if a private authority has signed it, add that authority with `Config::ca_certificate`");
        insta::assert_snapshot!(says(Cause::certificate(CertificateProblem::Expired, &error)), @"the certificate of portal.example.com is not valid now (why); renew it, or set the clock of this machine");
        insta::assert_snapshot!(says(Cause::certificate(CertificateProblem::OtherName, &error)), @"the certificate of portal.example.com is for another host (why); give the address with a host that the certificate names");
        insta::assert_snapshot!(says(Cause::no_tls(&error)), @"portal.example.com does not speak TLS at this port as this client does (why); correct the port, or the scheme if the server has no https");
        assert_eq!(says(Cause::other(&error)), "why");
        let wrapped = |cause: Cause| says(cause.wrapped());
        insta::assert_snapshot!(wrapped(Cause::other(&error)), @"the connection to portal.example.com failed: why");
        insta::assert_snapshot!(wrapped(Cause::closed(&error)), @"the connection to portal.example.com was closed too early");
        insta::assert_snapshot!(wrapped(Cause::timeout(&error)), @"portal.example.com took too long");
    }
}
