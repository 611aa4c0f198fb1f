//! The fields of objects: in tables, and in examples.

use super::compare::{Comparison, Entry, Found, Saying, required_word};
use super::finding::{Effect, Row};
use super::shown::{Keys, Objects, Shown};
use super::types;
use super::values::{self, Known};
use super::{outdated, rename};
use crate::markup::Place;
use crate::page::Item;
use sonet_spec::model::{Field, FindingKind, Object};
use sonet_spec::types::Type;

/// Compares an object with the rows of its table, if it has one, and with the examples.
pub(super) fn compare<'s>(
    cx: &mut Comparison<'s>,
    object: &'s Object,
    item: Option<&Item>,
    shown: &[Shown<'s>],
    at: &Place,
) {
    let shown: Objects<'s> = shown
        .iter()
        .flat_map(|shown| shown.objects(false))
        .collect();
    object_in(cx, object, item, &shown, at, true);
}

/// Without a table of what is around it, nobody expects one of what is in it.
fn object_in<'s>(
    cx: &mut Comparison<'s>,
    object: &'s Object,
    item: Option<&Item>,
    shown: &Objects<'s>,
    at: &Place,
    expected: bool,
) {
    let entry = Entry::new(&object.name, &object.decisions);
    cx.visit(entry);
    let rows = item.map_or(&[][..], |item| &item.fields);
    let absent = item.is_some_and(|item| item.absent);
    let tabled = !rows.is_empty();
    if !tabled && !absent && expected {
        cx.found(
            entry,
            Found {
                on: "fields".to_owned(),
                kind: FindingKind::Missing,
                effect: Effect::Compatible,
                page: String::new(),
                at,
                spec: &object.name.span,
                message: format!(
                    "the page has no table of the fields of `{}`",
                    object.name.value
                ),
            },
        );
    }
    let names: Vec<&str> = object
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    let new = rename::unknown(rows, &names);
    let stars = Stars::of(object, rows);
    if let Stars::Few(row) = &stars {
        few_stars(cx, entry, row);
    }
    let mut missing = Vec::new();
    for field in &object.fields {
        let row = rows.iter().find(|row| row.name == *field.name);
        let keys = Keys::of(field, shown);
        // A page may have a row twice, and say two things.
        for row in rows.iter().filter(|row| row.name == *field.name) {
            in_table(cx, entry, field, row);
            if types::is_lost(&field.ty, row, rows) {
                let on = format!("fields.{}", *field.name);
                cx.found(entry, types::lost(&on, row, &field.ty));
            }
            if matches!(stars, Stars::All) || row.required == Some(true) {
                required(cx, entry, field, row);
            }
        }
        if row.is_none() && tabled && !absent {
            if keys.some {
                not_in_table(cx, entry, field, shown);
            } else {
                missing.push(field);
            }
        }
        values::shown(cx, entry, field, shown);
        in_examples(cx, entry, field, &keys, row.map_or(at, |row| &row.at));
        inner(cx, field, row, shown, at, tabled);
    }
    let listed: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    let order = rename::Order {
        spec: &names,
        page: &listed,
    };
    let first = rows.first().map_or(at, |row| &row.at);
    names_of(cx, entry, &missing, &new, &order, first);
    unknown_keys(cx, entry, &names, rows, shown);
}

/// Whether the stars of a table say which fields are always there.
enum Stars<'i> {
    /// No row has one.
    None,
    /// Some row has one that need not, and most of those that are always there by the spec have none: it says nothing of the
    /// others.
    Few(&'i Item),
    /// They do.
    All,
}

impl<'i> Stars<'i> {
    fn of(object: &Object, rows: &'i [Item]) -> Self {
        let starred = |row: &&Item| row.required == Some(true);
        let Some(first) = rows.iter().find(starred) else {
            return Self::None;
        };
        let always = object.fields.iter().filter(|field| !field.optional);
        let always = always.filter_map(|field| {
            let mut rows = rows.iter();
            rows.find(|row| row.name == *field.name)
        });
        let (with, without): (Vec<_>, Vec<_>) = always.partition(starred);
        if with.len() >= without.len() {
            Self::All
        } else {
            Self::Few(with.first().copied().unwrap_or(first))
        }
    }
}

