//! Flags: `"Y"`/`"N"`, and the other forms that the pages show.

use std::fmt;

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserializer, Serializer};

use super::{Decode, Encode};

/// A `bool` from `Y`/`N`, `true`/`false` or `1`/`0`, as text, boolean or number; an empty text is `false`.
#[derive(Debug)]
pub struct Flag;

impl Decode<bool> for Flag {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(FlagVisitor)
    }
}

impl Encode<bool> for Flag {
    fn encode<S: Serializer>(value: &bool, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(letter(*value))
    }
}

struct FlagVisitor;

impl Visitor<'_> for FlagVisitor {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a flag: \"Y\" or \"N\"")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<bool, E> {
        Ok(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<bool, E> {
        match value {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(E::invalid_value(Unexpected::Unsigned(value), &self)),
        }
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<bool, E> {
        u64::try_from(value)
            .map_err(|_| E::invalid_value(Unexpected::Signed(value), &self))
            .and_then(|value| self.visit_u64(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<bool, E> {
        match value {
            "Y" | "y" | "1" | "true" => Ok(true),
            "N" | "n" | "0" | "false" | "" => Ok(false),
            _ => Err(E::invalid_value(Unexpected::Str(value), &self)),
        }
    }
}

/// Encodes a `bool` as `"Y"` or `"N"`, for `#[serde(serialize_with)]`.
#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
pub fn flag<S: Serializer>(value: &Option<bool>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.serialize_str(letter(*value)),
        None => serializer.serialize_none(),
    }
}

/// The letter of a flag.
pub(crate) fn letter(value: bool) -> &'static str {
    if value { "Y" } else { "N" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(json: &str) -> Result<bool, serde_json::Error> {
        Flag::decode(&mut serde_json::Deserializer::from_str(json))
    }

    #[test]
    fn flags_come_in_many_forms() {
        for json in [r#""Y""#, r#""1""#, "true", "1", r#""true""#] {
            assert!(decode(json).unwrap(), "{json}");
        }
        for json in [r#""N""#, r#""0""#, "false", "0", r#""""#] {
            assert!(!decode(json).unwrap(), "{json}");
        }
        for json in [r#""Q""#, "2", "-1", "null", "[]"] {
            assert!(
                decode(json).unwrap_err().to_string().contains("flag"),
                "{json}"
            );
        }
    }
}
