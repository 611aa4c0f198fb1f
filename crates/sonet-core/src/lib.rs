//! The contract and the engine of the sonet clients: no I/O, no clock, no async.
//!
//! Users of a client do not need this crate: `sonet-async` and `sonet-blocking` re-export what their signatures name.
//! It is for those who implement a method or write another client.
//!
//! - **The contract**: [`Method`] is a request that knows its name, its effect and its answer. [`Paged`] is one that answers
//!   in pages. [`Raw`] is any method by name. The generated types of `sonet-types` implement these traits, and your own
//!   types can implement them, too.
//! - **The engine**: an [`Exchange`] is one call as a state machine. The engine decides everything that depends on the
//!   protocol: limits, retries, refreshes of tokens, moves of the portal. A driver only sends and waits: it performs each
//!   [`Step`] and reports the outcome. What only drivers call of types that the clients re-export is hidden from the
//!   documentation, since their readers can't use it: `For drivers` finds it in the source.
//! - **Events**: a [`Delivery`] is what the portal sends to a handler. Its content can't be read before it is verified.
//!
//! # A driver is one loop
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

#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod check;
pub mod filter;
#[cfg(feature = "testing")]
pub mod testing;
pub mod wire;

mod address;
mod answer_headers;
mod attempts;
mod batch;
mod call_options;
mod caller;
mod config;
mod credential;
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
mod oauth;
mod open_enum;
mod pace;
mod page;
mod progress;
mod raw;
mod reconcile;
mod redact;
mod redirect;
mod refresh;
mod reply;
mod retry;
mod secret;
mod session;
mod store_call;
mod time;
mod trace;
mod transport;
mod wait;

pub use address::Address;
pub use batch::{
    Batch, BatchAnswers, BatchCall, BatchRequest, BatchRun, BatchStep, Commands, Handle,
    Placeholder, Reference, References, ResultPath, TypedAnswers,
};
pub use call_options::CallOptions;
pub use config::{Config, ProxySetting};
pub use error::{ApiError, Error, ErrorKind, Executed, NamedRefusal};
pub use event::{Delivery, DeliveryError};
pub use exchange::Exchange;
pub use failure::{Cause, CauseKind, CertificateProblem, Failure};
pub use id::{Id, IdError, IntoId};
#[doc(hidden)]
pub use limits::LocalPlaces;
pub use limits::{
    LimitAnswer, LimitCaller, LimitPlace, LimitRequest, LimitStore, Limits, Rate, StoreError,
};
pub use list::{
    CountMode, CountedItems, Cursor, PageRequest, Pager, PagerStep, PagesRequest, TotalRequest,
    WalkAnswer, WalkRequest,
};
pub use machine::{Machine, Outgoing, Refresh, Step};
pub use method::{Documented, Effect, Invalid, Method, Paged, Paging};
pub use metrics::{Histogram, MethodMetrics, Metrics, Prometheus};
pub use oauth::{App, Callback, Installation, Lease, MemoryStore, Superseded, TokenStore, Tokens};
pub use open_enum::{OpenEnum, Unknown};
pub use page::{BesideResult, Page, PageStart};
pub use progress::{Progress, ProgressEvent};
pub use raw::{Raw, RawList};
pub use reconcile::{Reconcile, Reconciled, Reconciliation, SentCall};
pub use refresh::Close;
pub use reply::Reply;
pub use retry::{Attempt, Backoff, NoRetry, RetryPolicy, RetryReason, Verdict};
pub use secret::Secret;
pub use session::Session;
pub use store_call::{StoreCall, Stored};
pub use time::Time;
pub use transport::{NotSent, RequestInfo, TransportError};
pub use wait::WaitReason;

/// What the macros of this crate name in other crates.
#[doc(hidden)]
pub mod __private {
    pub use serde;
    pub use serde_json::Value;
}
