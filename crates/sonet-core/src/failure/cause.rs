//! Why there is no response.

use std::error::Error as StdError;
use std::{fmt, io};

use super::source::Source;
use super::{CauseKind, CertificateProblem, lookup};
use crate::redact::Redactor;

/// Why a request brought no response: the [`source`](StdError::source) of an [`Error`](crate::Error) that has no answer.
///
/// [`Cause::kind`] says what it is, and its text says it in one sentence, with the host. Its own source is a
/// [`std::io::Error`] with the kind and the system's number of the error, if the system reported one or the connection
/// ended too early. Otherwise it is what the HTTP client said, as text: its errors hold addresses, and an address holds the
/// secret.
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use std::error::Error as _;
/// use sonet_async::{Cause, CauseKind, Error};
///
/// fn needs_a_certificate(error: &Error) -> bool {
///     let cause = error.source().and_then(|source| source.downcast_ref::<Cause>());
///     cause.is_some_and(|cause| matches!(cause.kind(), CauseKind::Certificate(_)))
/// }
/// ```
#[derive(Clone)]
pub struct Cause {
    pub(crate) kind: CauseKind,
    /// The error with all that it comes from.
    pub(super) text: String,
    /// What it comes from in the end.
    pub(super) root: String,
    /// Whether an HTTP client wraps what it comes from in words of its own, which say nothing to whoever reads them.
    pub(super) is_wrapped: bool,
    /// Whether the name system can't say otherwise later.
    is_for_good: bool,
    /// The host that was to be reached.
    pub(super) host: Option<String>,
    /// What is behind it, without a text of its own where the system reported it.
    source: Option<Source>,
}

