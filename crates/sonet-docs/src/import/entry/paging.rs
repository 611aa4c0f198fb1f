//! How a drafted method pages, and what its page says of that in its own way.

use std::fmt::Write as _;

use super::rows::{Rows, walk};
use super::writer::Writer;
use crate::import::name::quoted;
use crate::page::{ExampleKind, Page};
use sonet_spec::model::Paged;

impl Writer<'_> {
    /// How it pages, where it does: by identifier where the page has all that takes, and else by offset.
    pub(super) fn paged(&mut self, page: &Page, rows: Option<Rows>, row: Option<&str>) {
        if !page.answers_in_pages() {
            return self.decide_sizes(page, false);
        }
        self.decide_sizes(page, rows.is_some());
        let Some(rows) = rows else {
            if has_row(page, "next") || shows(page, "next") {
                let reason = "Where its rows are is not said.";
                self.decide(("paged", "new"), "next", reason);
            }
            return self
                .doubt("it takes `start` or answers `next`, and where its rows are is not said.");
        };
        self.decide_paging(page);
        let at = rows
            .key
            .map_or("result".to_owned(), |key| format!("result.{key}"));
        let at = quoted(&at);
        let walked = if let Some(walk) = walk(page) {
            let (cursor, row) = (quoted(walk.cursor), quoted(walk.row_cursor));
            format!(", cursor = {cursor}, row_cursor = {row}")
        } else {
            // By offset, too, a row that comes twice is noticed where rows have a number.
            let row = row.and_then(|ty| self.shapes.identifier_of(ty.trim_end_matches("[]")));
            row.map_or_else(String::new, |name| {
                format!(", row_cursor = {}", quoted(&name))
            })
        };
        let _ = writeln!(self.out, "paged = {{ rows = {at}{walked} }}");
    }
    /// What the page says of how many rows come at once, where it is not what all lists answer.
    fn decide_sizes(&mut self, page: &Page, is_walked: bool) {
        let usual = Paged::ROWS.to_string();
        for size in page.page_sizes.iter().filter(|size| size.text != usual) {
            let reason = if is_walked {
                let doubt = format!(
                    "a page of it has {} rows, it says, and not {usual}.",
                    size.text
                );
                self.doubts.add_on("paged", doubt);
                "A walk counts on what all lists answer."
            } else {
                "A caller says which rows it gets."
            };
            self.decide(("paged", "values"), &size.text, reason);
        }
    }

    /// Settles what a page leaves out of what stands beside the rows.
    fn decide_paging(&mut self, page: &Page) {
        if page.result.is_none() {
            return;
        }
        let missing: Vec<_> = ["next", "total"]
            .into_iter()
            .filter(|key| !has_row(page, key))
            .collect();
        if missing.len() == 2 && !shows(page, "next") {
            return self.decide(("paged", "missing"), "", "It takes `start`.");
        }
        for key in missing {
            let on = format!("result.{key}");
            if shows(page, key) {
                self.decide((&on, "not_in_table"), "", "An example has it.");
            } else {
                self.decide((&on, "missing"), "", "All lists answer it.");
            }
        }
    }
}

/// Whether a table has a key beside the result.
fn has_row(page: &Page, key: &str) -> bool {
    page.envelope.iter().any(|row| row.name == key)
}

/// Whether an example has a key beside the result.
fn shows(page: &Page, key: &str) -> bool {
    let mut examples = page.examples.iter();
    examples.any(|example| example.kind == ExampleKind::Response && example.json.get(key).is_some())
}
