//! The conditions by which a client walks a list that a handler answers whole.

use crate::wire::params::Params;
use crate::wire::value::{Array, Value as Param};
use serde_json::Value;

/// The rows behind the identifiers that a call names in its filter, in the order that it asks for.
/// Fields that not all rows have as numbers are passed over.
pub(super) fn behind(mut rows: Vec<Value>, params: &Params) -> Vec<Value> {
    for (key, value) in object(params, ["filter", "FILTER"]) {
        let Some(field) = key.strip_prefix('>').filter(|field| has(&rows, field)) else {
            continue;
        };
        // A reference that leads nowhere is a text, and nothing is behind that.
        let last = value.to_int().unwrap_or(i64::MAX);
        rows.retain(|row| number(row, field).is_some_and(|id| id > last));
    }
    for (field, direction) in object(params, ["order", "ORDER"]) {
        if has(&rows, field) {
            rows.sort_by_key(|row| number(row, field));
            let direction = direction.to_text().unwrap_or_default();
            if direction.eq_ignore_ascii_case("desc") {
                rows.reverse();
            }
        }
    }
    rows
}

/// The entries of a parameter, under the name that the call gives it.
fn object<'p>(params: &'p Params, names: [&str; 2]) -> impl Iterator<Item = (&'p str, &'p Param)> {
    let arrays = names.into_iter().filter_map(|name| params.array(name));
    arrays.flat_map(Array::iter).collect::<Vec<_>>().into_iter()
}

/// Whether all rows have the field as a number.
fn has(rows: &[Value], field: &str) -> bool {
    rows.iter().all(|row| number(row, field).is_some())
}

/// A number, or a text of one.
fn number(row: &Value, field: &str) -> Option<i64> {
    let value = row.get(field)?;
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn behind_of(rows: Value, params: &str) -> Value {
        let Value::Array(rows) = rows else {
            panic!("no list")
        };
        let params = Params::of_json(params).unwrap();
        Value::Array(behind(rows, &params))
    }

    #[test]
    fn rows_up_to_an_identifier_are_left_out() {
        let rows = || json!([{"ID": "7"}, {"ID": "60"}, {"ID": "9"}]);
        for (params, left) in [
            ("{}", json!([{"ID": "7"}, {"ID": "60"}, {"ID": "9"}])),
            (
                r#"{"filter": {">ID": "7"}, "order": {"ID": "ASC"}}"#,
                json!([{"ID": "9"}, {"ID": "60"}]),
            ),
            (
                r#"{"FILTER": {">ID": 8}, "ORDER": {"ID": "desc"}}"#,
                json!([{"ID": "60"}, {"ID": "9"}]),
            ),
            (r#"{"filter": {">ID": "$result[x]"}}"#, json!([])),
        ] {
            assert_eq!(behind_of(rows(), params), left, "{params}");
        }
    }

    #[test]
    fn other_conditions_are_the_handlers() {
        let rows = || json!([{"ID": 1, "NAME": "b"}, {"ID": 2, "NAME": "a"}]);
        for params in [
            r#"{"filter": {"ID": 2, ">=ID": 2, ">NAME": "a", ">TITLE": 1}}"#,
            r#"{"order": {"NAME": "ASC"}, "filter": 7}"#,
        ] {
            assert_eq!(behind_of(rows(), params), rows(), "{params}");
        }
    }
}