impl Cause {
    fn new(kind: CauseKind, error: &(dyn StdError + 'static)) -> Self {
        let mut found = Self::reported(error);
        let root = Self::chain(error).last().unwrap_or(error);
        Self {
            kind,
            text: in_one_line(error),
            root: root.to_string(),
            is_wrapped: false,
            is_for_good: Self::reported(error).any(lookup::is_unknown_for_good),
            host: None,
            source: found.find_map(Source::of),
        }
    }

    /// What would be decoded of the body is too much.
    pub(crate) fn decoded_limit(bytes: usize, limit: u64) -> Self {
        let limit = limit / (1024 * 1024);
        Self::too_large(format!(
            "the answer of {bytes} bytes has so many values that they might take more than {limit} MiB; raise \
             `Config::body_limit`, or ask for less"
        ))
    }

    fn too_large(text: String) -> Self {
        Self {
            kind: CauseKind::BodyLimit,
            root: text.clone(),
            text,
            is_wrapped: false,
            is_for_good: false,
            host: None,
            source: None,
        }
    }

    /// The errors of the standard library in the chain.
    fn reported<'a>(error: &'a (dyn StdError + 'static)) -> impl Iterator<Item = &'a io::Error> {
        Self::chain(error).filter_map(|error| error.downcast_ref::<io::Error>())
    }

    /// What kind of cause it is.
    #[must_use]
    pub fn kind(&self) -> CauseKind {
        self.kind
    }

    /// The host that was to be reached: the portal's or the token server's.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        self.host.as_deref()
    }

    /// The same of a request that may have left: what happens then is no matter of settings, whatever it looks like.
    pub(crate) fn after_sending(self) -> Self {
        let kind = match self.kind {
            CauseKind::UnknownHost | CauseKind::Certificate(_) | CauseKind::NoTls => {
                CauseKind::Other
            }
            kind @ (CauseKind::Timeout | CauseKind::BodyLimit | CauseKind::Other) => kind,
        };
        Self { kind, ..self }
    }

    /// Whether the same request would fail in the same way again.
    pub(crate) fn is_permanent(&self) -> bool {
        match self.kind {
            CauseKind::UnknownHost => self.is_for_good,
            CauseKind::Certificate(_) | CauseKind::NoTls | CauseKind::BodyLimit => true,
            CauseKind::Timeout | CauseKind::Other => false,
        }
    }

    /// Whether the connection ended before the answer did.
    pub(super) fn is_closed(&self) -> bool {
        matches!(&self.source, Some(Source::Io(io)) if io.kind() == io::ErrorKind::UnexpectedEof)
    }

    /// The same without secrets, of a request to this host.
    pub(crate) fn at(self, host: Option<&str>, redactor: &Redactor<'_>) -> Self {
        let text = redactor.excerpt(&self.text);
        let root = redactor.excerpt(&self.root);
        let chain = (self.is_wrapped && text != root).then(|| Source::chain(&text));
        Self {
            source: self.source.or(chain),
            text,
            root,
            host: host.map(str::to_owned),
            ..self
        }
    }
}

/// For drivers: causes as they tell them.
#[doc(hidden)]
impl Cause {
    /// Time ran out: connecting, or waiting for the answer.
    #[must_use]
    pub fn timeout(error: &(dyn StdError + 'static)) -> Self {
        Self::new(CauseKind::Timeout, error)
    }

    /// The name system says that there is no such host: for good, if the error in the chain says so.
    #[must_use]
    pub fn unknown_host(error: &(dyn StdError + 'static)) -> Self {
        Self::new(CauseKind::UnknownHost, error)
    }

    /// The server's certificate was refused.
    #[must_use]
    pub fn certificate(problem: CertificateProblem, error: &(dyn StdError + 'static)) -> Self {
        Self::new(CauseKind::Certificate(problem), error)
    }

    /// The server does not speak TLS at this port, or no version of it that this client speaks.
    #[must_use]
    pub fn no_tls(error: &(dyn StdError + 'static)) -> Self {
        Self::new(CauseKind::NoTls, error)
    }

    /// The body was larger than [`Outgoing::body_limit`](crate::Outgoing::body_limit).
    #[must_use]
    pub fn body_limit(limit: u64) -> Self {
        Self::too_large(format!(
            "the answer is larger than the limit of {limit} bytes"
        ))
    }

    /// The connection ended before the answer did, which not every HTTP client says with an [`io::Error`].
    #[must_use]
    pub fn closed(error: &(dyn StdError + 'static)) -> Self {
        Self {
            source: Some(Source::io(io::ErrorKind::UnexpectedEof.into())),
            ..Self::other(error)
        }
    }

    /// The same of an HTTP client, which wraps what its error comes from in words of its own: the text has the innermost
    /// error only, and the source has all of them.
    #[must_use]
    pub fn wrapped(self) -> Self {
        Self {
            is_wrapped: true,
            ..self
        }
    }

    /// Anything else.
    #[must_use]
    pub fn other(error: &(dyn StdError + 'static)) -> Self {
        Self::new(CauseKind::Other, error)
    }

    /// What the standard library's errors in the chain tell: that a host is unknown, that time ran out, or anything else.
    #[must_use]
    pub fn of(error: &(dyn StdError + 'static)) -> Self {
        let is = |test: fn(&io::Error) -> bool| Self::reported(error).any(test);
        if is(lookup::is_unknown_host) {
            Self::unknown_host(error)
        } else if is(|error| error.kind() == io::ErrorKind::TimedOut) {
            Self::timeout(error)
        } else {
            Self::other(error)
        }
    }

    /// An error and all that it comes from, to be told by their types.
    ///
    /// What an [`io::Error`] wraps is among them. Its `source` passes over that.
    pub fn chain<'a>(
        error: &'a (dyn StdError + 'static),
    ) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
        std::iter::successors(Some(error), |error: &&'a (dyn StdError + 'static)| {
            let error: &'a (dyn StdError + 'static) = *error;
            let wrapped = error
                .downcast_ref::<io::Error>()
                .and_then(io::Error::get_ref);
            match wrapped {
                Some(wrapped) => Some(wrapped as &(dyn StdError + 'static)),
                None => error.source(),
            }
        })
    }
}

/// Without what only the engine needs.
impl fmt::Debug for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cause")
            .field("kind", &self.kind)
            .field("text", &self.text)
            .finish_non_exhaustive()
    }
}

impl StdError for Cause {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_ref().map(Source::as_error)
    }
}

/// An error and its sources in one line; a source that its owner quotes already is left out.
fn in_one_line(error: &(dyn StdError + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let next = error.to_string();
        if !text.contains(&next) {
            text = format!("{text}: {next}");
        }
        source = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Secret;

    #[derive(Debug)]
    struct Outer(io::Error);

    impl fmt::Display for Outer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("outer")
        }
    }

