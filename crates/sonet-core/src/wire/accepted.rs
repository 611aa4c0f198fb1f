//! The answer of a method that has nothing to say but that it ran.

use std::fmt;

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

/// The server ran the call and says no more than that.
///
/// The pages promise `true`; a text or a number in its place is accepted too, `false` and `null` are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted;

impl<'de> Deserialize<'de> for Accepted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AcceptedVisitor)
    }
}

struct AcceptedVisitor;

impl Visitor<'_> for AcceptedVisitor {
    type Value = Accepted;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`true`")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Accepted, E> {
        if value {
            Ok(Accepted)
        } else {
            Err(E::invalid_value(Unexpected::Bool(value), &self))
        }
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Accepted, E> {
        if value > 0 {
            Ok(Accepted)
        } else {
            Err(E::invalid_value(Unexpected::Unsigned(0), &self))
        }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Accepted, E> {
        match value {
            "" | "0" | "N" | "false" => Err(E::invalid_value(Unexpected::Str(value), &self)),
            _ => Ok(Accepted),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_yes_is_accepted() {
        for json in ["true", "1", r#""Y""#, r#""The request was sent""#] {
            assert!(serde_json::from_str::<Accepted>(json).is_ok(), "{json}");
        }
        for json in ["false", "0", "null", r#""""#, r#""N""#, "[]"] {
            assert!(serde_json::from_str::<Accepted>(json).is_err(), "{json}");
        }
    }
}
