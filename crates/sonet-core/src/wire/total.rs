//! How many rows a server says that there are.

use std::fmt;

use serde::Deserializer;
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Decode, Int};

/// A `total`: a number, or a text of digits. Whatever else stands there is none, as no call depends on it.
#[derive(Debug)]
pub(crate) struct Total;

impl Decode<Option<u64>> for Total {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
        deserializer.deserialize_any(TotalVisitor)
    }
}

struct TotalVisitor;

impl TotalVisitor {
    fn of<'de, E: Error>(value: impl serde::de::IntoDeserializer<'de, E>) -> Option<u64> {
        let number = Int::decode(value.into_deserializer()).ok()?;
        number.try_into().ok()
    }
}

impl<'de> Visitor<'de> for TotalVisitor {
    type Value = Option<u64>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_unit<E: Error>(self) -> Result<Option<u64>, E> {
        Ok(None)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Option<u64>, E> {
        Ok(None)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Option<u64>, E> {
        Ok(Self::of::<E>(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Option<u64>, E> {
        Ok(Self::of::<E>(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Option<u64>, E> {
        Ok(Self::of::<E>(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Option<u64>, E> {
        Ok(Self::of::<E>(value))
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Option<u64>, S::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Option<u64>, M::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_of_rows_is_none() {
        let count = |json| Total::decode(&mut serde_json::Deserializer::from_str(json)).unwrap();
        assert_eq!(count("120"), Some(120));
        assert_eq!(count(r#""120""#), Some(120));
        assert_eq!(count("120.0"), Some(120));
        assert_eq!(count("0"), Some(0));
        for json in [
            "null",
            "false",
            "true",
            r#""""#,
            r#""many""#,
            "-1",
            r#""-1""#,
            "1.5",
            "[7]",
            r#"{"a":7}"#,
            "18446744073709551615",
        ] {
            assert_eq!(count(json), None, "{json}");
        }
    }
}
