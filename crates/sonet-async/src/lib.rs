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
//! - A method is a value, [`Client::call`] sends it. The methods stand in [`sonet_group`] and [`socialnetwork`], under
//!   the names that they have on the wire; [`Raw`] calls any other by its name.
//! - [`Client::list`] walks a list to its end, [`Client::batch`] runs several methods in one request, and [`Client::bulk`]
//!   changes the members of many groups.
//! - [`Config`] has every setting: tokens, timeouts, certificates.
//! - [`Error`] says what can be done: [`Error::is`] for what a method documents, [`Error::executed`] for whether a
//!   write ran; where nobody can tell, [`Client::reconcile`] looks, or the method's documentation says how to.
//! - [`Delivery`] and [`events::Event`] are for handlers of events, see [below](#events).
//!
//! What the portal refused before running it, and what never left, is sent again; what may have run is repeated only where
//! that does no harm ([`Effect`], [`Config::retry`]). Calls wait for room under the portal's rate limit
//! ([`Config::rate`]). A portal that has moved is followed once per call, to where the secret may go
//! ([`Config::allow_move_to`]). No secret gets into an error or a `Debug` output.
//!
//! It runs on tokio, with I/O and time enabled. `sonet-blocking` is the same client without `.await`.
//!
//! # Events
//!
//! A portal sends an event as a `POST` request, form-encoded, to the address that `event.bind` or an outgoing webhook
//! named. Any web server can take it; the body becomes a [`Delivery`], and that an [`events::Event`] once its application
//! token is compared. A [`DeliveryError`] says whether the body is [malformed](DeliveryError::is_malformed), may be
//! [forged](DeliveryError::is_unverified), or has [another form](DeliveryError::is_decode) than expected.
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
//! reqwest and what is below it write to `log`, and print neither paths nor bodies, unless HTTP settings of your own
//! ([`Client::with_http`]) switch `connection_verbose` on: then all that is sent and received is printed at `TRACE`, tokens
//! included.
//!
//! # Features
//!
//! - `rustls` (default): TLS in Rust, with ring.
//! - `native-tls`: the operating system's TLS; used where `rustls` is off.
//! - `tracing`: a span for each call, with its attempts, waits and their reasons, status and operating time.
//!
//! With neither, only a portal on this machine is reached, over http.

mod body;
mod client;
mod driver;
mod list;
#[cfg(any(feature = "rustls", feature = "native-tls"))]
mod tls;
mod transport;

pub use client::Client;
pub use list::{List, Pages};
pub use sonet_core::wire::{Accepted, File, Timestamp};
pub use sonet_core::{
    Address, ApiError, App, Attempt, Backoff, Batch, BatchRun, Callback, Commands, Config,
    CountMode, Cursor, Delivery, DeliveryError, Effect, Error, Executed, Handle, Id, Invalid,
    Lease, LimitStore, Limits, MemoryStore, Method, Metrics, Never, OpenEnum, Page, Paged, Paging,
    Placeholder, Progress, ProgressEvent, Rate, Raw, Reason, Reconcile, Reconciled, Reference,
    References, Reply, ResultPath, RetryPolicy, Secret, SentCall, StoreError, Time, TokenStore,
    Tokens, Unknown, Verdict, Wait, filter,
};
pub use sonet_net::FileStore;
pub use sonet_types::*;

#[doc(no_inline)]
pub use {chrono, serde_json};
