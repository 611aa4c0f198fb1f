//! `sonet_group.user.*`

pub(super) mod add;
pub(super) mod delete;
pub(super) mod get;
pub(super) mod groups;
pub(super) mod invite;
pub(super) mod request;
pub(super) mod update;
