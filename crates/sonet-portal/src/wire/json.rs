//! JSON bodies, read into the same [`Value`] as form fields.

use super::output::{Json, Object};
use super::value::{Array, Value};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::collections::HashMap;
use std::fmt;

/// Parses a JSON body; the error says where it stops being JSON.
pub(crate) fn parse(body: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(body).map_err(|error| error.to_string())
}

/// What a program of somebody else's sees of an array: a list, or an object.
pub(crate) fn of_array(array: &Array) -> serde_json::Value {
    if array.is_list() {
        return array.values().map(of_value).collect();
    }
    let entries = array.iter();
    entries
        .map(|(key, value)| (key.to_owned(), of_value(value)))
        .collect()
}

fn of_value(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(flag) => (*flag).into(),
        Value::Int(number) => (*number).into(),
        Value::Float(number) => (*number).into(),
        Value::Text(text) => text.as_str().into(),
        Value::Array(array) => of_array(array),
    }
}

/// What a program of somebody else's gives to print.
impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        use serde_json::Value as Given;
        match value {
            Given::Null => Json::Null,
            Given::Bool(flag) => Json::Bool(flag),
            Given::Number(number) => match number.as_i64() {
                Some(number) => Json::Int(number),
                None => Json::Float(number.as_f64().unwrap_or_default()),
            },
            Given::String(text) => Json::Text(text),
            Given::Array(items) => Json::List(items.into_iter().map(Json::from).collect()),
            Given::Object(entries) => {
                let mut object = Object::new();
                for (key, value) in entries {
                    object.set(key, Json::from(value));
                }
                Json::Object(object)
            }
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Int(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        // As in PHP, a number beyond its integers becomes a float.
        #[allow(clippy::cast_precision_loss)]
        Ok(i64::try_from(number).map_or(Value::Float(number as f64), Value::Int))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Float(number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Array::default();
        while let Some(item) = items.next_element()? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut array = Array::default();
        // An index beside the array, or a large body would take quadratic time.
        let mut places: HashMap<String, usize> = HashMap::new();
        while let Some((key, value)) = fields.next_entry::<String, Value>()? {
            if let Some(at) = places.get(&key) {
                array.replace_at(*at, value);
            } else {
                places.insert(key.clone(), array.len());
                array.append(key, value);
            }
        }
        Ok(Value::Array(array))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::output::Json;

    #[test]
    fn keeps_order_types_and_the_last_of_equal_keys() {
        let value = parse(br#"{"z":1,"a":"1","b":[true,null,1.5],"z":{"n":-2}}"#).unwrap();
        assert_eq!(
            Json::from(&value).to_string(),
            r#"{"z":{"n":-2},"a":"1","b":[true,null,1.5]}"#
        );
    }

    #[test]
    fn an_empty_object_is_an_empty_array() {
        assert_eq!(parse(b"{}"), parse(b"[]"));
    }

    #[test]
    fn broken_json_is_an_error() {
        for broken in ["", "{", "{\"a\":}", "{} x", "nul", "{'a':1}", "\u{feff}{}"] {
            assert!(parse(broken.as_bytes()).is_err(), "{broken}");
        }
        assert!(parse(b"{\"a\":\"\xff\"}").is_err());
        assert!(parse("[".repeat(100_000).as_bytes()).is_err());
    }
}
