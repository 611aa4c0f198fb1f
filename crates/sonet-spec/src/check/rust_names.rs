//! The Rust names that come out of the spec.

use std::collections::BTreeMap;

use super::Context;
use crate::Symbols;
use crate::model::{Method, Object, Param, Text};
use crate::names::{self, RustPath};
use crate::types::Type;

/// Types that generated code has from elsewhere, and those of every Rust program.
pub(super) const TAKEN: &[&str] = &[
    "Accepted",
    "AsMut",
    "AsRef",
    "BTreeMap",
    "Box",
    "Clone",
    "Condition",
    "Copy",
    "DateTime",
    "Debug",
    "Decode",
    "Default",
    "Deserialize",
    "Deserializer",
    "Documented",
    "DoubleEndedIterator",
    "Drop",
    "Effect",
    "Eq",
    "Err",
    "Error",
    "ExactSizeIterator",
    "Extend",
    "Field",
    "File",
    "Filter",
    "FixedOffset",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Invalid",
    "Item",
    "Iterator",
    "Method",
    "None",
    "Ok",
    "OpenEnum",
    "Option",
    "Ord",
    "Order",
    "Paged",
    "Paging",
    "PartialEq",
    "PartialOrd",
    "Refusal",
    "Result",
    "Secret",
    "Self",
    "Send",
    "Serialize",
    "Sized",
    "Some",
    "Sorting",
    "String",
    "Sync",
    "Timestamp",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unknown",
    "Unpin",
    "Value",
    "Vec",
];

pub(super) fn check(cx: &Context<'_>) {
    for symbol in Symbols::all(cx.spec) {
        upper_camel(cx, symbol.name(), "a type");
        taken(cx, symbol.name(), symbol.name());
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
                        "the word is Rust's own; choose another name"
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
    for method in &cx.spec.methods {
        path(cx, method);
        taken(cx, &method.path().type_name, method.place());
        setters(cx, method);
    }
    types(cx);
}

fn taken(cx: &Context<'_>, name: &str, place: &Text) {
    if TAKEN.contains(&name) {
        cx.wrong(
            place,
            format!("`{name}` is the name of something else in Rust"),
            "taken",
            "choose another name; a method takes `rust = \"…\"`",
        );
    }
}

fn upper_camel(cx: &Context<'_>, name: &Text, what: &str) {
    if !names::is_upper_camel(name) {
        cx.wrong(
            name,
            format!("`{}` is no Rust name for {what}", name.value),
            "not in upper camel case",
            suggestion(&names::upper_camel(name), names::is_upper_camel),
        );
    }
}

/// What to write instead, if that would be right.
fn suggestion(name: &str, is_right: impl Fn(&str) -> bool) -> String {
    if is_right(name) {
        format!("write `{name}`")
    } else {
        "use letters and digits, a letter first".to_owned()
    }
}

fn module(cx: &Context<'_>, module: Option<&Text>) {
    let Some(module) = module else { return };
    let right = |part: &str| names::is_snake(part) && !names::is_reserved(part);
    if !module.split("::").all(right) {
        cx.wrong(
            module,
            format!("`{}` is no path of a module", module.value),
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
        let message = format!("`{}` makes no Rust name", method.name.value);
        cx.wrong(
            &method.name,
            message,
            "no name of a type",
            "add `rust = \"…\"`",
        );
    }
}

fn fields(cx: &Context<'_>, object: &Object) {
    let mut taken = Members::new(cx);
    if object.extra {
        taken.reserve("extra", "the map of unknown keys is called so");
    }
    for field in &object.fields {
        taken.member(&field.name, field.rust.as_ref());
    }
}

/// All setters of a method stand beside each other, whatever object their parameter is in.
fn setters(cx: &Context<'_>, method: &Method) {
    let mut taken = Members::new(cx);
    taken.reserve("new", "it makes the request");
    for (level, param) in levels(method) {
        taken.level = level;
        // An object has a setter for each of its fields, and is itself a field of the request.
        taken.member(&param.name, param.rust.as_ref());
        // These setters are always called the same.
        if matches!(*param.ty, Type::Filter | Type::Order | Type::Select) {
            let setter = param.ty.to_string();
            if setter != param.rust_name() {
                taken.take(setter, &param.name, "choose another name");
            }
        }
        if let Some(clear) = &param.clear {
            taken.explicit(&clear.rust);
        }
    }
}

/// The parameters at every depth, each with the list that it is in.
fn levels(method: &Method) -> Vec<(usize, &Param)> {
    let outer = method.params.iter().map(|param| (0, param));
    let inner = method.params.iter().zip(1..);
    let inner =
        inner.flat_map(|(group, level)| group.fields.iter().map(move |param| (level, param)));
    outer.chain(inner).collect()
}

fn redundant(cx: &Context<'_>, rust: &Text, derived: &str) {
    if rust.as_str() == derived {
        cx.wrong(
            rust,
            format!("`{derived}` is what it would be called anyway"),
            "not needed",
            "take `rust` away",
        );
    }
}

/// The fields or setters of one type.
struct Members<'c, 's> {
    cx: &'c Context<'s>,
    /// By Rust name, where each stands with its name on the wire, and in which list.
    taken: BTreeMap<String, (&'c Text, usize)>,
    /// The list that is looked at.
    level: usize,
    reserved: Vec<(&'static str, &'static str)>,
}

impl<'c, 's> Members<'c, 's> {
    fn new(cx: &'c Context<'s>) -> Self {
        Self {
            cx,
            taken: BTreeMap::new(),
            level: 0,
            reserved: Vec::new(),
        }
    }

    fn reserve(&mut self, name: &'static str, why: &'static str) {
        self.reserved.push((name, why));
    }

    fn member(&mut self, wire: &'c Text, rust: Option<&'c Text>) {
        let derived = names::snake(wire);
        if let Some(rust) = rust {
            redundant(self.cx, rust, &derived);
            self.explicit(rust);
        } else if !names::is_snake(&derived) {
            let message = format!("`{}` makes no Rust name", wire.value);
            self.cx
                .wrong(wire, message, "not a name", "add `rust = \"…\"`");
        } else {
            self.take(derived, wire, "add `rust = \"…\"`");
        }
    }

    fn explicit(&mut self, rust: &'c Text) {
        if names::is_snake(rust) {
            self.take(rust.value.clone(), rust, "choose another name");
        } else {
            self.cx.wrong(
                rust,
                format!("`{}` is no Rust name", rust.value),
                "not in snake case",
                suggestion(&names::snake(rust), names::is_snake),
            );
        }
    }

    fn take(&mut self, name: String, place: &'c Text, help: &str) {
        if names::is_reserved(&name) {
            let message = format!("`{name}` is a word of Rust");
            self.cx.wrong(place, message, "would be a keyword", help);
            return;
        }
        if let Some((_, why)) = self.reserved.iter().find(|(word, _)| *word == name) {
            let message = format!("`{name}` is taken: {why}");
            self.cx.wrong(place, message, "taken", help);
            return;
        }
        let Some((earlier, level)) = self.taken.get(&name) else {
            self.taken.insert(name, (place, self.level));
            return;
        };
        // The same name on the wire, twice in one list, is a mistake of its own.
        let twice = earlier.value == place.value && *level == self.level;
        if !twice || names::snake(place) != name {
            self.cx.clash(
                (place, "the second"),
                (*earlier, "the first"),
                format!("two would be called `{name}` in Rust"),
                help,
            );
        }
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
                format!("two types would be `{path}` in Rust"),
                "give one of them another name or `module`; a method takes `rust = \"…\"`",
            );
        }
    }
}
