//! `sonet_group.*`

pub(super) mod create;
pub(super) mod delete;
pub(super) mod get;
pub(super) mod set_owner;
pub(super) mod update;
