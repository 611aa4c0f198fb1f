//! Events of `tracing`, where its feature is on.

use std::time::Duration;

pub(super) fn gone(error: &str, fallback: Option<f64>) {
    #[cfg(feature = "tracing")]
    tracing::warn!(error, fallback, "the limits on Redis can't be used");
    #[cfg(not(feature = "tracing"))]
    let _ = (error, fallback);
}

pub(super) fn back(after: Duration) {
    #[cfg(feature = "tracing")]
    tracing::info!(
        after = after.as_secs_f64(),
        "the limits on Redis can be used again"
    );
    #[cfg(not(feature = "tracing"))]
    let _ = after;
}

pub(super) fn lost(portal: &str) {
    #[cfg(feature = "tracing")]
    tracing::warn!(
        portal,
        "Redis has dropped a bucket before its time: see its maxmemory-policy"
    );
    #[cfg(not(feature = "tracing"))]
    let _ = portal;
}
