//! What a caller can ask of an error.

use super::kind::Kind;
use super::{Error, token_server};
use crate::failure::{Cause, CauseKind};

/// The code of a refusal for the operating time.
pub(crate) const OUT_OF_TIME: &str = "OPERATION_TIME_LIMIT";

/// The codes of refusals for the rate or the operating time.
pub(crate) const LIMIT_CODES: [&str; 2] = ["QUERY_LIMIT_EXCEEDED", OUT_OF_TIME];

impl Error {
    /// Whether the call was given up because its time, [`Config::call_timeout`](crate::Config::call_timeout), was over
    /// or would have been. The rest of the error is then the last attempt's, if there was one.
    #[must_use]
    pub fn is_deadline(&self) -> bool {
        self.0.at_deadline || matches!(self.0.kind, Kind::Deadline(_))
    }

    /// What went wrong, be it at the portal or at the token server.
    pub(super) fn root(&self) -> &Kind {
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
        matches!(&self.0.kind, Kind::TokenServer(kind) if token_server::is_permanent(kind))
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
    /// the earlier command's result. See [`Handle::field`](crate::Handle::field).
    #[must_use]
    pub fn is_unresolved(&self) -> bool {
        matches!(self.0.kind, Kind::Unresolved(_))
    }

    /// Whether a store failed that keeps tokens or limits.
    #[must_use]
    pub fn is_store(&self) -> bool {
        matches!(self.0.kind, Kind::Store(_))
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
        matches!(self.root(), Kind::NoResponse { sent: false, .. })
    }

    /// Whether time ran out: connecting, waiting for the answer, or that of the whole call.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.is_deadline()
            || matches!(
                self.root(),
                Kind::NoResponse {
                    cause: Cause {
                        kind: CauseKind::Timeout,
                        ..
                    },
                    ..
                }
            )
    }

    /// Whether the answer was larger than the limit.
    #[must_use]
    pub fn is_body_limit(&self) -> bool {
        matches!(
            self.0.kind,
            Kind::NoResponse {
                cause: Cause {
                    kind: CauseKind::BodyLimit,
                    ..
                },
                ..
            }
        )
    }

    /// Whether the answer could not be read: it is not JSON, or does not have the expected form.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(self.0.kind, Kind::Unreadable { .. } | Kind::Decode { .. })
    }

    /// Whether the server refused for the rate or the operating time of the calls, before running this one.
    #[must_use]
    pub fn is_limit(&self) -> bool {
        self.has_code(&LIMIT_CODES)
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
}
