//! A key that answers have around what the table lists, as examples show: `{"doors": [{…}]}` with a table of what a door has.

use serde_json::{Map, Value};

use super::facts::{ExampleKind, Item, Page};
use crate::words::types::is_plain;

/// Puts the fields of the answer into the only key that all its examples have, where they stand in it.
pub(super) fn put_inside(page: &mut Page) {
    let Some(result) = &page.result else { return };
    let answers = page.examples.iter();
    let answers = answers.filter(|example| example.kind == ExampleKind::Response);
    let mut keys = answers.map(|example| only_key(&example.json, &result.fields));
    let Some(Some((key, is_list))) = keys.next() else {
        return;
    };
    if keys.any(|other| other.is_none_or(|(other, _)| other != key)) {
        return;
    }
    let mut inner = Item::new(key.as_str(), &result.at);
    inner.types = vec![if is_list { "array" } else { "object" }.to_owned()];
    page.is_wrapped = true;
    if let Some(result) = &mut page.result {
        inner.fields = std::mem::take(&mut result.fields);
        result.fields.push(inner);
    }
}

/// The only key of an answer, which is none of the fields, and has them in it; and whether that is a list.
fn only_key(answer: &Value, fields: &[Item]) -> Option<(String, bool)> {
    let result = answer.get("result")?.as_object()?;
    let (key, value) = result.iter().next().filter(|_| result.len() == 1)?;
    let has = |map: &Map<String, Value>| {
        let field = |key: &String| fields.iter().find(|field| field.name == *key);
        let known = map
            .iter()
            .filter_map(|(key, value)| Some((field(key)?, value)));
        // Of which types the fields are, says another object with the same keys.
        let is_other = known.clone().any(|(field, value)| {
            value.is_object() && field.types.iter().all(|ty| is_plain(ty) || ty == "string")
        });
        known.count() * 2 > map.len() && !is_other
    };
    let is_name = key.starts_with(|char: char| char.is_ascii_alphabetic());
    let is_outer = fields.iter().any(|field| field.name == *key);
    let holds = match value {
        Value::Object(map) => has(map),
        Value::Array(rows) => {
            !rows.is_empty() && rows.iter().all(|row| row.as_object().is_some_and(has))
        }
        _ => false,
    };
    (is_name && !is_outer && holds).then(|| (key.clone(), value.is_array()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::markup::Line;

    #[test]
    fn fields_are_in_the_only_key_that_has_them() {
        let at = Line::all("text").remove(0).at;
        let mut fields = ["id", "name"].map(|name| Item::new(name, &at));
        fields[0].types.push("integer".to_owned());
        let of = |result: Value| only_key(&json!({ "result": result }), &fields);
        let doors = ("doors".to_owned(), true);
        assert_eq!(
            of(json!({ "doors": [{ "id": 1, "name": "a" }] })),
            Some(doors)
        );
        assert_eq!(of(json!({ "door": { "id": 1 } })).unwrap().1, false);
        for other in [
            json!({ "id": 1 }),
            json!({ "door": { "id": 1 }, "total": 1 }),
            json!({ "door": { "id": 1, "a": 2 } }),
            json!({ "doors": [] }),
            json!({ "103": { "id": 1 } }),
            json!({ "fields": { "id": { "type": "integer" }, "name": { "type": "string" } } }),
            json!([{ "id": 1 }]),
        ] {
            assert_eq!(of(other.clone()), None, "{other}");
        }
    }
}
