//! `socialnetwork.api.workgroup.*`

pub(super) mod get;
pub(super) mod list;
pub(super) mod selected;
