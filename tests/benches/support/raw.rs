//! What a person does by hand who calls without a client.
//!
//! The request is the one that the client sends, and the answer is decoded to the same types. Left out is what makes a
//! client: errors of the API told from others, retries, limits, decompression, a bound for the body, secrets kept out of
//! errors, counts.

use serde::{Deserialize, Deserializer};
use sonet_core::{Method, Time};

pub(crate) const USER_AGENT: &str = "benchmark/1.0";

/// The headers that the client sends, beside its own `Content-Type`.
pub(crate) const HEADERS: [(&str, &str); 4] = [
    ("content-type", "application/json"),
    ("accept", "application/json"),
    ("accept-encoding", "gzip"),
    ("user-agent", USER_AGENT),
];

/// The answer, with all that a [`sonet_core::Reply`] has.
#[derive(Deserialize)]
#[serde(bound = "M: Method")]
#[allow(dead_code)] // only decoded
pub(crate) struct Answer<M: Method> {
    #[serde(deserialize_with = "result::<M, _>")]
    result: M::Output,
    total: Option<u64>,
    next: Option<i64>,
    time: Time,
}

fn result<'de, M: Method, D: Deserializer<'de>>(deserializer: D) -> Result<M::Output, D::Error> {
    M::decode(deserializer)
}

/// Where to send a method, and what.
pub(crate) fn request<M: Method>(webhook: &str, method: &M) -> (String, String) {
    let body = serde_json::to_string(method).unwrap();
    (format!("{webhook}{}.json", M::NAME), body)
}
