//! How a method pages.

use std::borrow::Cow;
use std::fmt;

/// How a method pages, and which number a row of the type `T` is known by.
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use sonet_async::Paging;
///
/// struct Deal {
///     id: i64,
/// }
///
/// let paging = Paging::new("ID", |deal: &Deal| deal.id).rows_in("items").row_cursor("id");
/// ```
#[must_use = "it says how a method pages; `Paged::paging` returns it"]
pub struct Paging<T> {
    pub(crate) names: PagingNames,
    pub(crate) id: RowId<T>,
}

/// The names on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PagingNames {
    /// The key of `result` with the rows, if it is not the rows itself.
    pub(crate) rows: Option<Cow<'static, str>>,
    pub(crate) filter: Cow<'static, str>,
    pub(crate) order: Cow<'static, str>,
    /// The parameter that takes the fields to answer, if there is one.
    pub(crate) select: Option<Cow<'static, str>>,
    /// The field to filter and sort by, if the list can be walked by one.
    pub(crate) cursor: Option<Cow<'static, str>>,
    pub(crate) row_cursor: Cow<'static, str>,
    pub(crate) uncounted: bool,
}

/// How the identifier of a row is found.
pub(crate) enum RowId<T> {
    /// Of a row that has one.
    Of(fn(&T) -> i64),
    /// In a field that a row may lack.
    In(Cow<'static, str>, fn(&T, &str) -> Option<i64>),
    /// Of a row that need not have one: nothing is walked by it.
    Perhaps(fn(&T) -> Option<i64>),
}

impl<T> RowId<T> {
    /// The identifier of a row; the name of the field that it lacks.
    pub(crate) fn of(&self, row: &T) -> Result<Option<i64>, &str> {
        match self {
            Self::Of(id) => Ok(Some(id(row))),
            Self::Perhaps(id) => Ok(id(row)),
            Self::In(field, id) => id(row, field).map(Some).ok_or(field),
        }
    }
}

impl<T> Clone for RowId<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Of(id) => Self::Of(*id),
            Self::In(field, id) => Self::In(field.clone(), *id),
            Self::Perhaps(id) => Self::Perhaps(*id),
        }
    }
}

impl<T> Paging<T> {
    /// Names the field to filter and sort by when walking by identifier, and says where a row keeps it.
    pub fn new(cursor: impl Into<Cow<'static, str>>, id: fn(&T) -> i64) -> Self {
        Self::by(cursor.into(), RowId::Of(id))
    }

    /// Says that there is no field to filter and sort by: a walk goes by the number of rows before a page, which every
    /// list takes as `start`.
    ///
    /// The function says by which number a row is known, so that a walk notices a row that comes twice. For rows without a
    /// number it returns `None`; then a change of the list is noticed by its `total` alone, and a walk of a list that is
    /// longer than a page and does not count its rows ends with an error.
    ///
    /// ```
    /// # extern crate sonet_core as sonet_async;
    /// use sonet_async::Paging;
    ///
    /// struct Status {
    ///     name: String,
    /// }
    ///
    /// let paging = Paging::by_offset(|_: &Status| None);
    /// # let _ = paging;
    /// ```
    pub fn by_offset(id: fn(&T) -> Option<i64>) -> Self {
        Self::with(None, RowId::Perhaps(id))
    }

    pub(crate) fn by(cursor: Cow<'static, str>, id: RowId<T>) -> Self {
        Self::with(Some(cursor), id)
    }

    fn with(cursor: Option<Cow<'static, str>>, id: RowId<T>) -> Self {
        Self {
            names: PagingNames {
                rows: None,
                filter: "filter".into(),
                order: "order".into(),
                select: None,
                row_cursor: cursor.clone().unwrap_or_default(),
                cursor,
                uncounted: false,
            },
            id,
        }
    }

    /// Names the key of `result` that holds the rows. Default: `result` is the list of rows.
    pub fn rows_in(mut self, key: impl Into<Cow<'static, str>>) -> Self {
        self.names.rows = Some(key.into());
        self
    }

    /// Names the parameter that takes the filter. Default: `filter`.
    pub fn filter(mut self, parameter: impl Into<Cow<'static, str>>) -> Self {
        self.names.filter = parameter.into();
        self
    }

    /// Names the parameter that takes the order. Default: `order`.
    pub fn order(mut self, parameter: impl Into<Cow<'static, str>>) -> Self {
        self.names.order = parameter.into();
        self
    }

    /// Names the parameter that takes the names of the fields to answer, as a list. Default: the method has none, or it adds
    /// fields and leaves none out.
    ///
    /// A client's `total` asks for no other field by it than the one to walk by.
    pub fn select(mut self, parameter: impl Into<Cow<'static, str>>) -> Self {
        self.names.select = Some(parameter.into());
        self
    }

    /// Names the field by which a walk goes on as a row has it. Default: the name that the filter has for it.
    pub fn row_cursor(mut self, field: impl Into<Cow<'static, str>>) -> Self {
        self.names.row_cursor = field.into();
        self
    }

    /// Says that `start = -1` is documented, which skips counting. Default: it is not, and every page is counted.
    pub fn uncounted(mut self) -> Self {
        self.names.uncounted = true;
        self
    }

    /// The identifier of a row. There is none if the row lacks the field, which only rows without a type of their own may.
    #[must_use]
    pub fn id_of(&self, row: &T) -> Option<i64> {
        self.id.of(row).ok().flatten()
    }
}

impl<T> Clone for Paging<T> {
    fn clone(&self) -> Self {
        Self {
            names: self.names.clone(),
            id: self.id.clone(),
        }
    }
}

impl<T> fmt::Debug for Paging<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Paging").field(&self.names).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_is_as_most_methods_have_it() {
        let paging = Paging::new("ID", |row: &i64| *row);
        let names = &paging.names;
        assert_eq!((&*names.filter, &*names.order), ("filter", "order"));
        assert_eq!(
            (names.cursor.as_deref(), &*names.row_cursor),
            (Some("ID"), "ID")
        );
        assert_eq!((names.rows.as_deref(), names.uncounted), (None, false));
        assert_eq!(names.select, None);
        let said = paging.filter("FILTER").order("ORDER").row_cursor("id");
        let said = said.rows_in("items").uncounted().select("select");
        let names = &said.names;
        assert_eq!(names.select.as_deref(), Some("select"));
        assert_eq!((&*names.filter, &*names.order), ("FILTER", "ORDER"));
        assert_eq!(
            (names.cursor.as_deref(), &*names.row_cursor),
            (Some("ID"), "id")
        );
        assert_eq!(
            (names.rows.as_deref(), names.uncounted),
            (Some("items"), true)
        );
    }

    #[test]
    fn a_row_may_lack_its_identifier() {
        assert_eq!(RowId::Of(|row: &i64| *row).of(&7), Ok(Some(7)));
        let even = RowId::In("ID".into(), |row: &i64, _| (row % 2 == 0).then_some(*row));
        assert_eq!((even.of(&8), even.of(&7)), (Ok(Some(8)), Err("ID")));
        let paging = Paging::by("ID".into(), even);
        assert_eq!((paging.id_of(&8), paging.id_of(&7)), (Some(8), None));
    }
}
