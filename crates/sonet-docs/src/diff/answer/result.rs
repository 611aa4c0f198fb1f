//! What stands under `result`.

use super::{map_keys, scalar};
use crate::diff::comparison::Comparison;
use crate::diff::objects::{self, ExampleValue};
use crate::diff::row::types;
use crate::diff::site::{Entry, Quote, Site};
use crate::diff::statement::Statement;
use crate::page::{ExampleKind, Item};
use sonet_spec::model::{FindingKind, Method, Object};
use sonet_spec::types::Type;

const NO_TABLE: &str = "the page has no table of the answer";
const NO_KEYS: &str = "the page has no table of the keys of the answer";
const NOTHING: &str = "the page has neither a table nor an example of the answer";

pub(super) fn compare<'s>(cx: &mut Comparison<'s>, entry: Entry<'s>, method: &'s Method) {
    let shown = results(cx);
    let site = entry.site("result", &method.result.ty.span);
    // An answer without `result` around it.
    for shown in shown.iter().filter(|shown| shown.path.is_empty()) {
        let message = "an example has no `result` around the answer";
        let quote = Quote::nothing(&shown.example.at);
        cx.compatible(&site, FindingKind::Unwrapped, quote, message);
    }
    let (item, shown) = within(cx, &site, method, shown);
    match &item {
        Some(item) => compare_item(cx, &site, method, item, &shown),
        // It may be where nobody can look.
        None if cx.page.incomplete => {}
        None => compare_examples(cx, &site, method, &shown),
    }
    compare_structures(cx, entry, method);
}

/// What stands under `result` in the examples.
fn results<'p>(cx: &Comparison<'p>) -> Vec<ExampleValue<'p>> {
    let responses = cx.examples(ExampleKind::Response);
    let shown = responses.map(|example| match example.json.get("result") {
        Some(value) => ExampleValue {
            value,
            example,
            path: vec!["result"],
        },
        None => ExampleValue::whole(example),
    });
    shown.collect()
}

/// What the page and its examples have in the only key of the result, if the spec says that there is one.
fn within<'s>(
    cx: &mut Comparison<'s>,
    site: &Site<'s>,
    method: &'s Method,
    shown: Vec<ExampleValue<'s>>,
) -> (Option<Item>, Vec<ExampleValue<'s>>) {
    let result = cx.page.result.as_ref();
    let Some(key) = method.result.within.as_ref().map(|key| key.value.as_str()) else {
        return (result.cloned(), shown);
    };
    let field = result.and_then(|item| item.fields.iter().find(|field| field.name == key));
    let mut structures = cx.page.structures.iter();
    let structure = structures.find(|structure| structure.name == key);
    let inner: Vec<_> = shown
        .iter()
        .filter_map(|shown| Some(shown.under(key, shown.value.get(key)?)))
        .collect();
    let item = match (field, structure) {
        (Some(field), Some(structure)) if field.fields.is_empty() => Some(Item {
            fields: structure.fields.clone(),
            ..field.clone()
        }),
        (field, structure) => field.or(structure).cloned(),
    };
    if item.is_none() && inner.is_empty() && (result.is_some() || !shown.is_empty()) {
        let at = result.map_or_else(|| cx.page.start(), |item| item.at.clone());
        let message = format!("the answer has no `{key}` on the page, and is in it in the spec");
        cx.breaking(site, FindingKind::Missing, Quote::nothing(&at), message);
    }
    (item, inner)
}

