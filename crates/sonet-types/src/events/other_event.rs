//! Events without a type of their own.

use std::fmt;

use serde::Deserialize;
use serde_json::Value;
use sonet_core::wire;
use sonet_core::wire::Decode as _;

use super::{EventAuth, EventName};

/// An event that has no type here: its name, and its data as it came.
///
/// `Debug` leaves the data out, since some events have tokens there.
#[derive(Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct OtherEvent {
    /// Code of the event, as `ONAPPUPDATE`.
    pub event: EventName,
    /// Handler that the event was sent to.
    #[serde(
        default,
        deserialize_with = "wire::Optional::<wire::Int, wire::Blank>::decode"
    )]
    pub event_handler_id: Option<i64>,
    /// What happened: texts, lists and objects. `null` where nothing came, which is how a form says `[]`.
    #[serde(default)]
    pub data: Value,
    /// When the queue sent the event, in seconds since 1970-01-01 UTC.
    #[serde(
        default,
        deserialize_with = "wire::Optional::<wire::Int, wire::Blank>::decode"
    )]
    pub ts: Option<i64>,
    /// Where it happened, and the authorization.
    #[serde(deserialize_with = "wire::Object::decode")]
    pub auth: EventAuth,
}

impl fmt::Debug for OtherEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OtherEvent")
            .field("event", &self.event)
            .field("event_handler_id", &self.event_handler_id)
            .field("ts", &self.ts)
            .field("auth", &self.auth)
            .finish_non_exhaustive()
    }
}
