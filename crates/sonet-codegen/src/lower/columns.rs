//! The fields that a method filters by, sorts by, selects or answers.

use heck::ToShoutySnakeCase as _;

use super::types::ty;
use crate::ir::{Column, Operator, Ty};
use sonet_spec::Symbols;
use sonet_spec::model::Method;

/// The operators as types, each once: some have two spellings.
pub(super) fn operators(method: &Method) -> Vec<Operator> {
    let mut operators: Vec<Operator> = Vec::new();
    for documented in &method.filter_operators {
        let (Some(name), prefix) = (operator(documented), documented.as_str()) else {
            continue;
        };
        let usual = SPELLINGS.contains(&prefix);
        match operators.iter_mut().find(|known| known.name == name) {
            // Of two spellings, the usual one is sent.
            Some(known) if usual => known.other_prefix = None,
            Some(_) => {}
            None => operators.push(Operator {
                name,
                other_prefix: (!usual).then(|| prefix.to_owned()),
            }),
        }
    }
    operators.sort_unstable_by_key(|operator| operator.name);
    operators
}

/// What is sent of the operators, unless a page has only another spelling.
const SPELLINGS: [&str; 15] = [
    "=", "!=", ">", ">=", "<", "<=", "><", "!><", "@", "!@", "%", "!%", "=%", "!=%", "?",
];

fn operator(prefix: &str) -> Option<&'static str> {
    Some(match prefix {
        "" | "=" => "Equal",
        "!" | "!=" => "NotEqual",
        ">" => "Greater",
        ">=" => "GreaterOrEqual",
        "<" => "Less",
        "<=" => "LessOrEqual",
        "><" => "Between",
        "!><" => "NotBetween",
        "@" => "In",
        "!@" => "NotIn",
        "%" => "Contains",
        "!%" => "NotContains",
        "=%" | "%=" => "Like",
        "!=%" | "!%=" => "NotLike",
        "?" => "Search",
        _ => return None,
    })
}

/// The constants: fields to filter by, fields to select, and, where there is a filter, the rest of a row, so that a
/// condition on it is refused with a reason.
pub(super) fn columns(method: &Method, symbols: &Symbols<'_>) -> Vec<Column> {
    let sorts = |name: &str| method.order_fields.iter().any(|field| **field == *name);
    let selects = |name: &str| method.select_fields.iter().any(|field| *field.name == name);
    let mut columns: Vec<Column> = Vec::new();
    for field in &method.filter_fields {
        columns.push(Column {
            wire: field.name.value.clone(),
            rust: constant(&field.name),
            ty: Some(ty(&field.ty, symbols)),
            usage: match (sorts(&field.name), selects(&field.name)) {
                (true, true) => "FilterOrderSelect",
                (true, false) => "FilterOrder",
                (false, true) => "FilterSelect",
                (false, false) => "Filter",
            },
            doc: field.doc.clone(),
        });
    }
    let row = symbols.answer(method);
    for field in &method.select_fields {
        let answer = field.returns.as_ref().unwrap_or(&field.name);
        let answer = row.and_then(|row| row.fields.iter().find(|field| *field.name == **answer));
        let ty = answer.map(|answer| ty(&answer.ty, symbols));
        push_new(&mut columns, &field.name, ty, "Select", &field.doc);
    }
    if !method.filter_fields.is_empty() && method.select_fields.is_empty() {
        for field in row.into_iter().flat_map(|row| &row.fields) {
            let ty = Some(ty(&field.ty, symbols));
            push_new(&mut columns, &field.name, ty, "Answer", &field.doc);
        }
    }
    columns
}

/// The name of a field's constant.
pub(super) fn constant(wire: &str) -> String {
    wire.to_shouty_snake_case()
}

fn push_new(columns: &mut Vec<Column>, wire: &str, ty: Option<Ty>, usage: &'static str, doc: &str) {
    let rust = constant(wire);
    if !columns.iter().any(|column| column.rust == rust) {
        let ty =
            ty.filter(|ty| !matches!(ty, Ty::Object(..) | Ty::List(_) | Ty::Map(_) | Ty::Json));
        let (wire, doc) = (wire.to_owned(), doc.to_owned());
        columns.push(Column {
            wire,
            rust,
            ty,
            usage,
            doc,
        });
    }
}
