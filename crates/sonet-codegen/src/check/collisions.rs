//! What would collide in the generated files: a type has a file of its own, uses others by their last name, and has a
//! constant for every field that its method filters by or selects.

use std::collections::BTreeMap;

use heck::ToShoutySnakeCase as _;

use sonet_spec::model::{At, Method, Param, Text};
use sonet_spec::types::Type;
use sonet_spec::{Context, Symbol, names};

use super::taken::is_taken;
use crate::files::Stems;

/// Files at the root that are not those of a type.
const FILES: &[&str] = &["ids", "refusal"];

/// What no file or folder can be called on Windows.
const DEVICES: &[&str] = &[
    "aux", "con", "nul", "prn", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
    "com8", "com9", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

pub(super) fn check(cx: &Context<'_>) {
    let places = places(cx);
    files(cx, &places);
    for input in &cx.spec.inputs {
        let params = input.all_params();
        let used: Vec<_> = params.iter().map(|param| &param.ty).collect();
        groups(cx, &input.name, &params, &used);
    }
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
    let objects = cx.spec.objects.iter().map(Symbol::Object);
    let inputs = cx.spec.inputs.iter().map(Symbol::Input);
    let symbols = enums.chain(objects).chain(inputs);
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
    let stems = Stems::new(places.iter().map(|(path, ..)| path.as_slice()));
    let mut taken: BTreeMap<(&[String], String), (&str, &Text)> = BTreeMap::new();
    for (path, name, place) in places {
        let stem = stems.of(path, name);
        let device = |name: &String| DEVICES.contains(&name.as_str());
        let outermost = path.first().filter(|first| FILES.contains(&first.as_str()));
        if let Some(outermost) = outermost {
            cx.wrong(
                *place,
                format!(
                    "`{name}` would be in a module `{outermost}`, which is the name of another file"
                ),
                "no folder for it",
                "give it another `module`; a method can't have this name",
            );
            continue;
        }
        let why = if names::is_reserved(&stem) {
            "a keyword of Rust"
        } else if device(&stem) || path.iter().any(device) {
            "a device name on Windows, which no file can have"
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

/// A file uses types by their last name, which may be that of nothing else in it: the method's own, or that of a struct for
/// an object of parameters.
fn uses(cx: &Context<'_>, method: &Method) {
    let used = used(cx, method);
    let own = method.path();
    for ty in &used {
        let symbol = cx.symbols.of_type(ty.innermost());
        let Some(symbol) = symbol.filter(|_| ty.name() == Some(&own.type_name)) else {
            continue;
        };
        // The same path is a mistake of its own.
        if symbol.path() != own.path() {
            cx.clash(
                (*ty, "used here"),
                (method.place(), "called the same"),
                format!("`{}` and `{}` are in one file", symbol.path(), own.path()),
                "give the type another name, or the method `rust = \"…\"`",
            );
        }
    }
    groups(cx, &own.type_name, &method.all_params(), &used);
}

/// The types that the file of a method uses.
fn used<'s>(cx: &Context<'s>, method: &'s Method) -> Vec<&'s At<Type>> {
    let params = method.all_params().into_iter().map(|param| &param.ty);
    let filters = method.filter_fields.iter().map(|field| &field.ty);
    // Constants have the types of what is answered, and a walk has that of its rows.
    let answer = cx.symbols.answer(method).into_iter();
    let answered = answer.flat_map(|object| object.fields.iter().map(|field| &field.ty));
    let rows = cx.symbols.rows_field(method).map(|(_, field)| &field.ty);
    let mut used: Vec<_> = params.chain(filters).chain([&method.result.ty]).collect();
    used.extend(rows);
    if !method.filter_fields.is_empty() || !method.select_fields.is_empty() {
        used.extend(answered);
    }
    used
}

/// An object of parameters is a struct that is named after the type that it is in and after it.
fn groups(cx: &Context<'_>, own: &str, params: &[&Param], used: &[&At<Type>]) {
    let mut taken: BTreeMap<String, &Text> = BTreeMap::new();
    for group in params.iter().filter(|param| *param.ty == Type::Object) {
        let place = group.rust.as_ref().unwrap_or(&group.name);
        let name = format!("{own}{}", names::upper_camel(&group.rust_name()));
        let is_used = used.iter().any(|ty| ty.name() == Some(&name));
        if is_used || is_taken(&name) {
            cx.wrong(
                place,
                format!("the struct for it would be called `{name}`, a name that something else in the file has"),
                "taken",
                "add `rust = \"…\"` to it or to the method",
            );
        }
        let earlier = taken.entry(name.clone()).or_insert(place);
        if earlier.value != place.value {
            cx.clash(
                (place, "the second"),
                (*earlier, "the first"),
                format!("two structs would be called `{name}`"),
                "add `rust = \"…\"` to one of them",
            );
        }
    }
}

/// `Get::GROUP_ID` stands for the field in filters, sorting and selection.
fn constants(cx: &Context<'_>, method: &Method) {
    let filters = method.filter_fields.iter().map(|field| &field.name);
    let selects = method.select_fields.iter().map(|field| &field.name);
    // The fields of a row are constants too, where there is a filter and no selection.
    let answers = !method.filter_fields.is_empty() && method.select_fields.is_empty();
    let answer = cx.symbols.answer(method).filter(|_| answers);
    for field in answer.into_iter().flat_map(|row| &row.fields) {
        constant(cx, &field.name);
    }
    let mut taken: BTreeMap<String, &Text> = BTreeMap::new();
    for name in filters.chain(selects) {
        let constant = name.to_shouty_snake_case();
        if !self::constant(cx, name) {
            continue;
        }
        let earlier = taken.entry(constant.clone()).or_insert(name);
        // The same field may be in both lists.
        if earlier.value != name.value {
            cx.clash(
                (name, "the second"),
                (*earlier, "the first"),
                format!("two fields would become the constant `{constant}`"),
                "write both as the page does; they may be the same field",
            );
        }
    }
}

/// Reports a field whose constant would be none, or is taken; returns whether it is one at all.
fn constant(cx: &Context<'_>, name: &Text) -> bool {
    let constant = name.to_shouty_snake_case();
    if !names::is_snake(&constant.to_ascii_lowercase()) {
        let message = format!("`{}` does not become a valid Rust name", name.value);
        cx.wrong(
            name,
            message,
            "not a valid name for a constant",
            "write it as the page does",
        );
        return false;
    }
    // The generated code has this one from elsewhere.
    if constant == "EFFECT" {
        let message = format!("the constant `{constant}` is taken");
        cx.wrong(
            name,
            message,
            "taken",
            "extend the generator with another name first",
        );
    }
    true
}
