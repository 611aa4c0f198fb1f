//! Names that may be given only once.

use std::collections::BTreeMap;

use super::context::Context;
use crate::Symbols;
use crate::model::{Param, Text};

pub(super) fn check(cx: &Context<'_>) {
    let spec = cx.spec;
    for def in &spec.enums {
        let of = format!(" in `{}`", def.name.value);
        once(cx, "value", &of, def.values.iter().map(|value| &value.wire));
        once(
            cx,
            "value name",
            &of,
            def.values.iter().map(|value| &value.name),
        );
    }
    for object in &spec.objects {
        let of = format!(" in `{}`", object.name.value);
        once(
            cx,
            "field",
            &of,
            object.fields.iter().map(|field| &field.name),
        );
    }
    for input in &spec.inputs {
        params(cx, &format!(" in `{}`", input.name.value), &input.params);
    }
    once(cx, "type", "", Symbols::all(spec).map(crate::Symbol::name));
    once(
        cx,
        "method",
        "",
        spec.methods.iter().map(|method| &method.name),
    );
    once(cx, "event", "", spec.events.iter().map(|event| &event.name));
    once(
        cx,
        "event on the wire",
        "",
        spec.events.iter().map(|event| &event.wire),
    );
    let system = &spec.system_errors;
    once(cx, "error", "", system.iter().map(|error| &error.code));
    for method in &spec.methods {
        let of = format!(" in `{}`", method.name.value);
        params(cx, &of, &method.params);
        once(cx, "filter operator", &of, &method.filter_operators);
        once(
            cx,
            "filter field",
            &of,
            method.filter_fields.iter().map(|field| &field.name),
        );
        once(cx, "order field", &of, &method.order_fields);
        once(cx, "key of the result", &of, &method.result.keys);
        once(
            cx,
            "select field",
            &of,
            method.select_fields.iter().map(|field| &field.name),
        );
    }
}

fn params(cx: &Context<'_>, of: &str, params_: &[Param]) {
    once(cx, "parameter", of, params_.iter().map(|param| &param.name));
    for param in params_ {
        once(
            cx,
            "value",
            of,
            param.values.iter().map(|value| &value.wire),
        );
        params(cx, of, &param.fields);
    }
}

/// Reports what stands there again.
fn once<'s>(cx: &Context<'_>, what: &str, of: &str, names: impl IntoIterator<Item = &'s Text>) {
    let mut first: BTreeMap<&str, &Text> = BTreeMap::new();
    for name in names {
        if let Some(earlier) = first.get(name.as_str()) {
            cx.clash(
                (name, "again here"),
                (*earlier, "first here"),
                format!("the {what} `{}` appears twice{of}", name.value),
                "remove one of them, or correct its name",
            );
        } else {
            first.insert(name, name);
        }
    }
}
