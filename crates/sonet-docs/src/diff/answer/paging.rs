//! Whether an answer comes in pages: with `next` and `total` beside `result`.

use crate::diff::comparison::Comparison;
use crate::diff::site::{Entry, Quote};
use crate::markup::Location;
use crate::page::{ExampleKind, Item};
use sonet_spec::model::{FindingKind, Method, Paged};

pub(super) fn compare(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    compare_whole(cx, entry, method);
    if let (Some(_), Some(result)) = (&method.paged, &cx.page.result) {
        compare_rows(cx, entry, method, result);
    }
    compare_sizes(cx, entry, method);
}

/// Whether the answer comes in pages: the table has `next` or `total` then. Without a table, it may.
fn compare_whole(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    let site = entry.site("paged", &method.name.span);
    let row = row_of(cx, "next").map(|row| row.at.clone());
    let next = row.or_else(|| shown(cx, "next"));
    match (&method.paged, &cx.page.result, next) {
        (None, _, Some(at)) => {
            let message = "the answer comes in pages, with `next`, and not in the spec";
            cx.compatible(&site, FindingKind::New, Quote::new("next", &at), message);
        }
        (Some(_), Some(result), None) if row_of(cx, "total").is_none() => {
            let message = "the page has neither `next` nor `total`, and the answer comes in pages in the spec";
            let quote = Quote::nothing(&result.at);
            cx.breaking(&site, FindingKind::Missing, quote, message);
        }
        _ => {}
    }
}

/// Lists say where the next page begins and how many rows there are, or neither, which is found as a whole.
fn compare_rows(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method, result: &Item) {
    let missing = ["next", "total"].into_iter();
    let missing: Vec<&str> = missing.filter(|key| row_of(cx, key).is_none()).collect();
    if missing.len() == 2 && shown(cx, "next").is_none() {
        return;
    }
    for key in missing {
        let site = entry.site(format!("result.{key}"), &method.result.ty.span);
        if let Some(at) = shown(cx, key) {
            let message = format!("an example has `{key}`, and the table has not");
            cx.compatible(&site, FindingKind::NotInTable, Quote::nothing(&at), message);
        } else {
            let message =
                format!("the page has no `{key}`, and the answer comes in pages in the spec");
            let quote = Quote::nothing(&result.at);
            cx.compatible(&site, FindingKind::Missing, quote, message);
        }
    }
}

/// How many rows a page of the answer has.
fn compare_sizes(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    let site = entry.site("paged", &method.name.span);
    let known = Paged::ROWS.to_string();
    let page = cx.page;
    for size in page.page_sizes.iter().filter(|size| size.text != known) {
        let message = format!(
            "a page of the answer has {} rows on the page, and {known} in every list",
            size.text
        );
        cx.breaking(&site, FindingKind::Values, Quote::of(size), message);
    }
}

/// The row of a key beside `result`.
fn row_of<'s>(cx: &Comparison<'s>, key: &str) -> Option<&'s Item> {
    cx.page.envelope.iter().find(|row| row.name == key)
}

/// Where an example has a key beside `result`.
fn shown(cx: &Comparison<'_>, key: &str) -> Option<Location> {
    let mut examples = cx.examples(ExampleKind::Response);
    let found = examples.find(|example| example.json.get(key).is_some())?;
    Some(found.line_of(&[key]))
}
