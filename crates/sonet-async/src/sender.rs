//! What sends requests: the client's own HTTP client, or a transport of the user's.

use std::sync::Arc;

use sonet_core::Outgoing;

use crate::custom::Custom;
use crate::transport::{Answer, HttpTransport};

#[allow(
    clippy::large_enum_variant,
    reason = "there is one per client, behind a pointer"
)]
pub(crate) enum Sender {
    Http(HttpTransport),
    Custom(Arc<Custom>),
}

impl Sender {
    /// Sends a request and reads its answer to the end.
    pub(crate) fn send(&self, outgoing: Outgoing) -> Answer {
        match self {
            Self::Http(transport) => transport.send(outgoing),
            Self::Custom(transport) => {
                let transport = Arc::clone(transport);
                Box::pin(async move { transport.send(outgoing).await })
            }
        }
    }

    /// Another for a runtime of its own, if that can be had. Connections end with the runtime that they were made in, and
    /// those of a user's transport are its own matter.
    pub(crate) fn for_another_runtime(&self) -> Option<Self> {
        match self {
            Self::Http(transport) => transport.with_new_connections().ok().map(Self::Http),
            Self::Custom(_) => None,
        }
    }

    /// Whether it can be used in one runtime only.
    pub(crate) fn is_bound_to_its_runtime(&self) -> bool {
        matches!(self, Self::Custom(_))
    }
}
