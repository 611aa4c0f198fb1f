//! What a drafted method answers.

use std::fmt::Write as _;

use serde_json::Value;

use super::rows::{result_of, rows};
use super::writer::Writer;
use crate::diff::quote_row;
use crate::import::name::quoted;
use crate::import::shapes::{LENIENT, is_list};
use crate::page::{ExampleKind, Item, Page};

impl Writer<'_> {
    pub(super) fn result(&mut self, page: &Page) {
        let examples = page.examples.iter();
        let examples: Vec<&Value> = examples
            .filter(|example| example.kind == ExampleKind::Response)
            .map(|example| &example.json)
            .collect();
        if examples
            .first()
            .is_some_and(|first| first.get("result").is_none())
        {
            self.doubt("the example has no `result` around the answer.");
        }
        let shown: Vec<&Value> = examples.iter().map(|example| result_of(example)).collect();
        let rows = rows(page, shown.first().copied());
        self.shapes.rows = rows.as_ref().and_then(|rows| rows.key.clone());
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
            Some(rows) if rows.key.is_none() && !ty.ends_with("[]") => {
                // Rows of which nothing is known are rows all the same.
                let row = ty.strip_prefix("map<").and_then(|ty| ty.strip_suffix('>'));
                format!("{}[]", row.unwrap_or("json"))
            }
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
            if !self.shapes.has_fields(&ty) {
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
        let key = within.as_ref().map(|within| within.item.name.as_str());
        self.settle_structures(page, key, &ty);
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
}

impl Writer<'_> {
    /// Settles what the page describes beside its tables, and that is not in the answer: it may be sent, or shown nowhere.
    fn settle_structures(&mut self, page: &Page, within: Option<&str>, ty: &str) {
        for structure in &page.structures {
            let name = structure.name.as_str();
            if within != Some(name) && !self.shapes.reaches(ty, name) {
                let doubt = "the page describes what is in it, and no answer has it.";
                self.doubts.add_on(name, doubt);
                let on = format!("result.{name}");
                self.decide((&on, "new"), name, "No table and no example has it.");
            }
        }
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
    // A key that the method is called by is no data.
    let is_called = || {
        let key = item.name.to_lowercase();
        let name = page.name.as_ref().map_or("", |said| said.text.as_str());
        name.to_lowercase().contains(key.trim_end_matches('s'))
    };
    let is_tabled = !fields.is_empty() && (!page.is_wrapped || is_called());
    holds_objects.then_some(Within {
        item,
        shown,
        is_tabled,
    })
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
