//! Which fields may end a call: an identifier, what a walk needs, and what leads to them.
//!
//! A portal leaves out what it likes, and older ones leave out more. So everything else may be missing, and who reads it says
//! what then.

use std::collections::BTreeSet;

use super::context::Context;
use crate::Symbol;
use crate::model::{Field, Object};
use crate::types::Type;

pub(super) fn check(cx: &Context<'_>) {
    let delivered = delivered(cx);
    for object in &cx.spec.objects {
        for field in &object.fields {
            if field.essential.value && cx.problems.was_read(&field.ty) {
                never_missing(cx, field);
                worth_it(cx, object, field, &delivered);
            }
        }
    }
}

/// Reports what can't be missing and is said to be.
fn never_missing(cx: &Context<'_>, field: &Field) {
    if field.is_option() {
        cx.clash(
            (&field.essential, "its absence ends the call"),
            (&field.name, "allowed to be missing"),
            format!("`{}` can't be both essential and missing", field.name.value),
            "remove `essential`, or remove `nullable`, `optional` and `none`",
        );
    }
}

/// Reports what is essential, and is none of what may be.
fn worth_it(cx: &Context<'_>, object: &Object, field: &Field, delivered: &BTreeSet<&str>) {
    let why = match &*field.ty {
        Type::Named(name) => match cx.symbols.get(name) {
            // An unknown type is a mistake of its own, and so is one of parameters.
            Some(Symbol::Id(_) | Symbol::Input(_)) | None => return,
            Some(Symbol::Object(inner)) if has_essential(inner) => return,
            Some(Symbol::Object(_)) => "nothing in it is essential",
            Some(Symbol::Enum(_)) if delivered.contains(object.name.as_str()) => return,
            Some(Symbol::Enum(_)) => "not an identifier",
        },
        // What proves where an event comes from.
        Type::Secret if delivered.contains(object.name.as_str()) => return,
        Type::Integer if is_cursor(cx, object, field) => return,
        // Nothing says yet what it identifies.
        Type::Integer if field.name.eq_ignore_ascii_case("id") => return,
        Type::Integer => "neither an identifier nor the cursor of a walk",
        Type::List(_) | Type::Map(_) if object.fields.len() == 1 => return,
        Type::List(_) if holds_rows(cx, object, field) => return,
        Type::List(_) | Type::Map(_) => "neither the rows nor the only field of the object",
        _ => "not an identifier",
    };
    cx.wrong(
        &field.essential,
        format!("`{}` can't be essential", field.name.value),
        why,
        "remove `essential`; it is for an id, for what a walk needs, for the only field of an object, for the name \
         and the proof of an event, and for an object with something essential in it",
    );
}

fn has_essential(object: &Object) -> bool {
    object.fields.iter().any(|field| field.essential.value)
}

/// Whether a walk reads the field in every row.
fn is_cursor(cx: &Context<'_>, object: &Object, field: &Field) -> bool {
    cx.spec.methods.iter().any(|method| {
        let row = cx.symbols.answer(method);
        let cursor = method
            .paged
            .as_ref()
            .and_then(|paged| paged.row_cursor.as_ref());
        cursor.is_some_and(|cursor| cursor.value == field.name.value)
            && row.is_some_and(|row| row.name.value == object.name.value)
    })
}

/// Whether a walk takes its rows out of the field.
fn holds_rows(cx: &Context<'_>, object: &Object, field: &Field) -> bool {
    cx.spec.methods.iter().any(|method| {
        let rows = cx.symbols.rows_field(method);
        rows.is_some_and(|(holder, rows)| {
            holder.name.value == object.name.value && rows.name.value == field.name.value
        })
    })
}

/// The objects that events deliver, at any depth.
fn delivered<'s>(cx: &Context<'s>) -> BTreeSet<&'s str> {
    let mut open: Vec<&str> = Vec::new();
    open.extend(cx.spec.events.iter().map(|event| event.payload.as_str()));
    let mut found = BTreeSet::new();
    while let Some(name) = open.pop() {
        let Some(Symbol::Object(object)) = cx.symbols.get(name) else {
            continue;
        };
        if found.insert(object.name.as_str()) {
            open.extend(object.fields.iter().filter_map(|field| field.ty.name()));
        }
    }
    found
}
