//! What the address of an incoming webhook says of who calls.

use crate::Secret;

/// An incoming webhook.
#[derive(Debug, Clone)]
pub(crate) struct Webhook {
    /// The user whose rights it has.
    pub(crate) user: u32,
    pub(crate) secret: Secret,
}
