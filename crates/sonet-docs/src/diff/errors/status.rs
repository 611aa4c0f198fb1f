//! The HTTP statuses of answers and of errors that a page says in lines of their own.

use std::collections::BTreeSet;

use super::row;
use crate::diff::comparison::Comparison;
use crate::diff::site::{Entry, Quote};
use crate::page::Said;
use sonet_spec::model::{ErrorDef, FindingKind, Method};

/// The status of every answer that is no error.
pub(crate) const SUCCESS: &str = "200";

pub(super) fn compare(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    let page = cx.page;
    let statuses = |error: bool| {
        let statuses = page.statuses.iter();
        let same = statuses.filter(move |status| status.error == error);
        same.map(|status| &status.code)
    };
    let site = entry.site("result", &method.result.ty.span);
    for said in statuses(false).filter(|said| said.text != SUCCESS) {
        let message = format!(
            "the answer comes with the status {} on the page, and {SUCCESS} in the spec",
            said.text
        );
        cx.compatible(&site, FindingKind::Status, Quote::of(said), message);
    }
    let said: Vec<&Said> = statuses(true).collect();
    compare_errors(cx, entry, method, &said);
}

fn compare_errors(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method, said: &[&Said]) {
    let errors = method.errors.iter();
    let known: BTreeSet<String> = errors.map(|error| error.status().to_string()).collect();
    let usual = ErrorDef::USUAL_STATUS.to_string();
    let site = entry.site("errors", &method.name.span);
    for said in said {
        let code = &said.text;
        // A method without errors of its own has those of the system, which come with any.
        if known.contains(code) || (known.is_empty() && *code == usual) {
            continue;
        }
        let message =
            format!("errors come with the status {code} on the page, and none does in the spec");
        cx.compatible(&site, FindingKind::Status, Quote::of(said), message);
    }
    let mut rows = cx.page.errors.iter().flatten();
    let (Some(first), false) = (said.first(), rows.any(|row| row.status.is_some())) else {
        return;
    };
    for error in &method.errors {
        let status = error.status().to_string();
        if status != usual && said.iter().all(|said| said.text != status) {
            let message = format!(
                "`{}` comes with the status {status} in the spec, which the page does not have",
                *error.name
            );
            let site = row::site_of(entry, error);
            cx.compatible(&site, FindingKind::Status, Quote::of(first), message);
        }
    }
}
