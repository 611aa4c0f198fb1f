//! What a method filters by, sorts by and selects.

use std::ops::Range;

use super::compare::{Comparison, Entry, Found, Saying};
use super::finding::{Effect, Row};
use super::rename;
use super::types;
use super::values::{self, Known};
use crate::markup::Place;
use crate::page::Item;
use sonet_spec::model::{FindingKind, Method, Text};

/// A list of names in the spec and on the page.
struct List<'l> {
    key: &'l str,
    /// What one of them is.
    what: &'l str,
    spec: Vec<&'l Text>,
    page: Option<Vec<(&'l str, &'l Place)>>,
    /// Where to point if the spec has none of them.
    place: &'l Range<usize>,
}

pub(super) fn compare<'s>(cx: &mut Comparison<'s>, entry: Entry<'s>, method: &'s Method) {
    let page = cx.page;
    let place = &method.name.span;
    let operators = page.filter_operators.as_ref();
    names(
        cx,
        entry,
        &List {
            key: "filter_operators",
            what: "operator",
            spec: method.filter_operators.iter().collect(),
            page: operators.map(|said| {
                said.iter()
                    .map(|said| (said.text.as_str(), &said.at))
                    .collect()
            }),
            place,
        },
    );
    names(
        cx,
        entry,
        &List {
            key: "filter_fields",
            what: "field to filter by",
            spec: method
                .filter_fields
                .iter()
                .map(|field| &field.name)
                .collect(),
            page: listed(page.filter_fields.as_deref()),
            place,
        },
    );
    names(
        cx,
        entry,
        &List {
            key: "order_fields",
            what: "field to sort by",
            spec: method.order_fields.iter().collect(),
            page: listed(page.order_fields.as_deref()),
            place,
        },
    );
    names(
        cx,
        entry,
        &List {
            key: "select_fields",
            what: "field to select",
            spec: method
                .select_fields
                .iter()
                .map(|field| &field.name)
                .collect(),
            page: listed(page.select_fields.as_deref()),
            place,
        },
    );
    filter_types(cx, entry, method);
    for (key, items) in [
        ("order_fields", &page.order_fields),
        ("select_fields", &page.select_fields),
    ] {
        for item in items.iter().flatten() {
            cx.says(entry, &format!("{key}.{}", item.name), Saying::of(item));
        }
    }
}

fn listed(items: Option<&[Item]>) -> Option<Vec<(&str, &Place)>> {
    let items = items?.iter();
    Some(items.map(|item| (item.name.as_str(), &item.at)).collect())
}

fn names(cx: &mut Comparison<'_>, entry: Entry<'_>, list: &List<'_>) {
    let page = cx.page;
    let start = page.start();
    let items = match list.key {
        "filter_fields" => &page.filter_fields,
        "order_fields" => &page.order_fields,
        _ => &page.select_fields,
    };
    let mut find =
        |on: String, kind, page: &str, at: &Place, spec: &Range<usize>, message: String| {
            let effect = match kind {
                FindingKind::Missing | FindingKind::Renamed if on != list.key => Effect::Breaking,
                _ => Effect::Compatible,
            };
            let row = items.iter().flatten().find(|item| item.name == page);
            let name = page;
            let page = page.to_owned();
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
            if let Some(item) = row {
                cx.attach(Row::Item(item.clone()));
            }
            let said = list.page.iter().flatten();
            cx.among(said.map(|(name, _)| *name), name);
        };
    let Some(said) = &list.page else {
        if !list.spec.is_empty() {
            let message = format!("the page does not list any {}", list.what);
            find(
                list.key.to_owned(),
                FindingKind::Missing,
                "",
                &start,
                list.place,
                message,
            );
        }
        return;
    };
    let known: Vec<&str> = list.spec.iter().map(|name| name.as_str()).collect();
    let new: Vec<&(&str, &Place)> = said
        .iter()
        .filter(|(name, _)| !known.contains(name))
        .collect();
    let missing: Vec<&&Text> = list
        .spec
        .iter()
        .filter(|name| !name.is_empty() && said.iter().all(|(other, _)| *other != name.as_str()))
        .collect();
    let old: Vec<&str> = missing.iter().map(|name| name.as_str()).collect();
    let old = entry.renamable(list.key, old);
    let now: Vec<&str> = new.iter().map(|(name, _)| *name).collect();
    let is_word = |name: &&str| name.chars().any(char::is_alphanumeric);
    // Operators are too short to be like one another.
    let renamed = if now.iter().all(is_word) {
        rename::likely(&old, &now)
    } else {
        Vec::new()
    };
    let around = said.first().map_or(&start, |(_, at)| at);
    for (index, name) in missing.iter().enumerate() {
        let on = format!("{}.{}", list.key, name.value);
        if let Some((_, other)) = renamed.iter().find(|(old, _)| *old == index) {
            let (other, at) = new[*other];
            let message = format!(
                "the {} `{}` is probably called `{other}` on the page",
                list.what, name.value
            );
            find(on, FindingKind::Renamed, other, at, &name.span, message);
        } else {
            let message = format!("the {} `{}` is not on the page", list.what, name.value);
            find(on, FindingKind::Missing, "", around, &name.span, message);
        }
    }
    for (index, (name, at)) in new.iter().enumerate() {
        if renamed.iter().all(|(_, now)| *now != index) {
            let message = format!("the {} `{name}` is only on the page", list.what);
            find(
                format!("{}.{name}", list.key),
                FindingKind::New,
                name,
                at,
                list.place,
                message,
            );
        }
    }
}

fn filter_types(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    let page = cx.page;
    let rows = method.filter_fields.iter().flat_map(|field| {
        let items = page.filter_fields.iter().flatten();
        let same = items.filter(|item| item.name == *field.name);
        same.map(move |item| (field, item))
    });
    for (field, item) in rows {
        let on = format!("filter_fields.{}", *field.name);
        cx.says(entry, &on, Saying::of(item));
        if !types::fit(&field.ty, &item.types, cx.symbols) {
            cx.found(
                entry,
                Found {
                    on: on.clone(),
                    kind: FindingKind::Type,
                    effect: Effect::Breaking,
                    page: item.ty(),
                    at: &item.at,
                    spec: &field.ty.span,
                    message: format!(
                        "the filter by `{}` is `{}` on the page, and `{}` in the spec",
                        item.name,
                        item.ty(),
                        field.ty.value
                    ),
                },
            );
        }
        let rows = page.filter_fields.as_deref().unwrap_or_default();
        if types::is_lost(&field.ty, item, rows) {
            cx.found(entry, types::lost(&on, item, &field.ty));
        }
        if !item.values.is_empty() {
            let known = Known {
                on: &on,
                ty: &field.ty,
                values: &[],
                none: Vec::new(),
                span: &field.name.span,
            };
            values::compare(cx, entry, &known, item);
        }
    }
}
