//! How a method pages, and whether its rows can be walked.

use super::context::Context;
use crate::Symbol;
use crate::model::{Method, Object, Paged, Text};
use crate::types::Type;

pub(super) fn check(cx: &Context<'_>, method: &Method) {
    let Some(paged) = &method.paged else { return };
    if let Some(within) = &method.result.within {
        cx.clash(
            (within, "the answer is taken out of it"),
            (&paged.rows, "the rows are looked for in the whole answer"),
            format!("`{}` pages, and is `within` a key", method.name.value),
            "remove `within`, and write `rows = \"result.KEY\"` with an object that has the rows in it",
        );
    }
    let row = rows(cx, method, paged);
    if let (Some(row), Some(cursor)) = (row, &paged.row_cursor) {
        row_cursor(cx, row, cursor, paged.cursor.is_some());
    }
    if let Some(field) = &paged.cursor {
        cursor(cx, method, field);
        walked_by(cx, method, paged, field);
    }
    nothing(cx, method, paged);
}

fn nothing(cx: &Context<'_>, method: &Method, paged: &Paged) {
    let Some(nothing) = &paged.nothing else {
        return;
    };
    let known = || method.errors.iter().map(|error| error.name.as_str());
    if !known().any(|name| name == nothing.as_str()) {
        cx.unknown(
            nothing,
            format!("`{}` has no error `{}`", method.name.value, nothing.value),
            "stands for an answer without rows",
            known(),
        );
    } else if paged.rows.as_str() != "result" {
        cx.clash(
            (nothing, "it would become an empty list"),
            (&paged.rows, "the result is not a list"),
            format!("`{}` can't stand for an empty list", nothing.value),
            "extend the generator first if the page really says so",
        );
    }
}

fn rows<'s>(cx: &Context<'s>, method: &'s Method, paged: &Paged) -> Option<&'s Object> {
    if !cx.problems.was_read(&method.result.ty) {
        return None;
    }
    let rows = cx.symbols.rows(method);
    let Some(rows) = rows else {
        let object = cx.symbols.object(&method.result.ty);
        let fields = object.map_or([].as_slice(), |object| &object.fields);
        let fields: Vec<_> = fields
            .iter()
            .map(|field| format!("result.{}", field.name.value))
            .collect();
        cx.unknown(
            &paged.rows,
            format!("`{}` is not in the answer", paged.rows.value),
            "no rows here",
            fields.iter().map(String::as_str).chain(["result"]),
        );
        return None;
    };
    if let Type::List(element) = rows {
        held(cx, method, paged);
        let row = cx.symbols.object(element);
        // By offset, a row need not be known by anything.
        if paged.cursor.is_none() && paged.row_cursor.is_none() {
            return None;
        }
        let unknown = element
            .name()
            .is_some_and(|name| cx.symbols.get(name).is_none());
        if row.is_some() || unknown {
            return row;
        }
    }
    cx.wrong(
        &paged.rows,
        format!("`{}` is `{rows}`, not a list of objects", paged.rows.value),
        "no rows here",
        "rows are objects: their type is the name of an `[[object]]` with `[]` behind it",
    );
    None
}

/// What a walk by identifier needs besides.
fn walked_by(cx: &Context<'_>, method: &Method, paged: &Paged, cursor: &Text) {
    if paged.row_cursor.is_none() {
        cx.wrong(
            cursor,
            format!("`{}` has a cursor, but no row has it", method.name.value),
            "a walk reads it in every row",
            "add `row_cursor`, the name of the field in a row; or remove `cursor`, and the walk goes by offset",
        );
    }
}

/// Without the field that holds them, nobody knows whether there are rows.
fn held(cx: &Context<'_>, method: &Method, paged: &Paged) {
    if let Some((_, field)) = cx.symbols.rows_field(method) {
        if !field.essential.value {
            cx.clash(
                (&paged.rows, "a walk reads it in every answer"),
                (&field.name, "it can be missing"),
                format!("the rows in `{}` can be missing", paged.rows.value),
                "write `essential = true` there",
            );
        }
    }
}

fn cursor(cx: &Context<'_>, method: &Method, cursor: &Text) {
    let mut fields = method.filter_fields.iter();
    let Some(field) = fields.find(|field| field.name.value == cursor.value) else {
        cx.unknown(
            cursor,
            format!("the cursor `{}` is not a filter field", cursor.value),
            "a walk filters by it",
            method.filter_fields.iter().map(|field| field.name.as_str()),
        );
        return;
    };
    if !is_number(cx, &field.ty) {
        cx.clash(
            (cursor, "a walk needs it to grow"),
            (&field.ty, "not a number"),
            format!("the cursor `{}` is not an identifier", cursor.value),
            "take a field that is an integer or an id",
        );
    }
    if !method
        .order_fields
        .iter()
        .any(|order| order.value == cursor.value)
    {
        cx.unknown(
            cursor,
            format!("the cursor `{}` is not an order field", cursor.value),
            "a walk sorts by it",
            method.order_fields.iter().map(|order| order.as_str()),
        );
    }
    if !method
        .filter_operators
        .iter()
        .any(|operator| operator.value == ">")
    {
        cx.wrong(
            cursor,
            format!(
                "`{}` can't be walked in the order of `{}`",
                method.name.value, cursor.value
            ),
            "a walk asks for what is greater than the last one",
            "add the operator `>` to `filter_operators`",
        );
    }
}

fn row_cursor(cx: &Context<'_>, row: &Object, cursor: &Text, walked_by: bool) {
    let mut fields = row.fields.iter();
    let Some(field) = fields.find(|field| field.name.value == cursor.value) else {
        cx.unknown(
            cursor,
            format!("`{}` has no field `{}`", row.name.value, cursor.value),
            "a walk reads it in every row",
            row.fields.iter().map(|field| field.name.as_str()),
        );
        return;
    };
    if !is_number(cx, &field.ty) {
        cx.clash(
            (cursor, "a walk needs it to grow"),
            (&field.ty, "not a number"),
            format!("the row's cursor `{}` is not an identifier", cursor.value),
            "take a field that is an integer or an id",
        );
    } else if walked_by && !field.essential.value {
        cx.clash(
            (cursor, "a walk reads it in every row"),
            (&field.name, "it can be missing"),
            format!("the row's cursor `{}` can be missing", cursor.value),
            "a walk ends with a row without it; write `essential = true` there, or take another field",
        );
    }
}

fn is_number(cx: &Context<'_>, ty: &Type) -> bool {
    match ty {
        Type::Integer => true,
        // An unknown type is a mistake of its own.
        Type::Named(name) => matches!(cx.symbols.get(name), Some(Symbol::Id(_)) | None),
        _ => false,
    }
}
