//! What can go wrong, as one opaque type.

mod api;
mod display;
mod error_kind;
mod executed;
mod kind;
mod named;
mod predicates;
mod system;
#[cfg(any(test, feature = "testing"))]
mod testing;
pub(crate) mod token_server;

use http::{HeaderMap, StatusCode};

pub use api::ApiError;
pub use error_kind::ErrorKind;
pub use executed::Executed;
pub(crate) use kind::Kind;
pub use named::NamedRefusal;
pub(crate) use predicates::{LIMIT_CODES, OUT_OF_TIME};

use crate::attempts::Attempts;

/// Why a call failed.
///
/// What a caller can do about it is asked by name: [`Error::is`] for an error that the method documents, predicates or
/// [`Error::kind`] for the rest, [`Error::executed`] for whether the method ran. The text is for people and may change; it quotes nothing of an
/// answer but the server's own error, and no secret, so that it can be logged.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    method: Option<String>,
    kind: Kind,
    past: Attempts,
    /// Whether the call was given up because its time was over.
    at_deadline: bool,
    /// Whether it is of a whole batch, of whose commands some may have run and others not.
    of_batch: bool,
}

impl Error {
    pub(crate) fn new(method: &str, kind: Kind) -> Self {
        Self::with(Some(method.to_owned()), kind)
    }

    fn with(method: Option<String>, kind: Kind) -> Self {
        Self(Box::new(Inner {
            method,
            kind,
            past: Attempts::default(),
            at_deadline: false,
            of_batch: false,
        }))
    }

    /// The token server gave no new tokens.
    pub(crate) fn token_server(kind: Kind) -> Self {
        let kind = match kind {
            Kind::Store(_) => kind,
            kind => Kind::TokenServer(Box::new(kind)),
        };
        Self::with(None, kind)
    }

    /// The same error, of this call.
    pub(crate) fn of(mut self, method: &str, past: Attempts) -> Self {
        self.0.method = Some(method.to_owned());
        self.0.past = past;
        self
    }

    /// The same error, of a call whose time was over before it could be made again.
    pub(crate) fn at_deadline(mut self) -> Self {
        self.0.at_deadline = true;
        self
    }

    /// The same error, of a whole batch.
    pub(crate) fn of_batch(mut self) -> Self {
        self.0.of_batch = true;
        self
    }

    /// The same error, of a command in the batch that failed.
    pub(crate) fn of_command(mut self, method: &str) -> Self {
        self.0.method = Some(method.to_owned());
        self
    }

    /// What went wrong, as the engine knows it.
    pub(crate) fn problem(&self) -> &Kind {
        &self.0.kind
    }

    /// What is known of the call's requests.
    pub(crate) fn past(&self) -> Attempts {
        self.0.past.clone()
    }

    pub(crate) fn address(problem: &str) -> Self {
        Self::config(problem)
    }

    /// The same error of a setting, which says what it is about: `webhook address: …`.
    pub(crate) fn about(mut self, what: &str) -> Self {
        if let Kind::Config(problem) = &mut self.0.kind {
            *problem = format!("{what}: {problem}");
        }
        self
    }

    /// For drivers: the client could not be set up.
    #[doc(hidden)]
    #[must_use]
    pub fn config(problem: impl Into<String>) -> Self {
        Self::with(None, Kind::Config(problem.into()))
    }

    /// The method that was called; `None` where the client could not be set up.
    #[must_use]
    pub fn method(&self) -> Option<&str> {
        self.0.method.as_deref()
    }

    /// The error that the server answered, if it did.
    #[must_use]
    pub fn api(&self) -> Option<&ApiError> {
        self.0.kind.api()
    }

    /// Whether the server answered this documented error: `error.is(Refusal::GroupNotFound)`.
    ///
    /// A code that no method of the spec documents is compared by [`ApiError::has_code`].
    #[must_use]
    pub fn is(&self, refusal: impl NamedRefusal) -> bool {
        self.api().and_then(ApiError::refusal) == Some(refusal.name())
    }

    /// Whether the method ran, in whichever attempt. Of a method that only reads, nothing depends on it, and `Debug` does not
    /// show it.
    #[must_use]
    pub fn executed(&self) -> Executed {
        match executed::executed(&self.0.kind) {
            // The last attempt did not, but one before it may have.
            Executed::No if self.0.past.may_have_run => Executed::Unknown,
            // Some of its commands, and nobody can tell which.
            Executed::Yes if self.0.of_batch => Executed::Unknown,
            Executed::No
                if self.0.of_batch && self.api().is_some_and(|e| !e.is_refusal_of_all()) =>
            {
                Executed::Unknown
            }
            executed => executed,
        }
    }

    /// How many requests of this call were sent to the portal.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.past.count
    }

    /// The host that the portal says it has moved to, where the call did not follow: it may not, see
    /// [`Config::allow_redirect_to`](crate::Config::allow_redirect_to), or it had followed once already. The text says
    /// which.
    #[must_use]
    pub fn moved_to(&self) -> Option<&str> {
        self.0.kind.redirect().map(|redirect| &*redirect.host)
    }

    /// The response's status, if there was a response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match &self.0.kind {
            Kind::Api(error) => Some(error.status()),
            Kind::Status { status, .. }
            | Kind::Unreadable { status, .. }
            | Kind::Decode { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// The headers of the portal's answer to the last request; empty where no answer came. Of a command in a batch, they
    /// are those of the request that carried it. What is left out, and what masked, says [`Reply::headers`](crate::Reply::headers).
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.0.past.headers.get()
    }

    /// The id under which the server knows the last request, for the vendor's support:
    /// [`Reply::request_id`](crate::Reply::request_id). `None` where no answer came, or none with an id.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.past.headers.request_id()
    }

    /// Where in the answer the form was another than expected: `result[3].ID`.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Decode { path, .. } => Some(path),
            _ => None,
        }
    }

    /// The beginning of what could not be read of the answer, cut to a bounded length and without secrets.
    ///
    /// It may hold names, addresses and whatever else the portal knows of people, so the error's text leaves it
    /// out, and its `Debug`, too, unless [`Config::debug_excerpts`](crate::Config::debug_excerpts) says otherwise:
    /// `error.path()` and this tell together what came.
    #[must_use]
    pub fn excerpt(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Status { excerpt, .. }
            | Kind::Unreadable { excerpt, .. }
            | Kind::Decode { excerpt, .. } => Some(excerpt),
            _ => None,
        }
    }
}

/// The error of no method, or of one that is told later.
impl From<Kind> for Error {
    fn from(kind: Kind) -> Self {
        Self::with(None, kind)
    }
}

/// The source is a [`Cause`](crate::Cause) where there was no response, and an [`Invalid`](crate::Invalid) where a
/// parameter was refused before sending. Neither has a secret.
impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.root() {
            Kind::NoResponse { cause, .. } => Some(cause),
            Kind::Invalid(invalid) => Some(invalid),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_cross_threads_and_are_small() {
        fn check<T: Send + Sync + 'static>() {}
        check::<Error>();
        assert_eq!(size_of::<Error>(), size_of::<usize>());
    }
}