    impl StdError for Outer {
        fn source(&self) -> Option<&(dyn StdError + 'static)> {
            Some(&self.0)
        }
    }

    #[test]
    fn sources_are_told_once() {
        let inner = io::Error::other("refused");
        let outer = io::Error::other(inner);
        assert_eq!(Cause::other(&outer).text, "refused");
    }

    #[test]
    fn what_an_io_error_wraps_is_in_the_chain() {
        let wrapped = Outer(io::Error::from(io::ErrorKind::ConnectionRefused));
        let outer = Outer(io::Error::other(wrapped));
        let cause = Cause::of(&outer);
        assert_eq!(cause.kind(), CauseKind::Other);
        let io = cause.source().unwrap().downcast_ref::<io::Error>();
        assert_eq!(io.unwrap().kind(), io::ErrorKind::ConnectionRefused);
    }

    #[test]
    fn the_source_has_the_systems_number_and_no_text_of_others() {
        let refused = Cause::of(&Outer(io::Error::from_raw_os_error(111)));
        let io = refused.source().unwrap().downcast_ref::<io::Error>();
        assert_eq!(io.unwrap().raw_os_error(), Some(111));
        let canary = io::Error::new(io::ErrorKind::ConnectionReset, "https://x/rest/1/canary/");
        let secret = Secret::new("canary");
        let cause = Cause::of(&canary).at(Some("x"), &Redactor(&[&secret]));
        let source = cause.source().unwrap();
        assert!(!format!("{cause} {cause:?} {source} {source:?}").contains("canary"));
    }

    #[test]
    fn what_an_http_client_wraps_is_told_by_the_source() {
        let inner = Outer(io::Error::other("the root"));
        let cause = Cause::of(&inner).wrapped().at(Some("x"), &Redactor(&[]));
        assert!(cause.to_string().ends_with(": the root"), "{cause}");
        let source = cause.source().unwrap();
        assert_eq!(source.to_string(), "outer: the root");
        let plain = Cause::of(&inner).at(Some("x"), &Redactor(&[]));
        assert_eq!(plain.to_string(), "outer: the root");
        assert!(plain.source().is_none());
        let io = Cause::closed(&inner).wrapped();
        let io = io.source().unwrap().downcast_ref::<io::Error>();
        assert_eq!(io.unwrap().kind(), io::ErrorKind::UnexpectedEof);
    }

    #[test]
    fn only_a_name_that_is_unknown_for_good_is_not_looked_up_again() {
        let says = |text: &str| {
            let text = format!("failed to lookup address information: {text}");
            let cause = Cause::of(&Outer(io::Error::other(text)));
            (cause.kind(), cause.is_permanent())
        };
        let unknown = CauseKind::UnknownHost;
        assert_eq!(says("Name or service not known"), (unknown, true));
        let apple = "nodename nor servname provided, or not known";
        assert_eq!(says(apple), (unknown, false));
        let no_data = "No address associated with hostname";
        assert_eq!(says(no_data), (CauseKind::Other, false));
        let again = "Temporary failure in name resolution";
        assert_eq!(says(again), (CauseKind::Other, false));
        let by_a_client = Cause::unknown_host(&io::Error::other("host not found"));
        assert!(!by_a_client.is_permanent());
    }

    #[test]
    fn time_that_ran_out_is_told_by_the_kind() {
        let late = Outer(io::Error::new(io::ErrorKind::TimedOut, "late"));
        assert_eq!(Cause::of(&late).kind(), CauseKind::Timeout);
    }
}
