//! A simulated Bitrix24 portal for tests and examples.
//!
//! The portal answers the REST methods of workgroups, their members and scrums, and those of users,
//! tasks and the feed around them, as the documentation describes them: with the same checks in the same order, the same texts, and the same quirks of the
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
//! What takes an identifier takes whatever converts into a number: `portal.group(77)`, or what a client answered, as it is.
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

// In layers, each of which knows only those behind it: server, portal, rest, methods, domain, rules,
// wire.
mod domain;
mod methods;
mod portal;
mod rest;
mod rules;
mod server;
mod wire;

pub use domain::app::{App, AppStatus, Installation};
pub use domain::model::{
    Backlog, Comment, Destination, Epic, Group, GroupKind, Image, InitiatePerms, InitiatedBy, Post,
    Profile, Relation, Role, ScrumTask, Sprint, SprintStatus, Stage, StageKind, Task, TaskFlag,
    TaskStatus, User, UserKind,
};
pub use methods::taught::{Reply, TaughtCall, TeachError};
pub use portal::{Portal, Taught};
pub use rest::events::Delivery;
pub use rest::http::{Request, Response};
pub use rest::oauth::Tokens;
pub use rules::{
    AuthErrors, BatchBilling, BatchOverflow, BatchReferences, EventForm, EventTokens, Language,
    Rate, Rules, Strict,
};
pub use server::builder::Builder;
pub use server::fault::{Fault, Faults, FaultsOf, SpecError};
pub use server::log::LogEntry;
pub use server::{PortalGuard, SentEvent, Server};
