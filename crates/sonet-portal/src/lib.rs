//! A simulated Bitrix24 portal for tests and examples.
//!
//! The portal answers the REST methods of workgroups, their members and scrums as the documentation
//! describes them: with the same checks in the same order, the same texts, and the same quirks of the
//! wire. It keeps its state in memory and needs no account. It shares no type with any client, so that
//! a mistake on one side is not cancelled out by the same mistake on the other.
//!
//! The README lists what the portal has, its faults, and its rules.
//!
//! # With a server
//!
//! ```
//! # fn main() -> std::io::Result<()> {
//! let server = sonet_portal::Portal::builder().groups(120).users(40).seed(1).start()?;
//! let webhook = server.webhook(); // http://127.0.0.1:PORT/rest/1/…/
//! assert!(webhook.starts_with(&server.url()));
//!
//! // What the portal really did, whatever the client believes:
//! assert_eq!(server.with(|portal| portal.executed_of("sonet_group.create")), 0);
//! # Ok(())
//! # } // the server stops here
//! ```
//!
//! # Without a server
//!
//! [`Portal::handle`] is a pure function of the state, a request and the time:
//!
//! ```
//! use sonet_portal::{Portal, Request};
//! use std::time::{Duration, UNIX_EPOCH};
//!
//! let mut portal = Portal::builder().groups(3).build();
//! let path = portal.webhook_path(1).unwrap();
//! let request = Request::json(format!("{path}sonet_group.get"), r#"{"FILTER":{"ID":0}}"#);
//! let response = portal.handle(&request, UNIX_EPOCH + Duration::from_secs(1_773_921_687));
//! assert_eq!(response.status(), 200);
//! assert!(response.text().starts_with(r#"{"result":[],"total":0,"#));
//! ```

#![cfg_attr(docsrs, feature(doc_cfg))]

mod access;
mod address;
mod app;
mod auth;
mod batch;
mod builder;
mod call;
mod cors;
mod dates;
mod emoji;
mod envelope;
mod events;
mod fault;
mod filter;
mod flow;
mod http;
mod inspect;
mod issued;
#[cfg(feature = "sqlite")]
mod kept;
mod limits;
mod listing;
mod log;
mod meddle;
mod methods;
mod model;
mod oauth;
mod page;
mod pictures;
mod portal;
mod prepared;
mod refusal;
mod rest_3;
mod route;
mod rules;
mod seconds;
mod secrets;
mod seed;
mod server;
mod state;
#[cfg(feature = "sqlite")]
mod store;
mod strict;
mod wire;
mod wording;

pub use app::{App, AppStatus, Installation};
pub use builder::Builder;
pub use events::Delivery;
pub use fault::{Fault, Faults, FaultsOf, SpecError};
pub use http::{Request, Response};
pub use log::LogEntry;
pub use model::{
    Backlog, Epic, Group, GroupKind, Image, InitiatePerms, InitiatedBy, Relation, Role, ScrumTask,
    Sprint, SprintStatus, Stage, StageKind, User, UserKind,
};
pub use oauth::Tokens;
pub use portal::Portal;
pub use rules::{
    AuthErrors, BatchBilling, BatchOverflow, BatchReferences, EventForm, EventTokens, Language,
    Rate, Rules, Strict,
};
pub use server::{PortalGuard, SentEvent, Server};
