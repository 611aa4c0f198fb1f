//! Decodes pages, and notes whether their rows came as a list at all: an empty list proves more than `null` does, which a
//! method that failed halfway answers, too.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::value::StringDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Error, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, Visitor,
};

use super::{Form, Page};
use crate::wire::{Decode, ListVisitor, PAGE_ROWS, Plain};

impl<T> Page<T> {
    /// Decodes a `result` that is a list of rows, each of which decodes by `A`.
    ///
    /// Both forms of a list decode, `[…]` and the object that PHP prints for a list with gaps. `null`, `""` and `false` are
    /// no rows.
    pub fn decode<'de, A: Decode<T>, D: Deserializer<'de>>(result: D) -> Result<Self, D::Error> {
        let rows = result.deserialize_any(RowsVisitor::<T, A>::new())?;
        Ok(Self::in_result(rows))
    }

    /// The same of a `result` that has the rows in one of its keys. What else is in there is passed over.
    pub fn decode_in<'de, A: Decode<T>, D: Deserializer<'de>>(
        key: &'static str,
        result: D,
    ) -> Result<Self, D::Error> {
        let rows = result.deserialize_any(InKey::<T, A> {
            key,
            rows: PhantomData,
        })?;
        Ok(Self::in_key(rows, Some(key.into())))
    }

    /// The rows that came as `result`, and whether that was a list.
    pub(super) fn in_result(rows: (Vec<T>, bool)) -> Self {
        Self::in_key(rows, None)
    }

    fn in_key((rows, is_list): (Vec<T>, bool), key: Option<Cow<'static, str>>) -> Self {
        let form = if is_list {
            Form::List(key)
        } else {
            Form::NoList
        };
        Self::of(rows, form)
    }
}

impl<T: DeserializeOwned> Page<T> {
    /// The same of a `result` of an unknown method: a list, or an object with one list in it.
    pub(crate) fn decode_any<'de, D: Deserializer<'de>>(result: D) -> Result<Self, D::Error> {
        result.deserialize_any(Anywhere(PhantomData))
    }
}

/// Rows, and whether they are a list.
pub(super) struct RowsVisitor<T, A>(ListVisitor<T, A>);

impl<T, A> RowsVisitor<T, A> {
    /// It takes the memory for a whole page at once.
    pub(super) fn new() -> Self {
        Self(ListVisitor::new(PAGE_ROWS))
    }
}

impl<'de, T, A: Decode<T>> Visitor<'de> for RowsVisitor<T, A> {
    type Value = (Vec<T>, bool);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_seq<S: SeqAccess<'de>>(self, rows: S) -> Result<Self::Value, S::Error> {
        Ok((self.0.visit_seq(rows)?, true))
    }

    fn visit_map<M: MapAccess<'de>>(self, rows: M) -> Result<Self::Value, M::Error> {
        Ok((self.0.visit_map(rows)?, true))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok((self.0.visit_unit()?, false))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok((self.0.visit_bool(value)?, false))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok((self.0.visit_str(value)?, false))
    }
}

impl<'de, T, A: Decode<T>> DeserializeSeed<'de> for RowsVisitor<T, A> {
    type Value = (Vec<T>, bool);

    fn deserialize<D: Deserializer<'de>>(self, rows: D) -> Result<Self::Value, D::Error> {
        rows.deserialize_any(self)
    }
}

/// An object with the rows in one of its keys.
struct InKey<T, A> {
    key: &'static str,
    rows: PhantomData<(T, A)>,
}

