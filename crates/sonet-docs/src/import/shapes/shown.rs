//! What examples show of an object that no table describes, or not all of.

use serde_json::{Map, Value};

use super::forms::is_empty;
use crate::import::name::is_name;
use crate::markup::Location;
use crate::page::{Item, stands_for_others};

/// The fields of the objects in examples, those of a portal's own left out, and whether there are any of these.
pub(super) fn fields(maps: &[&Map<String, Value>], at: &Location) -> (Vec<Item>, bool) {
    let mut fields: Vec<Item> = Vec::new();
    let mut is_open = false;
    for key in maps.iter().flat_map(|map| map.keys()) {
        // What can't have a name is kept with what has none.
        if is_own(key) || !is_name(key) {
            is_open = true;
        } else if fields.iter().all(|field| field.name != *key) {
            let values: Vec<&Value> = maps.iter().filter_map(|map| map.get(key)).collect();
            fields.push(field(key, &values, at));
        }
    }
    (fields, is_open)
}

/// Whether a key is one that a portal has made: `UF_CRM_1`, `ufCrm7`, `PARENT_ID_128`.
fn is_own(key: &str) -> bool {
    let numbered = key
        .rsplit_once('_')
        .is_some_and(|(_, last)| last.len() > 1 && last.bytes().all(|byte| byte.is_ascii_digit()));
    // `chat1982`: of one portal.
    let digits = key.bytes().rev().take_while(u8::is_ascii_digit).count();
    let numbered = numbered || digits > 2;
    let camel = key
        .strip_prefix("uf")
        .is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()));
    numbered || camel || key.starts_with("UF_") || stands_for_others(key)
}

fn field(key: &str, values: &[&Value], at: &Location) -> Item {
    let mut item = Item::new(key, at);
    let is_list = values.iter().any(|value| value.is_array());
    let elements: Vec<&Value> = values
        .iter()
        .flat_map(|value| match value {
            Value::Array(elements) => elements.iter().collect(),
            other => vec![*other],
        })
        .collect();
    let maps: Vec<&Map<String, Value>> = elements
        .iter()
        .filter_map(|value| value.as_object())
        .collect();
    let is_objects = !maps.is_empty()
        && elements
            .iter()
            .all(|value| value.is_object() || value.is_null());
    let has_fields = is_objects && !fields(&maps, at).0.is_empty();
    let word = if has_fields {
        Some("object")
    } else if key.eq_ignore_ascii_case("id") && elements.iter().all(|value| is_digits(value)) {
        // Which text is a number, an example says.
        Some("integer")
    } else {
        word(&elements)
    };
    item.types = match word {
        Some("object") if is_list => vec!["array".to_owned()],
        Some(word) if is_list => vec![format!("{word}[]")],
        Some(word) => vec![word.to_owned()],
        None => Vec::new(),
    };
    item
}

/// Whether a value is a number, or a text of its digits.
fn is_digits(value: &Value) -> bool {
    let is_text = |text: &str| text.parse::<i64>().is_ok();
    value.is_i64() || value.as_str().is_some_and(is_text)
}

/// The vendor's word for what all of these values are; none if nothing is.
pub(super) fn word(values: &[&Value]) -> Option<&'static str> {
    let mut words = values
        .iter()
        .filter(|value| !value.is_null())
        .map(|value| match value {
            Value::Bool(_) => Some("boolean"),
            Value::Number(number) if number.is_f64() => Some("double"),
            Value::Number(_) => Some("integer"),
            Value::String(_) => Some("string"),
            _ => None,
        });
    let first = words.next()??;
    words.try_fold(first, |known, word| match (known, word?) {
        (known, word) if known == word => Some(known),
        ("integer", "double") | ("double", "integer") => Some("double"),
        // A text is read from a number as well.
        ("integer" | "double" | "string", "string") | ("string", "integer" | "double") => {
            Some("string")
        }
        _ => None,
    })
}

