//! What can go wrong, as one opaque type.

mod api;
mod executed;
mod print;

pub use api::ApiError;
pub use executed::Executed;

use http::StatusCode;

use crate::Invalid;
use crate::failure::CauseKind;

/// Why a call failed.
///
/// What a caller can do about it is asked by name: [`Error::is`] for an error that the method documents, predicates for
/// the rest, [`Error::executed`] for whether the method ran. The text is for people and may change.
pub struct Error(Box<Inner>);

struct Inner {
    method: Option<String>,
    kind: Kind,
}

/// What went wrong. Every text in here is already free of secrets.
#[derive(Debug)]
pub(crate) enum Kind {
    /// The portal's address, or another setting, is wrong.
    Config(String),
    /// A parameter was refused before sending.
    Invalid(Invalid),
    /// The parameters did not serialize to an object.
    Encode(String),
    /// The server answered an error.
    Api(ApiError),
    /// The server, or something before it, answered a status without an error of the API.
    Status {
        status: StatusCode,
        moved_to: Option<String>,
        piece: String,
    },
    /// The answer is not JSON.
    Unreadable {
        status: StatusCode,
        problem: String,
        piece: String,
    },
    /// The answer is JSON of another form than expected.
    Decode {
        status: StatusCode,
        /// Whether the answer shows that the method ran.
        ran: bool,
        path: String,
        problem: String,
        piece: String,
    },
    /// There was no response.
    Failed {
        sent: bool,
        kind: CauseKind,
        text: String,
    },
    /// The driver polled before it reported what came of a request.
    Unreported,
    /// The exchange had ended before.
    Ended,
}

impl Error {
    pub(crate) fn new(method: &str, kind: Kind) -> Self {
        Self(Box::new(Inner {
            method: Some(method.to_owned()),
            kind,
        }))
    }

    pub(crate) fn address(problem: &str) -> Self {
        Self::config(problem)
    }

    /// For drivers: the client could not be set up.
    #[must_use]
    pub fn config(problem: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            method: None,
            kind: Kind::Config(problem.into()),
        }))
    }

    /// The method that was called; `None` where the client could not be set up.
    #[must_use]
    pub fn method(&self) -> Option<&str> {
        self.0.method.as_deref()
    }

    /// The error that the server answered, if it did.
    #[must_use]
    pub fn api(&self) -> Option<&ApiError> {
        match &self.0.kind {
            Kind::Api(error) => Some(error),
            _ => None,
        }
    }

    /// Whether the server answered this documented error: `error.is(Refusal::GroupNotFound)`.
    #[must_use]
    pub fn is(&self, refusal: impl AsRef<str>) -> bool {
        self.api().and_then(ApiError::refusal) == Some(refusal.as_ref())
    }

    /// Whether the method ran.
    #[must_use]
    pub fn executed(&self) -> Executed {
        executed::executed(&self.0.kind)
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

    /// Whether the client could not be set up: a wrong address, an unreadable certificate.
    #[must_use]
    pub fn is_config(&self) -> bool {
        matches!(self.0.kind, Kind::Config(_))
    }

    /// Whether a parameter was refused before sending.
    #[must_use]
    pub fn is_invalid(&self) -> bool {
        matches!(self.0.kind, Kind::Invalid(_) | Kind::Encode(_))
    }

    /// Whether no connection came about.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.0.kind, Kind::Failed { sent: false, .. })
    }

    /// Whether time ran out, connecting or waiting for the answer.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Failed {
                kind: CauseKind::Timeout,
                ..
            }
        )
    }

    /// Whether the answer was larger than the limit.
    #[must_use]
    pub fn is_body_limit(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::Failed {
                kind: CauseKind::BodyLimit,
                ..
            }
        )
    }

    /// Whether the answer could not be read: not JSON, or JSON of another form.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(self.0.kind, Kind::Unreadable { .. } | Kind::Decode { .. })
    }

    /// Whether the server refused for the rate or the operating time of the calls, before running this one.
    #[must_use]
    pub fn is_limit(&self) -> bool {
        self.has_code(&["QUERY_LIMIT_EXCEEDED", "OPERATION_TIME_LIMIT"])
    }

    /// Whether the webhook or the token is wrong, expired, or lacks the scope.
    #[must_use]
    pub fn is_auth(&self) -> bool {
        self.has_code(&[
            "NO_AUTH_FOUND",
            "expired_token",
            "invalid_token",
            "insufficient_scope",
            "INVALID_CREDENTIALS",
            "user_access_error",
            "WRONG_AUTH_TYPE",
            "authorization_error",
        ])
    }

    fn has_code(&self, codes: &[&str]) -> bool {
        self.api()
            .is_some_and(|error| codes.iter().any(|code| error.has_code(code)))
    }

    /// Where in the answer the form was another than expected: `result[3].ID`.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Decode { path, .. } => Some(path),
            _ => None,
        }
    }

    /// The piece of the answer that could not be read, cut to a bounded length and without secrets.
    #[must_use]
    pub fn piece(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Status { piece, .. }
            | Kind::Unreadable { piece, .. }
            | Kind::Decode { piece, .. } => Some(piece),
            _ => None,
        }
    }
}

impl std::error::Error for Error {}

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
