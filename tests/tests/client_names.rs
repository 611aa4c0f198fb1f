//! Both clients export the same names.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use syn::{Item, UseTree, Visibility};

/// What only one of them has: what belongs to its HTTP client, and extractors, which only asynchronous web servers have.
const OWN: [&str; 4] = ["SECRET_LOG_TARGETS", "axum", "reqwest", "ureq"];

#[test]
fn both_clients_export_the_same_names() {
    for file in ["lib.rs", "prelude.rs"] {
        let [one, other] = ["sonet-async", "sonet-blocking"].map(|krate| exports(krate, file));
        assert!(one.len() > 10, "{one:?}");
        assert_eq!(one, other, "{file}");
    }
}

fn exports(krate: &str, file: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../crates")
        .join(krate)
        .join("src")
        .join(file);
    let mut names = BTreeSet::new();
    collect(
        "",
        syn::parse_file(&fs::read_to_string(path).unwrap())
            .unwrap()
            .items,
        &mut names,
    );
    names.retain(|name| !OWN.contains(&name.as_str()));
    names
}

fn collect(module: &str, items: Vec<Item>, names: &mut BTreeSet<String>) {
    for item in items {
        match item {
            Item::Use(item) if matches!(item.vis, Visibility::Public(_)) => {
                leaves(module, &item.tree, names);
            }
            Item::Mod(item) if matches!(item.vis, Visibility::Public(_)) => {
                let name = format!("{module}{}", item.ident);
                let inner = item.content.map(|(_, items)| items).unwrap_or_default();
                collect(&format!("{name}::"), inner, names);
                names.insert(name);
            }
            _ => {}
        }
    }
}

fn leaves(module: &str, tree: &UseTree, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => leaves(module, &path.tree, names),
        UseTree::Name(name) => {
            names.insert(format!("{module}{}", name.ident));
        }
        UseTree::Rename(name) => {
            names.insert(format!("{module}{}", name.rename));
        }
        UseTree::Glob(_) => {
            names.insert(format!("{module}*"));
        }
        UseTree::Group(group) => group
            .items
            .iter()
            .for_each(|tree| leaves(module, tree, names)),
    }
}
