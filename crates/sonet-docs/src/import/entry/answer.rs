//! What a drafted method answers.

use std::fmt::Write as _;

use serde_json::Value;

use super::rows::{Rows, rows, walk};
use super::writer::Writer;
use crate::diff::quote_row;
use crate::import::name::quoted;
use crate::import::shapes::{LENIENT, is_list};
use crate::page::{ExampleKind, Item, Page};
use sonet_spec::model::Paged;

impl Writer<'_> {
    pub(super) fn result(&mut self, page: &Page) {
        let examples = page.examples.iter();
        let examples: Vec<&Value> = examples
            .filter(|example| example.kind == ExampleKind::Response)
            .map(|example| &example.json)
            .collect();
        let inner = examples.first().and_then(|example| example.get("result"));
        if !examples.is_empty() && inner.is_none() {
            self.doubt("the example has no `result` around the answer.");
        }
        let rows = rows(page, inner);
        self.shapes.rows = rows.as_ref().and_then(|rows| rows.key.clone());
        let shown: Vec<&Value> = examples
            .iter()
            .map(|example| example.get("result").unwrap_or(example))
            .collect();
        let within = within(page, &shown).filter(|_| rows.is_none());
        let (said, shown) = match &within {
            Some(within) => (Some(&within.item), within.shown.clone()),
            None => (page.result.as_ref(), shown),
        };
        let (ty, doubt) = match said {
            Some(item) => self.shapes.result(item, &shown),
            None => match shown.first() {
                Some(value)
                    if value.is_object()
                        || value.as_array().is_some_and(|rows| !rows.is_empty()) =>
                {
                    let item = Item::new("result", &page.start());
                    self.shapes.result(&item, &shown)
                }
                _ => of_value(shown.first().copied(), self.shapes.reads),
            },
        };
        if page.result.is_none() && !page.incomplete && !self.shapes.has_objects() {
            let reason = "The type is a guess.";
            self.decide(("result", "missing"), "", reason);
        }
        let ty = match &rows {
            // Rows of which nothing is known are rows all the same.
            Some(rows) if rows.key.is_none() && !ty.ends_with("[]") => "json[]".to_owned(),
            _ => ty,
        };
        // No whole result is a date that has to have one form.
        let ty = match ty.as_str() {
            "date" | "datetime" => "loose_datetime".to_owned(),
            _ => ty,
        };
        let (ty, doubt) = match rows.as_ref().and_then(|rows| rows.key.as_ref()) {
            Some(key) if ty == "json" => (self.shapes.around_rows(key), None),
            _ => (ty, doubt),
        };
        if let Some(item) = said.filter(|_| page.result.is_some()) {
            let word = if ty == "accepted" {
                "boolean"
            } else {
                ty.as_str()
            };
            if self.shapes.contradicts(word, item) {
                self.decide(("result", "type"), &item.ty(), LENIENT);
            }
            if !self.shapes.holds_fields(&ty) {
                for field in &item.fields {
                    let on = format!("result.{}", field.name);
                    let row = quote_row(&field.name, field);
                    self.decide((&on, "new"), &row, "An example shows one value.");
                }
            }
            let is_typed = |row: &Item| !row.types.is_empty();
            if ty != "json" && !is_typed(item) && page.envelope.iter().any(is_typed) {
                self.decide(("result", "type"), "", "Its row has no type.");
            }
        }
        self.doubt_on("result", doubt);
        if within.as_ref().is_some_and(|within| !within.is_tabled) {
            let doubt =
                "only an example shows the key that the answer is in: is it always the same?";
            self.doubts.add_on("result", doubt);
        }
        let doc = self.shapes.doc(said.map_or("", |item| &item.sentences));
        let (quoted_ty, doc) = (quoted(&ty), quoted(&doc));
        let within = within.map(|within| format!(", within = {}", quoted(&within.item.name)));
        let within = within.unwrap_or_default();
        let _ = writeln!(
            self.out,
            "result = {{ type = {quoted_ty}{within}, doc = {doc} }}"
        );
        let row = match &rows {
            Some(rows) if rows.key.is_some() => self.shapes.rows_type.clone(),
            _ => Some(ty),
        };
        self.paged(page, rows, row.as_deref());
    }

    /// How it pages, where it does: by identifier where the page has all that takes, and else by offset.
    fn paged(&mut self, page: &Page, rows: Option<Rows>, row: Option<&str>) {
        if !page.answers_in_pages() {
            return;
        }
        let Some(rows) = rows else {
            return self
                .doubt("it takes `start` or answers `next`, and where its rows are is not said.");
        };
        self.decide_paging(page);
        self.decide_sizes(page);
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
}

