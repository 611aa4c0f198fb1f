//! Where the rows of an unknown method are: its result is a list, or an object with one list in it.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use crate::Page;
use crate::page::{Form, Keyed, RowsVisitor, is_place};
use crate::wire::Plain;

/// Decodes a `result` that is a list, or an object with one list in it.
pub(super) fn page<'de, T: DeserializeOwned, D: Deserializer<'de>>(
    result: D,
) -> Result<Page<T>, D::Error> {
    result.deserialize_any(Anywhere(PhantomData))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Form {
        Form::List(None)
    }

    fn within(key: &'static str) -> Form {
        Form::List(Some(key.into()))
    }

    fn read_any(json: &str) -> Result<(Vec<i64>, Form), serde_json::Error> {
        let json = &mut serde_json::Deserializer::from_str(json);
        page(json).map(Page::into_parts)
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
