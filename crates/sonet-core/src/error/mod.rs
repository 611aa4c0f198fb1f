//! What can go wrong, as one opaque type.

mod api;
mod executed;
mod print;
mod system;

pub use api::ApiError;
pub use executed::Executed;

use std::time::Instant;

use http::StatusCode;

use crate::envelope::Moved;
use crate::failure::CauseKind;
use crate::progress::Wait;
use crate::{Address, Invalid, oauth};

/// Why a call failed.
///
/// What a caller can do about it is asked by name: [`Error::is`] for an error that the method documents, predicates for
/// the rest, [`Error::executed`] for whether the method ran. The text is for people and may change.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    method: Option<String>,
    kind: Kind,
    call: Failed,
    /// Whether the call was given up because its time was over.
    at_deadline: bool,
    /// Whether it is of a whole batch, of whose commands some may have run and others not.
    of_batch: bool,
}

/// What is known of the call that failed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Failed {
    pub(crate) attempts: u32,
    /// When the first request left that may have run.
    pub(crate) first_sent: Option<Instant>,
    /// When the last request that may have run was answered or given up: nothing of it reaches the server any more.
    pub(crate) ended: Option<Instant>,
    /// Whether an attempt before the last one may have run.
    pub(crate) may_have_run: bool,
}

impl Failed {
    /// The same, of a call that had been made before: what is known of both.
    pub(crate) fn after(self, before: Self) -> Self {
        Self {
            attempts: before.attempts + self.attempts,
            first_sent: if before.may_have_run {
                before.first_sent
            } else {
                self.first_sent
            },
            ended: self.ended.max(before.ended),
            may_have_run: before.may_have_run || self.may_have_run,
        }
    }
}

/// Replies are the same that say the same, whenever they came.
impl PartialEq for Failed {
    fn eq(&self, other: &Self) -> bool {
        (self.attempts, self.may_have_run) == (other.attempts, other.may_have_run)
    }
}

/// What went wrong. Every text in here is already free of secrets.
#[derive(Debug, Clone)]
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
        moved: Option<Moved>,
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
    /// The token server gave one token for a code, which is good for one answer.
    HalfPair(StatusCode),
    /// There was no response.
    Failed {
        sent: bool,
        kind: CauseKind,
        text: String,
    },
    /// The call's time was over before it was sent: what it was waiting for.
    Deadline(Option<Wait>),
    /// The token server gave no new tokens.
    TokenServer(Box<Kind>),
    /// A store failed that keeps tokens or limits.
    Store(String),
    /// A walk over a list is not complete, or not certain to be.
    Walk(String),
    /// A command of a batch did not run: why.
    NotRun(&'static str),
    /// A command of a batch ran with the text of a reference in the place of what it should have led to.
    Unresolved(String),
    /// The driver polled before it reported what came of a request.
    Unreported,
    /// The exchange had ended before.
    Ended,
}

impl Kind {
    /// Where the portal says that it is now.
    pub(crate) fn moved_to(&self) -> Option<&Address> {
        match self {
            Self::Status {
                moved: Some(moved), ..
            } => moved.address.as_ref(),
            _ => None,
        }
    }

    /// The error that the server answered, be it the portal or the token server.
    fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::TokenServer(kind) => kind.api(),
            _ => None,
        }
    }
}

impl Error {
    pub(crate) fn new(method: &str, kind: Kind) -> Self {
        Self::with(Some(method.to_owned()), kind)
    }

