//! What a request is made with, and what stands before it.

use std::time::Instant;

use crate::{Error, Secret};

/// What a request is made with.
pub(crate) enum Auth {
    /// The user and the secret of a webhook.
    Webhook(u32, Secret),
    /// A token, and the pair that it belongs to.
    Token(Secret, PairId),
}

impl Auth {
    pub(crate) fn secret(&self) -> &Secret {
        match self {
            Self::Webhook(_, secret) | Self::Token(secret, _) => secret,
        }
    }
}

/// Which pair of tokens it is.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct PairId {
    /// Counts pairs, so that a call can tell whether the one that it used is still the newest.
    pub(crate) generation: u64,
    /// Whether it was found in the store, where another process had saved it, nobody knows when.
    pub(crate) from_store: bool,
}

/// What a call has seen of refreshes.
#[derive(Debug, Default)]
pub(crate) struct SeenRefreshes {
    /// The pair that the server called expired.
    pub(crate) expired: Option<u64>,
    /// How many refreshes had failed when the call began to wait for one.
    pub(super) failures: Option<u64>,
}

/// What a request is made with, or what stands before it.
pub(crate) enum AuthState {
    Ready(Auth),
    /// Another refreshes.
    Wait(Instant),
    /// This one is to refresh.
    Refresh(RefreshTicket),
    Failed(Error),
}

/// The right to refresh, for one at a time.
///
/// Whoever gets it makes a refresh of it: the others wait for that.
#[must_use]
#[derive(Debug, Clone, Copy)]
pub(crate) struct RefreshTicket {
    /// Which refresh it is.
    pub(crate) number: u64,
    /// The pair that it replaces.
    pub(crate) generation: u64,
}