impl<'de, T, A: Decode<T>> Visitor<'de> for InKey<T, A> {
    type Value = (Vec<T>, bool);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut rows = None;
        while let Some(key) = map.next_key::<String>()? {
            if key == self.key {
                rows = Some(map.next_value_seed(RowsVisitor::<T, A>::new())?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        rows.ok_or_else(|| M::Error::missing_field(self.key))
    }

    /// PHP prints an empty object as a list.
    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Self::Value, S::Error> {
        Err(match seq.next_element::<IgnoredAny>()? {
            Some(_) => S::Error::invalid_type(Unexpected::Seq, &self),
            None => S::Error::missing_field(self.key),
        })
    }
}

/// A list, or an object with one list in it.
struct Anywhere<T>(PhantomData<fn() -> T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for Anywhere<T> {
    type Value = Page<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list, or an object with one in it")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, rows: S) -> Result<Page<T>, S::Error> {
        let rows = RowsVisitor::<T, Plain>::new().visit_seq(rows)?;
        Ok(Page::in_result(rows))
    }

    fn visit_unit<E: Error>(self) -> Result<Page<T>, E> {
        Ok(Page::of(Vec::new(), Form::NoList))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Page<T>, E> {
        let rows = RowsVisitor::<T, Plain>::new().visit_bool(value)?;
        Ok(Page::in_result(rows))
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Page<T>, M::Error> {
        let Some(mut key) = map.next_key::<String>()? else {
            return Ok(Page::of(Vec::new(), Form::NoList));
        };
        if is_place(&key) {
            let rows = RowsVisitor::<T, Plain>::new().visit_map(Keyed::new(key, map))?;
            return Ok(Page::in_result(rows));
        }
        let mut found: Option<(String, Vec<T>)> = None;
        loop {
            if let Some(rows) = map.next_value_seed(IfList(PhantomData))? {
                if let Some((other, _)) = found {
                    return Err(M::Error::custom(format!(
                        "`{other}` and `{key}` are lists, and either could be the rows; call the method by a plain `Raw`, or \
                         implement `Paged` for a type of your own"
                    )));
                }
                found = Some((key, rows));
            }
            match map.next_key()? {
                Some(next) => key = next,
                None => break,
            }
        }
        Ok(match found {
            Some((key, rows)) => Page::of(rows, Form::List(Some(key.into()))),
            None => Page::of(Vec::new(), Form::NoList),
        })
    }
}

/// Whether a key is the place of a row in a list that PHP prints as an object.
pub(super) fn is_place(key: &str) -> bool {
    key.parse::<u64>().is_ok()
}

/// The rows of a value that is a list.
struct IfList<T>(PhantomData<fn() -> T>);

impl<'de, T: DeserializeOwned> DeserializeSeed<'de> for IfList<T> {
    type Value = Option<Vec<T>>;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<Self::Value, D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for IfList<T> {
    type Value = Option<Vec<T>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, rows: S) -> Result<Self::Value, S::Error> {
        let (rows, _) = RowsVisitor::<T, Plain>::new().visit_seq(rows)?;
        Ok(Some(rows))
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        match map.next_key::<String>()? {
            Some(key) if is_place(&key) => {
                let (rows, _) = RowsVisitor::<T, Plain>::new().visit_map(Keyed::new(key, map))?;
                Ok(Some(rows))
            }
            Some(_) => {
                map.next_value::<IgnoredAny>()?;
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(None)
            }
            None => Ok(None),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }
}

/// An object whose first key has been read.
pub(super) struct Keyed<M> {
    first: Option<String>,
    map: M,
}

impl<M> Keyed<M> {
    pub(super) fn new(first: String, map: M) -> Self {
        Self {
            first: Some(first),
            map,
        }
    }
}

impl<'de, M: MapAccess<'de>> MapAccess<'de> for Keyed<M> {
    type Error = M::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, M::Error> {
        match self.first.take() {
            Some(first) => {
                let first: StringDeserializer<M::Error> = first.into_deserializer();
                seed.deserialize(first).map(Some)
            }
            None => self.map.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, M::Error> {
        self.map.next_value_seed(seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Int;

    fn list() -> Form {
        Form::List(None)
    }

    fn within(key: &'static str) -> Form {
        Form::List(Some(key.into()))
    }

    type Read = Result<(Vec<i64>, Form), serde_json::Error>;

    fn read(json: &str) -> Read {
        let json = &mut serde_json::Deserializer::from_str(json);
        let page = Page::decode::<Int, _>(json);
        page.map(Page::into_parts)
    }

    fn read_in(json: &str) -> Read {
        let json = &mut serde_json::Deserializer::from_str(json);
        Page::decode_in::<Int, _>("rows", json).map(Page::into_parts)
    }

    fn read_any(json: &str) -> Read {
        let json = &mut serde_json::Deserializer::from_str(json);
        Page::decode_any(json).map(Page::into_parts)
    }

    #[test]
    fn a_list_is_one_in_every_form_that_php_gives_it() {
        for (json, rows) in [
            ("[]", vec![]),
            ("{}", vec![]),
            (r#"[1,"2"]"#, vec![1, 2]),
            (r#"{"3":1,"7":2}"#, vec![1, 2]),
        ] {
            assert_eq!(read(json).unwrap(), (rows, list()), "{json}");
        }
        for json in ["null", "false", r#""""#] {
            assert_eq!(read(json).unwrap(), (vec![], Form::NoList), "{json}");
        }
        for json in ["true", "7", r#""x""#, r#"["x"]"#, "[1"] {
            assert!(read(json).is_err(), "{json}");
        }
    }

    #[test]
    fn there_is_room_for_a_page_as_soon_as_there_is_a_row() {
        assert_eq!(read("[1]").unwrap().0.capacity(), PAGE_ROWS);
        assert_eq!(read("[]").unwrap().0.capacity(), 0);
        let many: Vec<i64> = (0..120).collect();
        assert_eq!(
            read(&serde_json::to_string(&many).unwrap()).unwrap().0,
            many
        );
    }

    #[test]
    fn rows_may_stand_within_an_object() {
        for (json, rows, form) in [
            (r#"{"rows":[1,2]}"#, vec![1, 2], within("rows")),
            (
                r#"{"rows":{"5":1},"other":{"rows":[]}}"#,
                vec![1],
                within("rows"),
            ),
            (r#"{"other":null,"rows":[]}"#, vec![], within("rows")),
            (r#"{"rows":null}"#, vec![], Form::NoList),
            (r#"{"rows":false}"#, vec![], Form::NoList),
        ] {
            assert_eq!(read_in(json).unwrap(), (rows, form), "{json}");
        }
        for json in ["{}", "[]", r#"{"other":[1]}"#] {
            let error = read_in(json).unwrap_err().to_string();
            assert!(error.contains("missing field `rows`"), "{json}: {error}");
        }
        for json in ["null", "[1]", "7", r#"{"rows":7}"#] {
            assert!(read_in(json).is_err(), "{json}");
        }
    }

    #[test]
    fn of_an_unknown_method_the_only_list_is_the_rows() {
        for (json, rows, form) in [
            ("[1,2]", vec![1, 2], list()),
            ("[]", vec![], list()),
            (r#"{"3":1,"7":2}"#, vec![1, 2], list()),
            (r#"{"items":[1,2]}"#, vec![1, 2], within("items")),
            (
                r#"{"a":{"x":[7]},"b":7,"items":{"4":1},"c":"x","d":1.5}"#,
                vec![1],
                within("items"),
            ),
            (r#"{"items":[]}"#, vec![], within("items")),
            (r#"{"items":null}"#, vec![], Form::NoList),
            (r#"{"items":{}}"#, vec![], Form::NoList),
            ("{}", vec![], Form::NoList),
            ("null", vec![], Form::NoList),
            ("false", vec![], Form::NoList),
        ] {
            assert_eq!(read_any(json).unwrap(), (rows, form), "{json}");
        }
        let error = read_any(r#"{"items":[1],"more":[]}"#)
            .unwrap_err()
            .to_string();
        assert!(error.contains("`items` and `more` are lists"), "{error}");
        for json in ["true", "7", r#""x""#, r#"{"items":["x"]}"#] {
            assert!(read_any(json).is_err(), "{json}");
        }
    }
}
