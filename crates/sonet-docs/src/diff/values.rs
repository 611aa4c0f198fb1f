//! The values that a parameter or field may have.

use std::ops::Range;

use serde_json::Value;

use super::compare::{Comparison, Entry, Found, Saying, listed};
use super::finding::{Effect, Finding};
use super::shown::Objects;
use crate::page::{Item, Said};
use sonet_spec::model::{Enum, Field, FindingKind, Nothing, ParamValue};
use sonet_spec::types::Type;

/// What the spec has at a place.
pub(super) struct Known<'k> {
    pub(super) on: &'k str,
    pub(super) ty: &'k Type,
    /// The values of a flag.
    pub(super) values: &'k [ParamValue],
    /// Values that mean "no value".
    pub(super) none: Vec<Nothing>,
    pub(super) span: &'k Range<usize>,
}

/// Compares the values that a row lists with those of the spec.
pub(super) fn compare(cx: &mut Comparison<'_>, entry: Entry<'_>, known: &Known<'_>, item: &Item) {
    let said: Vec<&Said> = item
        .values
        .iter()
        .filter(|value| !is_nothing(&value.text, &known.none))
        .collect();
    let inner = known.ty.innermost_of_lists();
    if let Some(def) = cx.symbols.enumeration(inner) {
        if said.is_empty() {
            nothing_said(cx, entry, known, item);
        } else {
            compare_enum(cx, def, &said, item);
        }
        return;
    }
    let expected: Vec<&str> = match inner {
        Type::Flag if known.values.is_empty() => vec!["Y", "N"],
        Type::Flag => known
            .values
            .iter()
            .map(|value| value.wire.as_str())
            .collect(),
        Type::Boolean | Type::Accepted => vec!["true", "false"],
        // The directions of sorting.
        Type::Order => vec!["ASC", "DESC"],
        _ => Vec::new(),
    };
    let same = said
        .iter()
        .all(|value| expected.iter().any(|known| is(known, &value.text, inner)))
        && (said.len() == expected.len() || (said.is_empty() && !is_lost(known, item)));
    if !same {
        let page = listed(said.iter().map(|value| value.text.as_str()));
        let message = if expected.is_empty() {
            format!("`{}` takes only some values on the page: {page}", item.name)
        } else {
            let expected = listed(expected);
            format!(
                "the values of `{}` are {page} on the page, and {expected} in the spec",
                item.name
            )
        };
        cx.found(
            entry,
            Found {
                on: known.on.to_owned(),
                kind: FindingKind::Values,
                effect: Effect::Breaking,
                page,
                at: said.first().map_or(&item.at, |value| &value.at),
                spec: known.span,
                message,
            },
        );
    }
}

/// Whether a page that says a type lists none of the few values that a flag takes. Those that take both need not.
fn is_lost(known: &Known<'_>, item: &Item) -> bool {
    !known.values.is_empty() && !item.types.is_empty()
}

/// Whether a value is the known one. Directions are compared without regard to case, as servers do.
fn is(known: &str, value: &str, ty: &Type) -> bool {
    known == value || (*ty == Type::Order && known.eq_ignore_ascii_case(value))
}

fn is_nothing(value: &str, none: &[Nothing]) -> bool {
    none.iter().any(|nothing| match nothing {
        Nothing::Zero => value == "0",
        Nothing::Empty => value.is_empty(),
        Nothing::False => value == "false",
    })
}

/// The values that examples show: those of an enum and of a flag are compared, as in a list of them.
pub(super) fn shown(cx: &mut Comparison<'_>, entry: Entry<'_>, field: &Field, shown: &Objects<'_>) {
    let inner = field.ty.innermost_of_lists();
    let def = cx.symbols.enumeration(inner);
    if def.is_none() && *inner != Type::Flag {
        return;
    }
    let none: Vec<Nothing> = field.none.iter().map(|nothing| nothing.value).collect();
    let key = field.name.as_str();
    for (map, place) in shown {
        for value in texts(map.get(key)) {
            let (entry, on, kind, effect, spec) = match def {
                Some(def) if !has(def, value) => (
                    Entry::new(&def.name, &def.decisions),
                    format!("values.{value}"),
                    FindingKind::New,
                    Effect::Compatible,
                    &def.name.span,
                ),
                None if !matches!(value, "Y" | "N") => (
                    entry,
                    format!("fields.{key}"),
                    FindingKind::Values,
                    Effect::Breaking,
                    &field.name.span,
                ),
                _ => continue,
            };
            // Nothing is shown where there is no value. The name of an event is compared as such.
            let wire = |finding: &Finding| finding.on == "wire" && finding.page == value;
            if value.is_empty() || is_nothing(value, &none) || cx.findings.iter().any(wire) {
                continue;
            }
            let at = &place.line_of(key);
            let message = format!("an example shows `{value}` as `{key}`");
            let page = value.to_owned();
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
        }
    }
}

/// A text, or those of a list.
fn texts(value: Option<&Value>) -> Vec<&str> {
    match value {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn has(def: &Enum, value: &str) -> bool {
    def.values.iter().any(|known| *known.wire == value)
}

fn nothing_said(cx: &mut Comparison<'_>, entry: Entry<'_>, known: &Known<'_>, item: &Item) {
    // Old pages have no types either, and are silent about much.
    cx.found(
        entry,
        Found {
            on: known.on.to_owned(),
            kind: FindingKind::Values,
            effect: Effect::Compatible,
            page: String::new(),
            at: &item.at,
            spec: known.span,
            message: format!(
                "the page does not list the values of `{}`, which are those of `{}` in the spec",
                item.name, known.ty
            ),
        },
    );
}

/// Values belong to the enum, which several fields may have.
fn compare_enum<'s>(cx: &mut Comparison<'s>, def: &'s Enum, said: &[&Said], item: &Item) {
    let entry = Entry::new(&def.name, &def.decisions);
    cx.visit(entry);
    for value in said {
        let on = format!("values.{}", value.text);
        let saying = Saying {
            words: vec![value.text.clone()],
            text: item.text.clone(),
            precise: true,
        };
        cx.says(entry, &on, saying);
        if !has(def, &value.text) {
            cx.found(
                entry,
                Found {
                    on,
                    kind: FindingKind::New,
                    effect: Effect::Compatible,
                    page: value.text.clone(),
                    at: &value.at,
                    spec: &def.name.span,
                    message: format!("`{}` may be `{}` on the page", item.name, value.text),
                },
            );
            cx.among(said.iter().map(|said| said.text.as_str()), &value.text);
        }
    }
    for known in &def.values {
        if said.iter().all(|value| value.text != *known.wire) {
            cx.found(
                entry,
                Found {
                    on: format!("values.{}", known.wire.value),
                    kind: FindingKind::Missing,
                    effect: Effect::Breaking,
                    page: String::new(),
                    at: &item.at,
                    spec: &known.wire.span,
                    message: format!("`{}` is not `{}` on the page", item.name, known.wire.value),
                },
            );
        }
    }
}
