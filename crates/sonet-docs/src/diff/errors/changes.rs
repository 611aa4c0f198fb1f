//! The errors that are gone, and those that came.

use super::example_error::ExampleError;
use super::row::site_of;
use crate::diff::comparison::Comparison;
use crate::diff::finding::Row;
use crate::diff::names::Renames;
use crate::diff::site::{Entry, Quote};
use crate::page::ErrorRow;
use sonet_spec::model::{ErrorDef, FindingKind};

/// Pairs errors that only the spec has with those that only the page has, by their texts.
pub(super) fn compare(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    missing: &[&ErrorDef],
    new: &[&ErrorRow],
    shown: &[ExampleError],
) {
    let old: Vec<&str> = missing.iter().map(|error| error.text.as_str()).collect();
    let now = new
        .iter()
        .map(|row| row.text.as_deref().unwrap_or_default());
    let renames = Renames::likely(&old, &now.collect::<Vec<_>>());
    for (index, error) in missing.iter().enumerate() {
        if let Some(now) = renames.new_of(index) {
            report_renamed(cx, entry, error, new[now]);
        } else {
            report_missing(cx, entry, error, shown);
        }
    }
    for (index, row) in new.iter().enumerate() {
        if renames.is_new(index) {
            report_new(cx, entry, row);
        }
    }
}

/// A decision on the text does not settle another code.
fn report_renamed(cx: &mut Comparison<'_>, entry: Entry<'_>, error: &ErrorDef, row: &ErrorRow) {
    let text = &error.text.value;
    let said = row.text.clone().unwrap_or_default();
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
    let quote = Quote::new(said, &row.at);
    cx.breaking(&site_of(entry, error), FindingKind::Renamed, quote, message);
}

/// A decision on the text does not settle a row that is gone.
fn report_missing(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    error: &ErrorDef,
    shown: &[ExampleError],
) {
    let text = &error.text.value;
    let site = site_of(entry, error);
    if let Some(example) = shown.iter().find(|shown| shown.text == *text) {
        let message = format!("an example has the error `{text}`, and the table has not");
        let quote = Quote::nothing(&example.at);
        cx.compatible(&site, FindingKind::NotInTable, quote, message);
    } else {
        let start = cx.page.start();
        let first = cx.page.errors.iter().flatten().next();
        let message = format!("the error `{text}` is not on the page");
        let quote = Quote::nothing(first.map_or(&start, |row| &row.at));
        cx.breaking(&site, FindingKind::Missing, quote, message);
    }
}

fn report_new(cx: &mut Comparison<'_>, entry: Entry<'_>, row: &ErrorRow) {
    let text = row
        .text
        .as_ref()
        .filter(|_| !ErrorDef::is_telling(&row.code));
    let said = text.unwrap_or(&row.code).as_str();
    let site = entry.site(format!("errors.{said}"), &entry.name.span);
    let message = format!("the error `{said}` is only on the page");
    let rows = cx.page.errors.iter().flatten();
    let quote = Quote::new(said, &row.at);
    cx.compatible(&site, FindingKind::New, quote, message)
        .on_row(Row::Error(row.clone()))
        .among(rows.map(named), named(row));
}

/// What tells a row from those around it.
fn named(row: &ErrorRow) -> &str {
    row.text.as_deref().unwrap_or(&row.code)
}
