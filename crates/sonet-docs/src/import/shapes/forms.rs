//! Which form examples have: one value, an object, a list, a map.

use serde_json::{Map, Value};

use crate::diff::is_numbered;

/// Whether a value is what PHP has for nothing: it can be read as anything.
pub(crate) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(values) => values.is_empty(),
        Value::Bool(value) => !value,
        _ => false,
    }
}

/// Whether a value is an object with something in it, or a list with one.
pub(super) fn holds_object(value: &Value) -> bool {
    match value {
        Value::Object(map) => !map.is_empty(),
        Value::Array(values) => values.iter().any(holds_object),
        _ => false,
    }
}

/// Whether examples show other things beside objects, or beside a list of them: no object has them all.
pub(super) fn is_mixed(shown: &[&Value], list: bool) -> bool {
    let is_row = |value: &Value| value.is_object() || is_empty(value);
    let is_like = |value: &&Value| match value {
        Value::Array(values) => list && values.iter().all(is_row),
        // A list that lacks some of its rows has numbers for keys.
        Value::Object(map) => !list || is_numbered(map),
        _ => false,
    };
    !shown.iter().all(|value| is_empty(value) || is_like(value))
}

/// The objects in answers that have numbers for keys, where all of them have.
pub(super) fn rows_by_number<'v>(shown: &[&'v Value]) -> Option<Vec<&'v Map<String, Value>>> {
    let telling = shown.iter().filter(|value| !is_empty(value));
    let maps: Vec<_> = telling
        .map(|value| value.as_object())
        .collect::<Option<_>>()?;
    if maps.is_empty() || !maps.iter().all(|map| is_numbered(map)) {
        return None;
    }
    let rows = maps.into_iter().flat_map(Map::values);
    rows.map(Value::as_object).collect()
}

/// Whether all that examples show are objects whose keys are names, and there are any: no list is written so.
pub(crate) fn are_named(shown: &[&Value]) -> bool {
    let mut telling = shown.iter().filter(|value| !is_empty(value)).peekable();
    telling.peek().is_some()
        && telling.all(|value| {
            let map = value.as_object();
            map.is_some_and(|map| !map.is_empty() && !is_numbered(map))
        })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn examples_of_one_form_are_told_from_others() {
        let (object, rows, plain) = (json!({ "a": 1 }), json!([{ "a": 1 }]), json!("x"));
        let (gaps, nothing) = (json!({ "3": { "a": 1 } }), json!([]));
        assert!(!is_mixed(&[&object, &nothing], false));
        assert!(is_mixed(&[&object, &rows], false));
        assert!(is_mixed(&[&object, &plain], false));
        assert!(!is_mixed(&[&rows, &gaps, &nothing], true));
        assert!(is_mixed(&[&rows, &object], true));
        assert!(is_mixed(&[&json!([1])], true));
        assert!(are_named(&[&object, &nothing]));
        assert!(!are_named(&[&nothing]) && !are_named(&[&gaps]));
        assert_eq!(rows_by_number(&[&gaps, &nothing]).unwrap().len(), 1);
        assert!(rows_by_number(&[&object]).is_none() && rows_by_number(&[&nothing]).is_none());
    }
}