/// One star where there was none is one change, whatever it does not say of the other rows.
fn few_stars(cx: &mut Comparison<'_>, entry: Entry<'_>, row: &Item) {
    let mut fields = cx.spec.objects.iter().flat_map(|object| {
        let same = object.name.value == entry.name.value;
        object.fields.iter().filter(move |_| same)
    });
    let Some(field) = fields.find(|field| *field.name == row.name && !field.optional) else {
        // It is found as always there.
        return;
    };
    cx.found(
        entry,
        Found {
            on: format!("fields.{}", row.name),
            kind: FindingKind::Required,
            effect: Effect::Compatible,
            page: required_word(true).to_owned(),
            at: &row.at,
            spec: &field.name.span,
            message: format!(
                "`{}` has a star on the page, and others that are always there in the spec have none",
                row.name
            ),
        },
    );
}

/// What is in a field.
fn inner<'s>(
    cx: &mut Comparison<'s>,
    field: &'s Field,
    row: Option<&Item>,
    shown: &Objects<'s>,
    at: &Place,
    expected: bool,
) {
    let Some(object) = cx.symbols.object(field.ty.innermost()) else {
        return;
    };
    let is_map = matches!(*field.ty, Type::Map(_));
    let key = field.name.as_str();
    let values: Objects<'s> = shown
        .iter()
        .filter_map(|(map, shown)| map.get(key).map(|value| shown.under(key, value)))
        .flat_map(|shown| shown.objects(is_map))
        .collect();
    // Some objects are described in the text of something else.
    let page = cx.page;
    let structure = page
        .structures
        .iter()
        .find(|structure| structure.name == key);
    let item = row
        .filter(|row| !row.fields.is_empty() || row.absent)
        .or(structure)
        .or(row);
    if item.is_none() && values.is_empty() {
        return;
    }
    let at = item.map_or(at, |item| &item.at);
    object_in(cx, object, item, &values, at, expected);
}

fn in_table(cx: &mut Comparison<'_>, entry: Entry<'_>, field: &Field, row: &Item) {
    let on = format!("fields.{}", *field.name);
    cx.says(entry, &on, Saying::of(row));
    if !types::fit(&field.ty, &row.types, cx.symbols) {
        cx.found(
            entry,
            Found {
                on: on.clone(),
                kind: FindingKind::Type,
                effect: Effect::Breaking,
                page: row.ty(),
                at: &row.at,
                spec: &field.ty.span,
                message: format!(
                    "`{}` is `{}` on the page, and `{}` in the spec",
                    row.name,
                    row.ty(),
                    field.ty.value
                ),
            },
        );
    }
    if row.types.iter().any(|ty| ty == "null") && !field.is_option() {
        let message = format!("`{}` may be `null` on the page", row.name);
        null(cx, entry, field, &row.at, message);
    }
    outdated::row(cx, entry, &on, row, &field.name.span);
    let known = Known {
        on: &on,
        ty: &field.ty,
        values: &[],
        none: field.none.iter().map(|nothing| nothing.value).collect(),
        span: &field.name.span,
    };
    values::compare(cx, entry, &known, row);
}

/// Whether the field is always there.
fn required(cx: &mut Comparison<'_>, entry: Entry<'_>, field: &Field, row: &Item) {
    let required = row.required == Some(true);
    if required != field.optional {
        return;
    }
    let message = if required {
        format!(
            "`{}` is always there on the page, and optional in the spec",
            row.name
        )
    } else {
        format!(
            "`{}` is optional on the page, and always there in the spec",
            row.name
        )
    };
    cx.found(
        entry,
        Found {
            on: format!("fields.{}", *field.name),
            kind: FindingKind::Required,
            effect: Effect::Breaking,
            page: required_word(required).to_owned(),
            at: &row.at,
            spec: &field.name.span,
            message,
        },
    );
}

fn null(cx: &mut Comparison<'_>, entry: Entry<'_>, field: &Field, at: &Place, message: String) {
    cx.found(
        entry,
        Found {
            on: format!("fields.{}", *field.name),
            kind: FindingKind::Null,
            effect: Effect::Breaking,
            page: "null".to_owned(),
            at,
            spec: &field.name.span,
            message,
        },
    );
}

