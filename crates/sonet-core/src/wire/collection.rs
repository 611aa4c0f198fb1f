//! Lists and maps, which PHP does not tell apart.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserializer, Serializer};

use super::essential::Element;
use super::{Decode, Encode, Encoded};

/// How many rows a page of the vendor's lists has.
pub(crate) const PAGE_ROWS: usize = 50;

/// A list whose elements decode by `A`.
///
/// PHP prints a list with gaps as an object, whose keys carry no meaning: both forms decode. `null`, `""` and `false`
/// are an empty list.
#[derive(Debug)]
pub struct List<A>(PhantomData<A>);

impl<T, A: Decode<T>> Decode<Vec<T>> for List<A> {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_any(ListVisitor::<T, A>::new(0))
    }
}

impl<T, A: Encode<T>> Encode<Vec<T>> for List<A> {
    fn encode<S: Serializer>(items: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(items.iter().map(Encoded::<T, A>::new))
    }
}

/// Decodes lists.
pub(crate) struct ListVisitor<T, A> {
    /// How many elements there will be, in all likelihood.
    likely: usize,
    element: PhantomData<(T, A)>,
}

impl<T, A> ListVisitor<T, A> {
    pub(crate) fn new(likely: usize) -> Self {
        Self {
            likely,
            element: PhantomData,
        }
    }
}

impl<'de, T, A: Decode<T>> Visitor<'de> for ListVisitor<T, A> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Vec<T>, S::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(Element::<T, A>::new())? {
            if items.is_empty() {
                items.reserve_exact(self.likely);
            }
            items.push(item);
        }
        Ok(items)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Vec<T>, M::Error> {
        let mut items = Vec::new();
        while map.next_key::<IgnoredAny>()?.is_some() {
            items.push(map.next_value_seed(Element::<T, A>::new())?);
        }
        Ok(items)
    }

    fn visit_unit<E: Error>(self) -> Result<Vec<T>, E> {
        Ok(Vec::new())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Vec<T>, E> {
        if value {
            Err(E::invalid_type(Unexpected::Bool(true), &self))
        } else {
            Ok(Vec::new())
        }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Vec<T>, E> {
        if value.is_empty() {
            Ok(Vec::new())
        } else {
            Err(E::invalid_type(Unexpected::Str(value), &self))
        }
    }
}

/// An object whose keys are data, and whose values decode by `A`; an empty one comes as `[]`.
#[derive(Debug)]
pub struct Map<A>(PhantomData<A>);

impl<T, A: Decode<T>> Decode<BTreeMap<String, T>> for Map<A> {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, T>, D::Error> {
        deserializer.deserialize_any(MapVisitor::<T, A>(PhantomData))
    }
}

impl<T, A: Encode<T>> Encode<BTreeMap<String, T>> for Map<A> {
    fn encode<S: Serializer>(
        entries: &BTreeMap<String, T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let entries = entries.iter();
        serializer.collect_map(entries.map(|(key, value)| (key, Encoded::<T, A>::new(value))))
    }
}

struct MapVisitor<T, A>(PhantomData<(T, A)>);

impl<'de, T, A: Decode<T>> Visitor<'de> for MapVisitor<T, A> {
    type Value = BTreeMap<String, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut entries = BTreeMap::new();
        while let Some(key) = map.next_key::<String>()? {
            entries.insert(key, map.next_value_seed(Element::<T, A>::new())?);
        }
        Ok(entries)
    }

    /// PHP prints a map whose keys are 0, 1, 2 … as a list: its positions are the keys.
    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Self::Value, S::Error> {
        let mut entries = BTreeMap::new();
        while let Some(item) = seq.next_element_seed(Element::<T, A>::new())? {
            entries.insert(entries.len().to_string(), item);
        }
        Ok(entries)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(BTreeMap::new())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Int, Plain};
    use super::*;

    fn list(json: &str) -> Result<Vec<i64>, serde_json::Error> {
        List::<Int>::decode(&mut serde_json::Deserializer::from_str(json))
    }

    #[test]
    fn lists_come_as_lists_and_as_objects() {
        assert_eq!(list(r#"[1, "2"]"#).unwrap(), [1, 2]);
        assert_eq!(list(r#"{"3": 1, "7": "2"}"#).unwrap(), [1, 2]);
        for json in ["[]", "{}", "null", "false", r#""""#] {
            assert_eq!(list(json).unwrap(), Vec::<i64>::new(), "{json}");
        }
        for json in ["true", "7", r#""x""#] {
            assert!(
                list(json).unwrap_err().to_string().contains("a list"),
                "{json}"
            );
        }
    }

    #[test]
    fn maps_come_as_objects_and_as_lists() {
        let map = |json| -> BTreeMap<String, String> {
            Map::<Plain>::decode(&mut serde_json::Deserializer::from_str(json)).unwrap()
        };
        assert_eq!(map(r#"{"a": "b"}"#)["a"], "b");
        assert_eq!(map(r#"["x", "y"]"#)["1"], "y");
        assert!(map("[]").is_empty());
        assert!(map("null").is_empty());
    }
}
