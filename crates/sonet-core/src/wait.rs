//! What a call waits for.

use std::fmt;

/// What a call waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WaitReason {
    /// Room under the rate limit.
    Rate,
    /// The method has used up its operating time.
    Operating,
    /// A pause before another attempt.
    Retry,
    /// New tokens, which another call has asked for.
    Refresh,
}

impl fmt::Display for WaitReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rate => "room under the rate limit",
            Self::Operating => "the method's operating time",
            Self::Retry => "the pause before another attempt",
            Self::Refresh => "new tokens",
        })
    }
}
