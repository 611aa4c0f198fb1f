//! What the rows of fields to filter by and to select say beside their names.

use super::compare::{Comparison, Entry, Found, required_word};
use super::finding::Effect;
use super::{outdated, types};
use crate::page::Item;
use sonet_spec::model::{At, FindingKind, Method, Object, SelectField};
use sonet_spec::types::Type;

pub(super) fn compare(cx: &mut Comparison<'_>, entry: Entry<'_>, method: &Method) {
    let page = cx.page;
    for field in &method.filter_fields {
        let rows = page.filter_fields.iter().flatten();
        for row in rows.filter(|row| row.name == *field.name) {
            let on = format!("filter_fields.{}", *field.name);
            outdated::row(cx, entry, &on, row, &field.name.span);
            if row.required == Some(true) {
                required(cx, entry, &on, row, (Effect::Breaking, &field.name));
            }
        }
    }
    let rows = page.select_fields.as_deref().unwrap_or_default();
    let typed = are_types_of_fields(rows);
    for field in &method.select_fields {
        for row in rows.iter().filter(|row| row.name == *field.name) {
            let on = format!("select_fields.{}", *field.name);
            outdated::row(cx, entry, &on, row, &field.name.span);
            if row.required == Some(true) && !field.required {
                required(cx, entry, &on, row, (Effect::Compatible, &field.name));
            }
            if typed || row.types.iter().any(|ty| ty != "string") {
                answered(cx, entry, (&on, method), field, row);
            }
        }
    }
}

/// Some tables have the types of the fields, and others the one of their names: `string` in every row.
fn are_types_of_fields(rows: &[Item]) -> bool {
    let other = rows
        .iter()
        .filter(|row| row.types.iter().any(|ty| ty != "string"));
    other.count() > 1
}

/// What is selected has the type of what is answered.
fn answered(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    (on, method): (&str, &Method),
    field: &SelectField,
    row: &Item,
) {
    let Some(ty) = answer(cx, method, field) else {
        return;
    };
    if types::fit(&ty, &row.types, cx.symbols) {
        return;
    }
    let message = format!(
        "`{}` is `{}` on the page, and answered as `{}` in the spec",
        row.name,
        row.ty(),
        ty.value
    );
    let found = Found {
        on: on.to_owned(),
        kind: FindingKind::Type,
        effect: Effect::Compatible,
        page: row.ty(),
        at: &row.at,
        spec: &field.name.span,
        message,
    };
    cx.found(entry, found);
}

/// The type of the field of the rows that a selected one comes as.
fn answer(cx: &Comparison<'_>, method: &Method, selected: &SelectField) -> Option<At<Type>> {
    let object = rows(
        cx,
        cx.symbols.object(method.result.ty.innermost_of_lists())?,
    );
    let name = selected.returns.as_ref().unwrap_or(&selected.name);
    let letters = |name: &str| name.replace('_', "").to_lowercase();
    let exact = object
        .fields
        .iter()
        .find(|field| field.name.value == name.value);
    let mut alike = object.fields.iter();
    let alike = alike.find(|field| letters(&field.name) == letters(name));
    exact.or(alike).map(|field| field.ty.clone())
}

/// The object of a row, where an answer has a list of them under a key.
fn rows<'s>(cx: &Comparison<'s>, object: &'s Object) -> &'s Object {
    let [field] = object.fields.as_slice() else {
        return object;
    };
    cx.symbols
        .object(field.ty.innermost_of_lists())
        .unwrap_or(object)
}

fn required(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    on: &str,
    row: &Item,
    (effect, name): (Effect, &At<String>),
) {
    let found = Found {
        on: on.to_owned(),
        kind: FindingKind::Required,
        effect,
        page: required_word(true).to_owned(),
        at: &row.at,
        spec: &name.span,
        message: format!(
            "`{}` is required on the page, and optional in the spec",
            row.name
        ),
    };
    cx.found(entry, found);
}
