//! A call's parameters: query and body, merged.

use super::brackets;
use super::json;
use super::multipart;
use super::value::{Array, Value};
use std::collections::HashSet;

/// A call's parameters as they came.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Encoded<'a> {
    /// What stands behind the question mark.
    pub(crate) query: &'a str,
    /// What the body is said to be; empty if nothing is said.
    pub(crate) content_type: &'a str,
    pub(crate) body: &'a [u8],
}

/// The parameters of one call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Params {
    fields: Array,
    /// The body was JSON, but not an object: a scalar or a list.
    shapeless: bool,
}

impl Params {
    /// Reads the query and the body; where both have a field, the body's counts. Fails with what is wrong
    /// with a body of JSON.
    pub(crate) fn read(encoded: Encoded<'_>) -> Result<Self, String> {
        Ok(Self::with_query(encoded, body(encoded)?))
    }

    /// The same as an older copy of the server's source has it: malformed JSON has no fields, and a
    /// body of an unknown type is a form.
    pub(crate) fn read_leniently(encoded: Encoded<'_>) -> Self {
        let fields = if Self::is_of_unknown_type(encoded) {
            (brackets::parse(encoded.body), false)
        } else {
            body(encoded).unwrap_or_default()
        };
        Self::with_query(encoded, fields)
    }

    /// Whether the body is of none of the documented types.
    pub(crate) fn is_of_unknown_type(encoded: Encoded<'_>) -> bool {
        Type::of(encoded.content_type) == Type::Unknown
    }

    /// The body's fields and those of the query that it lacks.
    fn with_query(encoded: Encoded<'_>, (fields, shapeless): (Array, bool)) -> Self {
        let mut fields = fields;
        let query = brackets::parse(encoded.query.as_bytes());
        // A large body and a long query, looked through for each other, would take too long.
        let own: HashSet<String> = fields.iter().map(|(key, _)| key.to_owned()).collect();
        for (key, value) in query.into_entries().filter(|(key, _)| !own.contains(key)) {
            fields.append(key, value);
        }
        Self { fields, shapeless }
    }

    /// Parameters in a body of JSON.
    #[cfg(test)]
    pub(crate) fn of_json(body: &str) -> Result<Self, String> {
        Self::read(Encoded {
            content_type: "application/json",
            body: body.as_bytes(),
            ..Encoded::default()
        })
    }

    /// Parameters that came in some other way.
    pub(crate) fn from_fields(fields: Array) -> Self {
        Self {
            fields,
            shapeless: false,
        }
    }

    /// The value of a parameter, by its exact name. A `null` is as good as nothing.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.fields.get(name).filter(|value| **value != Value::Null)
    }

    /// All fields, for the log.
    pub(crate) fn fields(&self) -> &Array {
        &self.fields
    }

    /// Takes the access token out, so that no method sees it.
    pub(crate) fn take_auth(&mut self) -> Option<String> {
        self.fields.remove("auth").and_then(|value| value.to_text())
    }

    /// Whether the body was something that has no fields.
    pub(crate) fn is_shapeless(&self) -> bool {
        self.shapeless
    }

    /// A parameter that is an array.
    pub(crate) fn array(&self, name: &str) -> Option<&Array> {
        self.get(name).and_then(Value::as_array)
    }

    /// A positive identifier.
    pub(crate) fn id(&self, name: &str) -> Option<u64> {
        self.get(name).and_then(Value::to_id)
    }

    /// A text; `None` if it is missing or an array.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.get(name).and_then(Value::to_text)
    }

    /// Whether a flag says `Y`.
    pub(crate) fn says_yes(&self, name: &str) -> bool {
        self.text(name).is_some_and(|text| text == "Y")
    }

    /// One identifier or a list of them: `None` when there is nothing usable, while a list may
    /// hold anything and only its usable members count.
    pub(crate) fn ids(&self, name: &str) -> Option<Vec<u64>> {
        match self.get(name)? {
            Value::Array(array) if array.is_empty() => None,
            Value::Array(array) => Some(array.values().filter_map(Value::to_id).collect()),
            scalar => scalar.to_id().map(|id| vec![id]),
        }
    }
}

/// What a body is said to be.
#[derive(Debug, PartialEq, Eq)]
enum Type {
    Json,
    Form,
    Multipart,
    Unknown,
}

impl Type {
    fn of(content_type: &str) -> Self {
        let kind = content_type.split(';').next().unwrap_or_default().trim();
        match kind.to_ascii_lowercase().as_str() {
            "application/json" => Self::Json,
            "application/x-www-form-urlencoded" => Self::Form,
            "multipart/form-data" => Self::Multipart,
            _ => Self::Unknown,
        }
    }
}

/// The body's fields, and whether it had no place for fields at all.
fn body(encoded: Encoded<'_>) -> Result<(Array, bool), String> {
    if encoded.body.is_empty() {
        return Ok((Array::default(), false));
    }
    Ok(match Type::of(encoded.content_type) {
        Type::Json => match json::parse(encoded.body) {
            Ok(Value::Array(array)) if array.is_empty() || !array.is_list() => (array, false),
            Ok(_) => (Array::default(), true),
            Err(reason) => return Err(reason),
        },
        Type::Form => (brackets::parse(encoded.body), false),
        Type::Multipart => match multipart::boundary(encoded.content_type) {
            Some(boundary) => (multipart::parse(encoded.body, &boundary), false),
            None => (Array::default(), false),
        },
        Type::Unknown => (Array::default(), false),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_wins_over_the_query() {
        let encoded = Encoded {
            query: "A=1&B=2",
            content_type: "application/json",
            body: br#"{"B":3,"C":"4"}"#,
        };
        let params = Params::read(encoded).unwrap();
        assert_eq!(
            (params.id("A"), params.id("B"), params.id("C")),
            (Some(1), Some(3), Some(4))
        );
        assert_eq!(params.id("a"), None, "keys are case-sensitive");
    }

    #[test]
    fn bodies_without_fields_are_told_apart() {
        for body in ["[1]", "5", "null", "\"x\"", "true"] {
            assert!(Params::of_json(body).unwrap().is_shapeless(), "{body}");
        }
        for body in ["{}", "[]", r#"{"A":1}"#] {
            assert!(!Params::of_json(body).unwrap().is_shapeless(), "{body}");
        }
        assert!(Params::of_json("{").is_err());
    }

    #[test]
    fn lists_of_identifiers() {
        let params = |body: &str| Params::of_json(body).unwrap().ids("U");
        assert_eq!(params(r#"{"U":"5"}"#), Some(vec![5]));
        assert_eq!(params(r#"{"U":[5,"6",0,"x",[]]}"#), Some(vec![5, 6]));
        assert_eq!(params(r#"{"U":["x"]}"#), Some(vec![]));
        for nothing in [
            r#"{"U":[]}"#,
            r#"{"U":0}"#,
            r#"{"U":"x"}"#,
            r#"{"U":null}"#,
            "{}",
        ] {
            assert_eq!(params(nothing), None, "{nothing}");
        }
    }
}
