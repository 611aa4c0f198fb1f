//! An object, and the objects in it.

use super::example_value::{ExampleValue, Objects};
use super::examples::KeyUse;
use super::stars::Stars;
use super::{examples, table, values};
use crate::diff::comparison::Comparison;
use crate::diff::finding::Row;
use crate::diff::names::{Changes, Order};
use crate::diff::row::{Declaration, types};
use crate::diff::site::{Entry, Quote};
use crate::markup::Location;
use crate::page::{Item, is_mask};
use sonet_spec::model::{Field, FindingKind, Object};
use sonet_spec::types::Type;

/// Compares an object with the rows of its table, if it has one, and with the examples.
pub(crate) fn compare<'s>(
    cx: &mut Comparison<'s>,
    object: &'s Object,
    item: Option<&Item>,
    shown: &[ExampleValue<'s>],
    at: &Location,
) {
    let shown: Objects<'s> = shown
        .iter()
        .flat_map(|shown| shown.objects(false))
        .collect();
    compare_in(cx, object, item, &shown, at, true);
}

/// Without a table of what is around it, nobody expects one of what is in it.
fn compare_in<'s>(
    cx: &mut Comparison<'s>,
    object: &'s Object,
    item: Option<&Item>,
    shown: &Objects<'s>,
    at: &Location,
    expected: bool,
) {
    let entry = Entry::new(&object.name, &object.decisions);
    cx.visit(entry);
    let rows = item.map_or(&[][..], |item| &item.fields);
    let absent = item.is_some_and(|item| item.absent);
    let tabled = !rows.is_empty();
    if !tabled && !absent && expected {
        let site = entry.site("fields", &object.name.span);
        let message = format!(
            "the page has no table of the fields of `{}`",
            object.name.value
        );
        cx.compatible(&site, FindingKind::Missing, Quote::nothing(at), message);
    }
    let stars = Stars::of(object, rows);
    stars.compare(cx, entry, object);
    let mut missing = Vec::new();
    for field in &object.fields {
        let key = field.name.as_str();
        let declaration = Declaration::field(entry, field);
        let site = &declaration.site;
        let in_examples = KeyUse::of(key, shown);
        // A page may have a row twice, and say two things.
        for row in rows.iter().filter(|row| row.name == key) {
            table::compare(cx, &declaration, field, row, rows);
            if stars.tell(row) {
                table::compare_star(cx, site, field, row);
            }
        }
        let row = rows.iter().find(|row| row.name == key);
        if row.is_none() && tabled && !absent {
            match in_examples.present {
                Some(example) => examples::report_not_in_table(cx, site, key, example),
                None => missing.push(field),
            }
        }
        values::compare(cx, &declaration, key, shown);
        examples::compare(cx, site, field, &in_examples);
        compare_inner(cx, field, row, shown, at, tabled);
    }
    let first = rows.first().map_or(at, |row| &row.at);
    compare_names(cx, entry, object, &missing, rows, first);
    let names: Vec<&str> = object.fields.iter().map(|field| &**field.name).collect();
    // What is kept without a name need not have one.
    if !object.extra {
        examples::compare_keys(cx, entry, &names, rows, shown);
    }
}

/// Compares what is in a field.
fn compare_inner<'s>(
    cx: &mut Comparison<'s>,
    field: &'s Field,
    row: Option<&Item>,
    shown: &Objects<'s>,
    at: &Location,
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
    let mut structures = cx.page.structures.iter();
    let structure = structures.find(|structure| structure.name == key);
    let item = row
        .filter(|row| !row.fields.is_empty() || row.absent)
        .or(structure)
        .or(row);
    if item.is_none() && values.is_empty() {
        return;
    }
    let at = item.map_or(at, |item| &item.at);
    compare_in(cx, object, item, &values, at, expected);
}

/// Fields that are gone, and fields that came.
fn compare_names(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    object: &Object,
    missing: &[&Field],
    rows: &[Item],
    at: &Location,
) {
    let known: Vec<&str> = object.fields.iter().map(|field| &**field.name).collect();
    let listed: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    // What stands for a portal's own is among what is kept.
    let unknown = |row: &&Item| {
        let is_kept = object.extra && is_mask(&row.name);
        !known.contains(&row.name.as_str()) && !is_kept
    };
    let new: Vec<&Item> = rows.iter().filter(unknown).collect();
    let changes = Changes {
        entry,
        list: "fields",
        what: "field",
        missing: missing.iter().map(|field| &field.name).collect(),
        new: Changes::names_of(&new),
        at,
    };
    let order = Order {
        spec: &known,
        page: &listed,
    };
    let renames = changes.renames_or_in_place(&order, |old, now| {
        types::is(&missing[old].ty, new[now], cx.symbols)
    });
    changes.report_missing(cx, &renames);
    for (index, row) in new.into_iter().enumerate() {
        if renames.is_new(index) {
            let name = row.name.as_str();
            let site = entry.site(format!("fields.{name}"), &entry.name.span);
            let message = format!("the field `{name}` is only on the page");
            let quote = Quote::new(name, &row.at);
            cx.compatible(&site, FindingKind::New, quote, message)
                .on_row(Row::Item(Box::new(row.clone())))
                .among(listed.iter().copied(), name);
        }
    }
}
