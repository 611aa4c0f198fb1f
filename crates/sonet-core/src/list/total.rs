//! How many rows a list has, in one request.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::params::Entries;
use crate::error::Kind;
use crate::{Documented, Effect, Error, Invalid, Method, Paged, Reply};

/// The request for how many rows a list has: a page with as little in it as the method allows.
#[doc(hidden)]
pub struct TotalRequest<M> {
    name: String,
    params: Box<RawValue>,
    /// The key of `result` with the rows, if it is not the rows itself.
    rows: Option<String>,
    method: PhantomData<fn() -> M>,
}

impl<M: Paged> TotalRequest<M> {
    /// Checks what to count.
    ///
    /// # Errors
    ///
    /// A parameter is refused, or the method does not only read.
    pub fn new(method: &M) -> Result<Self, Error> {
        Self::of(method).map_err(|kind| Error::new(method.name(), kind))
    }

    fn of(method: &M) -> Result<Self, Kind> {
        method.check().map_err(Kind::Invalid)?;
        if method.effect() != Effect::Read {
            let problem =
                "counting asks for a page, and this method changes something when it is called";
            return Err(Kind::Invalid(Invalid::new("method", problem)));
        }
        let names = method.paging().names;
        let params = || {
            let given = Entries::parse(&serde_json::to_string(method)?)?;
            // Of whatever page in whatever order, the number is the same. Without a `start`, the server counts.
            let mut counted = given.without("start").without(&names.order);
            if let (Some(select), Some(cursor)) = (&names.select, &names.cursor) {
                counted = counted.with(select, &[cursor])?;
            }
            RawValue::from_string(counted.to_json()?)
        };
        Ok(Self {
            name: method.name().to_owned(),
            params: params().map_err(|error: serde_json::Error| Kind::Encode(error.to_string()))?,
            rows: names.rows.map(Into::into),
            method: PhantomData,
        })
    }

    /// What the server has counted, if it has. Fewer rows than came with the answer are what servers say that do not count.
    #[must_use]
    pub fn total(&self, reply: &Reply<CountedItems>) -> Option<u64> {
        let rows = reply.result.rows(self.rows.as_deref());
        reply.total.filter(|total| *total >= rows)
    }
}

impl<M> fmt::Debug for TotalRequest<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TotalRequest({})", self.name)
    }
}

impl<M> Serialize for TotalRequest<M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.params.serialize(serializer)
    }
}

impl<M: Paged> Method for TotalRequest<M> {
    const NAME: &'static str = M::NAME;
    const EFFECT: Effect = Effect::Read;
    type Output = CountedItems;
    const ERRORS: &'static [Documented] = M::ERRORS;
    const NOTHING: Option<&'static str> = M::NOTHING;

    fn name(&self) -> &str {
        &self.name
    }
}

/// How many rows came along: they are counted and not decoded, since most of their fields are missing.
#[doc(hidden)]
#[derive(Debug, PartialEq, Eq)]
pub struct CountedItems {
    /// The items of the result itself.
    itself: u64,
    /// The items of what stands in its keys.
    keys: Vec<(String, u64)>,
}

impl CountedItems {
    fn rows(&self, key: Option<&str>) -> u64 {
        let Some(key) = key else { return self.itself };
        let mut keys = self.keys.iter();
        keys.find(|(other, _)| other == key)
            .map_or(0, |(_, items)| *items)
    }
}

impl<'de> Deserialize<'de> for CountedItems {
    fn deserialize<D: Deserializer<'de>>(result: D) -> Result<Self, D::Error> {
        result.deserialize_any(Items { depth: 1 })
    }
}

/// Counts the items of lists and objects, and of those in an object as deep as this; anything else has none.
#[derive(Clone, Copy)]
struct Items {
    depth: u8,
}

impl<'de> DeserializeSeed<'de> for Items {
    type Value = CountedItems;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<CountedItems, D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items {
    type Value = CountedItems;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list, or an object with one in it")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut items: S) -> Result<CountedItems, S::Error> {
        let mut found = CountedItems::none();
        while items.next_element::<IgnoredAny>()?.is_some() {
            found.itself += 1;
        }
        Ok(found)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut items: A) -> Result<CountedItems, A::Error> {
        let mut found = CountedItems::none();
        while let Some(key) = items.next_key::<String>()? {
            found.itself += 1;
            if self.depth == 0 {
                items.next_value::<IgnoredAny>()?;
            } else {
                let within = items.next_value_seed(Self { depth: 0 })?;
                found.keys.push((key, within.itself));
            }
        }
        Ok(found)
    }

