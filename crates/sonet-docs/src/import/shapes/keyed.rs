//! Objects whose keys are data: what a table has is under each of them.

use serde_json::{Map, Value};

use super::forms::is_empty;
use super::shown;
use crate::import::name::is_name;
use crate::page::Item;

/// The objects under keys that are data, where all that examples show is so. One key alone may be a name.
pub(super) fn rows_by_key<'v>(
    fields: &[Item],
    shown: &[&'v Value],
) -> Option<Vec<&'v Map<String, Value>>> {
    let maps = telling(shown)?;
    let is_keyed =
        maps.iter().any(|map| map.len() > 1) && maps.iter().all(|map| are_under_keys(fields, map));
    let rows = maps.into_iter().flat_map(Map::values);
    rows.map(Value::as_object)
        .collect::<Option<_>>()
        .filter(|_| is_keyed)
}

/// Whether an object has none of the fields that a table lists, and what is under each of its keys has.
pub(crate) fn are_under_keys(fields: &[Item], map: &Map<String, Value>) -> bool {
    let is_field = |key: &String| {
        let mut fields = fields.iter();
        fields.any(|field| field.name.eq_ignore_ascii_case(key))
    };
    let is_row = |value: &Value| {
        let keys = value.as_object().into_iter().flat_map(Map::keys);
        let (known, other): (Vec<_>, Vec<_>) = keys.partition(|key| is_field(key));
        known.len() > other.len()
    };
    !map.is_empty() && !map.keys().any(is_field) && map.values().all(is_row)
}

/// The type of values under keys that are data, as some of them can be no names, where all are alike.
pub(super) fn value_by_key(shown: &[&Value]) -> Option<&'static str> {
    let maps = telling(shown)?;
    if maps
        .iter()
        .flat_map(|map| map.keys())
        .all(|key| is_name(key))
    {
        return None;
    }
    let values: Vec<&Value> = maps.iter().flat_map(|map| map.values()).collect();
    match shown::word(&values)? {
        "double" => Some("decimal"),
        word => Some(word),
    }
}

/// What examples show, if all of it are objects.
fn telling<'v>(shown: &[&'v Value]) -> Option<Vec<&'v Map<String, Value>>> {
    let telling = shown.iter().filter(|value| !is_empty(value));
    telling.map(|value| value.as_object()).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::markup::Line;

    #[test]
    fn keys_are_data_where_the_fields_are_below_them() {
        let at = Line::all("text").remove(0).at;
        let fields = ["code", "title"].map(|name| Item::new(name, &at));
        let rows = |value: &Value| rows_by_key(&fields, &[value]).map(|rows| rows.len());
        let keyed = json!({ "de": { "code": "de" }, "fr": { "code": "fr", "title": "x" } });
        assert_eq!(rows(&keyed), Some(2));
        for other in [
            json!({ "door": { "code": "de" } }),
            json!({ "code": { "code": "de" }, "fr": { "code": "fr" } }),
            json!({ "de": { "code": "de" }, "total": 2 }),
            json!({ "de": { "code": "de" }, "page": { "size": 2 } }),
            json!([{ "code": "de" }]),
            json!({}),
        ] {
            assert_eq!(rows(&other), None, "{other}");
        }
        assert!(are_under_keys(
            &fields,
            json!({ "a": { "title": 1 } }).as_object().unwrap()
        ));
    }

    #[test]
    fn keys_that_are_no_names_are_data() {
        let of = |value: &Value| value_by_key(&[value]);
        assert_eq!(
            of(&json!({ "S:Date": "Date", "S": "Text" })),
            Some("string")
        );
        assert_eq!(of(&json!({ "1": 5, "2": 6.5 })), Some("decimal"));
        for other in [
            json!({ "DATE": "Date" }),
            json!({ "S:Date": "Date", "S": ["Text"] }),
            json!({ "1": { "a": 1 } }),
            json!([]),
        ] {
            assert_eq!(of(&other), None, "{other}");
        }
    }
}
