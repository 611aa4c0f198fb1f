//! What a connection is allowed.

use std::time::Duration;

/// What a connection is allowed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) head_bytes: usize,
    pub(super) body_bytes: usize,
    pub(super) connections: usize,
    /// How long a connection may be silent between two requests.
    pub(super) idle: Duration,
    /// How long a request may take to arrive, from its first byte to its last.
    pub(super) request: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head_bytes: 64 * 1024,
            body_bytes: 16 * 1024 * 1024,
            connections: 4096,
            idle: Duration::from_secs(60),
            request: Duration::from_secs(30),
        }
    }
}
