//! Extractors for [axum](https://docs.rs/axum): events that are verified before a handler sees them.
//!
//! ```
//! use axum::Router;
//! use axum::http::StatusCode;
//! use axum::routing::post;
//! use sonet_async::axum::{ApplicationTokens, Verified};
//! use sonet_async::events::Event;
//!
//! async fn receive(Verified(event): Verified<Event>) -> StatusCode {
//!     println!("{}", event.name());
//!     StatusCode::OK
//! }
//!
//! # fn example() -> Router {
//! Router::new()
//!     .route("/events", post(receive))
//!     .with_state(ApplicationTokens::one("the token of the outgoing webhook"))
//! # }
//! # let _ = example();
//! ```
//!
//! - [`Verified`] is an event whose application token is the right one.
//! - [`ApplicationTokens`] knows the right one, for one portal or for many. It is the router's state, or a part of it
//!   ([`FromRef`](axum_core::extract::FromRef)).
//! - [`Unverified`] is a body that nothing is known of. It is for the event that brings the application token,
//!   [`Installation`](crate::Installation).
//! - [`EventRejection`] is why a request was refused. Its answer shows nothing of why; take a
//!   `Result<Verified<Event>, EventRejection>` to log that.
//!
//! To test a handler, post it what `testing::event_body` makes of an event, with the feature `testing`.
//!
//! The portal sends an event once, whatever the answer is, and asks a slow handler less often: answer at once, and work
//! later. The examples `events_axum` and `oauth_axum` are whole servers.

mod application_tokens;
mod extract;
mod rejection;

pub use application_tokens::ApplicationTokens;
pub use extract::{Unverified, Verified};
pub use rejection::EventRejection;
