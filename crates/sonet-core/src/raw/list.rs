//! Any list by the name of its method.

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::{Raw, rows};
use crate::method::RowId;
use crate::{BesideResult, Effect, Invalid, Method, Page, Paged, Paging};

/// A list by the name of its method: what [`Raw::paged`] makes.
///
/// A call answers one [`Page`], and a client's `list` walks all of them. The rows are `result`, or the one list in it; the key
/// that [`RawList::rows_in`] names is for walks. Pages have to be of 50 rows, as all lists of the vendor are: a walk of a list
/// with smaller ones would take the first for the last. A filter among the parameters stays; a walk adds to it what lies
/// behind the last row.
#[must_use = "a request does nothing until a client calls it"]
pub struct RawList<T = Value> {
    raw: Raw,
    paging: Paging<T>,
}

impl Raw {
    /// Says that the method answers in pages, and which field a walk filters and sorts by: the identifier, as the method's
    /// filter names it.
    ///
    /// A list only reads, so [`Raw::read_only`] goes without saying.
    ///
    /// ```
    /// # extern crate sonet_core as sonet_async;
    /// use serde_json::json;
    /// use sonet_async::Raw;
    ///
    /// let deals = Raw::new("crm.deal.list", json!({ "select": ["ID", "TITLE"] })).paged("ID");
    /// let items = Raw::new("crm.item.list", json!({ "entityTypeId": 2 })).paged("id").rows_in("items");
    /// # let _ = (deals, items);
    /// ```
    pub fn paged(self, cursor: impl Into<Cow<'static, str>>) -> RawList {
        let cursor = cursor.into();
        RawList {
            raw: self.read_only(),
            paging: Paging::by(cursor.clone(), RowId::In(cursor, number)),
        }
    }

    /// Says that the method answers in pages, of a list that can be neither filtered nor sorted by an identifier: a walk goes
    /// by the number of rows before a page.
    ///
    /// A walk knows a row by the number in its `ID` or `id`, and ends with an error where one comes twice. A list whose rows
    /// have neither has to count itself, or can't be longer than a page.
    ///
    /// ```
    /// # extern crate sonet_core as sonet_async;
    /// use serde_json::json;
    /// use sonet_async::Raw;
    ///
    /// let statuses = Raw::new("crm.status.list", json!({})).paged_by_offset();
    /// # let _ = statuses;
    /// ```
    pub fn paged_by_offset(self) -> RawList {
        RawList {
            raw: self.read_only(),
            paging: Paging::by_offset(|row| number(row, "ID").or_else(|| number(row, "id"))),
        }
    }
}

