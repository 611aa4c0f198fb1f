//! What the system reported of a failure.

use std::io;

/// The kind and the number of what the system reported, without the text, which may hold anything.
pub(super) fn bare(error: &io::Error) -> Option<io::Error> {
    match (error.raw_os_error(), error.kind()) {
        (Some(number), _) => Some(io::Error::from_raw_os_error(number)),
        (None, io::ErrorKind::Other | io::ErrorKind::InvalidData) => None,
        // A name that is not found has a kind without a name.
        (None, kind) if error.get_ref().is_none() || is_named(kind) => Some(kind.into()),
        _ => None,
    }
}

/// Whether a kind says something to whoever matches on it.
fn is_named(kind: io::ErrorKind) -> bool {
    use io::ErrorKind as K;
    matches!(
        kind,
        K::NotFound
            | K::PermissionDenied
            | K::ConnectionRefused
            | K::ConnectionReset
            | K::ConnectionAborted
            | K::HostUnreachable
            | K::NetworkUnreachable
            | K::NetworkDown
            | K::NotConnected
            | K::AddrInUse
            | K::AddrNotAvailable
            | K::BrokenPipe
            | K::TimedOut
            | K::Interrupted
            | K::UnexpectedEof
    )
}