fn compare_item<'s>(
    cx: &mut Comparison<'s>,
    site: &Site<'s>,
    method: &'s Method,
    item: &Item,
    shown: &[ExampleValue<'s>],
) {
    let ty = &method.result.ty;
    cx.says(site, Statement::of(item));
    types::compare_presence(cx, site, ty, item, &cx.page.envelope);
    types::compare(cx, site, ty, item, "the result");
    if let Type::Map(element) = &**ty {
        if let Some(object) = cx.symbols.object(element) {
            let values = values(shown);
            return objects::compare(cx, object, Some(item), &values, &item.at);
        }
    }
    match cx.symbols.object(ty.innermost_of_lists()) {
        Some(object) if object.around_map().is_some() => {
            let rows = keys_in(object, item);
            map_keys::compare(cx, site, method, rows, shown, object);
            map_keys::compare_types(cx, site, rows, shown, object);
            let keyed = !method.result.keys.is_empty();
            if rows.is_empty() && keyed && !item.absent {
                report_missing(cx, site, NO_KEYS);
            }
            let unlisted = unlisted(item);
            let item = if rows.is_empty() && !keyed {
                item
            } else {
                &unlisted
            };
            objects::compare(cx, object, Some(item), shown, &item.at);
        }
        Some(object) => objects::compare(cx, object, Some(item), shown, &item.at),
        None => {
            // What has no `result` around it is found already.
            let whole = shown.iter().filter(|shown| !shown.path.is_empty());
            scalar::compare(cx, site, ty, whole);
            scalar::compare_fields(cx, site.entry, ty, item);
        }
    }
}

/// The values of the maps in examples, whose keys are data.
fn values<'p>(shown: &[ExampleValue<'p>]) -> Vec<ExampleValue<'p>> {
    let maps = shown
        .iter()
        .filter_map(|shown| Some((shown, shown.value.as_object()?)));
    maps.flat_map(|(shown, map)| map.iter().map(|(key, value)| shown.under(key, value)))
        .collect()
}

/// Compares the examples of a page without a table.
fn compare_examples<'s>(
    cx: &mut Comparison<'s>,
    site: &Site<'s>,
    method: &'s Method,
    shown: &[ExampleValue<'s>],
) {
    let ty = &method.result.ty;
    let start = cx.page.start();
    let element = match &**ty {
        Type::Map(element) => cx.symbols.object(element),
        _ => None,
    };
    if shown.is_empty() {
        report_missing(cx, site, NOTHING);
    } else if let Some(object) = element {
        objects::compare(cx, object, None, &values(shown), &start);
    } else if let Some(object) = cx.symbols.object(ty.innermost_of_lists()) {
        let keyed = !method.result.keys.is_empty();
        if keyed {
            report_missing(cx, site, NO_KEYS);
        }
        let item = keyed.then(|| unlisted(&Item::new("result", &start)));
        objects::compare(cx, object, item.as_ref(), shown, &start);
        map_keys::compare(cx, site, method, &[], shown, object);
    } else {
        report_missing(cx, site, NO_TABLE);
        scalar::compare(cx, site, ty, shown);
    }
}

fn report_missing(cx: &mut Comparison<'_>, site: &Site<'_>, message: &str) {
    let start = cx.page.start();
    cx.compatible(site, FindingKind::Missing, Quote::nothing(&start), message);
}

/// The same without its rows, which are data, and nobody misses them.
fn unlisted(item: &Item) -> Item {
    Item {
        fields: Vec::new(),
        absent: true,
        ..item.clone()
    }
}

/// The rows of a table that lists the keys of the map that an answer is, which are data.
fn keys_in<'i>(object: &Object, item: &'i Item) -> &'i [Item] {
    let Some(field) = object.around_map() else {
        return &[];
    };
    let itself = item.fields.iter().find(|row| row.name == *field.name);
    itself.map_or(&item.fields, |row| &row.fields)
}

/// Objects that the page describes elsewhere must be fields of the answer.
fn compare_structures(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    let ty = &method.result.ty;
    for structure in &cx.page.structures {
        let name = structure.name.as_str();
        let is_within = method
            .result
            .within
            .as_ref()
            .is_some_and(|key| **key == *name);
        if !is_within && !reaches(cx, ty, name) {
            let site = entry.site(format!("result.{name}"), &ty.span);
            let message = format!("the page describes `{name}`, which is nowhere in the answer");
            let quote = Quote::new(name, &structure.at);
            cx.compatible(&site, FindingKind::New, quote, message);
        }
    }
}

/// Whether a type has a field of this name, however deep.
fn reaches(cx: &Comparison<'_>, ty: &Type, name: &str) -> bool {
    let Some(object) = cx.symbols.object(ty.innermost()) else {
        return false;
    };
    let mut fields = object.fields.iter();
    fields.any(|field| *field.name == name || reaches(cx, &field.ty, name))
}
