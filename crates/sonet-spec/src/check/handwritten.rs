//! Names that people gave: what stands beside the generated code hides what is generated under the same name.
//!
//! They are read out of the sources, so that there is no list of them to keep.

use std::collections::BTreeSet;

use syn::{Item, UseTree};

use super::Context;
use crate::Symbols;
use crate::model::Text;

/// The crate of the generated code, and those that re-export all of it.
const CRATES: [(&str, &str); 3] = [
    (
        "sonet-types",
        include_str!("../../../sonet-types/src/lib.rs"),
    ),
    (
        "sonet-async",
        include_str!("../../../sonet-async/src/lib.rs"),
    ),
    (
        "sonet-blocking",
        include_str!("../../../sonet-blocking/src/lib.rs"),
    ),
];

/// The one module that is both: what is written in it stands beside what is generated.
const SHARED: &str = "events";

const SHARED_SOURCE: &str = include_str!("../../../sonet-types/src/events/mod.rs");

/// Crates that generated and hand-written code name by their first word.
const EXTERN: &[&str] = &[
    "alloc",
    "chrono",
    "core",
    "http",
    "proc_macro",
    "serde",
    "serde_json",
    "sonet_async",
    "sonet_blocking",
    "sonet_core",
    "sonet_net",
    "sonet_types",
    "std",
    "test",
];

pub(super) fn check(cx: &Context<'_>) {
    let roots = CRATES.map(|(crate_, source)| (crate_, names_in(source)));
    let shared = names_in(SHARED_SOURCE);
    for (modules, name, place) in places(cx) {
        // The outermost name of its path is what is in the root.
        let outermost = modules.first().unwrap_or(&name);
        let of = roots.iter().find(|(_, names)| names.contains(outermost));
        if modules.first().map(String::as_str) == Some(SHARED) {
            let within = modules.get(1).unwrap_or(&name);
            if shared.contains(within) {
                taken(cx, place, within, "the module `events` of sonet-types");
            }
        } else if let Some((crate_, _)) = of {
            taken(cx, place, outermost, crate_);
        } else if EXTERN.contains(&outermost.as_str()) {
            taken(cx, place, outermost, "the names of crates");
        }
    }
}

fn taken(cx: &Context<'_>, place: &Text, name: &str, by: &str) {
    cx.wrong(
        place,
        format!("`{name}` is there already, among {by}"),
        "hidden by what a person wrote",
        "give one of the two another name; a type may have another `module`",
    );
}

/// Modules and names of everything that is generated, each with what to point at.
fn places<'s>(cx: &Context<'s>) -> Vec<(Vec<String>, String, &'s Text)> {
    let symbols = Symbols::all(cx.spec).map(|symbol| {
        let modules = symbol.module().split("::").filter(|part| !part.is_empty());
        let name = symbol.name();
        (
            modules.map(str::to_owned).collect(),
            name.value.clone(),
            name,
        )
    });
    let methods = cx.spec.methods.iter().map(|method| {
        let path = method.path();
        (path.modules, path.type_name, method.place())
    });
    symbols.chain(methods).collect()
}

/// What a file declares or takes from elsewhere by name. What it takes by `*` it does not hide.
fn names_in(source: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    // The file is one of the workspace: it is Rust, or nothing here would have been compiled.
    let items = syn::parse_file(source).map_or_else(|_| Vec::new(), |file| file.items);
    for item in items {
        match item {
            Item::Mod(item) => drop(names.insert(item.ident.to_string())),
            Item::Struct(item) => drop(names.insert(item.ident.to_string())),
            Item::Enum(item) => drop(names.insert(item.ident.to_string())),
            Item::Trait(item) => drop(names.insert(item.ident.to_string())),
            Item::Type(item) => drop(names.insert(item.ident.to_string())),
            Item::Use(item) => leaves(&item.tree, &mut names),
            _ => {}
        }
    }
    names
}

fn leaves(tree: &UseTree, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, names),
        UseTree::Name(name) => drop(names.insert(name.ident.to_string())),
        UseTree::Rename(rename) => drop(names.insert(rename.rename.to_string())),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, names)),
        UseTree::Glob(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_out_of_the_sources() {
        let [(_, types), (_, asynchronous), (_, blocking)] =
            CRATES.map(|(name, text)| (name, names_in(text)));
        for name in ["entity", "bulk", "reconcile", "generated", "events", "Bulk"] {
            assert!(types.contains(name), "{name}");
        }
        for client in [asynchronous, blocking] {
            for name in ["Client", "Error", "filter", "serde_json", "driver"] {
                assert!(client.contains(name), "{name}");
            }
        }
        let shared = names_in(SHARED_SOURCE);
        assert!(shared.contains("Event") && shared.contains("other_event"));
        assert!(!shared.contains("*"));
    }
}
