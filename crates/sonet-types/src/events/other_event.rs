//! Events without a type of their own.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use sonet_core::wire;
use sonet_core::wire::Decode as _;

use super::{EventAuth, EventName};

/// An event that has no type here: its name, and its data as it came.
///
/// `Debug` leaves the data out, since some events have tokens there. Serialized, it is without them: whatever is named like a
/// token or a secret is left out, at any depth.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OtherEvent {
    /// Code of the event, as `ONUSERADD`.
    pub event: EventName,
    /// Handler that the event was sent to.
    #[serde(
        default,
        deserialize_with = "wire::Optional::<wire::Int, wire::Blank>::decode"
    )]
    pub event_handler_id: Option<i64>,
    /// What happened: texts, lists and objects. `null` where nothing came, which is how a form says `[]`.
    #[serde(default, serialize_with = "without_tokens")]
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

/// Whether a key is one by which secrets are known: `access_token`, `CLIENT_SECRET`, and `AUTH_ID` and `REFRESH_ID`, as a
/// pair of tokens is called where a page of an application is opened.
fn is_secret(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    ["token", "secret", "password"]
        .iter()
        .any(|end| key.ends_with(end))
        || ["auth_id", "refresh_id"].contains(&&*key)
}

fn without_tokens<S: Serializer>(data: &Value, serializer: S) -> Result<S::Ok, S::Error> {
    match data {
        Value::Object(entries) => {
            let told = entries.iter().filter(|(key, _)| !is_secret(key));
            serializer.collect_map(told.map(|(key, value)| (key, WithoutTokens(value))))
        }
        Value::Array(items) => serializer.collect_seq(items.iter().map(WithoutTokens)),
        plain => plain.serialize(serializer),
    }
}

struct WithoutTokens<'a>(&'a Value);

impl Serialize for WithoutTokens<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        without_tokens(self.0, serializer)
    }
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
