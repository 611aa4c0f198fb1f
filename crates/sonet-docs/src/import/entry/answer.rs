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
        let shown = inner.or(example.map(|example| &example.json));
        let (ty, doubt) = match &page.result {
            Some(item) => self.shapes.result(item, shown),
            None => of_value(shown),
        };
        self.doubt_if("", doubt);
        let (quoted_ty, doc) = (quoted(&ty), quoted(UNDESCRIBED));
        let _ = writeln!(self.out, "result = {{ type = {quoted_ty}, doc = {doc} }}");
        self.paged(page, ty.ends_with("[]"));
    }

    /// How it pages, where it does. Only identifiers can be walked by, so that is what is looked for.
    fn paged(&mut self, page: &Page, rows_are_result: bool) {
        if !page.answers_in_pages() {
            return;
        }
        let result = page.result.as_ref();
        let rows = match result {
            Some(result) if rows_are_result => Some(("result".to_owned(), result)),
            Some(result) => {
                let mut lists = result.fields.iter().filter(|field| is_list(field));
                lists
                    .next()
                    .map(|list| (format!("result.{}", list.name), list))
            }
            None => None,
        };
        let id = |items: &[Item]| {
            let mut ids = items
                .iter()
                .filter(|item| item.name.eq_ignore_ascii_case("id"));
            ids.next().map(|item| item.name.clone())
        };
        let cursor = page.order_fields.as_deref().and_then(id);
        let filtered = page.filter_fields.as_deref().and_then(id);
        let operators = page.filter_operators.iter().flatten();
        let mut greater = operators.filter(|operator| operator.text == ">");
        let row_cursor = rows.as_ref().and_then(|(_, row)| id(&row.fields));
        match (
            rows,
            cursor.filter(|_| greater.next().is_some()),
            row_cursor,
        ) {
            (Some((rows, _)), Some(cursor), Some(row)) if filtered.as_ref() == Some(&cursor) => {
                self.doubt("", "it answers in pages; what walks it is a guess.");
                let (rows, cursor, row) = (quoted(&rows), quoted(&cursor), quoted(&row));
                let _ = writeln!(
                    self.out,
                    "paged = {{ rows = {rows}, cursor = {cursor}, row_cursor = {row} }}"
                );
            }
            _ => self.doubt("", "it answers in pages, so `paged` is needed."),
        }
    }
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
