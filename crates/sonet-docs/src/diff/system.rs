//! The errors that any method may answer.

use super::compare::{Comparison, Entry, Found, Saying};
use super::finding::Effect;
use crate::markup::Place;
use crate::page::ErrorRow;
use sonet_spec::model::{At, FindingKind, SystemError};

/// Compares their table, if the page includes it.
pub(super) fn compare(cx: &mut Comparison<'_>) {
    let page = cx.page;
    let Some(rows) = &page.system_errors else {
        return;
    };
    let spec = cx.spec;
    for error in &spec.system_errors {
        let entry = Entry::new(&error.code, &error.decisions);
        cx.visit(entry);
        let mut same = rows.iter().filter(|row| row.code == *error.code).peekable();
        if same.peek().is_none() {
            let at = rows
                .first()
                .map_or_else(|| page.start(), |row| row.at.clone());
            let message = format!("the system's error `{}` is not on the page", *error.code);
            let found = (FindingKind::Missing, String::new(), message);
            find(cx, entry, "code", &at, found);
        }
        for row in same {
            status(cx, entry, error, row);
        }
    }
    let known = |row: &&ErrorRow| {
        spec.system_errors
            .iter()
            .any(|error| *error.code == row.code)
    };
    for row in rows.iter().filter(|row| !known(row)) {
        let code = At::nowhere(row.code.clone());
        let status = row.status.as_deref().unwrap_or("no status");
        let message = format!(
            "the system's error `{}`, with {status}, is only on the page",
            row.code
        );
        let found = (FindingKind::New, row.code.clone(), message);
        find(cx, Entry::new(&code, &[]), "code", &row.at, found);
    }
}

fn status<'s>(cx: &mut Comparison<'s>, entry: Entry<'s>, error: &SystemError, row: &ErrorRow) {
    let said = row.status.clone().unwrap_or_default();
    cx.says(
        entry,
        "status",
        Saying {
            words: vec![said.clone()],
            text: row.meaning.clone(),
            precise: true,
        },
    );
    if said == error.status.to_string() {
        return;
    }
    let message = format!(
        "the system's error `{}` comes with the status {said} on the page, and {} in the spec",
        *error.code, *error.status
    );
    find(
        cx,
        entry,
        "status",
        &row.at,
        (FindingKind::Status, said, message),
    );
}

fn find(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    on: &str,
    at: &Place,
    (kind, page, message): (FindingKind, String, String),
) {
    cx.found(
        entry,
        Found {
            on: on.to_owned(),
            kind,
            effect: Effect::Compatible,
            page,
            at,
            spec: &entry.name.span,
            message,
        },
    );
}