    fn with(method: Option<String>, kind: Kind) -> Self {
        Self(Box::new(Inner {
            method,
            kind,
            call: Failed::default(),
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
    pub(crate) fn of(mut self, method: &str, call: Failed) -> Self {
        self.0.method = Some(method.to_owned());
        self.0.call = call;
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

    pub(crate) fn kind(&self) -> &Kind {
        &self.0.kind
    }

    /// What is known of the call.
    pub(crate) fn call(&self) -> Failed {
        self.0.call
    }

    pub(crate) fn address(problem: &str) -> Self {
        Self::config(problem)
    }

    /// For drivers: the client could not be set up.
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
    #[must_use]
    pub fn is(&self, refusal: impl AsRef<str>) -> bool {
        self.api().and_then(ApiError::refusal) == Some(refusal.as_ref())
    }

    /// Whether the method ran, in whichever attempt.
    #[must_use]
    pub fn executed(&self) -> Executed {
        match executed::executed(&self.0.kind) {
            // The last attempt did not, but one before it may have.
            Executed::No if self.0.call.may_have_run => Executed::Unknown,
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
        self.0.call.attempts
    }

    /// Whether the call was given up because its time, [`crate::Config::call_timeout`], was over or would have been. The
    /// rest of the error is then the last attempt's, if there was one.
    #[must_use]
    pub fn is_deadline(&self) -> bool {
        self.0.at_deadline || matches!(self.0.kind, Kind::Deadline(_))
    }

    /// The host that the portal says it has moved to, where the call did not follow: it may not, see
    /// [`crate::Config::allow_move_to`], or it had followed once already. The text says which.
    #[must_use]
    pub fn moved_to(&self) -> Option<&str> {
        match &self.0.kind {
            Kind::Status {
                moved: Some(moved), ..
            } => Some(&moved.host),
            _ => None,
        }
    }

    /// What went wrong, be it at the portal or at the token server.
    fn cause(&self) -> &Kind {
        match &self.0.kind {
            Kind::TokenServer(kind) => kind,
            kind => kind,
        }
    }

    /// Whether a user has to authorize the application again, since the token server refuses to give it tokens, or
    /// something is wrong with the application itself. The text says what. No other call asks it again for the same.
    ///
    /// Where the token server only failed, this is `false`, and the next call tries anew.
    #[must_use]
    pub fn needs_authorization(&self) -> bool {
        matches!(&self.0.kind, Kind::TokenServer(kind) if oauth::is_final(kind))
    }

    /// Whether a walk over a list could not be completed because what the server answered does not fit together: rows came
    /// twice, did not advance, or are missing.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        matches!(self.0.kind, Kind::Walk(_))
    }

    /// Whether this is a command of a batch that was not run: one before it failed in a batch that halts, or the batch was
    /// not sent.
    ///
    /// [`Error::executed`] is then `No`, unless the batch was repeated after a lost answer.
    #[must_use]
    pub fn is_not_run(&self) -> bool {
        matches!(self.0.kind, Kind::NotRun(_))
    }

    /// Whether this is a command of a batch that ran with the bare text of a reference, since what it refers to was not in
    /// the earlier command's result. See [`crate::Handle::field`].
    #[must_use]
    pub fn is_unresolved(&self) -> bool {
        matches!(self.0.kind, Kind::Unresolved(_))
    }

    /// Whether a store failed that keeps tokens or limits.
    #[must_use]
    pub fn is_store(&self) -> bool {
        matches!(self.0.kind, Kind::Store(_))
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

    /// Whether no connection came about, to the portal or to the token server.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.cause(), Kind::Failed { sent: false, .. })
    }

    /// Whether time ran out: connecting, waiting for the answer, or that of the whole call.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.is_deadline()
            || matches!(
                self.cause(),
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

    /// Whether the call is not authorized: the webhook or the token is wrong, expired and not to be refreshed, or lacks the
    /// scope; its user or its application is not let in, not installed, or not paid for; or an administrator has yet to
    /// confirm what an application calls, or has refused to.
    ///
    /// A token server that can't be reached, or that fails, says nothing about the tokens.
    #[must_use]
    pub fn is_auth(&self) -> bool {
        self.needs_authorization()
            || self.has_code(&[
                "NO_AUTH_FOUND",
                "expired_token",
                "invalid_token",
                "insufficient_scope",
                "INVALID_CREDENTIALS",
                "user_access_error",
                "WRONG_AUTH_TYPE",
                "authorization_error",
                "ERROR_OAUTH",
                "APPLICATION_NOT_FOUND",
                "NOT_INSTALLED",
                "PAYMENT_REQUIRED",
                "METHOD_CONFIRM_WAITING",
                "METHOD_CONFIRM_DENIED",
            ])
    }

    pub(crate) fn has_code(&self, codes: &[&str]) -> bool {
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
