//! One command of a batch: `method?name=value&…`.

use super::reference;
use super::results::Results;
use crate::wire::brackets;
use crate::wire::params::Params;
use crate::wire::value::{Array, Value};

/// A command, with its references already replaced.
pub(super) struct Command {
    pub(super) method: String,
    pub(super) params: Params,
}

impl Command {
    /// Reads a command as PHP's `parse_url` and `parse_str` do: a fragment is cut off, the query is
    /// decoded once, the method not at all.
    pub(super) fn read(text: &str, results: &Results) -> Self {
        let text = text.split_once('#').map_or(text, |(before, _)| before);
        let (method, query) = text.split_once('?').unwrap_or((text, ""));
        let fields = replace(brackets::parse(query.as_bytes()), results);
        let mut params = Params::from_fields(fields);
        // The batch's own credential covers all its commands.
        params.take_auth();
        Self {
            method: method.to_owned(),
            params,
        }
    }
}

/// Replaces the references in all values, but in no key.
fn replace(fields: Array, results: &Results) -> Array {
    let mut replaced = Array::default();
    for (key, value) in fields.into_entries() {
        let value = match value {
            Value::Text(text) => reference::resolve(text, results),
            Value::Array(array) => Value::Array(replace(array, results)),
            other => other,
        };
        replaced.append(key, value);
    }
    replaced
}
