//! Objects.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, MapDeserializer};
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

use super::Decode;
use super::essential::Entries;

/// An object, or PHP's `[]` for an empty one. A list with anything in it is none, although a struct could be read from
/// its elements in order.
#[derive(Debug)]
pub struct Object;

impl<T: for<'de> Deserialize<'de>> Decode<T> for Object {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(ObjectVisitor(PhantomData))
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<T, M::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<T, S::Error> {
        if seq.next_element::<IgnoredAny>()?.is_some() {
            return Err(S::Error::invalid_type(Unexpected::Seq, &self));
        }
        let nothing = std::iter::empty::<(&str, &str)>();
        T::deserialize(MapDeserializer::new(nothing))
    }
}

/// The same as the whole result of a method, where no field of it is essential: one without anything in it, `[]` or `{}`, is
/// how PHP says that there is no answer.
#[derive(Debug)]
pub struct NonEmptyObject;

impl<T: for<'de> Deserialize<'de>> Decode<T> for NonEmptyObject {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(NonEmptyObjectVisitor(PhantomData))
    }
}

struct NonEmptyObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for NonEmptyObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with something in it")
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<T, M::Error> {
        let mut entries = Entries::new(map);
        let object = T::deserialize(MapAccessDeserializer::new(&mut entries))?;
        if entries.any {
            Ok(object)
        } else {
            Err(M::Error::invalid_value(Unexpected::Map, &self))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Point {
        #[serde(default)]
        x: i64,
    }

    #[test]
    fn a_list_is_no_object_unless_it_is_empty() {
        let point = |json| -> Result<Point, _> {
            Object::decode(&mut serde_json::Deserializer::from_str(json))
        };
        assert_eq!(point(r#"{"x": 7}"#).unwrap(), Point { x: 7 });
        assert_eq!(point("[]").unwrap(), Point { x: 0 });
        assert!(
            point("[7]")
                .unwrap_err()
                .to_string()
                .contains("expected an object")
        );
        assert!(point("7").is_err());
    }

    #[test]
    fn a_result_has_something_in_it() {
        let point = |json| -> Result<Point, _> {
            NonEmptyObject::decode(&mut serde_json::Deserializer::from_str(json))
        };
        assert_eq!(point(r#"{"x": 7}"#).unwrap(), Point { x: 7 });
        assert_eq!(point(r#"{"y": 7}"#).unwrap(), Point { x: 0 });
        for nothing in ["[]", "{}", "null", "false", r#""""#] {
            let error = point(nothing).unwrap_err().to_string();
            assert!(error.contains("something in it"), "{nothing}: {error}");
        }
    }
}
