//! What documented calls send.

use serde_json::Value;

use crate::import::shapes::{are_under_keys, is_decimal};
use crate::page::Item;
use crate::words;

/// The keys of an object in an example that its table does not have.
pub(super) fn others<'v>(param: &Item, value: &'v Value) -> impl Iterator<Item = &'v String> {
    let keys = value.as_object().into_iter().flat_map(|map| map.keys());
    keys.filter(|key| {
        let mut fields = param.fields.iter();
        fields.all(|field| !field.name.eq_ignore_ascii_case(key))
    })
}

/// Whether what examples send under a name has keys of its own, each with what the table of it lists. No object of those
/// fields can be sent then.
pub(super) fn has_own_keys(param: &Item, values: &[&Value]) -> bool {
    let maps = values.iter().filter_map(|value| value.as_object());
    let mut maps = maps.filter(|map| !map.is_empty()).peekable();
    let says_so = words::says_keyed(&param.text);
    let is_shown = maps.peek().is_some();
    (is_shown || says_so) && maps.all(|map| are_under_keys(&param.fields, map))
}

/// Whether what an example sends can be conditions: a value, or a list of values, for each field.
pub(super) fn are_conditions(value: &Value) -> bool {
    let mut values = value.as_object().into_iter().flat_map(|map| map.values());
    let is_value = |value: &Value| !value.is_array() && !value.is_object();
    values.all(|value| {
        value
            .as_array()
            .is_none_or(|list| list.iter().all(is_value))
    })
}

/// What an example sends under a name, in whatever case: the server does not tell cases apart.
pub(super) fn sent<'v>(value: &'v Value, name: &str) -> Option<&'v Value> {
    let map = value.as_object()?;
    let like = || map.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
    map.get(name).or_else(|| like().map(|(_, value)| value))
}

/// Whether what an example sends is a value of a type.
pub(super) fn sends(ty: &str, value: &Value) -> bool {
    if let Some(element) = ty.strip_suffix("[]") {
        let Value::Array(values) = value else {
            return sends(element, value);
        };
        return values.iter().all(|value| sends(element, value));
    }
    if let Some(element) = ty.strip_prefix("map<").and_then(|ty| ty.strip_suffix('>')) {
        let map = value.as_object();
        return map.is_some_and(|map| map.values().all(|value| sends(element, value)));
    }
    match ty {
        "json" => true,
        "string" | "secret" | "datetime" | "date" => value.is_string(),
        "integer" | "page_start" => {
            value.is_i64()
                || value
                    .as_str()
                    .is_some_and(|text| text.parse::<i64>().is_ok())
        }
        "decimal" => value.is_number() || value.as_str().is_some_and(is_decimal),
        "boolean" => value.is_boolean(),
        "flag" => matches!(value.as_str(), Some("Y" | "N")),
        "file" => value.get(0).is_some_and(Value::is_string),
        // An enum, or an identifier.
        _ => value.is_string() || value.is_i64(),
    }
}
