//! Documented errors.

use serde_json::Value;

use super::compare::{Comparison, Entry, Found, Saying};
use super::finding::{Effect, Row};
use super::{outdated, rename, status};
use crate::markup::Place;
use crate::page::{ErrorRow, ExampleKind};
use sonet_spec::model::{ErrorDef, FindingKind, Method};

/// An error in an example.
struct Shown {
    code: String,
    text: String,
    at: Place,
}

pub(super) fn compare(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    let page = cx.page;
    let shown = shown(cx);
    let Some(rows) = &page.errors else {
        if !method.errors.is_empty() && !page.incomplete {
            let start = page.start();
            let message = "the page has no table of errors".to_owned();
            find(
                cx,
                entry,
                "errors".to_owned(),
                FindingKind::Missing,
                String::new(),
                &start,
                &method.name,
                message,
            );
        }
        return;
    };
    let dashes = rows.iter().filter(|row| row.code.is_empty());
    let saying = Saying {
        words: dashes.map(|_| "—".to_owned()).take(1).collect(),
        text: String::new(),
        precise: true,
    };
    cx.says(entry, "errors", saying);
    let mut missing: Vec<&ErrorDef> = Vec::new();
    for error in &method.errors {
        let mut same = rows.iter().filter(|row| is(error, row));
        let Some(row) = same.next() else {
            missing.push(error);
            continue;
        };
        says(cx, entry, error, row);
        status::of_row(cx, entry, error, row);
        let on = format!("errors.{}", *error.name);
        let words = (error.name.as_str(), row.meaning.as_str());
        outdated::text(cx, entry, &on, words, &row.at, &error.text.span);
        text(cx, entry, error, row);
        // A page may have a code twice, and say two things.
        let known = |row: &ErrorRow| {
            method.errors.iter().any(|other| {
                let text = row.text.as_deref();
                is(other, row)
                    && text.is_none_or(|text| other.localized || text == other.text.as_str())
            })
        };
        for row in same.filter(|row| !known(row)) {
            text(cx, entry, error, row);
        }
    }
    let known = |row: &&ErrorRow| method.errors.iter().any(|error| is(error, row));
    let mut new: Vec<&ErrorRow> = rows.iter().filter(|row| !known(row)).collect();
    if page.russian {
        untranslated(&mut missing, &mut new);
    }
    names(cx, entry, method, &missing, &new, &shown);
    for error in shown {
        let in_table = rows.iter().any(|row| {
            row.code == error.code && row.text.as_ref().is_none_or(|text| *text == error.text)
        });
        let in_spec = method.errors.iter().any(|known| {
            *known.code == error.code && (*known.text == error.text || known.localized)
        });
        if !in_table && !in_spec {
            let message = format!(
                "an example has the error `{}`, which neither the table nor the spec has",
                error.text
            );
            let on = format!("errors.{}", error.text);
            find(
                cx,
                entry,
                on,
                FindingKind::New,
                error.text.clone(),
                &error.at,
                &method.name,
                message,
            );
        }
    }
}

/// Leaves out the rows whose text is translated, which is not what comes on the wire, each with one error of its code.
fn untranslated(missing: &mut Vec<&ErrorDef>, new: &mut Vec<&ErrorRow>) {
    let is_russian = |text: &String| {
        text.chars()
            .any(|char| matches!(char, 'а'..='я' | 'А'..='Я'))
    };
    new.retain(|row| {
        let translated = row.text.as_ref().is_some_and(is_russian);
        let error = missing.iter().position(|error| *error.code == row.code);
        match error.filter(|_| translated) {
            Some(error) => {
                missing.remove(error);
                false
            }
            None => true,
        }
    });
}

fn shown(cx: &Comparison<'_>) -> Vec<Shown> {
    let examples = cx.page.examples.iter();
    let errors = examples.filter(|example| example.kind == ExampleKind::Error);
    let shown = errors.filter_map(|example| {
        let text = |key: &str| match example.json.get(key)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        Some(Shown {
            code: text("error")?,
            text: text("error_description").unwrap_or_default(),
            at: example.line_of(&["error_description"]),
        })
    });
    shown.collect()
}

/// Whether a row is about the error: they have the same code, or the same text where the code tells nothing.
fn is(error: &ErrorDef, row: &ErrorRow) -> bool {
    if error.is_told_by_code() {
        row.code == *error.code
    } else {
        row.text.as_ref() == Some(&error.text.value)
    }
}

/// What tells a row from those around it.
fn named(row: &ErrorRow) -> &str {
    row.text.as_deref().unwrap_or(&row.code)
}

fn says(cx: &mut Comparison<'_>, entry: Entry<'_>, error: &ErrorDef, row: &ErrorRow) {
    let text = row.text.clone().unwrap_or_default();
    let saying = Saying {
        words: vec![text, row.code.clone()],
        text: row.meaning.clone(),
        precise: row.text.is_some(),
    };
    cx.says(entry, &format!("errors.{}", *error.name), saying);
}

