//! The names that the spec gives in Rust, by `rust` and `module`, and those that it leaves to be derived.

use std::collections::BTreeMap;

use super::context::Context;
use super::members::Members;
use super::spelling::{redundant, upper_camel};
use crate::Symbols;
use crate::model::{Input, Method, Object, Param, Text};
use crate::names::{self, RustPath};
use crate::types::Type;

pub(super) fn check(cx: &Context<'_>) {
    for symbol in Symbols::all(cx.spec) {
        upper_camel(cx, symbol.name(), "a type");
    }
    for def in &cx.spec.enums {
        module(cx, def.module.as_ref());
        for value in &def.values {
            upper_camel(cx, &value.name, "a value");
            if matches!(value.name.as_str(), "Unknown" | "Self") {
                cx.wrong(
                    &value.name,
                    format!("a value can't be named `{}`", value.name.value),
                    "taken",
                    if value.name.as_str() == "Self" {
                        "it is a keyword of Rust; choose another name"
                    } else {
                        "every enum has `Unknown` for the texts that it does not know; choose another name"
                    },
                );
            }
        }
    }
    for object in &cx.spec.objects {
        module(cx, object.module.as_ref());
        fields(cx, object);
    }
    for input in &cx.spec.inputs {
        module(cx, input.module.as_ref());
        let taken = of_input(input);
        setters(cx, &input.params, &taken);
    }
    for method in &cx.spec.methods {
        path(cx, method);
        setters(cx, &method.params, &[]);
    }
    types(cx);
}

fn module(cx: &Context<'_>, module: Option<&Text>) {
    let Some(module) = module else { return };
    let right = |part: &str| names::is_snake(part) && !names::is_reserved(part);
    if !module.split("::").all(right) {
        cx.wrong(
            module,
            format!("`{}` is not a valid module path", module.value),
            "not a path below the crate's root",
            "write names in snake case with `::` between them, such as `sonet_group::user`",
        );
    }
}

fn path(cx: &Context<'_>, method: &Method) {
    let derived = RustPath::of_method(&method.name, None);
    for module in &derived.modules {
        if !names::is_snake(module) || names::is_reserved(module) {
            let message = format!("`{}` would be in a module `{module}`", method.name.value);
            cx.wrong(
                &method.name,
                message,
                "no Rust path",
                "write the name as the page does",
            );
        }
    }
    if let Some(rust) = &method.rust {
        upper_camel(cx, rust, "a method's type");
        redundant(cx, rust, &derived.type_name);
    } else if !names::is_upper_camel(&derived.type_name) {
        let message = format!("`{}` does not become a valid Rust name", method.name.value);
        cx.wrong(
            &method.name,
            message,
            "not a valid name for a type",
            "add `rust = \"…\"`",
        );
    }
}

fn fields(cx: &Context<'_>, object: &Object) {
    let mut taken = Members::new(cx);
    if object.extra {
        taken.reserve("extra", "the map of unknown keys has this name");
    }
    for field in &object.fields {
        taken.member(&field.name, field.rust.as_ref());
    }
}

/// A name that something else has, and what that is.
type Taken = (&'static str, &'static str);

/// All setters of a request, or of an object in one, stand beside each other, whatever object their parameter is in.
fn setters(cx: &Context<'_>, params: &[Param], also: &[Taken]) {
    let mut taken = Members::new(cx);
    taken.reserve("new", "the constructor of the request has this name");
    for (name, why) in of_what_is_open(params).iter().chain(also) {
        taken.reserve(name, why);
    }
    let mut levels = Vec::new();
    collect(params, &mut 0, &mut levels);
    for (level, param) in levels {
        taken.in_list(level);
        // An object has a setter for each of its fields, and is itself a field of the request.
        taken.member(&param.name, param.rust.as_ref());
        // These setters are always called the same.
        if matches!(*param.ty, Type::Filter | Type::Order | Type::Select) {
            let setter = param.ty.to_string();
            if setter != param.rust_name() {
                taken.take(setter, &param.name, "choose another name");
            }
        }
        if param.open.value && *param.ty == Type::Object {
            let setter = format!("{}_key", param.rust_name());
            taken.take(setter, &param.name, "choose another name");
        }
        if let Some(clear) = &param.clear {
            taken.explicit(&clear.rust);
        }
    }
}

/// The names that an object of requests has for the keys that are not listed.
fn of_input(input: &Input) -> Vec<Taken> {
    let names = [
        ("key", "what sets a key that is not listed has this name"),
        (
            "unlisted",
            "what keeps the keys that are not listed has this name",
        ),
    ];
    names.into_iter().filter(|_| input.open).collect()
}

/// The names that a request has for what is open in it, each with what has it.
fn of_what_is_open(params: &[Param]) -> Vec<Taken> {
    let inner = params
        .iter()
        .flat_map(|param| of_what_is_open(&param.fields));
    let open = params.iter().filter(|param| param.open.value);
    let outer = open.filter_map(|param| match *param.ty {
        Type::Filter | Type::Order => Some((
            "open_field",
            "what names a field that is not listed has this name",
        )),
        Type::Select => Some((
            "select_open",
            "what selects a field that is not listed has this name",
        )),
        Type::Object => Some((
            "unlisted",
            "what keeps the keys that are not listed has this name",
        )),
        _ => None,
    });
    outer.chain(inner).collect()
}

/// Collects the parameters at every depth, each with the number of the list that it is in.
fn collect<'m>(params: &'m [Param], lists: &mut usize, found: &mut Vec<(usize, &'m Param)>) {
    let list = *lists;
    found.extend(params.iter().map(|param| (list, param)));
    for param in params {
        *lists += 1;
        collect(&param.fields, lists, found);
    }
}

/// Methods, enums, objects and ids share the name space of their module.
fn types(cx: &Context<'_>) {
    let symbols = Symbols::all(cx.spec).map(|symbol| (symbol.path(), symbol.name()));
    let methods = cx.spec.methods.iter().map(|method| {
        let path = method.path();
        (path.path(), method.place())
    });
    let mut taken: BTreeMap<String, &Text> = BTreeMap::new();
    for (path, place) in symbols.chain(methods) {
        let Some(earlier) = taken.get(&path) else {
            taken.insert(path, place);
            continue;
        };
        // The same name in the spec is a mistake of its own.
        if earlier.value != place.value {
            cx.clash(
                (place, "the second"),
                (*earlier, "the first"),
                format!("two types would have the path `{path}` in Rust"),
                "give one of them another name or `module`; a method takes `rust = \"…\"`",
            );
        }
    }
}
