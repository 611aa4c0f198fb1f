//! Decodes pages, and notes whether their rows came as a list at all: an empty list proves more than `null` does, which a
//! method that failed halfway answers, too.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};

use super::{Form, Page};
use crate::wire::{Decode, ListVisitor, PAGE_ROWS};

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
    pub(crate) fn in_result(rows: (Vec<T>, bool)) -> Self {
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

/// Rows, and whether they are a list.
pub(crate) struct RowsVisitor<T, A>(ListVisitor<T, A>);

impl<T, A> RowsVisitor<T, A> {
    /// It takes the memory for a whole page at once.
    pub(crate) fn new() -> Self {
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
}
