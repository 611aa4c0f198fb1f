//! What can go wrong.

use http::StatusCode;

use super::api::ApiError;
use crate::failure::{Cause, CauseKind};
use crate::redact::Redactor;
use crate::redirect::Redirect;
use crate::{Failure, Invalid, WaitReason};

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
        redirect: Option<Redirect>,
        excerpt: String,
    },
    /// The answer is not JSON.
    Unreadable {
        status: StatusCode,
        problem: String,
        excerpt: String,
    },
    /// The answer is JSON, but does not have the expected form.
    Decode {
        status: StatusCode,
        /// Whether the answer shows that the method ran.
        ran: bool,
        path: String,
        problem: String,
        excerpt: String,
    },
    /// The token server gave one token for a code, which is good for one answer.
    IncompletePair(StatusCode),
    /// The token server gave a pair of another portal than was claimed, or of nobody knows which: what is wrong.
    OtherPortal(&'static str),
    /// There was no response.
    NoResponse { sent: bool, cause: Cause },
    /// The call's time was over before it was sent: what it was waiting for.
    Deadline(Option<WaitReason>),
    /// The token server gave no new tokens.
    TokenServer(Box<Kind>),
    /// The token server refused a refresh token that was shown to it before, where the new pair was never saved: its refusal.
    LostPair(Box<Kind>),
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
    /// The exchange had already ended.
    Ended,
}

impl Kind {
    /// What a failure to get a response is to a call to this host.
    pub(crate) fn no_response(
        failure: Failure,
        host: Option<&str>,
        redactor: &Redactor<'_>,
    ) -> Self {
        let (sent, cause) = match failure {
            Failure::NotSent(cause) => (false, cause),
            Failure::MaybeSent(cause) => (true, cause.after_sending()),
        };
        Self::NoResponse {
            sent,
            cause: cause.at(host, redactor),
        }
    }

    /// Where the portal says that it is now.
    pub(crate) fn redirect(&self) -> Option<&Redirect> {
        match self {
            Self::Status { redirect, .. } => redirect.as_ref(),
            _ => None,
        }
    }

    /// Whether a request may still be on its way to the server, although nobody waits for its answer.
    pub(crate) fn is_given_up(&self) -> bool {
        matches!(
            self,
            Self::NoResponse {
                sent: true,
                cause: Cause {
                    kind: CauseKind::Timeout | CauseKind::Other,
                    ..
                },
            }
        )
    }

    /// The error that the server answered, be it the portal or the token server.
    pub(super) fn api(&self) -> Option<&ApiError> {
        match self {
            Self::Api(error) => Some(error),
            Self::TokenServer(kind) | Self::LostPair(kind) => kind.api(),
            _ => None,
        }
    }
}
