//! The errors that any method may answer.

use crate::diff::comparison::Comparison;
use crate::diff::site::{Entry, Quote};
use crate::diff::statement::Statement;
use crate::markup::inline;
use crate::page::ErrorRow;
use sonet_spec::model::{At, FindingKind, SystemError};

/// Compares their table, if the page includes it.
pub(super) fn compare(cx: &mut Comparison<'_>) {
    let page = cx.page;
    let Some(rows) = &page.system_errors else {
        return;
    };
    let spec = cx.spec;
    let start = page.start();
    for error in &spec.system_errors {
        let entry = Entry::new(&error.code, &error.decisions);
        cx.visit(entry);
        let mut same = rows.iter().filter(|row| row.code == *error.code).peekable();
        if same.peek().is_none() {
            let site = entry.site("code", &error.code.span);
            let message = format!("the system's error `{}` is not on the page", *error.code);
            let quote = Quote::nothing(rows.first().map_or(&start, |row| &row.at));
            cx.compatible(&site, FindingKind::Missing, quote, message);
        }
        for row in same {
            compare_status(cx, entry, error, row);
        }
    }
    let known = |row: &&ErrorRow| {
        let mut errors = spec.system_errors.iter();
        errors.any(|error| *error.code == row.code)
    };
    for row in rows.iter().filter(|row| !known(row)) {
        let code = At::nowhere(row.code.clone());
        let status = row.status.as_deref().unwrap_or("no status");
        let message = format!(
            "the system's error `{}`, with {status}, is only on the page",
            row.code
        );
        let site = Entry::new(&code, &[]).site("code", &code.span);
        let quote = Quote::new(row.code.as_str(), &row.at);
        cx.compatible(&site, FindingKind::New, quote, message);
    }
}

fn compare_status(cx: &mut Comparison<'_>, entry: Entry<'_>, error: &SystemError, row: &ErrorRow) {
    let site = entry.site("status", &error.code.span);
    let said = row.status.clone().unwrap_or_default();
    let statement = Statement {
        words: vec![said.clone()],
        text: inline::plain(&row.meaning),
        precise: true,
    };
    cx.says(&site, statement);
    if said == error.status.to_string() {
        return;
    }
    let message = format!(
        "the system's error `{}` comes with the status {said} on the page, and {} in the spec",
        *error.code, *error.status
    );
    let quote = Quote::new(said, &row.at);
    cx.compatible(&site, FindingKind::Status, quote, message);
}
