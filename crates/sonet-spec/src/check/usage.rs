//! What nobody uses, and what contains itself.

use std::collections::BTreeSet;

use super::context::Context;
use crate::model::{Object, Text};
use crate::problems::nearest;
use crate::types::Type;
use crate::{Symbols, reach};

/// Reports types that no method or event reaches.
pub(super) fn unused(cx: &Context<'_>) {
    // A misspelt name is reported, and uses what it was meant to.
    let meant = |name| nearest(name, cx.symbols.names());
    let used = reach::reached(&cx.symbols, &cx.spec.methods, &cx.spec.events, meant);
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
    for object in &cx.spec.objects {
        descend(cx, object, &mut Vec::new(), &mut finished);
    }
}

/// Follows the fields of an object, and reports the one that leads back to where it came from.
fn descend<'s>(
    cx: &Context<'s>,
    object: &'s Object,
    path: &mut Vec<&'s Text>,
    finished: &mut BTreeSet<&'s str>,
) {
    let name = &object.name;
    if finished.contains(name.as_str()) {
        return;
    }
    path.push(name);
    for field in &object.fields {
        let Some(inner) = innermost_object(cx, &field.ty) else {
            continue;
        };
        let start = path
            .iter()
            .position(|outer| outer.value == inner.name.value);
        if let Some(start) = start {
            let mut circle: Vec<_> = path[start..].iter().map(|outer| outer.as_str()).collect();
            circle.push(&inner.name);
            cx.wrong(
                &field.ty,
                format!("`{}` contains itself", inner.name.value),
                "this leads back to it",
                format!(
                    "the cycle is {}; no answer can have that form",
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

fn innermost_object<'s>(cx: &Context<'s>, ty: &Type) -> Option<&'s Object> {
    cx.symbols.object(ty.innermost())
}
