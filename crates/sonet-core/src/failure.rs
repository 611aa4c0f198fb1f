//! What a driver reports when there is no response.

use std::error::Error as StdError;

/// A request that brought no response.
///
/// The difference decides whether a write may be sent again, so a driver says [`Failure::NotSent`] only where the server
/// can't have run the request: it did not leave, or only a part of it did, and the whole never will.
#[derive(Debug, Clone)]
pub enum Failure {
    /// The request did not leave: the name was not found, the connection or the TLS handshake failed.
    NotSent(Cause),
    /// The request left, or may have.
    MaybeSent(Cause),
}

/// Why a request failed, as text: errors of HTTP clients hold addresses, and an address holds the secret.
#[derive(Debug, Clone)]
pub struct Cause {
    pub(crate) kind: CauseKind,
    pub(crate) text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CauseKind {
    Timeout,
    BodyLimit,
    Other,
}

impl Cause {
    /// Time ran out: connecting, or waiting for the answer.
    #[must_use]
    pub fn timeout(error: &(dyn StdError + 'static)) -> Self {
        Self {
            kind: CauseKind::Timeout,
            text: chain(error),
        }
    }

    /// The body was larger than [`crate::Outgoing::body_limit`].
    #[must_use]
    pub fn body_limit(limit: u64) -> Self {
        let text = format!("the answer is larger than the limit of {limit} bytes");
        Self {
            kind: CauseKind::BodyLimit,
            text,
        }
    }

    /// What would be decoded of the body is too much.
    pub(crate) fn decoded_limit(bytes: usize, limit: u64) -> Self {
        let limit = limit / (1024 * 1024);
        let text = format!(
            "the answer of {bytes} bytes has so many values that they might take more than {limit} MiB; raise \
             `Config::body_limit`, or ask for less"
        );
        Self {
            kind: CauseKind::BodyLimit,
            text,
        }
    }

    /// Anything else.
    #[must_use]
    pub fn other(error: &(dyn StdError + 'static)) -> Self {
        Self {
            kind: CauseKind::Other,
            text: chain(error),
        }
    }
}

/// An error and its sources in one line; a source that its owner quotes already is left out.
fn chain(error: &(dyn StdError + 'static)) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let next = error.to_string();
        if !text.contains(&next) {
            text = format!("{text}: {next}");
        }
        source = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_told_once() {
        let inner = std::io::Error::other("refused");
        let outer = std::io::Error::other(inner);
        assert_eq!(Cause::other(&outer).text, "refused");
    }
}
