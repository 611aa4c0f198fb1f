//! Lists of rows that are no groups: what to filter, order and select by is told column by column.

use super::condition::operands;
use super::field::Held;
use super::operator::{Operator, scrum_key};
use super::order::{Direction, directed, direction};
use crate::dates;
use crate::wire::output::{Json, Object};
use crate::wire::params::Params;
use crate::wire::value::{Array, Value};
use std::cmp::Ordering;

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

    fn held(self) -> Held {
        match self {
            Self::Number(number) => Held::Number(number),
            Self::Date(seconds) => Held::Date(seconds),
            Self::Text(text) => Held::Text(text.to_lowercase()),
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
    conditions: Vec<(&'static Column<T>, Operator, Vec<String>)>,
    order: Vec<(&'static Column<T>, Direction)>,
    select: Vec<&'static Column<T>>,
}

impl<T> Query<T> {
    /// Reads what the list was asked for and drops what the table doesn't have.
    pub(crate) fn read(columns: &'static [Column<T>], params: &Params) -> Self {
        let entries = |name| params.array(name).into_iter().flat_map(Array::iter);
        let find = |name: &str| columns.iter().find(|column| column.name == name);
        let conditions = entries("filter").filter_map(|(key, value)| {
            let (operator, name) = scrum_key(key)?;
            Some((find(name)?, operator, operands(operator, value)?))
        });
        let order =
            entries("order").filter_map(|(key, value)| Some((find(key)?, direction(value))));
        let selected: Vec<String> = entries("select")
            .filter_map(|(_, value)| Value::to_text(value))
            .collect();
        let is_selected = |name: &str| selected.iter().any(|own| own == name);
        let chosen = columns.iter().filter(|column| is_selected(column.name));
        let chosen: Vec<_> = chosen.collect();
        Self {
            conditions: conditions.collect(),
            order: order.collect(),
            // A selection of nothing that is there is none.
            select: if is_selected("*") || chosen.is_empty() {
                columns.iter().collect()
            } else {
                chosen
            },
        }
    }

    /// Whether a row meets all conditions.
    pub(crate) fn matches(&self, row: &T) -> bool {
        let mut conditions = self.conditions.iter();
        conditions
            .all(|(column, operator, operands)| operator.holds(&(column.of)(row).held(), operands))
    }

    /// Sorts rows that come by identifier; equal ones stay in that order.
    pub(crate) fn sort(&self, rows: &mut [&T]) {
        rows.sort_by(|a, b| {
            let orderings = self.order.iter().map(|(column, direction)| {
                let (a, b) = ((column.of)(a).held(), (column.of)(b).held());
                directed(a.cmp(&b), *direction)
            });
            orderings.fold(Ordering::Equal, Ordering::then)
        });
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
    use crate::http::Request;

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
        let params = Params::read(&Request::json("/", body)).unwrap();
        let query = Query::read(&COLUMNS, &params);
        let rows = [(1, "Alpha"), (2, "beta"), (3, "alpha 2")];
        let mut rows: Vec<_> = rows.iter().filter(|row| query.matches(row)).collect();
        query.sort(&mut rows);
        let rows: Vec<_> = rows.into_iter().map(|row| query.row(row)).collect();
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
}
