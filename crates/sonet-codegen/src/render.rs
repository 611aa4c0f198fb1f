//! From the resolved form to Rust.

mod docs;
mod enums;
mod example;
mod module;
mod object;
mod page;
mod refusal;
mod request;
mod slot;
mod source;
mod testing;
mod types;

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use rayon::prelude::*;

use super::files::{Files, Stems};
use super::ir::{Ir, Item, Kind, Path};
use super::root_module::{Inside, RootModule};
use module::Tree;
use types::Names;

/// Renders every file.
pub(super) fn render(ir: &Ir, root: RootModule<'_>) -> Files {
    let mut files = BTreeMap::new();
    let mut tree = Tree::new();
    let ids = ir.ids.iter().map(|id| {
        let (name, doc) = (format_ident!("{}", id.name), &id.doc);
        quote!(sonet_core::id!(#name, #doc);)
    });
    if !ir.ids.is_empty() {
        tree.add(&[], "ids", ir.ids.iter().map(|id| id.name.clone()));
        files.insert("ids.rs".to_owned(), source::print(quote!(#(#ids)*), root));
    }
    if !ir.refusals.is_empty() {
        tree.add(&[], "refusal", ["Refusal".to_owned()]);
        files.insert(
            "refusal.rs".to_owned(),
            source::print(refusal::render(&ir.refusals), root),
        );
    }
    // Formatting is most of the work, and a file has nothing to do with another.
    let rendered = ir.items.par_iter().map(|item| {
        let mut names = Names::new(root, &item.path);
        let body = body(item, ir, root, &mut names);
        let uses = names.uses();
        source::print(quote!(#uses #body), root)
    });
    let stems = Stems::new(ir.items.iter().map(|item| &*item.path.modules));
    for (item, text) in ir.items.iter().zip(rendered.collect::<Vec<_>>()) {
        let stem = stems.of(&item.path.modules, &item.path.name);
        tree.add(&item.path.modules, &stem, [item.path.name.clone()]);
        if matches!(&item.kind, Kind::Method(method) if method.deprecated.is_some()) {
            tree.deprecate(&item.path.modules, &stem);
        }
        files.insert(file(&item.path.modules, &stem), text);
    }
    for (modules, text) in tree.render(root) {
        files.insert(file(&modules, "mod"), text);
    }
    files
}

fn body(item: &Item, ir: &Ir, root: RootModule<'_>, names: &mut Names<'_>) -> TokenStream {
    let Path { name, .. } = &item.path;
    match &item.kind {
        Kind::Enum(def) => enums::render(name, def),
        Kind::Object(object) => {
            let rendered = object::render(name, object, ir, names);
            let example = matches!(root.inside, Inside::Library(_))
                .then(|| testing::render(&item.path, object, ir, names));
            quote!(#rendered #example)
        }
        Kind::Input(input) => request::input::render(name, input, names),
        Kind::Method(method) => {
            let example = match root.inside {
                Inside::Library(public) => Some(example::render(&item.path, method, ir, public)),
                Inside::Application => None,
            };
            request::render(name, method, example.as_deref(), names)
        }
    }
}

fn file(modules: &[String], stem: &str) -> String {
    let mut path = modules.to_vec();
    path.push(format!("{stem}.rs"));
    path.join("/")
}
