//! The HTTP statuses of answers and of errors.

use std::collections::BTreeSet;

use super::compare::{Comparison, Entry, Found};
use super::finding::Effect;
use crate::markup::Place;
use crate::page::{ErrorRow, Said};
use sonet_spec::model::{ErrorDef, FindingKind, Method};

/// The status of every answer that is no error.
const SUCCESS: &str = "200";

/// Compares the statuses that the page says in lines of their own.
pub(super) fn compare(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    let page = cx.page;
    let of = |error: bool| {
        let statuses = page.statuses.iter();
        statuses.filter(move |status| status.error == error)
    };
    for status in of(false).filter(|status| status.code.text != SUCCESS) {
        let message = format!(
            "the answer comes with the status {} on the page, and {SUCCESS} in the spec",
            status.code.text
        );
        find(
            cx,
            entry,
            "result",
            &status.code,
            &method.result.ty.span,
            message,
        );
    }
    let known: BTreeSet<String> = method
        .errors
        .iter()
        .map(|error| error.status().to_string())
        .collect();
    let usual = ErrorDef::USUAL_STATUS.to_string();
    for status in of(true) {
        let code = &status.code.text;
        // A method without errors of its own has those of the system, which come with any.
        if known.contains(code) || (known.is_empty() && *code == usual) {
            continue;
        }
        let message =
            format!("errors come with the status {code} on the page, and in the spec none does");
        find(
            cx,
            entry,
            "errors",
            &status.code,
            &method.name.span,
            message,
        );
    }
    if of(true).next().is_none() || page.errors.iter().flatten().any(|row| row.status.is_some()) {
        return;
    }
    let said: Vec<&Said> = of(true).map(|status| &status.code).collect();
    for error in &method.errors {
        let status = error.status().to_string();
        if said.iter().all(|said| said.text != status) && status != usual {
            let message = format!(
                "`{}` comes with the status {status} in the spec, which the page does not have",
                *error.name
            );
            let on = format!("errors.{}", *error.name);
            find(cx, entry, &on, said[0], &error.text.span, message);
        }
    }
}

/// The status that the row of an error has.
pub(super) fn of_row(cx: &mut Comparison<'_>, entry: Entry<'_>, error: &ErrorDef, row: &ErrorRow) {
    let known = error.status().to_string();
    let Some(said) = row.status.as_ref().filter(|said| **said != known) else {
        return;
    };
    let message = format!(
        "`{}` comes with the status {said} on the page, and {known} in the spec",
        *error.name
    );
    let on = format!("errors.{}", *error.name);
    find(
        cx,
        entry,
        &on,
        &Said::new(said.as_str(), &row.at),
        &error.text.span,
        message,
    );
}

fn find(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    on: &str,
    said: &Said,
    spec: &std::ops::Range<usize>,
    message: String,
) {
    let at: &Place = &said.at;
    cx.found(
        entry,
        Found {
            on: on.to_owned(),
            kind: FindingKind::Status,
            effect: Effect::Compatible,
            page: said.text.clone(),
            at,
            spec,
            message,
        },
    );
}