/// The text of an error with a code, and the code of one that had none.
fn text(cx: &mut Comparison<'_>, entry: Entry<'_>, error: &ErrorDef, row: &ErrorRow) {
    let on = format!("errors.{}", *error.name);
    let said = row
        .text
        .as_ref()
        .filter(|text| **text != *error.text && !error.localized);
    if let Some(said) = said {
        let message = format!(
            "the text of `{}` is `{said}` on the page, and `{}` in the spec",
            *error.name, *error.text
        );
        find(
            cx,
            entry,
            on,
            FindingKind::Text,
            said.clone(),
            &row.at,
            &error.text,
            message,
        );
    } else if row.code != *error.code {
        let message = format!(
            "the code of `{}` is `{}` on the page",
            *error.name, row.code
        );
        find(
            cx,
            entry,
            on,
            FindingKind::Text,
            row.code.clone(),
            &row.at,
            &error.code,
            message,
        );
        told_otherwise(cx, error, row);
    } else {
        return;
    }
    cx.attach(Row::Error(row.clone()));
}

/// Another code changes what an error is told by, and so which answers have its name.
fn told_otherwise(cx: &mut Comparison<'_>, error: &ErrorDef, row: &ErrorRow) {
    let Some(finding) = cx.findings.last_mut() else {
        return;
    };
    let by_code = !row.code.bytes().all(|byte| byte.is_ascii_digit());
    if error.is_told_by_code() == by_code {
        return;
    }
    let (now, portals) = if by_code {
        ("its code", format!("without the code `{}`", row.code))
    } else {
        ("its text", format!("with the code `{}`", *error.code))
    };
    finding.effect = Effect::Breaking;
    finding.notes.push(format!(
        "`{}` would be told by {now} then: a portal that answers {portals}, as all do so far, would not be told by that \
         name any more",
        *error.name
    ));
}

fn names(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    method: &Method,
    missing: &[&ErrorDef],
    new: &[&ErrorRow],
    shown: &[Shown],
) {
    let old: Vec<&str> = missing.iter().map(|error| error.text.as_str()).collect();
    let now: Vec<&str> = new
        .iter()
        .map(|row| row.text.as_deref().unwrap_or_default())
        .collect();
    let renamed = rename::likely(&old, &now);
    let start = cx.page.start();
    let table = cx
        .page
        .errors
        .iter()
        .flatten()
        .next()
        .map_or(&start, |row| &row.at);
    for (index, error) in missing.iter().enumerate() {
        let on = format!("errors.{}", *error.name);
        let text = &error.text.value;
        if let Some((_, now)) = renamed.iter().find(|(old, _)| *old == index) {
            let row = new[*now];
            let said = row.text.clone().unwrap_or_default();
            // A decision on the text does not settle another code.
            let (said, message) = if said == *text {
                let message = format!(
                    "the code of `{text}` is probably `{}` on the page",
                    row.code
                );
                (row.code.clone(), message)
            } else {
                let message = format!("the error `{text}` is probably `{said}` on the page");
                (said, message)
            };
            find(
                cx,
                entry,
                on,
                FindingKind::Renamed,
                said,
                &row.at,
                &error.text,
                message,
            );
        } else if let Some(example) = shown.iter().find(|shown| shown.text == *text) {
            let message = format!("an example has the error `{text}`, and the table has not");
            find(
                cx,
                entry,
                on,
                FindingKind::NotInTable,
                // A decision on the text does not settle a row that is gone.
                String::new(),
                &example.at,
                &error.text,
                message,
            );
        } else {
            let message = format!("the error `{text}` is not on the page");
            find(
                cx,
                entry,
                on,
                FindingKind::Missing,
                String::new(),
                table,
                &error.text,
                message,
            );
        }
    }
    for (index, row) in new.iter().enumerate() {
        if renamed.iter().all(|(_, now)| *now != index) {
            let tells = !row.code.bytes().all(|byte| byte.is_ascii_digit());
            let said = row.text.clone().filter(|_| !tells);
            let said = said.unwrap_or_else(|| row.code.clone());
            let message = format!("the error `{said}` is only on the page");
            find(
                cx,
                entry,
                format!("errors.{said}"),
                FindingKind::New,
                said,
                &row.at,
                &method.name,
                message,
            );
            cx.attach(Row::Error((*row).clone()));
            let rows = cx.page.errors.iter().flatten();
            cx.among(rows.map(named), named(row));
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "they are the parts of a finding")]
fn find(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    on: String,
    kind: FindingKind,
    page: String,
    at: &Place,
    spec: &sonet_spec::model::Text,
    message: String,
) {
    let effect = match kind {
        FindingKind::Missing | FindingKind::Renamed if on != "errors" => Effect::Breaking,
        _ => Effect::Compatible,
    };
    let spec = &spec.span;
    cx.found(
        entry,
        Found {
            on,
            kind,
            effect,
            page,
            at,
            spec,
            message,
        },
    );
}
