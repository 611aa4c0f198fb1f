//! What would collide in the generated files: a type has a file of its own, uses others by their last name, and has a
//! constant for every field that its method filters by or selects.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToShoutySnakeCase as _;

use super::Context;
use crate::spec::model::{Method, Text};
use crate::spec::{Symbol, names};

/// Files at the root that are not those of a type.
const FILES: &[&str] = &["ids", "refusal"];

pub(super) fn check(cx: &Context<'_>) {
    let places = places(cx);
    files(cx, &places);
    for method in &cx.spec.methods {
        uses(cx, method);
        constants(cx, method);
    }
}

/// A type with its modules, its name, and what to point at.
type Place<'s> = (Vec<String>, String, &'s Text);

fn places<'s>(cx: &Context<'s>) -> Vec<Place<'s>> {
    let split = |module: &str| -> Vec<String> {
        let parts = module.split("::").filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    };
    let enums = cx.spec.enums.iter().map(Symbol::Enum);
    let symbols = enums.chain(cx.spec.objects.iter().map(Symbol::Object));
    let symbols = symbols.map(|symbol| {
        let name = symbol.name();
        (split(symbol.module()), name.value.clone(), name)
    });
    let methods = cx.spec.methods.iter().map(|method| {
        let path = method.path();
        (path.modules, path.type_name, method.place())
    });
    symbols.chain(methods).collect()
}

/// Types are in files named after them, beside the modules below.
fn files(cx: &Context<'_>, places: &[Place<'_>]) {
    let mut modules = BTreeSet::new();
    for (path, ..) in places {
        for depth in 1..=path.len() {
            modules.insert(&path[..depth]);
        }
    }
    let mut taken: BTreeMap<(&[String], String), (&str, &Text)> = BTreeMap::new();
    for (path, name, place) in places {
        let stem = names::snake(name);
        let mut as_module = path.clone();
        as_module.push(stem.clone());
        let why = if names::is_reserved(&stem) {
            "a word of Rust"
        } else if modules.contains(as_module.as_slice()) {
            "also a module of methods"
        } else if path.is_empty() && FILES.contains(&stem.as_str()) {
            "the name of another file"
        } else {
            let earlier = taken.entry((path, stem.clone())).or_insert((name, place));
            // The same name is a mistake of its own.
            if earlier.0 != name {
                cx.clash(
                    (*place, "the second"),
                    (earlier.1, "the first"),
                    format!("two types would be in the file `{stem}.rs`"),
                    "give one of them another name",
                );
            }
            continue;
        };
        cx.wrong(
            *place,
            format!("`{name}` would be in a module `{stem}`, which is {why}"),
            "no file for it",
            "give it another name or `module`; a method takes `rust = \"…\"`",
        );
    }
}

/// A file uses types by their last name, which may not be that of the method in it.
fn uses(cx: &Context<'_>, method: &Method) {
    let own = method.path();
    let params = method.all_params().into_iter().map(|param| &param.ty);
    let filters = method.filter_fields.iter().map(|field| &field.ty);
    for ty in params.chain(filters).chain([&method.result.ty]) {
        if ty.name() != Some(&own.type_name) {
            continue;
        }
        let Some(symbol) = cx.symbols.of_type(ty.innermost()) else {
            continue;
        };
        // The same path is a mistake of its own.
        if symbol.path() != own.path() {
            cx.clash(
                (ty, "used here"),
                (method.place(), "called the same"),
                format!("`{}` and `{}` are in one file", symbol.path(), own.path()),
                "give the type another name, or the method `rust = \"…\"`",
            );
        }
    }
}

/// `Get::GROUP_ID` stands for the field in filters, sorting and selection.
fn constants(cx: &Context<'_>, method: &Method) {
    let filters = method.filter_fields.iter().map(|field| &field.name);
    let selects = method.select_fields.iter().map(|field| &field.name);
    let mut taken: BTreeMap<String, &Text> = BTreeMap::new();
    for name in filters.chain(selects) {
        let constant = name.to_shouty_snake_case();
        if !names::is_snake(&constant.to_ascii_lowercase()) {
            let message = format!("`{}` makes no Rust name", name.value);
            cx.wrong(
                name,
                message,
                "no name of a constant",
                "write it as the page does",
            );
            continue;
        }
        // The generated code has this one from elsewhere.
        if constant == "EFFECT" {
            let message = format!("the constant `{constant}` is taken");
            cx.wrong(
                name,
                message,
                "taken",
                "teach the generator another name first",
            );
        }
        let earlier = taken.entry(constant.clone()).or_insert(name);
        // The same field may be in both lists.
        if earlier.value != name.value {
            cx.clash(
                (name, "the second"),
                (*earlier, "the first"),
                format!("two fields would be the constant `{constant}`"),
                "write both as the page does; they may be the same field",
            );
        }
    }
}