/// The only key of a result, with what it holds.
struct Within<'p> {
    item: Item,
    shown: Vec<&'p Value>,
    /// Whether a table has the key.
    is_tabled: bool,
}

/// The only key of a result, if it has one alone and that holds an object or a list of objects.
fn within<'p>(page: &Page, shown: &[&'p Value]) -> Option<Within<'p>> {
    let first = shown.first().copied();
    let keys = first.and_then(Value::as_object);
    let fields = page.result.as_ref().map_or(&[][..], |item| &item.fields);
    let only = match (fields, keys) {
        ([only], Some(keys)) if keys.len() == 1 && keys.contains_key(&only.name) => only.clone(),
        ([only], None) if first.is_none() => only.clone(),
        ([], Some(keys)) if keys.len() == 1 => {
            let key = keys.keys().next()?;
            // The key of a map is data.
            if key.parse::<u64>().is_ok() {
                return None;
            }
            Item::new(key.as_str(), &page.start())
        }
        _ => return None,
    };
    if page.result.as_ref().is_some_and(is_list) {
        return None;
    }
    let inner = keys.and_then(|keys| keys.get(&only.name));
    let structure = page.structures.iter().find(|other| other.name == only.name);
    let item = match structure.filter(|_| only.fields.is_empty()) {
        Some(structure) => Item {
            fields: structure.fields.clone(),
            open: structure.open,
            ..only
        },
        None => only,
    };
    let holds_objects = match inner {
        Some(Value::Array(rows)) => rows.first().is_some_and(Value::is_object),
        Some(value) => value.as_object().is_some_and(|map| !map.is_empty()),
        None => !item.fields.is_empty(),
    };
    // What is not in it everywhere is not within it.
    let shown: Option<Vec<_>> = shown.iter().map(|value| value.get(&item.name)).collect();
    let shown = shown?;
    let is_tabled = !fields.is_empty();
    holds_objects.then_some(Within {
        item,
        shown,
        is_tabled,
    })
}

impl Writer<'_> {
    /// What the page says of how many rows come at once, where it is not what all lists answer.
    fn decide_sizes(&mut self, page: &Page) {
        let usual = Paged::ROWS.to_string();
        for size in page.page_sizes.iter().filter(|size| size.text != usual) {
            let doubt = format!(
                "a page of it has {} rows, it says, and not {usual}.",
                size.text
            );
            self.doubts.add_on("paged", doubt);
            self.decide(
                ("paged", "values"),
                &size.text,
                "A walk counts on what all lists answer.",
            );
        }
    }

    /// Settles what a page leaves out of what stands beside the rows.
    fn decide_paging(&mut self, page: &Page) {
        if page.result.is_none() {
            return;
        }
        let in_table = |key: &str| page.envelope.iter().any(|row| row.name == key);
        let in_example = |key: &str| {
            let mut examples = page.examples.iter();
            examples.any(|example| {
                example.kind == ExampleKind::Response && example.json.get(key).is_some()
            })
        };
        let missing: Vec<_> = ["next", "total"]
            .into_iter()
            .filter(|key| !in_table(key))
            .collect();
        if missing.len() == 2 && !in_example("next") {
            return self.decide(("paged", "missing"), "", "It takes `start`.");
        }
        for key in missing {
            let on = format!("result.{key}");
            if in_example(key) {
                self.decide((&on, "not_in_table"), "", "An example has it.");
            } else {
                self.decide((&on, "missing"), "", "All lists answer it.");
            }
        }
    }
}

/// The type of an answer that only an example shows.
fn of_value(shown: Option<&Value>, reads: bool) -> (String, Option<String>) {
    let (ty, doubt) = match shown {
        // A write says that it was done; what a read says may be no.
        Some(Value::Bool(_)) => (if reads { "boolean" } else { "accepted" }, None),
        Some(Value::Number(_)) => (
            "integer",
            Some("the page has no table of the answer; is it an identifier?"),
        ),
        Some(Value::String(_)) => ("string", Some("the page has no table of the answer")),
        Some(Value::Array(rows)) if rows.is_empty() && !reads => ("empty", None),
        Some(Value::Array(rows)) if rows.is_empty() => (
            "json",
            Some("the page has no table of the answer, and the example is an empty list"),
        ),
        Some(_) => (
            "json",
            Some("the page has no table of the answer, and the example shows more than one value"),
        ),
        None => (
            "json",
            Some("the page has neither a table nor an example of the answer"),
        ),
    };
    (ty.to_owned(), doubt.map(str::to_owned))
}
