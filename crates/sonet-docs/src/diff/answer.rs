//! What a method answers, and what an event delivers.

use serde_json::Value;

use super::compare::{Comparison, Entry, Found, Saying};
use super::fields;
use super::finding::{Effect, Row};
use super::keys;
use super::shown::Shown;
use super::types;
use crate::page::{ExampleKind, Item};
use sonet_spec::model::{Event, FindingKind, Method, Object};
use sonet_spec::types::Type;

const NO_KEYS: &str = "the page has no table of the keys of the answer";

pub(super) fn compare<'s>(cx: &mut Comparison<'s>, entry: Entry<'s>, method: &'s Method) {
    let page = cx.page;
    let start = page.start();
    let ty = &method.result.ty;
    let shown = results(cx);
    unwrapped(cx, entry, method, &shown);
    let Some(item) = &page.result else {
        if page.incomplete {
            // It may be where nobody can look.
        } else if shown.is_empty() {
            let message = "the page has neither a table nor an example of the answer";
            missing(cx, entry, method, message);
        } else if let Some(object) = cx.symbols.object(ty.innermost_of_lists()) {
            let keyed = !method.result.keys.is_empty();
            if keyed {
                missing(cx, entry, method, NO_KEYS);
            }
            let item = keyed.then(|| unlisted(&Item::new("result", &start)));
            fields::compare(cx, object, item.as_ref(), &shown, &start);
            keys::compare(cx, entry, method, &[], &shown, object);
        } else {
            let message = "the page has no table of the answer";
            missing(cx, entry, method, message);
            scalar(cx, entry, method, &shown);
        }
        structures(cx, entry, method);
        return;
    };
    cx.says(entry, "result", Saying::of(item));
    if types::is_lost(ty, item, &page.envelope) {
        cx.found(entry, types::lost("result", item, &method.result.ty));
    }
    if !types::fit(ty, &item.types, cx.symbols) {
        cx.found(
            entry,
            Found {
                on: "result".to_owned(),
                kind: FindingKind::Type,
                effect: Effect::Breaking,
                page: item.ty(),
                at: &item.at,
                spec: &ty.span,
                message: format!(
                    "the result is `{}` on the page, and `{}` in the spec",
                    item.ty(),
                    ty.value
                ),
            },
        );
    }
    match cx.symbols.object(ty.innermost_of_lists()) {
        Some(object) if object.around_map().is_some() => {
            let rows = keys_in(object, item);
            keys::compare(cx, entry, method, rows, &shown, object);
            keys::types(cx, entry, method, rows, &shown, object);
            let keyed = !method.result.keys.is_empty();
            if rows.is_empty() && keyed && !item.absent {
                missing(cx, entry, method, NO_KEYS);
            }
            let unlisted = unlisted(item);
            let item = if rows.is_empty() && !keyed {
                item
            } else {
                &unlisted
            };
            fields::compare(cx, object, Some(item), &shown, &item.at);
        }
        Some(object) => fields::compare(cx, object, Some(item), &shown, &item.at),
        None => {
            // What has no `result` around it is found already.
            let whole = shown.iter().filter(|shown| !shown.path.is_empty());
            let whole: Vec<Shown<'_>> = whole.cloned().collect();
            scalar(cx, entry, method, &whole);
            extra(cx, entry, method, item);
        }
    }
    structures(cx, entry, method);
}

/// What stands under `result` in the examples.
fn results<'p>(cx: &Comparison<'p>) -> Vec<Shown<'p>> {
    let examples = cx.page.examples.iter();
    let responses = examples.filter(|example| example.kind == ExampleKind::Response);
    let shown = responses.map(|example| match example.json.get("result") {
        Some(value) => Shown {
            value,
            example,
            path: vec!["result"],
        },
        None => Shown {
            value: &example.json,
            example,
            path: Vec::new(),
        },
    });
    shown.collect()
}

