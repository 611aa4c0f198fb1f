//! The row of an error: its code, its text, its status, and what tells it from others.

use crate::diff::comparison::Comparison;
use crate::diff::finding::{Effect, Finding, Row};
use crate::diff::row::outdated;
use crate::diff::site::{Entry, Quote, Site};
use crate::diff::statement::Statement;
use crate::markup::inline;
use crate::page::ErrorRow;
use sonet_spec::model::{ErrorDef, FindingKind};

/// Whether a row is about the error: they have the same code, or the same text where the code tells nothing.
pub(super) fn is_about(row: &ErrorRow, error: &ErrorDef) -> bool {
    if error.is_told_by_code() {
        row.code == *error.code
    } else {
        row.text.as_ref() == Some(&error.text.value)
    }
}

/// Compares the first row about an error.
pub(super) fn compare(cx: &mut Comparison<'_>, entry: Entry<'_>, error: &ErrorDef, row: &ErrorRow) {
    let site = site_of(entry, error);
    let statement = Statement {
        words: vec![row.text.clone().unwrap_or_default(), row.code.clone()],
        text: inline::plain(&row.meaning),
        precise: row.text.is_some(),
    };
    cx.says(&site, statement);
    compare_status(cx, &site, error, row);
    outdated::compare_text(
        cx,
        &site,
        &error.name,
        &inline::plain(&row.meaning),
        &row.at,
    );
    compare_wording(cx, entry, error, row);
}

fn compare_status(cx: &mut Comparison<'_>, site: &Site<'_>, error: &ErrorDef, row: &ErrorRow) {
    let known = error.status().to_string();
    let Some(said) = row.status.as_ref().filter(|said| **said != known) else {
        return;
    };
    let message = format!(
        "`{}` comes with the status {said} on the page, and {known} in the spec",
        *error.name
    );
    let quote = Quote::new(said.as_str(), &row.at);
    cx.compatible(site, FindingKind::Status, quote, message);
}

/// The text of an error with a code, and the code of one that had none.
pub(super) fn compare_wording(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    error: &ErrorDef,
    row: &ErrorRow,
) {
    let site = site_of(entry, error);
    let name = &error.name.value;
    let text = row.text.as_ref();
    let text = text.filter(|text| **text != *error.text && !error.localized);
    let finding = if let Some(said) = text {
        let message = format!(
            "the text of `{name}` is `{said}` on the page, and `{}` in the spec",
            *error.text
        );
        let quote = Quote::new(said.as_str(), &row.at);
        cx.compatible(&site, FindingKind::Text, quote, message)
    } else if row.code != *error.code {
        let message = format!("the code of `{name}` is `{}` on the page", row.code);
        let quote = Quote::new(row.code.as_str(), &row.at);
        let site = site.pointing_at(&error.code.span);
        let finding = cx.compatible(&site, FindingKind::Text, quote, message);
        note_what_tells(finding, error, row);
        finding
    } else {
        return;
    };
    finding.on_row(Row::Error(row.clone()));
}

/// Another code changes what an error is told by, and so which answers have its name.
fn note_what_tells(finding: &mut Finding, error: &ErrorDef, row: &ErrorRow) {
    let by_code = ErrorDef::is_telling(&row.code);
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
        "`{}` would then be recognized by {now}: an answer {portals}, as all portals give so far, would no longer \
         get that name",
        *error.name
    ));
}

/// Where the spec has the error.
pub(super) fn site_of<'s>(entry: Entry<'s>, error: &'s ErrorDef) -> Site<'s> {
    entry.site(format!("errors.{}", *error.name), &error.text.span)
}
