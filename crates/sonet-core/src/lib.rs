//! The contract and the engine of the sonet clients: no I/O, no clock, no async.
//!
//! - **The contract**: [`Method`] is a request that knows its name, its effect and its answer; [`Paged`] one that answers
//!   in pages; [`Raw`] any method by name. The generated types of `sonet-types` implement them, and so may anyone.
//! - **The engine**: an [`Exchange`] is one call as a state machine. A driver performs what [`Step`] says and feeds back
//!   what came of it. Everything that the protocol knows is decided here: limits, retries, refreshes, moves; a driver only
//!   sends and waits.
//! - **Events**: a [`Delivery`] is what the portal sends to a handler, kept shut until it is verified.
//!
//! A driver is one loop:
//!
//! ```
//! # use sonet_core::{Failure, Machine, Outgoing, Step};
//! # use std::task::Waker;
//! # use std::time::Instant;
//! # fn send(_: &Outgoing) -> Result<http::Response<bytes::Bytes>, Failure> { unreachable!() }
//! # fn wait_or_be_woken(_: Instant) {}
//! fn drive<M: Machine>(mut machine: M, waker: &Waker) -> M::Output {
//!     loop {
//!         match machine.poll(Instant::now(), waker) {
//!             Step::Send(outgoing) => match send(&outgoing) {
//!                 Ok(response) => machine.on_response(Instant::now(), response),
//!                 Err(failure) => machine.on_failure(Instant::now(), failure),
//!             },
//!             Step::Wait(until) => wait_or_be_woken(until),
//!             Step::Store(call) => machine.on_stored(Instant::now(), call.run()),
//!             Step::Refresh(refresh) => drive(refresh, waker),
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
mod batch;
mod config;
mod envelope;
mod error;
mod event;
mod exchange;
mod failure;
mod id;
mod inflate;
mod limits;
mod list;
mod machine;
mod method;
mod metrics;
mod moves;
mod oauth;
mod open_enum;
mod progress;
mod raw;
mod reconcile;
mod redact;
mod reply;
mod retry;
mod secret;
mod session;
mod trace;

pub use address::Address;
pub use batch::{
    Batch, BatchAnswers, BatchCall, BatchRun, Commands, Handle, Placeholder, Reference, References,
    ResultPath, TypedAnswers,
};
pub use config::Config;
pub use error::{ApiError, Error, Executed};
pub use event::{Delivery, DeliveryError};
pub use exchange::{Exchange, Outgoing, Step};
pub use failure::{Cause, Failure};
pub use id::Id;
pub use limits::{LimitStore, Limits, Rate, StoreError};
pub use list::{CountMode, Cursor, PageOutput, PageRequest, Pager, PagerStep, PagesRequest};
pub use machine::{Machine, StoreCall, Stored};
pub use method::{Documented, Effect, Invalid, Method, Paged, Paging};
pub use metrics::Metrics;
pub use oauth::{App, Callback, Close, Lease, MemoryStore, Refresh, TokenStore, Tokens};
pub use open_enum::{OpenEnum, Unknown};
pub use progress::{Progress, ProgressEvent, Wait};
pub use raw::Raw;
pub use reconcile::{Reconcile, Reconciled, Reconciliation, SentCall};
pub use reply::{Page, Reply, Time};
pub use retry::{Attempt, Backoff, Never, Reason, RetryPolicy, Verdict};
pub use secret::Secret;
pub use session::Session;

/// What the macros of this crate name in other crates.
#[doc(hidden)]
pub mod __private {
    pub use serde;
    pub use serde_json::Value;
}
