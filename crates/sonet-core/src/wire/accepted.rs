//! The answer of a method that has nothing to say but that it ran.

use std::fmt;

use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Decode;

/// The server ran the call and says no more than that.
///
/// The pages promise `true`; a text or a number in its place is accepted too, and so is an object with `true` in its
/// `data`. `false` and `null` are not.
///
/// It serializes as `true`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Accepted;

impl<'de> Deserialize<'de> for Accepted {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AcceptedVisitor)
    }
}

impl Serialize for Accepted {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(true)
    }
}

struct AcceptedVisitor;

impl<'de> Visitor<'de> for AcceptedVisitor {
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

    /// What answers a page of the portal itself, `{"status": …, "data": true, "errors": …}`, is shown for a call too.
    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Accepted, M::Error> {
        let mut data = None;
        while let Some(key) = map.next_key::<String>()? {
            if key == "data" {
                data = Some(map.next_value::<Accepted>()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        data.ok_or_else(|| M::Error::invalid_type(Unexpected::Map, &self))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Accepted, E> {
        let no = ["", "0", "N", "no", "false", "null"];
        if no.iter().any(|no| value.trim().eq_ignore_ascii_case(no)) {
            Err(E::invalid_value(Unexpected::Str(value), &self))
        } else {
            Ok(Accepted)
        }
    }
}

/// The same of a method that answers an empty list when it ran. `true` and `null` are as good, `false` is not.
#[derive(Debug)]
pub struct EmptyList;

impl Decode<Accepted> for EmptyList {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Accepted, D::Error> {
        deserializer.deserialize_any(EmptyListVisitor)
    }
}

struct EmptyListVisitor;

impl<'de> Visitor<'de> for EmptyListVisitor {
    type Value = Accepted;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an empty list")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Accepted, S::Error> {
        match seq.next_element::<IgnoredAny>()? {
            None => Ok(Accepted),
            Some(_) => Err(S::Error::invalid_type(Unexpected::Seq, &self)),
        }
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Accepted, M::Error> {
        match map.next_key::<String>()? {
            None => Ok(Accepted),
            Some(_) => Err(M::Error::invalid_type(Unexpected::Map, &self)),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<Accepted, E> {
        Ok(Accepted)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Accepted, E> {
        AcceptedVisitor.visit_bool(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_list_is_all_that_is_due() {
        let decode = |json| EmptyList::decode(&mut serde_json::Deserializer::from_str(json));
        for json in ["[]", "{}", "null", "true"] {
            assert!(decode(json).is_ok(), "{json}");
        }
        for json in ["[1]", r#"{"a": 1}"#, "false", "0", r#""""#] {
            assert!(decode(json).is_err(), "{json}");
        }
    }

    #[test]
    fn only_a_yes_is_accepted() {
        let page = r#"{"status": "success", "data": true, "errors": []}"#;
        for json in ["true", "1", r#""Y""#, r#""The request was sent""#, page] {
            assert!(serde_json::from_str::<Accepted>(json).is_ok(), "{json}");
        }
        let page = r#"{"status": "error", "data": null, "errors": []}"#;
        for json in ["false", "0", "null", r#""""#, r#""N""#, "[]", "{}", page] {
            assert!(serde_json::from_str::<Accepted>(json).is_err(), "{json}");
        }
    }
}
