//! The requests of the examples: those that can be built, and why others can't.

use serde_json::{Map, Value};

use super::call::{Call, CallBuilder, Rejection};
use super::check::CheckKind;
use super::collection::Collection;
use crate::page::Example;

/// Adds a request that can be built, without what is decided about it, or says why it can't.
pub(super) fn collect(collection: &mut Collection, builder: &CallBuilder<'_>, example: Example) {
    let Value::Object(params) = &example.json else {
        return collection.report(&example.at, super::NO_OBJECT);
    };
    match attempt(builder, params) {
        Ok(call) => {
            let kind = CheckKind::Produce {
                call: call.code,
                json: call.json.to_string(),
            };
            collection.add(example, Vec::new(), kind);
        }
        Err(rejections) if rejections.is_empty() => collection.outcome.decided += 1,
        Err(rejections) => {
            collection.outcome.requests += 1;
            for rejection in rejections {
                let path: Vec<&str> = rejection.path.iter().map(String::as_str).collect();
                let at = example.line_of(&path);
                collection.report(&at, rejection.message);
            }
        }
    }
}

/// Builds a request, if need be without what is decided about it. It may then lack what stands in the wrong place: there is no
/// reason why it can't be built, but that this is decided.
pub(super) fn attempt(
    builder: &CallBuilder<'_>,
    params: &Map<String, Value>,
) -> Result<Call, Vec<Rejection>> {
    let mut rest = params.clone();
    let mut built = builder.build(&rest);
    if let Err(rejections) = &built {
        // What is known to be wrong in an example says nothing about the rest of it.
        for rejection in rejections.iter().filter(|rejection| rejection.is_decided) {
            remove(&mut rest, &rejection.path);
        }
    }
    if rest != *params {
        built = builder.build(&rest);
        if let Err(rejections) = &mut built {
            // It may be what stands in the wrong place.
            rejections.retain(|rejection| !rejection.is_missing);
        }
    }
    built
}

/// Takes a parameter out of a request.
fn remove(params: &mut Map<String, Value>, path: &[String]) {
    match path {
        [] => {}
        [key] => {
            params.remove(key);
        }
        [key, rest @ ..] => {
            if let Some(inner) = params.get_mut(key) {
                remove_in(inner, rest);
            }
        }
    }
}

/// Takes it out of what stands there: of an object, or of each in a list.
fn remove_in(value: &mut Value, path: &[String]) {
    match value {
        Value::Object(params) => remove(params, path),
        Value::Array(values) => values.iter_mut().for_each(|value| remove_in(value, path)),
        _ => {}
    }
}
