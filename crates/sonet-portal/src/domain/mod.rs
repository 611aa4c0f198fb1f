//! What a portal knows: users, groups, their members, scrums, applications, and who sees what.
//!
//! Nothing in here knows HTTP, and nothing the names of methods. [`model`] is what things are,
//! [`state`] keeps them and knows their changes, [`access`], [`task_access`] and
//! [`feed_access`] say who may see and do what, [`filter`]
//! and [`listing`] find, [`events`] is what happens and who wants to know, and [`seed`] makes up all
//! of it.

pub(crate) mod access;
pub(crate) mod app;
pub(crate) mod credential;
pub(crate) mod dates;
pub(crate) mod emoji;
pub(crate) mod events;
pub(crate) mod feed_access;
pub(crate) mod filter;
pub(crate) mod listing;
pub(crate) mod model;
pub(crate) mod number;
pub(crate) mod page;
pub(crate) mod secrets;
pub(crate) mod seed;
pub(crate) mod state;
pub(crate) mod task_access;
