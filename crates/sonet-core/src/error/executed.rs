//! Whether the method ran.

use super::kind::Kind;
use super::system::is_refusal;

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
        // A method that answers an error has refused, unless it is a failure.
        Kind::Api(error) if error.is_refusal() => Executed::No,
        // The answer has a result, and only its form is another.
        Kind::Decode { ran: true, .. } | Kind::Unresolved(_) => Executed::Yes,
        Kind::Status { status, .. } | Kind::Unreadable { status, .. } if is_refusal(*status) => {
            Executed::No
        }
        // A call that waits for tokens has been refused, or not been sent.
        Kind::NoResponse { sent: false, .. }
        | Kind::Config(_)
        | Kind::Invalid(_)
        | Kind::Encode(_)
        | Kind::Deadline(_)
        | Kind::NotRun(_)
        | Kind::IncompletePair(_)
        | Kind::OtherPortal(_)
        | Kind::LostPair(_)
        | Kind::TokenServer(_)
        | Kind::Store(_) => Executed::No,
        Kind::Api(_)
        | Kind::Decode { ran: false, .. }
        | Kind::Status { .. }
        | Kind::Unreadable { .. }
        | Kind::NoResponse { sent: true, .. }
        | Kind::Unreported
        | Kind::Walk(_)
        | Kind::Ended => Executed::Unknown,
    }
}
