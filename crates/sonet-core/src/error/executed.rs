//! Whether the method ran.

use http::StatusCode;

use super::Kind;

/// Whether the server ran the method of a call that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Executed {
    /// It did not: the call can be made again without doing anything twice.
    No,
    /// It did, and only its answer could not be read.
    Yes,
    /// Nobody can tell from here; the method's documentation says how to find out.
    Unknown,
}

/// Decides from what came back. "No" needs certainty; everything else is "Unknown".
pub(super) fn executed(kind: &Kind) -> Executed {
    match kind {
        // A method that answers an error has refused. An internal error may come from its middle.
        Kind::Api(error) if error.is_internal() => Executed::Unknown,
        // The answer says that there is a result, and only its form is another.
        Kind::Decode { .. } => Executed::Yes,
        Kind::Status { status, .. } | Kind::Unreadable { status, .. } => by_status(*status),
        Kind::Failed { sent: true, .. } | Kind::Unreported => Executed::Unknown,
        Kind::Api(_)
        | Kind::Failed { sent: false, .. }
        | Kind::Config(_)
        | Kind::Invalid(_)
        | Kind::Encode(_)
        | Kind::Ended => Executed::No,
    }
}

/// A redirect has run nothing, and so has a 4xx, but for 408, which a gateway may answer for a request that it passed on.
fn by_status(status: StatusCode) -> Executed {
    if status.is_redirection()
        || (status.is_client_error() && status != StatusCode::REQUEST_TIMEOUT)
    {
        Executed::No
    } else {
        Executed::Unknown
    }
}