fn not_in_table(cx: &mut Comparison<'_>, entry: Entry<'_>, field: &Field, shown: &Objects<'_>) {
    let key = field.name.as_str();
    let place = shown.iter().find(|(map, _)| map.contains_key(key));
    let Some(at) = place.map(|(_, shown)| shown.line_of(key)) else {
        return;
    };
    cx.found(
        entry,
        Found {
            on: format!("fields.{key}"),
            kind: FindingKind::NotInTable,
            effect: Effect::Compatible,
            page: String::new(),
            at: &at,
            spec: &field.name.span,
            message: format!("an example has `{key}`, and the table has not"),
        },
    );
}

/// A field that is always there by the spec must be in every example.
fn in_examples(cx: &mut Comparison<'_>, entry: Entry<'_>, field: &Field, keys: &Keys, at: &Place) {
    if let Some(at) = keys.null.as_ref().filter(|_| !field.is_option()) {
        let message = format!("an example has `null` in `{}`", *field.name);
        null(cx, entry, field, at, message);
    }
    if keys.all || field.optional {
        return;
    }
    let message = if keys.some {
        format!(
            "`{}` is not in every example, and always there in the spec",
            *field.name
        )
    } else {
        format!(
            "`{}` is in no example, and always there in the spec",
            *field.name
        )
    };
    cx.found(
        entry,
        Found {
            on: format!("fields.{}", *field.name),
            kind: FindingKind::NotInExample,
            effect: Effect::Breaking,
            page: String::new(),
            at: keys.lacking.as_ref().unwrap_or(at),
            spec: &field.name.span,
            message,
        },
    );
}

/// Fields that are gone, and fields that came.
fn names_of(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    missing: &[&Field],
    new: &[&Item],
    order: &rename::Order<'_>,
    at: &Place,
) {
    let old: Vec<&str> = missing.iter().map(|field| field.name.as_str()).collect();
    let old = entry.renamable("fields", old);
    let now: Vec<&str> = new.iter().map(|item| item.name.as_str()).collect();
    let renamed = rename::likely_or_in_place(&old, &now, order, |old, now| {
        types::is(&missing[old].ty, new[now], cx.symbols)
    });
    for (index, field) in missing.iter().enumerate() {
        let other = renamed.iter().find(|(old, _)| *old == index);
        let item = other.map(|(_, now)| new[*now]);
        let name = &field.name.value;
        let (kind, message) = match item {
            Some(item) => (
                FindingKind::Renamed,
                format!(
                    "the field `{name}` is probably called `{}` on the page",
                    item.name
                ),
            ),
            None => (
                FindingKind::Missing,
                format!("the field `{name}` is not on the page"),
            ),
        };
        cx.found(
            entry,
            Found {
                on: format!("fields.{name}"),
                kind,
                effect: Effect::Breaking,
                page: item.map_or_else(String::new, |item| item.name.clone()),
                at: item.map_or(at, |item| &item.at),
                spec: &field.name.span,
                message,
            },
        );
    }
    for (index, item) in new.iter().enumerate() {
        if renamed.iter().all(|(_, now)| *now != index) {
            let message = format!("the field `{}` is only on the page", item.name);
            added(cx, entry, &item.name, &item.at, message);
            cx.attach(Row::Item((*item).clone()));
            cx.among(order.page.iter().copied(), &item.name);
        }
    }
}

fn added(cx: &mut Comparison<'_>, entry: Entry<'_>, name: &str, at: &Place, message: String) {
    cx.found(
        entry,
        Found {
            on: format!("fields.{name}"),
            kind: FindingKind::New,
            effect: Effect::Compatible,
            page: name.to_owned(),
            at,
            spec: &entry.name.span,
            message,
        },
    );
}

/// Keys of examples that neither the spec nor the table has.
fn unknown_keys(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    names: &[&str],
    rows: &[Item],
    shown: &Objects<'_>,
) {
    let mut told: Vec<&str> = Vec::new();
    for (map, shown) in shown {
        for key in map.keys().map(String::as_str) {
            let known = names.contains(&key) || rows.iter().any(|row| row.name == key);
            if known || told.contains(&key) {
                continue;
            }
            told.push(key);
            let at = shown.line_of(key);
            let message =
                format!("an example has `{key}`, which neither the table nor the spec has");
            added(cx, entry, key, &at, message);
        }
    }
}
