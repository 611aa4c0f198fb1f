//! What nobody uses, and what contains itself.

use std::collections::BTreeSet;

use super::context::Context;
use crate::model::{At, Text};
use crate::problems::nearest;
use crate::types::Type;
use crate::{Symbol, Symbols};

/// Reports types that no method or event reaches.
pub(super) fn unused(cx: &Context<'_>) {
    let used = used(cx);
    for symbol in Symbols::all(cx.spec) {
        let name = symbol.name();
        if !used.contains(name.as_str()) {
            cx.wrong(
                name,
                format!("nothing uses the {} `{}`", symbol.kind(), name.value),
                "not used by any method or event",
                "use it as a type, or remove it",
            );
        }
    }
}

/// Reports objects that contain themselves.
pub(super) fn circles(cx: &Context<'_>) {
    let mut finished = BTreeSet::new();
    for symbol in Symbols::all(cx.spec) {
        descend(cx, symbol, &mut Vec::new(), &mut finished);
    }
}

/// The types of what is in an object of an answer or of a request.
fn inside(symbol: Symbol<'_>) -> Vec<&At<Type>> {
    match symbol {
        Symbol::Object(object) => object.fields.iter().map(|field| &field.ty).collect(),
        Symbol::Input(input) => input.all_params().iter().map(|param| &param.ty).collect(),
        Symbol::Id(_) | Symbol::Enum(_) => Vec::new(),
    }
}

/// The names that methods and events reach.
fn used<'s>(cx: &Context<'s>) -> BTreeSet<&'s str> {
    let mut open: Vec<&'s str> = Vec::new();
    for method in &cx.spec.methods {
        let params = method.all_params().into_iter().map(|param| &param.ty);
        let filters = method.filter_fields.iter().map(|field| &field.ty);
        let types = params.chain(filters).chain([&method.result.ty]);
        open.extend(types.filter_map(|ty| ty.name()));
    }
    open.extend(cx.spec.events.iter().map(|event| event.payload.as_str()));
    let mut used = BTreeSet::new();
    while let Some(name) = open.pop() {
        if !used.insert(name) {
            continue;
        }
        match cx.symbols.get(name) {
            Some(symbol) => open.extend(inside(symbol).iter().filter_map(|ty| ty.name())),
            // A misspelt name is reported, and uses what it was meant to.
            None => open.extend(nearest(name, cx.symbols.names())),
        }
    }
    used
}

/// Follows the types in an object, and reports the one that leads back to where it came from.
fn descend<'s>(
    cx: &Context<'s>,
    object: Symbol<'s>,
    path: &mut Vec<&'s Text>,
    finished: &mut BTreeSet<&'s str>,
) {
    let name = object.name();
    if finished.contains(name.as_str()) {
        return;
    }
    path.push(name);
    for ty in inside(object) {
        let Some(inner) = cx.symbols.of_type(ty.innermost()) else {
            continue;
        };
        let start = path
            .iter()
            .position(|outer| outer.value == inner.name().value);
        if let Some(start) = start {
            let mut circle: Vec<_> = path[start..].iter().map(|outer| outer.as_str()).collect();
            circle.push(inner.name());
            cx.wrong(
                ty,
                format!("`{}` contains itself", inner.name().value),
                "this leads back to it",
                format!(
                    "the cycle is {}; no type can lead back to itself",
                    circle.join(" → ")
                ),
            );
        } else {
            descend(cx, inner, path, finished);
        }
    }
    path.pop();
    finished.insert(name);
}
