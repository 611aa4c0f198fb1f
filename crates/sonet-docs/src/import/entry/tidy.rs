//! What of a page can stand in an entry: names that the wire has, each once, and errors that something tells.

use super::role::role;
use super::rows::walk;
use super::shown;
use crate::import::name::is_name;
use crate::page::{ErrorRow, ExampleKind, Item, Page, is_mask, stands_for_others};
use crate::words::{self, types};
use serde_json::Value;
use sonet_spec::model::ErrorDef;
use sonet_spec::operators::{self, Needs};

/// The page without what an entry can't have, and what was left out, in sentences.
pub(super) fn tidied(page: &Page) -> (Page, Vec<String>) {
    let mut page = page.clone();
    let mut left_out = Vec::new();
    let all = [
        &mut page.params,
        &mut page.filter_fields,
        &mut page.order_fields,
        &mut page.select_fields,
    ];
    for items in all.into_iter().flatten() {
        tidy(items, &mut left_out);
    }
    if let Some(result) = &mut page.result {
        result.open |= keys(&mut result.fields, &mut left_out);
    }
    tidy(&mut page.structures, &mut left_out);
    for structure in &mut page.structures {
        structure.open |= keys(&mut structure.fields, &mut left_out);
    }
    shown::params(&mut page);
    shown::conditions(&mut page);
    lists(&mut page, &mut left_out);
    shown_errors(&mut page);
    if let Some(errors) = &mut page.errors {
        self::errors(errors);
    }
    (page, left_out)
}

/// Takes away what is no name, and joins what has the same one: whether what they are in has other keys, too.
fn tidy(items: &mut Vec<Item>, left_out: &mut Vec<String>) -> bool {
    let mut tidy: Vec<Item> = Vec::new();
    let mut is_open = false;
    for mut item in items.drain(..) {
        item.open |= keys(&mut item.fields, left_out);
        if stands_for_others(&item.name) {
            is_open = true;
            continue;
        }
        if !is_name(&item.name) {
            left_out.push(format!(
                "`{}` is left out: it is no name.",
                item.name.replace('`', "")
            ));
            continue;
        }
        let Some(known) = tidy.iter_mut().find(|known| known.name == item.name) else {
            tidy.push(item);
            continue;
        };
        join(known, item);
    }
    *items = tidy;
    is_open
}

/// The same of the keys of an object, among which a mask may stand.
fn keys(fields: &mut Vec<Item>, left_out: &mut Vec<String>) -> bool {
    let count = fields.len();
    fields.retain(|field| !is_mask(&field.name));
    let has_masks = fields.len() < count;
    tidy(fields, left_out) || has_masks
}

/// What is described twice takes what either of them does, and is required only if both are.
fn join(known: &mut Item, other: Item) {
    if known.also.is_empty() {
        known.also.push(known.clone());
    }
    known.also.push(other.clone());
    let values = |item: &Item| -> Vec<String> {
        let values = item.values.iter();
        values.map(|value| value.text.clone()).collect()
    };
    if values(known) != values(&other) {
        known.values.clear();
    }
    if known.types != other.types {
        for ty in other.types {
            if !known.types.contains(&ty) {
                known.types.push(ty);
            }
        }
        known.values.clear();
    }
    if known.required == Some(true) && other.required != Some(true) {
        known.required = other.required;
    }
    if known.default != other.default {
        known.default = None;
    }
    for field in other.fields {
        match known.fields.iter_mut().find(|same| same.name == field.name) {
            Some(same) => join(same, field),
            None => known.fields.push(field),
        }
    }
}

/// Takes away errors without a code or text, and repeated ones.
fn errors(rows: &mut Vec<ErrorRow>) {
    let mut told: Vec<(String, String)> = Vec::new();
    rows.retain(|row| {
        let text = row.text.clone().unwrap_or_default();
        let key = (row.code.clone(), text.clone());
        if !ErrorDef::is_telling(&row.code) && text.trim().is_empty() {
            // It is one of those that any method may answer: a caller sees it without a name.
            return false;
        }
        let is_new = !told.contains(&key);
        told.push(key);
        is_new
    });
}

