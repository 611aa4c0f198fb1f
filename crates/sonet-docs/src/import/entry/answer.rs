//! What a drafted method answers.

use std::fmt::Write as _;

use serde_json::Value;

use super::writer::Writer;
use crate::apply::UNDESCRIBED;
use crate::import::name::quoted;
use crate::import::shapes::is_list;
use crate::page::{ExampleKind, Item, Page};

impl Writer<'_> {
    pub(super) fn result(&mut self, page: &Page) {
        let mut examples = page.examples.iter();
        let example = examples.find(|example| example.kind == ExampleKind::Response);
        let inner = example.and_then(|example| example.json.get("result"));
        if example.is_some() && inner.is_none() {
            self.doubt("", "the example has no `result` around the answer.");
        }
        self.shapes.rows = walk(page).and_then(|walk| walk.key.map(str::to_owned));
        let shown = inner.or(example.map(|example| &example.json));
        let (ty, doubt) = match &page.result {
            Some(item) => self.shapes.result(item, shown),
            None => of_value(shown),
        };
        self.doubt_if("", doubt);
        let (quoted_ty, doc) = (quoted(&ty), quoted(UNDESCRIBED));
        let _ = writeln!(self.out, "result = {{ type = {quoted_ty}, doc = {doc} }}");
        self.paged(page);
    }

    /// How it pages, where it does.
    fn paged(&mut self, page: &Page) {
        if !page.answers_in_pages() {
            return;
        }
        let Some(walk) = walk(page) else {
            return self.doubt("", "it answers in pages, so `paged` is needed.");
        };
        self.doubt("", "it answers in pages; what walks it is a guess.");
        let rows = walk
            .key
            .map_or("result".to_owned(), |key| format!("result.{key}"));
        let (rows, cursor, row) = (quoted(&rows), quoted(walk.cursor), quoted(walk.row_cursor));
        let _ = writeln!(
            self.out,
            "paged = {{ rows = {rows}, cursor = {cursor}, row_cursor = {row} }}"
        );
    }
}

/// How a list is walked.
pub(super) struct Walk<'p> {
    /// The key of the result that the rows stand in, if they are not the result.
    pub(super) key: Option<&'p str>,
    /// The fields of a row.
    pub(super) fields: &'p [Item],
    cursor: &'p str,
    row_cursor: &'p str,
}

/// How the list of a page is walked, if it can be. Only identifiers can be walked by, so that is what is looked for.
pub(super) fn walk(page: &Page) -> Option<Walk<'_>> {
    if !page.answers_in_pages() {
        return None;
    }
    let result = page.result.as_ref()?;
    let (key, fields) = if is_list(result) || shows_list(page) {
        (None, &result.fields)
    } else {
        let list = result.fields.iter().find(|field| is_list(field))?;
        (Some(list.name.as_str()), &list.fields)
    };
    let id = |items: &'_ [Item]| -> Option<usize> {
        items
            .iter()
            .position(|item| item.name.eq_ignore_ascii_case("id"))
    };
    let (orders, filters) = (
        page.order_fields.as_deref()?,
        page.filter_fields.as_deref()?,
    );
    let cursor = &orders[id(orders)?].name;
    let is_filtered = filters.iter().any(|field| field.name == *cursor);
    let mut operators = page.filter_operators.iter().flatten();
    let is_walked = is_filtered && operators.any(|operator| operator.text == ">");
    is_walked.then_some(Walk {
        key,
        fields,
        cursor,
        row_cursor: &fields[id(fields)?].name,
    })
}

/// Whether the first example of an answer is a list.
fn shows_list(page: &Page) -> bool {
    let mut examples = page.examples.iter();
    let example = examples.find(|example| example.kind == ExampleKind::Response);
    let result = example.and_then(|example| example.json.get("result"));
    result.is_some_and(Value::is_array)
}

/// The type of an answer that only an example shows.
fn of_value(shown: Option<&Value>) -> (String, Option<String>) {
    let (ty, doubt) = match shown {
        Some(Value::Bool(_)) => ("accepted", None),
        Some(Value::Number(_)) => (
            "integer",
            Some("the page has no table of the answer; is it an identifier?"),
        ),
        Some(Value::String(_)) => ("string", Some("the page has no table of the answer")),
        Some(Value::Array(rows)) if rows.is_empty() => ("empty", None),
        Some(_) => (
            "json",
            Some("the page has no table of the answer, and the example shows more than one value"),
        ),
        None => (
            "accepted",
            Some("the page has neither a table nor an example of the answer"),
        ),
    };
    (ty.to_owned(), doubt.map(str::to_owned))
}
