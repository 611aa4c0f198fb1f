//! The workgroup and Scrum methods of Bitrix24 as Rust types, with users, tasks and the news feed around them, generated from
//! the sonet spec.
//!
//! This crate sends nothing. `sonet-async` and `sonet-blocking` do, and re-export everything here.
//!
//! Names follow the wire, so that you can find everything: `sonet_group.user.invite` is
//! [`sonet_group::user::Invite`], `socialnetwork.api.workgroup.get` is [`socialnetwork::api::workgroup::Get`],
//! `tasks.api.scrum.kanban.addStage` is [`tasks::api::scrum::kanban::AddStage`].
//!
//! - **Requests**: `new` takes what the method requires, as in [`sonet_group::Create::new`]. Setters take the rest. A
//!   missing required parameter does not compile.
//! - **Results**: all fields are public. Identifiers are always present. Every other field is an `Option`, because portals
//!   leave fields out, and one odd value must not end a walk of thousands of rows. A field is `None` if it is absent,
//!   `null`, empty or unreadable.
//!   Written with serde, a result has the names and forms of the wire, with `null` for `None`, and is read back equal. Tokens
//!   are left out. Results are compared and hashed by all that is in them.
//! - **Identifiers**: each kind has a type of its own, so that a user can't be passed for a group.
//! - **Enums**: all are open. A value that this version does not know decodes and keeps its text.
//! - **Filters**: they are built from the constants of a method. A filter that the method does not support does not
//!   compile, because the server would drop the condition and return more rows than asked for.
//! - **Errors**: those that a method documents have names, see [`Refusal`].
//! - **Bulk changes**: one [`Bulk`] changes many users in many groups.
//! - **Events**: everything that a portal sends is an [`events::Event`].
//!
//! The feature `testing` has an example of each result, for tests of code that uses them: see `testing`.
//!
//! Only a few modules are written by hand: those that reconcile a lost answer, tell events apart, make bulk changes, and
//! convert identifiers.

mod destination;
mod entity;
// Objects of the wire have as many flags as they have, and a module may hold the object that it is named after.
#[allow(clippy::struct_excessive_bools, clippy::module_inception)]
// A call may take nothing but identifiers, and texts of the wire are quoted as they are.
#[allow(clippy::struct_field_names, clippy::doc_markdown)]
// Its module of events is reached through the one below, which has the same name and more in it.
#[allow(unreachable_pub)]
#[rustfmt::skip]
mod generated;
mod reconcile;

mod bulk;
pub mod events;
#[cfg(feature = "testing")]
pub mod testing;

pub use bulk::{Bulk, BulkReport, BulkRun, ChangedUsers, GroupReport};
pub use destination::Destination;
pub use generated::*;
