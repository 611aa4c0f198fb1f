//! What kinds of causes there are.

/// What kind of cause it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CauseKind {
    /// Time ran out: connecting, or waiting for the answer.
    Timeout,
    /// The answer was larger than the limit.
    BodyLimit,
    /// The name system says for good that there is no such host. Trying again would not change it.
    UnknownHost,
    /// The server's certificate was refused. Trying again would not change it.
    Certificate(CertificateProblem),
    /// The server does not speak TLS at this port, or no version of it that this client speaks. Trying again would not
    /// change it.
    NoTls,
    /// Anything else, such as a refused or a broken connection: the source may tell.
    Other,
}

/// What is wrong with a server's certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CertificateProblem {
    /// No authority that is trusted has signed it. [`crate::Config::ca_certificate`] trusts another one.
    Untrusted,
    /// It has expired, or is not valid yet.
    Expired,
    /// It is for another host.
    OtherName,
    /// It can't be used for another reason, such as a wrong signature.
    Invalid,
}

impl CauseKind {
    /// Whether the same request would fail in the same way again.
    pub(crate) fn is_permanent(self) -> bool {
        matches!(
            self,
            Self::UnknownHost | Self::Certificate(_) | Self::NoTls | Self::BodyLimit
        )
    }
}

/// What is wrong with a certificate, and what to do about it.
pub(super) fn about_certificate(problem: CertificateProblem) -> (&'static str, &'static str) {
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
