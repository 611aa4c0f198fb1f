//! The table of the errors of a method.

use super::example_error::ExampleError;
use super::{changes, row};
use crate::diff::comparison::Comparison;
use crate::diff::site::{Entry, Quote};
use crate::diff::statement::Statement;
use crate::page::ErrorRow;
use sonet_spec::model::{ErrorDef, FindingKind, Method};

pub(super) fn compare(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    let page = cx.page;
    let site = entry.site("errors", &method.name.span);
    let Some(rows) = &page.errors else {
        if !method.errors.is_empty() && !page.incomplete {
            let start = page.start();
            let message = "the page has no table of errors";
            cx.compatible(&site, FindingKind::Missing, Quote::nothing(&start), message);
        }
        return;
    };
    let dashes = rows.iter().filter(|row| row.code.is_empty());
    let statement = Statement {
        words: dashes.map(|_| "—".to_owned()).take(1).collect(),
        text: String::new(),
        precise: true,
    };
    cx.says(&site, statement);
    let mut missing: Vec<&ErrorDef> = Vec::new();
    for error in &method.errors {
        let about = rows.iter().filter(|row| row::is_about(row, error));
        let (alike, others): (Vec<_>, Vec<_>) =
            about.partition(|row| row.text.as_ref() == Some(&error.text.value));
        let mut same = alike.into_iter().chain(others);
        let Some(first) = same.next() else {
            missing.push(error);
            continue;
        };
        row::compare(cx, entry, error, first);
        // A page may have a code twice, and say two things.
        let known = |row: &ErrorRow| {
            method.errors.iter().any(|other| {
                let text = row.text.as_deref();
                row::is_about(row, other)
                    && text.is_none_or(|text| other.localized || text == other.text.as_str())
            })
        };
        for row in same.filter(|row| !known(row)) {
            row::compare_wording(cx, entry, error, row);
        }
    }
    let known = |row: &&ErrorRow| method.errors.iter().any(|error| row::is_about(row, error));
    // Without a code and a text, there is nothing by which a client could tell it.
    let tells = |row: &&ErrorRow| {
        let has_text = row.text.as_ref().is_some_and(|text| !text.is_empty());
        ErrorDef::is_telling(&row.code) || has_text
    };
    let new = rows.iter().filter(|row| !known(row));
    let mut new: Vec<&ErrorRow> = new.filter(tells).collect();
    if page.russian {
        leave_out_translated(&mut missing, &mut new);
    }
    let shown = ExampleError::all(cx);
    changes::compare(cx, entry, &missing, &new, &shown);
    for error in &shown {
        error.compare(cx, entry, method, rows);
    }
}

/// Leaves out the rows whose text is translated, which is not what comes on the wire, each with one error of its code.
fn leave_out_translated(missing: &mut Vec<&ErrorDef>, new: &mut Vec<&ErrorRow>) {
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
