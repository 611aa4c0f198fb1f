//! Fields to filter by, to sort by and to select.

use super::context::Context;
use crate::model::{Method, Param, Text};
use crate::operators::{self, Needs};
use crate::types::Type;

pub(super) fn check(cx: &Context<'_>, method: &Method) {
    let filter = method.filter_fields.first().map(|field| &field.name);
    let select = method.select_fields.first().map(|field| &field.name);
    together(cx, method, &Type::Filter, "filter_fields", filter);
    together(
        cx,
        method,
        &Type::Order,
        "order_fields",
        method.order_fields.first(),
    );
    together(cx, method, &Type::Select, "select_fields", select);
    operators(cx, method);
    order(cx, method);
    selection(cx, method);
}

/// The parameter and its fields need each other.
fn together(cx: &Context<'_>, method: &Method, ty: &Type, key: &str, first: Option<&Text>) {
    let params = method.all_params().into_iter();
    let params: Vec<&Param> = params.filter(|param| param.ty.value == *ty).collect();
    match (params.as_slice(), first) {
        ([], Some(first)) => cx.wrong(
            first,
            format!(
                "`{}` has `{key}`, but no parameter that takes them",
                method.name.value
            ),
            "nowhere to send it",
            format!("add a parameter of the type `{ty}`, or remove `{key}`"),
        ),
        ([param], None) if param.open.value => {}
        ([param, ..], None) => cx.wrong(
            &param.ty,
            format!(
                "`{}` has a parameter of the type `{ty}`, but no `{key}`",
                method.name.value
            ),
            "nothing to choose from",
            format!("add `{key}`, or `open = true` if no page lists them"),
        ),
        ([first, second, ..], Some(_)) => cx.clash(
            (&second.ty, "the second"),
            (&first.ty, "the first"),
            format!(
                "`{}` has two parameters of the type `{ty}`",
                method.name.value
            ),
            "a method can have only one; remove one of them",
        ),
        _ => {}
    }
}

/// Whether the method filters by fields that are not listed.
fn is_open(method: &Method) -> bool {
    let mut params = method.all_params().into_iter();
    params.any(|param| *param.ty == Type::Filter && param.open.value)
}

fn operators(cx: &Context<'_>, method: &Method) {
    match (
        method.filter_operators.first(),
        method.filter_fields.first(),
    ) {
        (Some(_), None) if is_open(method) => {}
        (Some(operator), None) => cx.wrong(
            operator,
            format!(
                "`{}` has `filter_operators`, but no `filter_fields`",
                method.name.value
            ),
            "nothing to filter by",
            "add `filter_fields`, or remove `filter_operators`",
        ),
        (None, Some(field)) => cx.wrong(
            &field.name,
            format!(
                "`{}` has `filter_fields`, but no `filter_operators`",
                method.name.value
            ),
            "no way to compare it",
            "add `filter_operators`; `\"\"` is the plain key",
        ),
        _ => {}
    }
    for operator in &method.filter_operators {
        let Some(needs) = operators::needs(operator) else {
            let known = operators::OPERATORS.iter();
            let known: Vec<_> = known.map(|(known, _)| format!("\"{known}\"")).collect();
            cx.wrong(
                operator,
                format!("there is no filter operator \"{}\"", operator.value),
                "the server would ignore the key, which widens the filter",
                format!("the operators are {}", known.join(", ")),
            );
            continue;
        };
        useful(cx, method, operator, needs);
    }
}

/// Reports an operator that none of the fields can have.
fn useful(cx: &Context<'_>, method: &Method, operator: &Text, needs: Needs) {
    let met = |ty: &Type| {
        let unknown = ty.name().is_some_and(|name| cx.symbols.get(name).is_none());
        unknown || needs.met_by(ty, &cx.symbols)
    };
    let mut fields = method.filter_fields.iter();
    let wanted = match needs {
        Needs::Anything => return,
        Needs::Order => "a number, an id, a date or a string",
        Needs::Text => "a string",
    };
    if !method.filter_fields.is_empty() && !fields.any(|field| met(&field.ty)) {
        cx.wrong(
            operator,
            format!(
                "no filter field can have the operator \"{}\"",
                operator.value
            ),
            "useless here",
            format!("it needs a field that is {wanted}"),
        );
    }
}

fn order(cx: &Context<'_>, method: &Method) {
    let known = || method.filter_fields.iter().map(|field| field.name.as_str());
    for field in &method.order_fields {
        if !known().any(|name| name == field.as_str()) {
            cx.unknown(
                field,
                format!("the order field `{}` is not a filter field", field.value),
                "unknown field",
                known(),
            );
        }
    }
}

fn selection(cx: &Context<'_>, method: &Method) {
    if !cx.problems.was_read(&method.result.ty) {
        return;
    }
    let Some(answer) = cx.symbols.answer(method) else {
        // Wrong rows and unknown types are mistakes of their own.
        let known = method
            .result
            .ty
            .name()
            .is_none_or(|name| cx.symbols.get(name).is_some());
        if let (Some(first), None, true) = (method.select_fields.first(), &method.paged, known) {
            cx.wrong(
                &first.name,
                format!(
                    "the result of `{}` is not an object to select from",
                    method.name.value
                ),
                "no field to return",
                "remove `select_fields`, or correct the `result`",
            );
        }
        return;
    };
    let known = || answer.fields.iter().map(|field| field.name.as_str());
    for field in &method.select_fields {
        let returned = field.returns.as_ref().unwrap_or(&field.name);
        if !known().any(|name| name == returned.as_str()) {
            cx.unknown(
                returned,
                format!("`{}` has no field `{}`", answer.name.value, returned.value),
                "not in the answer; `returns` says what it is called there",
                known(),
            );
        } else if field.returns.as_deref() == Some(&field.name.value) {
            cx.wrong(
                returned,
                format!("`{}` is what it returns anyway", returned.value),
                "not needed",
                "remove `returns`",
            );
        }
    }
}
