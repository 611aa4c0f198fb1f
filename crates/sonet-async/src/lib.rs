//! An asynchronous client for the workgroups and projects of Bitrix24, on reqwest and tokio.
//!
//! ```no_run
//! use sonet_async::socialnetwork::api::workgroup::Get;
//! use sonet_async::{Client, GroupId, Refusal};
//!
//! # async fn example() -> Result<(), sonet_async::Error> {
//! let client = Client::webhook("https://example.bitrix24.com/rest/1/secret/")?;
//!
//! match client.call(&Get::new(GroupId::new(77))).await {
//!     Ok(group) => println!("{group:#?}"),
//!     Err(error) if error.is(Refusal::GroupNotFound) => println!("no such group"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Where to start
//!
//! - **Calls**: a method is a value, and [`Client::call`] sends it. The methods are in [`sonet_group`], [`socialnetwork`]
//!   and [`tasks`], under the names that they have on the wire. [`Raw`] calls any other method by its name.
//! - **Many rows, many calls**: [`Client::list`] walks a list to its end. [`Client::batch`] runs several methods in one
//!   request. [`Client::bulk`] changes the members of many groups.
//! - **Settings**: [`Config`] has all of them, such as tokens, timeouts and certificates.
//! - **Errors**: [`Error::is`] recognizes the errors that a method documents. [`Error::executed`] says whether a write ran.
//!   If nobody can tell, [`Client::reconcile`] looks it up for some methods; the documentation of the others says how to
//!   find out.
//! - **Events**: [`Delivery`] and [`events::Event`] are for handlers of events, see [below](#events).
//!
//! # What the client does for you
//!
//! - It retries a call that never left, or that the portal refused before running it. It repeats a call that may have run
//!   only if that does no harm ([`Effect`], [`Config::retry`]).
//! - It waits for room under the portal's rate limit ([`Config::rate`]).
//! - It follows a portal that has moved, once per call, and only to where the secret may go ([`Config::allow_redirect_to`]).
//! - It keeps secrets out of errors and of `Debug` output.
//!
//! The client runs on tokio, with I/O and time enabled. `sonet-blocking` is the same client without `.await`.
//!
//! # Events
//!
//! A portal sends an event as a form-encoded `POST` request. It sends it to the address that was given to `event.bind` or
//! to an outgoing webhook. Any web server can receive it. The body becomes a [`Delivery`]; comparing its application token
//! makes that an [`events::Event`]. A [`DeliveryError`] says whether the body is
//! [malformed](DeliveryError::is_malformed), may be [forged](DeliveryError::is_unverified), or does not have the
//! [expected form](DeliveryError::is_decode).
//!
//! ```
//! use sonet_async::events::Event;
//! use sonet_async::{Delivery, DeliveryError, Secret};
//!
//! fn receive(body: &[u8], application_token: &Secret) -> Result<(), DeliveryError> {
//!     match Delivery::parse(body)?.verify(application_token)? {
//!         Event::GroupAdded(event) => println!("{} was created", event.data.fields.id),
//!         Event::GroupDeleted(event) => println!("{} was deleted", event.data.fields.id),
//!         other => println!("{}", other.name()),
//!     }
//!     Ok(())
//! }
//! ```
//!
//! The examples `events_axum` and `events_hyper` are whole servers. See
//! <https://apidocs.bitrix24.com/api-reference/events/index.html>.
//!
//! # Logging
//!
//! reqwest and the crates below it write to `log`. They print neither paths nor bodies, with one exception: if HTTP
//! settings of your own ([`Client::with_http`]) switch `connection_verbose` on, everything that is sent and received is
//! printed at `TRACE`, including tokens.
//!
//! # Features
//!
//! - `rustls` (default): TLS in Rust, with ring.
//! - `native-tls`: the operating system's TLS; used if `rustls` is off.
//! - `tracing`: a span for each call, with its attempts, waits and their reasons, status and operating time.
//!
//! Without TLS, only a portal on this machine can be reached, over http.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
mod client;
mod driver;
mod list;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod tls;
mod transport;

pub use client::Client;
pub use list::{List, Pages};
pub use sonet_core::{
    Address, ApiError, App, Attempt, Backoff, Batch, BatchRun, BesideResult, Callback, Commands,
    Config, CountMode, Cursor, Delivery, DeliveryError, Documented, Effect, Error, Executed,
    Handle, Id, Lease, LimitStore, Limits, MemoryStore, Method, Metrics, NamedRefusal, NoRetry,
    OpenEnum, Page, PageStart, Paged, Paging, Placeholder, Progress, ProgressEvent, Rate, Raw,
    RawList, Reconcile, Reconciled, Reference, References, Reply, ResultPath, RetryPolicy,
    RetryReason, Secret, SentCall, StoreError, TokenStore, Tokens, Unknown, Verdict, WaitReason,
    filter,
};
pub use sonet_net::FileStore;
pub use sonet_types::*;

pub mod prelude;

/// Types of single values in requests and answers.
pub mod values {
    pub use sonet_core::wire::{Accepted, File, Timestamp};
    pub use sonet_core::{Invalid, Time};
}

#[doc(no_inline)]
pub use {chrono, http, serde_json};

/// The code of the README, which has to compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
