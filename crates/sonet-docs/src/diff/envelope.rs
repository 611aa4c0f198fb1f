//! What stands beside `result` in an answer: `next` and `total` of lists, and `time`.

use super::compare::{Comparison, Entry, Found, Saying};
use super::finding::Effect;
use crate::markup::Place;
use crate::page::{ENVELOPE, ExampleKind};
use sonet_spec::model::{FindingKind, Method, Paged};

pub(super) fn compare(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    beside(cx, entry, method);
    paging(cx, entry, method);
    types(cx, entry, method);
    if method.paged.is_some() {
        rows(cx, entry, method);
    }
    sizes(cx, entry, method);
}

/// Keys beside `result` in the examples that no answer of the vendor's has.
fn beside(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    let page = cx.page;
    let examples = page.examples.iter();
    let responses = examples.filter(|example| example.kind == ExampleKind::Response);
    for example in responses {
        let keys = example
            .json
            .as_object()
            .filter(|map| map.contains_key("result"));
        for key in keys.into_iter().flat_map(|map| map.keys()) {
            if key == "result" || ENVELOPE.contains(&key.as_str()) {
                continue;
            }
            let at = example.line_of(&[key]);
            cx.found(
                entry,
                Found {
                    on: format!("result.{key}"),
                    kind: FindingKind::New,
                    effect: Effect::Compatible,
                    page: key.clone(),
                    at: &at,
                    spec: &method.result.ty.span,
                    message: format!("an example has `{key}` beside the result"),
                },
            );
        }
    }
}

/// Whether the answer comes in pages: the table has `next` or `total` then. Without a table, it may.
fn paging(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    let page = cx.page;
    let row = page.envelope.iter().find(|row| row.name == "next");
    let counted = page.envelope.iter().any(|row| row.name == "total");
    let examples = page.examples.iter();
    let mut responses = examples.filter(|example| example.kind == ExampleKind::Response);
    let shown = responses.find(|example| example.json.get("next").is_some());
    let next = row.map(|row| row.at.clone());
    let next = next.or_else(|| shown.map(|example| example.line_of(&["next"])));
    let (kind, effect, at, message) = match (&method.paged, &page.result, next) {
        (None, _, Some(at)) => (
            FindingKind::New,
            Effect::Compatible,
            at,
            "the answer comes in pages, with `next`, and not in the spec",
        ),
        (Some(_), Some(result), None) if !counted => (
            FindingKind::Missing,
            Effect::Breaking,
            result.at.clone(),
            "the page has neither `next` nor `total`, and the answer comes in pages in the spec",
        ),
        _ => return,
    };
    let page = if kind == FindingKind::New { "next" } else { "" };
    cx.found(
        entry,
        Found {
            on: "paged".to_owned(),
            kind,
            effect,
            page: page.to_owned(),
            at: &at,
            spec: &method.name.span,
            message: message.to_owned(),
        },
    );
}

/// The types that rows beside `result` have.
fn types(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    let page = cx.page;
    for row in &page.envelope {
        let known: &[&str] = match row.name.as_str() {
            "time" => &["time", "object"],
            _ => &["integer", "int"],
        };
        let on = format!("result.{}", row.name);
        cx.says(entry, &on, Saying::of(row));
        if row.types.iter().all(|ty| known.contains(&ty.as_str())) {
            continue;
        }
        let message = format!(
            "`{}` is `{}` on the page, and `{}` in every answer",
            row.name,
            row.ty(),
            known[0]
        );
        find(
            cx,
            entry,
            method,
            (&on, FindingKind::Type),
            (&row.ty(), &row.at),
            message,
        );
    }
}

/// Lists say where the next page begins and how many rows there are, or neither, which is found as a whole.
fn rows(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    let page = cx.page;
    let Some(result) = &page.result else { return };
    let has = |key: &str| page.envelope.iter().any(|row| row.name == key);
    let shown = |key: &str| -> Option<Place> {
        let mut examples = page.examples.iter();
        let found = examples.find(|example| {
            example.kind == ExampleKind::Response && example.json.get(key).is_some()
        })?;
        Some(found.line_of(&[key]))
    };
    if !has("total") && !has("next") && shown("next").is_none() {
        return;
    }
    for key in ["next", "total"].into_iter().filter(|key| !has(key)) {
        let on = format!("result.{key}");
        if let Some(at) = shown(key) {
            let message = format!("an example has `{key}`, and the table has not");
            find(
                cx,
                entry,
                method,
                (&on, FindingKind::NotInTable),
                ("", &at),
                message,
            );
        } else {
            let message =
                format!("the page has no `{key}`, and the answer comes in pages in the spec");
            find(
                cx,
                entry,
                method,
                (&on, FindingKind::Missing),
                ("", &result.at),
                message,
            );
        }
    }
}

/// How many rows a page of the answer has.
fn sizes(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    let page = cx.page;
    let known = Paged::ROWS.to_string();
    for size in page.page_sizes.iter().filter(|size| size.text != known) {
        let message = format!(
            "a page of the answer has {} rows on the page, and {known} in every list",
            size.text
        );
        cx.found(
            entry,
            Found {
                on: "paged".to_owned(),
                kind: FindingKind::Values,
                effect: Effect::Breaking,
                page: size.text.clone(),
                at: &size.at,
                spec: &method.name.span,
                message,
            },
        );
    }
}

fn find(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    method: &Method,
    (on, kind): (&str, FindingKind),
    (page, at): (&str, &Place),
    message: String,
) {
    cx.found(
        entry,
        Found {
            on: on.to_owned(),
            kind,
            effect: Effect::Compatible,
            page: page.to_owned(),
            at,
            spec: &method.result.ty.span,
            message,
        },
    );
}