/// Whether a value that an example shows can be read as a type. What is empty can be read as anything.
pub(super) fn fits(ty: &str, value: &Value) -> bool {
    if is_empty(value) {
        return true;
    }
    if let Some(element) = ty.strip_suffix("[]") {
        return match value {
            Value::Array(values) => values.iter().all(|value| fits(element, value)),
            Value::Object(map) => map.values().all(|value| fits(element, value)),
            _ => false,
        };
    }
    let text = value.as_str();
    match ty {
        "integer" => is_digits(value),
        "decimal" => value.is_number() || text.is_some_and(is_decimal),
        "boolean" | "flag" => {
            let words = ["Y", "N", "y", "n", "true", "false", "1", "0"];
            value.is_boolean()
                || value.as_i64().is_some_and(|number| matches!(number, 0 | 1))
                || text.is_some_and(|text| words.contains(&text))
        }
        "string" | "secret" | "loose_datetime" | "local_datetime" => {
            text.is_some() || value.is_number()
        }
        "datetime" => text.is_some_and(is_moment),
        "date" => text.is_some_and(|text| is_day(text) || is_moment(text)),
        _ => true,
    }
}

/// Whether a text is a number, and not one of the words that Rust reads as one.
pub(crate) fn is_decimal(text: &str) -> bool {
    let text = text.trim();
    text.parse::<f64>().is_ok_and(f64::is_finite)
        && !text.contains(|char: char| char.is_alphabetic() && !matches!(char, 'e' | 'E'))
}

/// Whether a text is a moment with an offset, without which nobody knows when it is.
fn is_moment(text: &str) -> bool {
    let Some((day, time)) = text.split_once('T') else {
        return false;
    };
    let offset = time.get(8..).unwrap_or_default();
    is_day(day) && (offset.ends_with('Z') || offset.contains(['+', '-']))
}

/// Whether a text is a day in ISO 8601.
fn is_day(text: &str) -> bool {
    text.len() == 10 && text.bytes().filter(|byte| *byte == b'-').count() == 2
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_are_what_all_examples_show() {
        let one = json!({ "ID": "7", "COUNT": 1, "PRICE": 2, "UF_CRM_1": "x", "WHO": null, "TAGS": ["a"] });
        let odd = json!({ "price-net": 5 });
        let odd = [odd.as_object().unwrap()];
        let nowhere = Location {
            file: "page.md".into(),
            line: 1,
        };
        assert_eq!(super::fields(&odd, &nowhere), (Vec::new(), true));
        let two =
            json!({ "ID": 8, "PRICE": 2.5, "INNER": { "a": true }, "ROWS": [{ "x": 1 }], "5": 1 });
        let maps: Vec<_> = [&one, &two]
            .iter()
            .filter_map(|value| value.as_object())
            .collect();
        let at = Location {
            file: "page.md".into(),
            line: 1,
        };
        let (fields, is_open) = fields(&maps, &at);
        assert!(is_open);
        let mut said: Vec<_> = fields
            .iter()
            .map(|field| format!("{}: {}", field.name, field.ty()))
            .collect();
        said.sort();
        assert_eq!(
            said,
            [
                "COUNT: integer",
                "ID: integer",
                "INNER: object",
                "PRICE: double",
                "ROWS: array",
                "TAGS: string[]",
                "WHO: "
            ]
        );
    }

    #[test]
    fn what_an_example_shows_may_be_no_value_of_the_type() {
        for (ty, value) in [
            ("integer", json!("7")),
            ("integer", json!("")),
            ("string", json!(7)),
            ("flag", json!("Y")),
            ("decimal", json!("1500.10")),
            ("integer[]", json!({ "0": 1, "2": 3 })),
            ("datetime", json!("2026-03-19T15:01:27+03:00")),
            ("date", json!("2026-03-19T02:00:00+02:00")),
            ("date", json!("2026-03-19")),
        ] {
            assert!(fits(ty, &value), "{ty} {value}");
        }
        for (ty, value) in [
            ("integer", json!("seven")),
            ("string", json!({ "a": 1 })),
            ("boolean", json!("perhaps")),
            ("datetime", json!("19.03.2026")),
            ("date", json!("19.03.2026")),
            ("datetime", json!("2026-03-19T15:01:27")),
            ("decimal", json!("inf")),
            ("string[]", json!("a")),
        ] {
            assert!(!fits(ty, &value), "{ty} {value}");
        }
    }
}
