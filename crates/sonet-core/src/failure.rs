//! What a driver reports when there is no response.

mod cause;
mod display;
mod kind;
mod lookup;
mod source;

pub use cause::Cause;
pub use kind::{CauseKind, CertificateProblem};

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
