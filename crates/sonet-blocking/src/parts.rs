//! What the transport, the connector and TLS say to each other in ureq's terms.

use ureq::config::ConfigBuilder;
use ureq::typestate::AgentScope;
use ureq::unversioned::transport::time::{Duration as Bound, Instant as Moment};
use ureq::unversioned::transport::{ConnectionDetails, NextTimeout};

/// The settings of an agent that is not made yet.
pub(crate) type Settings = ConfigBuilder<AgentScope>;

/// What is left of the time to connect.
pub(crate) fn left(details: &ConnectionDetails<'_>) -> NextTimeout {
    let mut timeout = details.timeout;
    if let (Bound::Exact(after), Moment::Exact(begun), Moment::Exact(now)) =
        (timeout.after, details.now, (details.current_time)())
    {
        let passed = now.saturating_duration_since(begun);
        timeout.after = Bound::Exact(after.saturating_sub(passed));
    }
    timeout
}
