//! What kinds of causes there are.

/// What kind of cause it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CauseKind {
    /// Time ran out: connecting, or waiting for the answer.
    Timeout,
    /// The answer was larger than the limit.
    BodyLimit,
    /// The name system says that there is no such host. Trying again would not change it, but Windows and Apple's systems say
    /// so of any host while there is no network: there it is tried again.
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
    /// No authority that is trusted has signed it. [`Config::ca_certificate`](crate::Config::ca_certificate) trusts
    /// another one.
    Untrusted,
    /// It has expired, or is not valid yet.
    Expired,
    /// It is for another host.
    OtherName,
    /// It can't be used for another reason, such as a wrong signature.
    Invalid,
}
