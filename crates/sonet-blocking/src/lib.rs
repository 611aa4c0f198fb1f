//! A blocking client for the workgroups and projects of Bitrix24, on ureq.
//!
//! ```no_run
//! use sonet_blocking::socialnetwork::api::workgroup::Get;
//! use sonet_blocking::{Client, GroupId, Refusal};
//!
//! let client = Client::webhook("https://example.bitrix24.com/rest/1/secret/")?;
//!
//! match client.call(&Get::new(GroupId::new(77))) {
//!     Ok(group) => println!("{group:#?}"),
//!     Err(error) if error.is(Refusal::GroupNotFound) => println!("no such group"),
//!     Err(error) => return Err(error),
//! }
//! # Ok::<(), sonet_blocking::Error>(())
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
//! - **Another way to the portal**: [`Client::with_transport`] takes a recorder, another HTTP client, or a mock for tests.
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
//! `sonet-async` is the same client with `.await`. Examples that import from `sonet_async` work with `sonet_blocking` in its
//! place: the names are the same here.
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
//! use sonet_blocking::events::Event;
//! use sonet_blocking::{Delivery, DeliveryError, Secret};
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
//! [`Tokens::try_from`] makes a pair of tokens of what came with a verified event. Blocking web servers have no extractors:
//! they call what is above. The example `oauth_axum` of `sonet-async` shows an application from its installation to its
//! end; its calls are the same here, without `.await`.
//!
//! See <https://apidocs.bitrix24.com/api-reference/events/index.html>.
//!
//! # Dates
//!
//! Moments are those of [`chrono`], which is re-exported here and can tell the time:
//!
//! ```
//! use sonet_blocking::chrono::{TimeDelta, Utc};
//! use sonet_blocking::sonet_group::Update;
//!
//! let call = Update::new(77).project_date_finish(Utc::now() + TimeDelta::days(30));
//! # let _ = call;
//! ```
//!
//! # Logging
//!
//! ureq writes to `log`. If the level `TRACE` is on for it, ureq prints addresses, at `DEBUG` as well, and its protocol
//! crate `ureq_proto` prints whole heads and bodies. That exposes secrets: a webhook's path is a password, and what goes to
//! a token server and comes from it contains tokens and the application's secret key. Wherever a log is kept, cap both
//! targets at `DEBUG` or higher. [`SECRET_LOG_TARGETS`] names them.
//!
//! # Features
//!
//! - `rustls` (default): TLS in Rust, with ring.
//! - `idna` (default): portals whose names are not in ASCII, such as `пример.рф`. Without it, write them in punycode.
//! - `native-tls`: the operating system's TLS; used if `rustls` is off.
//! - `testing`: answers and events built by hand, for tests of code that uses this client; see `testing::Example`.
//! - `webpki-roots`: Mozilla's certificate authorities, compiled in, beside the operating system's: for systems that have
//!   none, such as small containers.
//! - `socks`: SOCKS proxies, for [`Config::proxy`] and the environment.
//! - `file-store` (default): [`FileStore`], which keeps tokens in a file.
//! - `tracing`: a span for each call and for each of its requests, with the attributes that OpenTelemetry names, attempts,
//!   status, operating time and duration. Failures are events at `WARN`, retries and waits of a second or more at `INFO`.
//!
//! Without TLS, only a portal on this machine can be reached, over http, unless [`Client::with_transport`] brings another
//! way along.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
mod client;
mod connector;
mod custom;
mod driver;
mod failure;
mod list;
mod logging;
mod names;
mod parts;
mod sender;
mod steady;
mod tls;
mod transport;
mod workers;

pub use client::Client;
pub use custom::Transport;
pub use list::{List, Pages};
pub use logging::SECRET_LOG_TARGETS;
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
pub use {bytes, chrono, http, serde_json, ureq};

/// The code of the README, which has to compile.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