/// Adds the errors that only examples have, and the status of errors that have none in their table.
fn shown_errors(page: &mut Page) {
    let mut rows = page.errors.take().unwrap_or_default();
    let examples = page.examples.iter();
    for example in examples.filter(|example| example.kind == ExampleKind::Error) {
        let text = |key: &str| match example.json.get(key) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        let (code, text) = (text("error"), text("error_description"));
        let has = |row: &ErrorRow, is: &dyn Fn(&String) -> bool| {
            row.code == code && row.text.as_ref().is_none_or(is)
        };
        if rows.iter().any(|row| has(row, &|known| *known == text)) {
            continue;
        }
        let like = rows
            .iter()
            .position(|row| has(row, &|known| is_like(known, &text)));
        if let Some(row) = like.filter(|_| ErrorDef::is_telling(&code)) {
            // What comes is in the example, and the table says it in prose.
            rows[row].text = Some(text);
        } else {
            rows.push(ErrorRow {
                code,
                text: Some(text),
                meaning: String::new(),
                status: None,
                at: example.at.clone(),
            });
        }
    }
    let mut statuses = page.statuses.iter().filter(|status| status.error);
    if let (Some(only), None) = (statuses.next(), statuses.next()) {
        if rows.iter().all(|row| row.status.is_none()) {
            for row in &mut rows {
                row.status = Some(only.code.text.clone());
            }
        }
    }
    page.errors = (!rows.is_empty()).then_some(rows);
}

/// Whether two texts of errors differ in their marks alone.
fn is_like(one: &str, other: &str) -> bool {
    let bare = |text: &str| words::normalize(&text.replace(['`', '"', '\''], ""));
    bare(one) == bare(other)
}

/// Takes away fields that no parameter takes, or that are none of what they would have to be among.
fn lists(page: &mut Page, left_out: &mut Vec<String>) {
    let takes = |page: &Page, wanted: &str| {
        let mut params = page.params.iter().flatten();
        params.any(|param| role(param) == Some(wanted))
    };
    if !takes(page, "filter") {
        page.filter_fields = None;
        page.filter_operators = None;
    }
    operators(page, left_out);
    let filters = names(page.filter_fields.as_deref());
    let orders = page.order_fields.take().filter(|_| takes(page, "order"));
    page.order_fields = among(orders, &filters, "it is no field to filter by", left_out);
    let answered = match (walk(page), &page.result) {
        (Some(walk), _) => names(Some(walk.fields)),
        (None, Some(result)) => names(Some(&result.fields)),
        (None, None) => Vec::new(),
    };
    let selects = page.select_fields.take().filter(|_| takes(page, "select"));
    page.select_fields = among(
        selects,
        &answered,
        "it is in no table of the answer",
        left_out,
    );
}

fn names(items: Option<&[Item]>) -> Vec<String> {
    let items = items.unwrap_or_default().iter();
    items.map(|item| item.name.clone()).collect()
}

/// The items that have one of these names; none if none has.
fn among(
    items: Option<Vec<Item>>,
    names: &[String],
    why: &str,
    left_out: &mut Vec<String>,
) -> Option<Vec<Item>> {
    let (kept, others): (Vec<_>, Vec<_>) = items?
        .into_iter()
        .partition(|item| names.contains(&item.name));
    if let Some(first) = others.first() {
        left_out.push(match others.len() {
            1 => format!("`{}` is left out: {why}.", first.name),
            more => format!(
                "`{}` and {} more are left out: {why}.",
                first.name,
                more - 1
            ),
        });
    }
    (!kept.is_empty()).then_some(kept)
}

/// Takes away the operators that the language does not have, or that no field takes.
fn operators(page: &mut Page, left_out: &mut Vec<String>) {
    let fields = page.filter_fields.as_deref().unwrap_or_default();
    let is_text =
        |field: &Item| field.values.is_empty() && !field.types.iter().any(|ty| types::is_plain(ty));
    let some_text = fields.is_empty() || fields.iter().any(is_text);
    let mut seen: Vec<String> = Vec::new();
    if let Some(operators) = &mut page.filter_operators {
        operators.retain(|operator| {
            let needs = operators::needs(&operator.text);
            let is_new = !seen.contains(&operator.text);
            seen.push(operator.text.clone());
            let kept = is_new && needs.is_some_and(|needs| needs != Needs::Text || some_text);
            if !kept && is_new {
                let text = operator.text.replace('`', "");
                left_out.push(format!("the operator `{text}` is left out."));
            }
            kept
        });
    }
}
