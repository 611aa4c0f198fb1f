//! What documented calls send.

use serde_json::Value;

use crate::import::shapes::{are_under_keys, is_decimal};
use crate::markup::inline;
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

/// A documented call that has all of its parameters once more within one of them, which is an object.
pub(super) struct Wrapped<'v> {
    /// That parameter.
    pub(super) around: &'v str,
    /// What is in it, which is the call that was meant.
    pub(super) call: &'v Value,
}

impl<'v> Wrapped<'v> {
    /// What a call was meant to be, if it is one of those.
    pub(super) fn of(params: &[Item], call: &'v Value) -> Option<Self> {
        let outer = call.as_object()?;
        let (around, call) = outer.iter().find(|(key, inner)| {
            let is_object = inner.get(key).is_some_and(Value::is_object);
            let mut others = outer.keys().filter(|other| other != key);
            // The credential is sent beside all of it.
            let has_all = others.all(|other| other == "auth" || inner.get(other).is_some());
            is_object && has_all && params.iter().any(|param| param.name == **key)
        })?;
        Some(Self { around, call })
    }

    /// The parameters that stand in the wrong place.
    pub(super) fn misplaced(&self, params: &[Item]) -> Vec<&'v str> {
        let keys = self.call.as_object().into_iter().flat_map(|map| map.keys());
        keys.filter(|key| params.iter().any(|param| param.name == **key))
            .map(String::as_str)
            .collect()
    }
}

/// The type of a list of which the page says no more, by what examples send in it.
pub(super) fn of_elements(param: &Item, values: &[&Value]) -> Option<&'static str> {
    if param.types != ["array"] || !param.fields.is_empty() || !param.values.is_empty() {
        return None;
    }
    let lists: Vec<&Vec<Value>> = values
        .iter()
        .map(|value| value.as_array())
        .collect::<Option<_>>()?;
    let elements: Vec<&Value> = lists.into_iter().flatten().collect();
    let all = |is: fn(&Value) -> bool| elements.iter().all(|value| is(value));
    match elements.as_slice() {
        [] => None,
        _ if all(Value::is_i64) => Some("integer[]"),
        _ if all(Value::is_string) => Some("string[]"),
        _ if all(is_file) => Some("file[]"),
        _ => None,
    }
}

/// Whether a value is a file as it is sent: its name, and what is in it.
fn is_file(value: &Value) -> bool {
    let Some([Value::String(name), Value::String(_)]) = value.as_array().map(Vec::as_slice) else {
        return false;
    };
    name.rsplit_once('.')
        .is_some_and(|(stem, end)| !stem.is_empty() && (2..=5).contains(&end.len()))
}

/// Whether what examples send under a name has keys of its own, each with what the table of it lists. No object of those
/// fields can be sent then.
pub(super) fn has_own_keys(param: &Item, values: &[&Value]) -> bool {
    let maps = values.iter().filter_map(|value| value.as_object());
    let mut maps = maps.filter(|map| !map.is_empty()).peekable();
    let says_so = words::says_keyed(&inline::plain(&param.sentences));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Line;

    #[test]
    fn what_is_said_of_the_keys_of_a_field_is_not_said_of_those_around_it() {
        let at = Line::all("text").remove(0).at;
        let mut door = Item::new("door", &at);
        door.text = "The door.\nHALLS - The halls. Each key is a number".to_owned();
        door.sentences = "The door.".to_owned();
        assert!(!has_own_keys(&door, &[]));
        door.sentences = "The doors. **Each key** is a number".to_owned();
        assert!(has_own_keys(&door, &[]));
    }
}
