//! The workgroup and Scrum methods of Bitrix24 as Rust types, generated from the sonet spec. Written by hand is only how
//! a lost answer is reconciled, and what identifiers convert to.
//!
//! Names follow the wire, so that everything can be found: `sonet_group.user.invite` is
//! [`sonet_group::user::Invite`], `socialnetwork.api.workgroup.get` is [`socialnetwork::api::workgroup::Get`],
//! `tasks.api.scrum.kanban.addStage` is [`tasks::api::scrum::kanban::AddStage`].
//!
//! - A **request** is built from what the method needs, [`sonet_group::Create::new`], and setters for the rest. A missing
//!   required parameter does not compile.
//! - A **result** has public fields. Identifiers are always there; everything else is an `Option`, since portals leave out what
//!   they like, and one odd value must not end a walk of thousands. Absent, `null`, empty or unreadable, it is `None`.
//! - **Identifiers** are types of their own, so that a user can't be passed for a group.
//! - **Enums** are open: a value that this version does not know decodes and keeps its text.
//! - **Filters** are built from the constants of a method. What the method can't filter by does not compile, since the
//!   server would drop the condition and answer more rows than asked for.
//! - **Errors** that a method documents are matched by name: [`Refusal`].
//! - **Many users in many groups** are changed by one value: [`Bulk`].
//! - **Events** that a portal sends are one type: [`events::Event`].
//!
//! Nothing here sends anything: `sonet-async` and `sonet-blocking` do, and re-export all of this.

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

pub use bulk::{Bulk, BulkReport, BulkRun, ChangedUsers, GroupReport};
pub use generated::*;
