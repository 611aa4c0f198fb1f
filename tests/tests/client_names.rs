//! Both clients export the same names, and their documentation speaks of no others.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use quote::ToTokens as _;
use syn::{Attribute, ImplItem, Item, Signature, TraitItem, UseTree, Visibility};

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

/// What a signature names that no client exports is for drivers: a reader of a client's documentation can do nothing with
/// it.
#[test]
fn what_only_drivers_can_use_is_hidden_from_readers_of_a_client() {
    let last = |name: &String| name.rsplit("::").next().unwrap_or_default().to_owned();
    let exported: BTreeSet<_> = exports("sonet-async", "lib.rs").iter().map(last).collect();
    let core: BTreeSet<_> = exports("sonet-core", "lib.rs").iter().map(last).collect();
    let mut drivers: BTreeSet<_> = core.difference(&exported).cloned().collect();
    drivers.retain(|name| name.starts_with(char::is_uppercase) && name != "Value");
    assert!(drivers.contains("Exchange") && drivers.contains("Failure"));
    let (mut seen, mut problems) = (0, Vec::new());
    for path in sources("sonet-core") {
        for (owner, signature) in shown(&path) {
            if exported.contains(&owner) {
                seen += 1;
                let words = words(&signature);
                let wrong: Vec<_> = words.intersection(&drivers).collect();
                let name = &signature.ident;
                if !wrong.is_empty() {
                    problems.push(format!("{owner}::{name} names {wrong:?}"));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
    assert!(seen > 200, "only {seen} functions");
}

#[test]
fn what_says_that_it_is_for_drivers_is_hidden() {
    for path in sources("sonet-core") {
        let source = fs::read_to_string(&path).unwrap();
        let mut lines = source.lines().map(str::trim_start);
        while let Some(line) = lines.next() {
            // A whole type for drivers is one that no client exports.
            if line.starts_with("/// For drivers") {
                let next = lines.find(|line| !line.starts_with("///"));
                let hidden = next == Some("#[doc(hidden)]");
                let is_type = next.is_some_and(|line| line.starts_with("#[derive"));
                assert!(hidden || is_type, "{}: {line}", path.display());
            }
        }
    }
}

/// `crate::` is not a path that a reader can write.
#[test]
fn no_link_is_shown_with_a_path_within_a_crate() {
    for krate in [
        "sonet-core",
        "sonet-types",
        "sonet-net",
        "sonet-async",
        "sonet-blocking",
    ] {
        for path in sources(krate) {
            for line in fs::read_to_string(&path).unwrap().lines() {
                let is_doc = ["///", "//!"]
                    .iter()
                    .any(|mark| line.trim_start().starts_with(mark));
                let paths = [
                    "`crate::",
                    "`super::",
                    "`self::",
                    "`sonet_core::",
                    "`sonet_types::",
                ];
                let shown = paths.iter().find(|path| line.contains(*path));
                assert!(!is_doc || shown.is_none(), "{}: {line}", path.display());
            }
        }
    }
}

fn sources(krate: &str) -> Vec<PathBuf> {
    let mut folders = vec![root(krate)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension() {
                _ if path.is_dir() => folders.push(path),
                Some(extension) if extension == "rs" => files.push(path),
                _ => {}
            }
        }
    }
    assert!(!files.is_empty());
    files
}

/// The functions of a file that its documentation shows, each with its type or trait.
fn shown(path: &Path) -> Vec<(String, Signature)> {
    let mut found = Vec::new();
    let file = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
    for item in file.items {
        match item {
            Item::Impl(item) if item.trait_.is_none() && !is_hidden(&item.attrs) => {
                let owner = item.self_ty.to_token_stream().to_string();
                let owner = owner.split(' ').next().unwrap_or_default();
                for function in item.items {
                    if let ImplItem::Fn(function) = function {
                        let public = matches!(function.vis, Visibility::Public(_));
                        if public && !is_hidden(&function.attrs) {
                            found.push((owner.to_owned(), function.sig));
                        }
                    }
                }
            }
            Item::Trait(item) if matches!(item.vis, Visibility::Public(_)) => {
                for function in item.items {
                    if let TraitItem::Fn(function) = function {
                        if !is_hidden(&function.attrs) {
                            found.push((item.ident.to_string(), function.sig));
                        }
                    }
                }
            }
            _ => {}
        }
    }
    found
}

fn is_hidden(attributes: &[Attribute]) -> bool {
    let mut texts = attributes
        .iter()
        .map(|attribute| attribute.to_token_stream().to_string().replace(' ', ""));
    texts.any(|text| text == "#[doc(hidden)]")
}

fn words(signature: &Signature) -> BTreeSet<String> {
    let text = signature.to_token_stream().to_string();
    let words = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
    words.map(str::to_owned).collect()
}

fn root(krate: &str) -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.join("../crates").join(krate).join("src")
}

fn exports(krate: &str, file: &str) -> BTreeSet<String> {
    let path = root(krate).join(file);
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
