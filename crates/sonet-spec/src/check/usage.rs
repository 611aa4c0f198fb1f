//! What nobody uses, and what contains itself.

use std::collections::BTreeSet;

use super::context::Context;
use crate::model::Text;
use crate::problems::nearest;
use crate::reach::{self, inside};
use crate::{Symbol, Symbols};

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
    for symbol in Symbols::all(cx.spec) {
        descend(cx, symbol, &mut Vec::new(), &mut finished);
    }
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