/// The number in a field of a row.
fn number(row: &Value, field: &str) -> Option<i64> {
    match row.get(field)? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

impl RawList {
    /// Names the field that a walk goes on by as a row has it. Default: the name that the filter has for it.
    pub fn row_cursor(self, field: impl Into<Cow<'static, str>>) -> Self {
        let field = field.into();
        let Paging { names, .. } = self.paging.row_cursor(field.clone());
        Self {
            raw: self.raw,
            paging: Paging {
                names,
                id: RowId::In(field, number),
            },
        }
    }

    /// Decodes the rows to a type of the caller's instead of a [`Value`], and says where that keeps its identifier.
    ///
    /// ```
    /// # extern crate sonet_core as sonet_async;
    /// use serde::Deserialize;
    /// use serde_json::json;
    /// use sonet_async::Raw;
    ///
    /// #[derive(Deserialize)]
    /// struct Item {
    ///     id: i64,
    ///     title: String,
    /// }
    ///
    /// let items = Raw::new("crm.item.list", json!({ "entityTypeId": 2 }))
    ///     .paged("id")
    ///     .rows_in("items")
    ///     .rows(|item: &Item| item.id);
    /// # let _ = items;
    /// ```
    pub fn rows<T: DeserializeOwned>(self, id: fn(&T) -> i64) -> RawList<T> {
        let raw = Raw {
            is_untyped: false,
            ..self.raw
        };
        RawList {
            raw,
            paging: Paging {
                names: self.paging.names,
                id: RowId::Of(id),
            },
        }
    }
}

impl<T> RawList<T> {
    /// Names the key of `result` that holds the rows. Default: `result` is the list of rows.
    ///
    /// A walk needs it, since it puts references to the last row of a page into a batch. It ends with an error if the rows
    /// come elsewhere.
    pub fn rows_in(mut self, key: impl Into<Cow<'static, str>>) -> Self {
        self.paging = self.paging.rows_in(key);
        self
    }

    /// Names the parameter that takes the filter. Default: `filter`.
    pub fn filter(mut self, parameter: impl Into<Cow<'static, str>>) -> Self {
        self.paging = self.paging.filter(parameter);
        self
    }

    /// Names the parameter that takes the order. Default: `order`.
    pub fn order(mut self, parameter: impl Into<Cow<'static, str>>) -> Self {
        self.paging = self.paging.order(parameter);
        self
    }

    /// Names the parameter that takes the names of the fields to answer, as a list. Default: the method has none, or it adds
    /// fields and leaves none out.
    ///
    /// A client's `total` asks for no other field by it than the one to walk by.
    pub fn select(mut self, parameter: impl Into<Cow<'static, str>>) -> Self {
        self.paging = self.paging.select(parameter);
        self
    }

    /// Says that `start = -1` is documented, which skips counting. Default: it is not, and every page is counted.
    pub fn uncounted(mut self) -> Self {
        self.paging = self.paging.uncounted();
        self
    }
}

impl<T> Clone for RawList<T> {
    fn clone(&self) -> Self {
        Self {
            raw: self.raw.clone(),
            paging: self.paging.clone(),
        }
    }
}

impl<T> fmt::Debug for RawList<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawList")
            .field("raw", &self.raw)
            .field("paging", &self.paging)
            .finish()
    }
}

impl<T> Serialize for RawList<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.raw.serialize(serializer)
    }
}

impl<T: DeserializeOwned> Method for RawList<T> {
    const NAME: &'static str = "";
    const EFFECT: Effect = Effect::Read;
    type Output = Page<T>;

    fn name(&self) -> &str {
        self.raw.name()
    }

    fn decode<'de, D: Deserializer<'de>>(result: D) -> Result<Page<T>, D::Error> {
        rows::page(result)
    }

    fn beside_result(page: &mut Page<T>, beside: &BesideResult) {
        page.set_beside_result(beside);
    }

    fn is_untyped(&self) -> bool {
        self.raw.is_untyped
    }

    fn check(&self) -> Result<(), Invalid> {
        self.raw.check()
    }
}

impl<T: DeserializeOwned> Paged for RawList<T> {
    type Item = T;

    fn paging(&self) -> Paging<T> {
        self.paging.clone()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn it_pages_as_it_is_told() {
        let list = Raw::new("user.get", json!({})).paged("ID");
        let list = list
            .filter("FILTER")
            .order("sort")
            .row_cursor("id")
            .uncounted();
        let Paging { names, id } = list.clone().rows_in("users").paging();
        assert_eq!((&*names.filter, &*names.order), ("FILTER", "sort"));
        assert_eq!(
            (names.cursor.as_deref(), &*names.row_cursor),
            (Some("ID"), "id")
        );
        assert_eq!(
            (names.rows.as_deref(), names.uncounted),
            (Some("users"), true)
        );
        assert_eq!(id.of(&json!({ "ID": 5, "id": "7" })), Ok(Some(7)));
        assert_eq!(id.of(&json!({ "ID": 5, "id": 7.5 })), Err("id"));
        assert_eq!(id.of(&json!({ "ID": 5 })), Err("id"));
        assert_eq!((list.name(), list.effect()), ("user.get", Effect::Read));
    }

    #[test]
    fn rows_of_a_type_take_less_memory() {
        let list = Raw::new("user.get", json!({})).paged("ID");
        assert!(list.is_untyped());
        let typed = list.rows(|id: &i64| *id);
        assert!(!typed.is_untyped());
        assert_eq!(typed.paging().id.of(&7), Ok(Some(7)));
    }

    #[test]
    fn its_parameters_are_checked_as_those_of_any_call() {
        let list = Raw::new("user.get", json!([1])).paged("ID");
        assert_eq!(list.check().unwrap_err().parameter(), "params");
    }
}
