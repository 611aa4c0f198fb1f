//! To which parameters an answer is given.

use serde::de::{Deserialize, Deserializer, Error};
use serde_json::{Map, Value};

/// The parameters that a call must have. It may have others, too.
#[derive(Debug, Default)]
pub(super) struct When(Map<String, Value>);

impl When {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn fits(&self, params: &Value) -> bool {
        has(params, &self.0)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Object(params) => Ok(Self(params)),
            _ => Err(D::Error::custom(
                "`when` needs an object of parameters; write it as in {\"id\": 7}",
            )),
        }
    }
}

/// Whether an array of PHP's has these entries. A missing one is null.
fn has(given: &Value, wanted: &Map<String, Value>) -> bool {
    let is_array = given.is_object() || given.is_array();
    let mut entries = wanted.iter();
    is_array && entries.all(|(key, wanted)| fits(entry(given, key), wanted))
}

fn entry<'a>(given: &'a Value, key: &str) -> &'a Value {
    let found = match given {
        Value::Array(items) => key.parse::<usize>().ok().and_then(|n| items.get(n)),
        _ => given.get(key),
    };
    found.unwrap_or(&Value::Null)
}

fn fits(given: &Value, wanted: &Value) -> bool {
    match (given, wanted) {
        (_, Value::Object(wanted)) => has(given, wanted),
        (Value::Array(given), Value::Array(wanted)) => {
            let mut pairs = given.iter().zip(wanted);
            given.len() == wanted.len() && pairs.all(|(given, wanted)| fits(given, wanted))
        }
        _ => text(given).is_some_and(|given| Some(given) == text(wanted)),
    }
}

/// A scalar as PHP prints it, as forms have nothing but texts.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Bool(false) => Some(String::new()),
        Value::Bool(true) => Some("1".to_owned()),
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() => Some(float.to_string()),
            _ => Some(number.to_string()),
        },
        Value::String(text) => Some(text.clone()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fits(when: Value, params: &Value) -> bool {
        let when: When = serde_json::from_value(when).unwrap();
        when.fits(params)
    }

    #[test]
    fn values_are_compared_as_texts() {
        let params =
            json!({"id": "7", "half": 0.5, "one": 1.0, "yes": true, "no": false, "x": "Ж"});
        for when in [
            json!({}),
            json!({"id": 7, "half": "0.5"}),
            json!({"id": "7", "one": 1, "yes": 1, "no": ""}),
            json!({"x": "Ж", "yes": true, "no": null}),
            json!({"missing": null, "gone": ""}),
        ] {
            assert!(fits(when.clone(), &params), "{when}");
        }
        for when in [
            json!({"id": 8}),
            json!({"id": "07"}),
            json!({"ID": 7}),
            json!({"id": ["7"]}),
            json!({"id": {}}),
            json!({"id": 7, "missing": 0}),
            json!({"x": "ж"}),
        ] {
            assert!(!fits(when.clone(), &params), "{when}");
        }
    }

    #[test]
    fn arrays_are_looked_into() {
        let params =
            json!({"filter": {"STAGE": "NEW", "ID": ["1", 2], ">SUM": "5"}, "select": ["ID"]});
        for when in [
            json!({"filter": {}}),
            json!({"filter": {"STAGE": "NEW"}}),
            json!({"filter": {"ID": [1, "2"], "CLOSED": null}}),
            json!({"select": ["ID"]}),
            json!({"select": {"0": "ID"}}),
        ] {
            assert!(fits(when.clone(), &params), "{when}");
        }
        for when in [
            json!({"filter": "NEW"}),
            json!({"filter": null}),
            json!({"filter": {"STAGE": "WON"}}),
            json!({"filter": {"ID": [1]}}),
            json!({"filter": {"ID": [2, 1]}}),
            json!({"select": ["ID", "TITLE"]}),
            json!({"select": {"1": "ID"}}),
        ] {
            assert!(!fits(when.clone(), &params), "{when}");
        }
        // Without parameters there is an empty list.
        assert!(fits(json!({}), &json!([])) && !fits(json!({"id": 7}), &json!([])));
    }
}
