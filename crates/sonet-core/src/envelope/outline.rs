//! What stands in an answer at the top, without reading it.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// Whether there are an error and a result.
#[derive(Deserialize)]
pub(super) struct Outline {
    #[serde(default)]
    error: Option<IgnoredAny>,
    #[serde(default)]
    result: Presence,
}

impl Outline {
    /// The outline of an object.
    pub(super) fn of(text: &str) -> Option<Self> {
        if super::json::is_object(text) {
            serde_json::from_str(text).ok()
        } else {
            None
        }
    }

    /// Whether there is a key `result`.
    pub(super) fn has_result(&self) -> bool {
        self.result != Presence::Absent
    }

    /// Whether the answer shows that the method ran: a result that says something, and no error beside it.
    pub(super) fn shows_success(&self) -> bool {
        self.error.is_none() && self.result.shows_success()
    }
}

/// How much a value says.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// There is no such key.
    #[default]
    Absent,
    /// `null` or `false`.
    Nothing,
    /// Another value that PHP takes for nothing, or one that names nothing: `0`, `""`, `[]`, `{}`, `{"ID": 0}`.
    Empty,
    /// Anything else.
    Value,
}

impl Presence {
    /// Whether it shows that a method ran which answers with what it made, or with `true`.
    pub(super) fn shows_success(self) -> bool {
        self == Self::Value
    }

    /// Whether there is anything but `null` and `false`.
    pub(super) fn is_there(self) -> bool {
        matches!(self, Self::Value | Self::Empty)
    }

    /// What a JSON text says. Nothing in it is turned into a value, so a number that none can hold does no harm.
    pub(super) fn of(json: &str) -> Self {
        match json.trim_start().bytes().next() {
            Some(b'[') => elements(json).unwrap_or(Self::Value),
            Some(b'{') => fields(json).unwrap_or(Self::Value),
            _ => scalar(json),
        }
    }
}

/// A value that is no list and no object; one that is, if it is not empty.
fn scalar(json: &str) -> Presence {
    let json = json.trim();
    // As PHP has it, whose "0" is nothing as well; and no identifier is below 1.
    let number = json.trim_matches('"').trim();
    match json {
        "null" | "false" => Presence::Nothing,
        "[]" | "{}" => Presence::Empty,
        _ if number.is_empty() || number.parse::<f64>().is_ok_and(|number| number <= 0.0) => {
            Presence::Empty
        }
        _ => Presence::Value,
    }
}

/// A list: it says something if an element does.
fn elements(json: &str) -> Result<Presence, serde_json::Error> {
    serde_json::from_str::<Elements>(json).map(|elements| elements.0)
}

/// An object: it says nothing if it has nothing in it, nothing in its only key, as in `{"task": false}`, or if it says of itself
/// that nothing came of the call, as what names the thing with no identifier does, and what a page of the portal itself gets:
/// `{"status": "error", "data": null, …}`.
fn fields(json: &str) -> Result<Presence, serde_json::Error> {
    serde_json::from_str::<Fields>(json).map(|fields| fields.0)
}

struct Elements(Presence);

impl<'de> Deserialize<'de> for Elements {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ElementsVisitor;

        impl<'de> Visitor<'de> for ElementsVisitor {
            type Value = Elements;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Elements, S::Error> {
                let mut all = Presence::Empty;
                while let Some(element) = seq.next_element::<&RawValue>()? {
                    if scalar(element.get()).shows_success() {
                        all = Presence::Value;
                    }
                }
                Ok(Elements(all))
            }
        }

        deserializer.deserialize_seq(ElementsVisitor)
    }
}

struct Fields(Presence);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldsVisitor;

        impl<'de> Visitor<'de> for FieldsVisitor {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Fields, M::Error> {
                let (mut keys, mut said, mut denied) = (0, false, false);
                while let Some(Key(key)) = map.next_key()? {
                    keys += 1;
                    let value = map.next_value::<&RawValue>()?.get();
                    let names = matches!(&*key, "id" | "ID");
                    said |= names || scalar(value).shows_success();
                    denied |= match &*key {
                        "id" | "ID" => {
                            !scalar(value).shows_success() && !value.starts_with(['[', '{'])
                        }
                        "data" => !scalar(value).shows_success(),
                        "status" => value == "\"error\"",
                        _ => false,
                    };
                }
                Ok(Fields(if (said || keys > 1) && !denied {
                    Presence::Value
                } else {
                    Presence::Empty
                }))
            }
        }

        deserializer.deserialize_map(FieldsVisitor)
    }
}

/// A key, as it stands or with its escapes undone.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de> Deserialize<'de> for Presence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = <&RawValue>::deserialize(deserializer)?.get();
        if json.is_empty() {
            return Err(D::Error::custom("no value"));
        }
        Ok(Self::of(json))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_php_takes_for_nothing_shows_no_success() {
        for json in [
            "null",
            "false",
            "0",
            "-1",
            "0.0",
            "-0",
            r#""0""#,
            r#""""#,
            r#"" ""#,
            r#""-7""#,
            "[]",
            "{}",
            "[ ]",
            "{ }",
            "[0]",
            "[null, false]",
            r#"{"ID": 0}"#,
            r#"{"id": "0", "name": "x"}"#,
            r#"{"ID": null}"#,
            r#"{"task": false}"#,
            r#"{"task": []}"#,
            r#"{"count": 0}"#,
            r#"{"status": "error", "data": true}"#,
            r#"{"status": "success", "data": null, "errors": []}"#,
        ] {
            assert!(!Presence::of(json).shows_success(), "{json}");
        }
        for json in [
            "true",
            "1",
            r#""77""#,
            r#""Y""#,
            r#""ok""#,
            "1e400",
            "[77]",
            "[[]]",
            "[[1]]",
            r#"{"ID": 7}"#,
            r#"{"task": {"id": 7}}"#,
            r#"{"a": 0, "b": 0}"#,
            r#"{"status": "success", "data": true}"#,
            r#""\ud800""#,
        ] {
            let shown = Presence::of(json).shows_success();
            assert_eq!(shown, json != "[[]]", "{json}");
        }
        assert!(!Presence::of("null").is_there() && Presence::of("[]").is_there());
    }
}
