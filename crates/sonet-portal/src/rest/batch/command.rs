//! One command of a batch: `method?name=value&…`.

use super::loose;
use super::reference;
use super::results::Results;
use crate::rules::BatchReferences;
use crate::wire::brackets;
use crate::wire::params::Params;
use crate::wire::value::{Array, Value};

/// How many bytes references may put into the commands of one batch. A short command can repeat a
/// long result thousands of times, which must not take all memory. It is as much as a body may have.
pub(crate) const MAX_REPLACED_BYTES: usize = 16 * 1024 * 1024;

/// A command, with its references already replaced.
pub(crate) struct Command {
    pub(crate) method: String,
    pub(crate) params: Params,
}

impl Command {
    /// Reads a command as PHP's `parse_url` and `parse_str` do: a fragment is cut off, the query is
    /// decoded once, the method not at all.
    pub(super) fn read(
        text: &str,
        references: BatchReferences,
        results: &Results,
        budget: &mut usize,
    ) -> Self {
        let resolve = match references {
            BatchReferences::Documented => reference::resolve,
            BatchReferences::Loose => loose::resolve,
        };
        let text = text.split_once('#').map_or(text, |(before, _)| before);
        let (method, query) = text.split_once('?').unwrap_or((text, ""));
        let fields = replace(brackets::parse(query.as_bytes()), &mut |text| {
            resolve(text, results, budget)
        });
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
fn replace(fields: Array, resolve: &mut dyn FnMut(String) -> Value) -> Array {
    let mut replaced = Array::default();
    for (key, value) in fields.into_entries() {
        let value = match value {
            Value::Text(text) => resolve(text),
            Value::Array(array) => Value::Array(replace(array, resolve)),
            other => other,
        };
        replaced.append(key, value);
    }
    replaced
}
