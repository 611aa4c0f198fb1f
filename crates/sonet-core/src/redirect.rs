//! What a response says of where the portal is now.

use http::StatusCode;

/// Where a redirect leads. Not the whole address: it holds the secret.
#[derive(Debug, Clone)]
pub(crate) struct Redirect {
    /// The host, to be shown.
    pub(crate) host: String,
    /// Scheme, host and port, if there is nothing else before the path.
    pub(crate) origin: Option<String>,
    /// Why a call does not follow, if it does not.
    pub(crate) rejection: Rejection,
}

/// Why a call does not follow a portal to where it says that it has moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rejection {
    /// The host is one that only the user can vouch for.
    Foreign,
    /// It leads from https to http, where anyone on the way reads the secret.
    Insecure,
    /// What it leads to is no portal's address.
    Malformed,
    /// The call has followed the portal once already.
    Repeated,
}

impl Rejection {
    /// Why nothing is followed to what is no portal's address.
    pub(crate) fn of_scheme(scheme: &str) -> Self {
        if scheme == "http" {
            Self::Insecure
        } else {
            Self::Malformed
        }
    }
}

/// Whether a status says that the same request belongs elsewhere, and so has not run here.
pub(crate) fn is_redirect(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    )
}
