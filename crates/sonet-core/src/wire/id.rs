//! Identifiers that may come with what they identify.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{Error, IgnoredAny, MapAccess, Visitor};

use super::essential::Element;
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

/// An identifier that identifies something, in one of the forms that `A` takes: identifiers start at 1.
///
/// `0` is PHP's way to say that there is none.
#[derive(Debug)]
pub struct Valid<A>(PhantomData<A>);

impl<T: Id, A: Decode<T>> Decode<T> for Valid<A> {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        let id = A::decode(deserializer)?;
        if id.is_valid() {
            Ok(id)
        } else {
            let problem = format!("{id} identifies nothing; identifiers start at 1");
            Err(D::Error::custom(problem))
        }
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
    use super::super::Plain;
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

    #[test]
    fn what_is_below_one_identifies_nothing() {
        let id = |json| -> Result<ThingId, _> {
            Valid::<Plain>::decode(&mut serde_json::Deserializer::from_str(json))
        };
        assert_eq!(id("1").unwrap(), ThingId::new(1));
        assert_eq!(id(r#""8""#).unwrap(), ThingId::new(8));
        for json in ["0", r#""0""#, "-7"] {
            let problem = id(json).unwrap_err().to_string();
            assert!(problem.contains("identifies nothing"), "{problem}");
        }
        for json in ["null", "false", "true", r#""""#, "[]", "{}"] {
            assert!(id(json).is_err(), "{json}");
        }
    }
}
