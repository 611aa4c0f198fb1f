//! The methods that are no methods of groups, but that other clients call first.

pub(super) mod app_info;
pub(super) mod event_bind;
pub(super) mod event_get;
pub(super) mod event_unbind;
pub(super) mod events;
pub(super) mod methods;
pub(super) mod profile;
pub(super) mod scope;
pub(super) mod server_time;
