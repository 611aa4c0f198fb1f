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
//!   and [`tasks`], under the names that they have on the wire. [`Raw`] calls any other method by its name, and
//!   [`Raw::paged`] lists by it; your own types implement [`Method`] and [`Paged`]. The [`prelude`] has what most programs
//!   import.
//! - **Many rows, many calls**: [`Client::list`] walks a list to its end. [`Client::batch`] runs several methods in one
//!   request. [`Client::bulk`] changes the members of many groups.
//! - **Settings**: [`Config`] has all of them, such as tokens, timeouts and certificates.
//! - **Another way to the portal**: [`Client::with_transport`] takes layers of tower, a recorder, or a mock for tests.
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
//! An application gets its application token by the event `ONAPPINSTALL`, which nothing verifies: see [`Installation`].
//! `testing::event_body` makes the body of an event, to test a handler with.
//! [`Tokens::try_from`] makes a pair of tokens of what came with a verified event.
//!
//! With the feature `axum`, `Verified<Event>` is an extractor that does all of this. The examples `events_axum`,
//! `events_hyper` and `oauth_axum` are whole servers. See
//! <https://apidocs.bitrix24.com/api-reference/events/index.html>.
//!
//! # Dates
//!
//! Moments are those of [`chrono`], which is re-exported here and can tell the time:
//!
//! ```
//! use sonet_async::chrono::{TimeDelta, Utc};
//! use sonet_async::sonet_group::Update;
//!
//! let call = Update::new(77).project_date_finish(Utc::now() + TimeDelta::days(30));
//! # let _ = call;
//! ```
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
//! - `testing`: answers and events built by hand, for tests of code that uses this client; see `testing::Example`.
//! - `webpki-roots`: Mozilla's certificate authorities, compiled in, beside the operating system's: for systems that have
//!   none, such as small containers.
//! - `socks`: SOCKS proxies, for [`Config::proxy`] and the environment.
//! - `file-store` (default): [`FileStore`], which keeps tokens in a file.
//! - `axum`: extractors of events for axum 0.8, see the module `axum`.
//! - `tracing`: a span for each call and for each of its requests, with the attributes that OpenTelemetry names, attempts,
//!   status, operating time and duration. Failures are events at `WARN`, retries and waits of a second or more at `INFO`.
//!
//! Without TLS, only a portal on this machine can be reached, over http, unless [`Client::with_transport`] brings another
//! way along.
//!
//! # WebAssembly
//!
//! The crate does not build for `wasm32-unknown-unknown`: that target has no clock, no timers and no threads of the standard
//! library, which limits, timeouts and token stores rely on, and a portal does not let pages of other sites call it.

#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
compile_error!(
    "sonet-async needs a clock, timers and threads, which the standard library and tokio do not have on this target; \
     call the portal from a server, and that server from here"
);

#[cfg(feature = "axum")]
pub mod axum;
mod body;
mod chunks;
mod client;
mod custom;
mod driver;
mod failure;
mod list;
mod origin;
mod out;
mod sender;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod tls;
mod transport;

pub use client::Client;
pub use custom::Transport;
pub use list::{List, Pages};
pub use sonet_core::{
    Address, ApiError, App, Attempt, Backoff, Batch, BatchRun, BesideResult, Callback, Cause,
    CauseKind, CertificateProblem, Commands, Config, CountMode, Cursor, Delivery, DeliveryError,
    Documented, Effect, Error, ErrorKind, Executed, Handle, Histogram, Id, IdError, Installation,
    IntoId, Lease, LimitAnswer, LimitCaller, LimitPlace, LimitRequest, LimitStore, Limits,
    MemoryStore, Method, MethodMetrics, Metrics, NamedRefusal, NoRetry, NotSent, OpenEnum, Page,
    PageStart, Paged, Paging, Placeholder, Progress, ProgressEvent, Prometheus, Rate, Raw, RawList,
    Reconcile, Reconciled, Reference, References, Reply, RequestInfo, ResultPath, RetryPolicy,
    RetryReason, Secret, SentCall, StoreError, Superseded, TokenStore, Tokens, TransportError,
    Unknown, Verdict, WaitReason, filter, id, wire,
};
/// What generated requests of other methods need, beside what is listed here.
#[doc(hidden)]
pub use sonet_core::{Invalid, check, open_enum};
#[cfg(feature = "file-store")]
pub use sonet_net::FileStore;
pub use sonet_types::*;

pub mod prelude;

/// Types of single values in requests and answers.
pub mod values {
    pub use sonet_core::wire::{Accepted, Day, Decimal, File, Timestamp};
    pub use sonet_core::{Invalid, Time};
}

#[doc(no_inline)]
pub use {bytes, chrono, http, reqwest, serde_json};

/// The code of the README, which has to compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
