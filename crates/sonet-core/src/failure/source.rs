//! What is behind a cause, without secrets.

use std::error::Error as StdError;
use std::sync::Arc;
use std::{fmt, io};

#[derive(Clone)]
pub(super) enum Source {
    Io(Arc<io::Error>),
    /// The whole chain, where the text of the cause has its end only.
    Chain(Chain),
}

/// An error and all that it comes from, as text.
#[derive(Debug, Clone)]
pub(super) struct Chain(String);

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for Chain {}

impl Source {
    /// What the system reported, without a text of its own.
    pub(super) fn of(error: &io::Error) -> Option<Self> {
        bare(error).map(Self::io)
    }

    pub(super) fn io(error: io::Error) -> Self {
        Self::Io(Arc::new(error))
    }

    pub(super) fn chain(text: &str) -> Self {
        Self::Chain(Chain(text.to_owned()))
    }

    pub(super) fn as_error(&self) -> &(dyn StdError + 'static) {
        match self {
            Self::Io(io) => &**io,
            Self::Chain(chain) => chain,
        }
    }
}

/// The kind and the number of what the system reported, without the text, which may hold anything.
fn bare(error: &io::Error) -> Option<io::Error> {
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
