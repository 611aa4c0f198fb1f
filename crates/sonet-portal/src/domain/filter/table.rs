//! Lists of rows that are no groups: what to filter, order and select by is told column by column.

use super::field::FieldValue;
use super::operator::TableDialect;
use super::order::Direction;
use super::search::{Conditions, Sorting};
use crate::domain::dates;
use crate::domain::page::{PAGE_ROWS, Page};
use crate::wire::output::{Json, Object};
use crate::wire::params::Params;
use crate::wire::value::{Array, Value};
use std::collections::BTreeMap;

/// The column that tables are kept by.
const ID: &str = "ID";

/// A column of a table.
#[derive(Debug)]
pub(crate) struct Column<T: 'static> {
    /// The name in filters, orders and selections.
    pub(crate) name: &'static str,
    /// The key in rows.
    pub(crate) key: &'static str,
    /// What a row has here.
    pub(crate) of: fn(&T) -> Cell,
}

/// What a row has in a column.
#[derive(Debug)]
pub(crate) enum Cell {
    Number(i64),
    Date(i64),
    Text(String),
}

impl Cell {
    /// An identifier.
    pub(crate) fn id(id: u64) -> Self {
        Self::Number(i64::try_from(id).unwrap_or(i64::MAX))
    }

    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    fn value(self) -> FieldValue {
        match self {
            Self::Number(number) => FieldValue::Number(number),
            Self::Date(seconds) => FieldValue::Date(seconds),
            Self::Text(text) => FieldValue::Text(text.to_lowercase()),
        }
    }

    fn json(self) -> Json {
        match self {
            Self::Number(number) => number.into(),
            Self::Date(seconds) => dates::iso(seconds).into(),
            Self::Text(text) => text.into(),
        }
    }
}

/// A row with all its columns.
pub(crate) fn print<T>(columns: &[Column<T>], row: &T) -> Object {
    columns.iter().fold(Object::new(), |object, column| {
        object.with(column.key, (column.of)(row).json())
    })
}

/// What a list was asked for: `filter`, `order` and `select`.
#[derive(Debug)]
pub(crate) struct Query<T: 'static> {
    conditions: Conditions<&'static Column<T>>,
    order: Sorting<&'static Column<T>>,
    select: Vec<&'static Column<T>>,
}

impl<T> Query<T> {
    /// Reads what the list was asked for and drops what the table doesn't have.
    pub(crate) fn read(columns: &'static [Column<T>], params: &Params) -> Self {
        let entries = |name| params.array(name).into_iter().flat_map(Array::iter);
        let find = |name: &str| columns.iter().find(|column| column.name == name);
        let selected: Vec<String> = entries("select")
            .filter_map(|(_, value)| Value::to_text(value))
            .collect();
        let is_selected = |name: &str| selected.iter().any(|own| own == name);
        let chosen = columns.iter().filter(|column| is_selected(column.name));
        let chosen: Vec<_> = chosen.collect();
        Self {
            conditions: Conditions::read(TableDialect::Scrum, entries("filter"), find),
            order: Sorting::read(params.array("order"), find),
            // A selection of nothing that is there is none.
            select: if is_selected("*") || chosen.is_empty() {
                columns.iter().collect()
            } else {
                chosen
            },
        }
    }