/// Says which examples show an answer without `result` around it.
fn unwrapped(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method, shown: &[Shown<'_>]) {
    for shown in shown.iter().filter(|shown| shown.path.is_empty()) {
        cx.found(
            entry,
            Found {
                on: "result".to_owned(),
                kind: FindingKind::Unwrapped,
                effect: Effect::Compatible,
                page: String::new(),
                at: &shown.example.at,
                spec: &method.result.ty.span,
                message: "an example has no `result` around the answer".to_owned(),
            },
        );
    }
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

fn missing(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method, message: &str) {
    let start = cx.page.start();
    cx.found(
        entry,
        Found {
            on: "result".to_owned(),
            kind: FindingKind::Missing,
            effect: Effect::Compatible,
            page: String::new(),
            at: &start,
            spec: &method.result.ty.span,
            message: message.to_owned(),
        },
    );
}

/// The examples say what the result is, too.
fn scalar(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method, shown: &[Shown<'_>]) {
    let ty = &method.result.ty;
    let several = matches!(**ty, Type::List(_) | Type::Empty | Type::Map(_));
    for shown in shown {
        let said = match shown.value {
            Value::Bool(_) => "boolean",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
            // Numbers come as texts, but neither stands for several things.
            Value::Number(_) if several => "integer",
            Value::String(_) if several => "string",
            Value::Null if **ty != Type::Json => "null",
            Value::Number(_) | Value::String(_) | Value::Null => continue,
        };
        let is_null = said == "null";
        if !is_null && types::fit(ty, &[said.to_owned()], cx.symbols) {
            continue;
        }
        let at = shown.example.line_of(&shown.path);
        let kind = if is_null {
            FindingKind::Null
        } else {
            FindingKind::Type
        };
        cx.found(
            entry,
            Found {
                on: "result".to_owned(),
                kind,
                effect: Effect::Breaking,
                page: said.to_owned(),
                at: &at,
                spec: &ty.span,
                message: format!(
                    "an example shows `{said}` as result, which is `{}` in the spec",
                    ty.value
                ),
            },
        );
    }
}

/// Fields of a result that has none in the spec.
fn extra(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method, item: &Item) {
    // Where the page says that the result is no object, its rows stand beside it, where nobody reads them.
    let ty = &method.result.ty;
    let beside = types::is(ty, item, cx.symbols) && **ty != Type::Json;
    for field in &item.fields {
        let (effect, message) = if beside {
            (
                Effect::Compatible,
                format!("the page has `{}` beside the result", field.name),
            )
        } else {
            (
                Effect::Breaking,
                format!(
                    "the result has a field `{}` on the page, and none in the spec",
                    field.name
                ),
            )
        };
        cx.found(
            entry,
            Found {
                on: format!("result.{}", field.name),
                kind: FindingKind::New,
                effect,
                page: field.name.clone(),
                at: &field.at,
                spec: &method.result.ty.span,
                message,
            },
        );
        cx.attach(Row::Item(field.clone()));
    }
}

/// Objects that the page describes elsewhere must be fields of the answer.
fn structures<'s>(cx: &mut Comparison<'s>, entry: Entry<'s>, method: &'s Method) {
    let page = cx.page;
    for structure in &page.structures {
        if !reaches(cx, &method.result.ty, &structure.name) {
            cx.found(
                entry,
                Found {
                    on: format!("result.{}", structure.name),
                    kind: FindingKind::New,
                    effect: Effect::Compatible,
                    page: structure.name.clone(),
                    at: &structure.at,
                    spec: &method.result.ty.span,
                    message: format!(
                        "the page describes `{}`, which is nowhere in the answer",
                        structure.name
                    ),
                },
            );
        }
    }
}

fn reaches(cx: &Comparison<'_>, ty: &Type, name: &str) -> bool {
    let Some(object) = cx.symbols.object(ty.innermost()) else {
        return false;
    };
    let mut fields = object.fields.iter();
    fields.any(|field| *field.name == name || reaches(cx, &field.ty, name))
}

pub(super) fn compare_event<'s>(cx: &mut Comparison<'s>, entry: Entry<'s>, event: &'s Event) {
    let page = cx.page;
    let start = page.start();
    let Some(object) = payload(cx, event) else {
        return;
    };
    let examples = page
        .examples
        .iter()
        .filter(|example| example.kind == ExampleKind::Event);
    let shown: Vec<Shown<'_>> = examples
        .map(|example| Shown {
            value: &example.json,
            example,
            path: Vec::new(),
        })
        .collect();
    for shown in &shown {
        let wire = shown.value.get("event").and_then(Value::as_str);
        if let Some(wire) = wire.filter(|wire| *wire != event.wire.as_str()) {
            let at = shown.example.line_of(&["event"]);
            cx.found(
                entry,
                Found {
                    on: "wire".to_owned(),
                    kind: FindingKind::Text,
                    effect: Effect::Breaking,
                    page: wire.to_owned(),
                    at: &at,
                    spec: &event.wire.span,
                    message: format!("the event is delivered as `{wire}` on the page"),
                },
            );
        }
    }
    let Some(items) = &page.payload else {
        if page.incomplete {
            return;
        }
        if shown.is_empty() {
            let message = "the page has neither a table nor an example of what is delivered";
            cx.found(
                entry,
                Found {
                    on: "payload".to_owned(),
                    kind: FindingKind::Missing,
                    effect: Effect::Compatible,
                    page: String::new(),
                    at: &start,
                    spec: &event.payload.span,
                    message: message.to_owned(),
                },
            );
        } else {
            fields::compare(cx, object, None, &shown, &start);
        }
        return;
    };
    let mut item = Item::new("payload", items.first().map_or(&start, |item| &item.at));
    item.fields.clone_from(items);
    fields::compare(cx, object, Some(&item), &shown, &item.at);
}

fn payload<'s>(cx: &Comparison<'s>, event: &Event) -> Option<&'s Object> {
    let name = &event.payload;
    cx.spec
        .objects
        .iter()
        .find(|object| object.name.value == name.value)
}
