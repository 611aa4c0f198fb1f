//! A page as JSON: the answer that it came in, or a bare list.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{BesideResult, Form, Keyed, Page, RowsVisitor, is_place};
use crate::wire::{Blank, Decode as _, Int, Optional, Plain, Total};

/// What tells an answer from a list that PHP prints as an object: the keys of that are numbers.
const KEYS: [&str; 4] = ["result", "next", "total", "time"];

impl<T: Serialize> Serialize for Page<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(BesideResult { next, total }) = self.beside else {
            return Rows(self).serialize(serializer);
        };
        let fields = 1 + usize::from(next.is_some()) + usize::from(total.is_some());
        let mut answer = serializer.serialize_struct("Page", fields)?;
        answer.serialize_field("result", &Rows(self))?;
        match next {
            Some(next) => answer.serialize_field("next", &next)?,
            None => answer.skip_field("next")?,
        }
        match total {
            Some(total) => answer.serialize_field("total", &total)?,
            None => answer.skip_field("total")?,
        }
        answer.end()
    }
}

/// The rows of a page: `null` where they came so, which proves less than a list does.
struct Rows<'a, T>(&'a Page<T>);

impl<T: Serialize> Serialize for Rows<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.form {
            Form::NoList => serializer.serialize_unit(),
            Form::Unknown | Form::List(_) => self.0.rows.serialize(serializer),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PageVisitor(PhantomData))
    }
}

struct PageVisitor<T>(PhantomData<fn() -> T>);

impl<T: DeserializeOwned> PageVisitor<T> {
    fn rows() -> RowsVisitor<T, Plain> {
        RowsVisitor::new()
    }
}

impl<'de, T: DeserializeOwned> Visitor<'de> for PageVisitor<T> {
    type Value = Page<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page: a list of rows, or an answer with one")
    }

    fn visit_unit<E: Error>(self) -> Result<Page<T>, E> {
        Self::rows().visit_unit().map(Page::in_result)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Page<T>, E> {
        Self::rows().visit_bool(value).map(Page::in_result)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Page<T>, E> {
        Self::rows().visit_str(value).map(Page::in_result)
    }

    fn visit_seq<S: SeqAccess<'de>>(self, rows: S) -> Result<Page<T>, S::Error> {
        Self::rows().visit_seq(rows).map(Page::in_result)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Page<T>, M::Error> {
        let Some(key) = map.next_key::<String>()? else {
            return Ok(Page::of(Vec::new(), Form::List(None)));
        };
        let is_answer = KEYS.contains(&key.as_str());
        if !is_answer && !is_place(&key) {
            return Err(M::Error::custom(format_args!(
                "an object with `{key}` in it is no list of rows; if they stand in one of its keys, decode it with \
                 `Page::decode_in`"
            )));
        }
        let map = Keyed::new(key, map);
        if is_answer {
            Answer::deserialize(MapAccessDeserializer::new(map)).map(Page::from)
        } else {
            Self::rows().visit_map(map).map(Page::in_result)
        }
    }
}

/// An answer, as far as it concerns a page.
#[derive(Deserialize)]
#[serde(bound = "T: DeserializeOwned")]
struct Answer<T> {
    #[serde(deserialize_with = "rows")]
    result: (Vec<T>, bool),
    #[serde(default, deserialize_with = "Optional::<Int, Blank>::decode")]
    next: Option<i64>,
    #[serde(default, deserialize_with = "Total::decode")]
    total: Option<u64>,
}

fn rows<'de, T: DeserializeOwned, D: Deserializer<'de>>(
    result: D,
) -> Result<(Vec<T>, bool), D::Error> {
    result.deserialize_any(RowsVisitor::<T, Plain>::new())
}

impl<T> From<Answer<T>> for Page<T> {
    fn from(answer: Answer<T>) -> Self {
        let mut page = Self::in_result(answer.result);
        page.set_beside_result(&BesideResult::new(answer.next, answer.total));
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Page<i64>, serde_json::Error> {
        serde_json::from_str(json)
    }

    fn page(rows: Vec<i64>, next: Option<i64>, total: Option<u64>) -> Page<i64> {
        let mut page = Page::new(rows);
        page.set_beside_result(&BesideResult::new(next, total));
        page
    }

    #[test]
    fn what_is_written_is_read_back() {
        for (page, json) in [
            (
                page(vec![1, 2], Some(50), Some(120)),
                r#"{"result":[1,2],"next":50,"total":120}"#,
            ),
            (page(vec![1], None, Some(1)), r#"{"result":[1],"total":1}"#),
            (page(vec![], None, None), r#"{"result":[]}"#),
            (Page::new(vec![1, 2]), "[1,2]"),
        ] {
            assert_eq!(serde_json::to_string(&page).unwrap(), json);
            let back = read(json).unwrap();
            assert_eq!(back, page, "{json}");
            assert_eq!(back.is_last(), page.is_last(), "{json}");
        }
    }

    #[test]
    fn an_answer_of_the_portal_is_one() {
        let json = r#"{"total":"7","result":{"3":1,"7":2},"time":{"operating":0},"next":""}"#;
        assert_eq!(read(json).unwrap(), page(vec![1, 2], None, Some(7)));
        assert!(read(r#"{"next":50}"#).is_err());
        assert!(read(r#"{"result":7}"#).is_err());
    }

    #[test]
    fn a_list_is_one_in_every_form_that_php_gives_it() {
        for json in ["[1,2]", r#"{"3":1,"7":2}"#] {
            assert_eq!(read(json).unwrap(), Page::new(vec![1, 2]), "{json}");
        }
        for json in ["[]", "{}", "null", "false", r#""""#] {
            assert_eq!(read(json).unwrap(), Page::new(vec![]), "{json}");
        }
        for json in ["true", "7", r#""x""#, r#"["x"]"#, "[1"] {
            assert!(read(json).is_err(), "{json}");
        }
        for json in [r#"{"items":[1,2]}"#, r#"{"error":"X"}"#, r#"{"":1}"#] {
            assert!(read(json).is_err(), "{json}");
        }
    }

    #[test]
    fn no_list_stays_none() {
        for json in [r#"{"result":null}"#, r#"{"result":null,"total":120}"#] {
            let page = read(json).unwrap();
            assert!(page.is_empty() && !page.is_last(), "{json}");
            assert_eq!(serde_json::to_string(&page).unwrap(), json);
        }
    }
}
