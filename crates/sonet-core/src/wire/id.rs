//! Identifiers that may come with what they identify.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{Error, IgnoredAny, MapAccess, Visitor};

use super::whole::Element;
use super::{Decode, Int, Plain};
use crate::Id;

/// An identifier from a number or a text of digits, or from an object that has it as `ID` or `id`.
///
/// Older portals answer `{"ID": 8, "NAME": "Sales"}` where newer ones answer `8`.
#[derive(Debug)]
pub struct IdOrObject;

impl<T: Id> Decode<T> for IdOrObject {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(IdVisitor(PhantomData))
    }
}

struct IdVisitor<T>(PhantomData<T>);

impl<'de, T: Id> Visitor<'de> for IdVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an identifier, as a number or a text of digits")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        Ok(T::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        let number = Int::decode(serde::de::value::U64Deserializer::new(value))?;
        Ok(T::from(number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        let number = Int::decode(serde::de::value::StrDeserializer::new(value))?;
        Ok(T::from(number))
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<T, M::Error> {
        let mut id = None;
        while let Some(key) = map.next_key::<String>()? {
            if key.eq_ignore_ascii_case("id") {
                id = Some(map.next_value_seed(Element::<T, Plain>::new())?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        id.ok_or_else(|| M::Error::missing_field("ID"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::id!(ThingId, "A thing.");

    #[test]
    fn an_id_comes_alone_or_in_an_object() {
        let id = |json| -> Result<ThingId, _> {
            IdOrObject::decode(&mut serde_json::Deserializer::from_str(json))
        };
        assert_eq!(id("8").unwrap(), ThingId::new(8));
        assert_eq!(id(r#""8""#).unwrap(), ThingId::new(8));
        assert_eq!(
            id(r#"{"NAME": "Sales", "ID": "8"}"#).unwrap(),
            ThingId::new(8)
        );
        assert!(
            id(r#"{"NAME": "Sales"}"#)
                .unwrap_err()
                .to_string()
                .contains("ID")
        );
        assert!(id("[]").is_err());
    }
}