    /// A page of the rows of a table that may be seen, beginning after so many.
    ///
    /// Rows are looked at by identifier, within the bounds of the filter, until the page is full: all
    /// of them only where they are counted, or another order needs them. `counted` says so, and whether
    /// a full last page has a `next`.
    pub(crate) fn page<'a>(
        &self,
        table: &'a BTreeMap<u64, T>,
        start: u64,
        counted: Option<bool>,
        may_see: impl Fn(&T) -> bool,
    ) -> Page<&'a T> {
        let bounds = self.conditions.bounds(|column| column.name == ID);
        if bounds.is_empty() {
            return Page::of(Vec::new(), 0, start, false);
        }
        let rows = table.range(bounds).map(|(_, row)| row);
        let rows = rows.filter(|row| self.matches(row) && may_see(row));
        let downwards = match self.order.first() {
            Some((column, direction)) if column.name == ID => direction == Direction::Descending,
            Some(_) => {
                let sorted = self
                    .order
                    .sort(rows.collect(), |row, column| (column.of)(row).value());
                return Page::cut(sorted, start, counted.unwrap_or_default());
            }
            None => false,
        };
        let rows: Box<dyn Iterator<Item = &T>> = if downwards {
            Box::new(rows.rev())
        } else {
            Box::new(rows)
        };
        if let Some(bogus_next) = counted {
            return Page::cut(rows.collect(), start, bogus_next);
        }
        let skipped = usize::try_from(start).unwrap_or(usize::MAX);
        Page::uncounted(rows.skip(skipped).take(PAGE_ROWS).collect())
    }

    /// Whether a row meets all conditions.
    fn matches(&self, row: &T) -> bool {
        self.conditions.hold(|column| (column.of)(row).value())
    }

    /// A row with the selected columns.
    pub(crate) fn row(&self, row: &T) -> Object {
        self.select.iter().fold(Object::new(), |object, column| {
            object.with(column.key, (column.of)(row).json())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static COLUMNS: [Column<(u64, &str)>; 2] = [
        Column {
            name: "ID",
            key: "id",
            of: |row| Cell::id(row.0),
        },
        Column {
            name: "THE_NAME",
            key: "theName",
            of: |row| Cell::text(row.1),
        },
    ];

    /// The rows that a list shows of three.
    fn shown(body: &str) -> String {
        let params = Params::of_json(body).unwrap();
        let query = Query::read(&COLUMNS, &params);
        let rows = [(1, "Alpha"), (2, "beta"), (3, "alpha 2")];
        let table = rows.into_iter().map(|row| (row.0, row)).collect();
        let page = query.page(&table, 0, None, |_| true);
        let rows: Vec<_> = page.rows.into_iter().map(|row| query.row(row)).collect();
        Json::from(rows).to_string()
    }

    #[test]
    fn a_table_is_filtered_ordered_and_selected_from() {
        for (body, expected) in [
            (r#"{"filter":{"ID":1}}"#, r#"[{"id":1,"theName":"Alpha"}]"#),
            (
                r#"{"filter":{"=%THE_NAME":"alpha%"},"select":["ID"]}"#,
                r#"[{"id":1},{"id":3}]"#,
            ),
            (
                r#"{"filter":{"!=ID":[1]},"order":{"THE_NAME":"asc"},"select":["ID"]}"#,
                r#"[{"id":3},{"id":2}]"#,
            ),
            (
                r#"{"order":{"ID":"desc"},"filter":{">=ID":2,"<ID":9},"select":["THE_NAME"]}"#,
                r#"[{"theName":"alpha 2"},{"theName":"beta"}]"#,
            ),
            (r#"{"filter":{"!%THE_NAME":"a"}}"#, "[]"),
        ] {
            assert_eq!(shown(body), expected, "{body}");
        }
    }

    #[test]
    fn what_a_table_lacks_is_dropped() {
        let all = shown("{}");
        for body in [
            r#"{"filter":{"id":1,"@ID":[1],"!ID":1,"NAME":"x","><ID":[1,1]}}"#,
            r#"{"select":["*","ID"],"order":{"NAME":"desc"}}"#,
            r#"{"select":["NAME"]}"#,
            r#"{"select":"ID","filter":7,"order":"ID"}"#,
        ] {
            assert_eq!(shown(body), all, "{body}");
        }
    }

    #[test]
    fn a_walk_looks_at_the_rows_of_its_page() {
        let table: BTreeMap<u64, (u64, &str)> = (1..=5_000).map(|id| (id, (id, "x"))).collect();
        let look = |body: &str, start, counted| {
            let params = Params::of_json(body).unwrap();
            let query = Query::read(&COLUMNS, &params);
            let looked_at = std::cell::Cell::new(0);
            let page = query.page(&table, start, counted, |row| {
                looked_at.set(looked_at.get() + 1);
                row.0 % 2 == 0
            });
            let rows: Vec<u64> = page.rows.iter().map(|row| row.0).collect();
            (rows, page.total, looked_at.get())
        };
        let (rows, total, looked_at) = look(r#"{"filter":{">ID":4000}}"#, 0, None);
        assert_eq!((rows[0], rows.len(), total), (4_002, 50, 0));
        assert!(looked_at <= 101, "{looked_at}");
        let (rows, _, looked_at) = look(
            r#"{"filter":{"<ID":"4000"},"order":{"ID":"DESC"}}"#,
            50,
            None,
        );
        assert_eq!((rows[0], rows.len()), (3_898, 50));
        assert!(looked_at <= 202, "{looked_at}");
        let (rows, total, looked_at) = look(r#"{"filter":{">ID":4900}}"#, 0, Some(false));
        assert_eq!((rows.len(), total, looked_at), (50, 50, 100));
        let (rows, total, looked_at) = look(r#"{"order":{"THE_NAME":"DESC"}}"#, 0, Some(false));
        assert_eq!((rows[0], total, looked_at), (2, 2_500, 5_000));
        for nothing in [
            r#"{"filter":{"ID":"x"}}"#,
            r#"{"filter":{">ID":9,"<ID":5}}"#,
        ] {
            assert_eq!(look(nothing, 0, Some(false)).1, 0, "{nothing}");
        }
    }
}
