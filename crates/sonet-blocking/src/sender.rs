//! What sends requests: the client's own HTTP client, or a transport of the user's.

use bytes::Bytes;
use http::Response;
use sonet_core::{Failure, Outgoing};

use crate::custom::Custom;
use crate::transport::HttpTransport;

pub(crate) enum Sender {
    Http(HttpTransport),
    Custom(Custom),
}

impl Sender {
    /// Sends a request and reads its answer to the end.
    pub(crate) fn send(&self, outgoing: Outgoing) -> Result<Response<Bytes>, Failure> {
        match self {
            Self::Http(transport) => transport.send(outgoing),
            Self::Custom(transport) => transport.send(outgoing),
        }
    }
}