    fn visit_unit<E>(self) -> Result<CountedItems, E> {
        Ok(CountedItems::none())
    }

    fn visit_bool<E>(self, _: bool) -> Result<CountedItems, E> {
        Ok(CountedItems::none())
    }

    fn visit_i64<E>(self, _: i64) -> Result<CountedItems, E> {
        Ok(CountedItems::none())
    }

    fn visit_u64<E>(self, _: u64) -> Result<CountedItems, E> {
        Ok(CountedItems::none())
    }

    fn visit_f64<E>(self, _: f64) -> Result<CountedItems, E> {
        Ok(CountedItems::none())
    }

    fn visit_str<E>(self, _: &str) -> Result<CountedItems, E> {
        Ok(CountedItems::none())
    }
}

impl CountedItems {
    fn none() -> Self {
        Self {
            itself: 0,
            keys: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::attempts::Attempts;
    use crate::{Page, Paging, Raw, RawList, Time};

    fn list(params: Value) -> RawList {
        Raw::new("crm.item.list", params).read_only().paged("id")
    }

    fn sent(method: &RawList) -> Value {
        let request = TotalRequest::new(method).unwrap();
        assert_eq!(
            (request.name(), request.effect()),
            ("crm.item.list", Effect::Read)
        );
        serde_json::to_value(&request).unwrap()
    }

    #[test]
    fn it_asks_for_nothing_but_what_counts() {
        let params = json!({
            "entityTypeId": 2, "filter": { ">id": 5 }, "order": { "title": "ASC" }, "start": -1, "select": ["title"],
        });
        assert_eq!(
            sent(&list(params.clone())),
            json!({ "entityTypeId": 2, "filter": { ">id": 5 }, "select": ["title"] })
        );
        assert_eq!(
            sent(&list(params).select("select")),
            json!({ "entityTypeId": 2, "filter": { ">id": 5 }, "select": ["id"] })
        );
    }

    #[test]
    fn what_changes_something_is_not_called_to_count() {
        let error = TotalRequest::new(&Writing {}).unwrap_err();
        assert!(error.is_invalid(), "{error}");
        assert_eq!(error.method(), Some("list"));
    }

    /// A list that changes something.
    #[derive(Serialize)]
    struct Writing {}

    impl Method for Writing {
        const NAME: &'static str = "list";
        const EFFECT: Effect = Effect::Write;
        type Output = Page<i64>;
    }

    impl Paged for Writing {
        type Item = i64;

        fn paging(&self) -> Paging<i64> {
            Paging::new("ID", |row: &i64| *row)
        }
    }

    fn total(list: &RawList, result: Value, total: Option<u64>) -> Option<u64> {
        let reply = Reply {
            result: serde_json::from_value(result).unwrap(),
            total,
            next: None,
            time: Time::default(),
            past: Attempts::default(),
        };
        TotalRequest::new(list).unwrap().total(&reply)
    }

    #[test]
    fn a_total_below_the_rows_is_none() {
        let plain = list(Value::Null);
        let rows = || json!([{ "id": 1 }, { "id": 2 }]);
        assert_eq!(total(&plain, rows(), Some(120)), Some(120));
        assert_eq!(total(&plain, rows(), Some(2)), Some(2));
        assert_eq!(total(&plain, rows(), Some(0)), None);
        assert_eq!(total(&plain, rows(), None), None);
        assert_eq!(total(&plain, json!({ "3": {}, "7": {} }), Some(1)), None);
        assert_eq!(total(&plain, json!([]), Some(0)), Some(0));
        for other in [
            json!(null),
            json!(false),
            json!(""),
            json!(7),
            json!(-7),
            json!(0.5),
        ] {
            assert_eq!(total(&plain, other, Some(0)), Some(0));
        }

        let in_key = list(Value::Null).rows_in("items");
        let result = |items| json!({ "items": items, "other": [1, 2, 3, 4] });
        assert_eq!(total(&in_key, result(rows()), Some(2)), Some(2));
        assert_eq!(total(&in_key, result(rows()), Some(1)), None);
        assert_eq!(
            total(&in_key, result(json!({ "3": 1, "7": 1 })), Some(1)),
            None
        );
        assert_eq!(total(&in_key, json!([]), Some(0)), Some(0));
    }
}
