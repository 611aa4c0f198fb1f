//! The contract and the engine of the sonet clients: no I/O, no clock, no async.
//!
//! - **The contract**: [`Method`] is a request that knows its name, its effect and its answer; [`Paged`] one that answers
//!   in pages; [`Raw`] any method by name. The generated types of `sonet-types` implement them, and so may anyone.
//! - **The engine**: an [`Exchange`] is one call as a state machine. A driver performs what [`Step`] says and feeds back
//!   what came of it. Everything that the protocol knows is decided here; a driver only sends and waits.
//! - **Events**: a [`Delivery`] is what the portal sends to a handler, kept shut until it is verified.
//!
//! A driver is one loop:
//!
//! ```
//! # use sonet_core::{Exchange, Failure, Method, Reply, Error, Session, Step, Outgoing};
//! # use std::time::Instant;
//! # fn send(_: &Outgoing) -> Result<http::Response<bytes::Bytes>, Failure> { unreachable!() }
//! fn call<M: Method>(session: &mut Session, method: &M) -> Result<Reply<M::Output>, Error> {
//!     let mut exchange = Exchange::new(method);
//!     loop {
//!         match exchange.poll(session, Instant::now()) {
//!             Step::Send(outgoing) => match send(&outgoing) {
//!                 Ok(response) => exchange.on_response(response),
//!                 Err(failure) => exchange.on_failure(failure),
//!             },
//!             Step::Done(outcome) => return outcome,
//!         }
//!     }
//! }
//! ```
//!
//! Users of a client do not need this crate: `sonet-async` and `sonet-blocking` re-export what their signatures name.

pub mod check;
pub mod filter;
pub mod wire;

mod address;
mod config;
mod envelope;
mod error;
mod event;
mod exchange;
mod failure;
mod id;
mod inflate;
mod method;
mod open_enum;
mod raw;
mod redact;
mod reply;
mod secret;
mod session;

pub use address::Address;
pub use config::Config;
pub use error::{ApiError, Error, Executed};
pub use event::{Delivery, DeliveryError};
pub use exchange::{Exchange, Outgoing, Step};
pub use failure::{Cause, Failure};
pub use id::Id;
pub use method::{Documented, Effect, Invalid, Method, Paged, Paging};
pub use open_enum::{OpenEnum, Unknown};
pub use raw::Raw;
pub use reply::{Page, Reply, Time};
pub use secret::Secret;
pub use session::{Credential, Session};

/// What the macros of this crate name in other crates.
#[doc(hidden)]
pub mod __private {
    pub use serde;
    pub use serde_json::Value;
}
