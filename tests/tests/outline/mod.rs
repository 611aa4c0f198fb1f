//! Rust files as an outline of what is public in them.

use std::fmt::Write as _;
use std::path::Path;

use quote::ToTokens;
use syn::{Fields, ImplItem, Item, Visibility};

/// The files of a folder, in the order of their names, without those of folders below.
pub(crate) fn of_folder(folder: &Path) -> String {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "rs"));
    paths.sort();
    let mut text = String::new();
    for path in paths {
        let file = syn::parse_file(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for item in &file.items {
            outline(item, &mut text);
        }
    }
    text
}

fn outline(item: &Item, text: &mut String) {
    match item {
        Item::Mod(module) if is_public(&module.vis) => {
            writeln!(text, "pub mod {}", module.ident).unwrap();
        }
        Item::Struct(item) if is_public(&item.vis) => {
            writeln!(text, "pub struct {}", item.ident).unwrap();
            if let Fields::Named(fields) = &item.fields {
                for field in fields.named.iter().filter(|field| is_public(&field.vis)) {
                    let name = field.ident.as_ref().unwrap();
                    writeln!(text, "    {name}: {}", compact(&field.ty)).unwrap();
                }
            }
        }
        Item::Enum(item) if is_public(&item.vis) => {
            let variants: Vec<_> = item.variants.iter().map(compact_without_docs).collect();
            writeln!(
                text,
                "pub enum {} {{ {} }}",
                item.ident,
                variants.join(", ")
            )
            .unwrap();
        }
        Item::Impl(item) if item.trait_.is_none() => {
            for member in &item.items {
                match member {
                    ImplItem::Fn(function) if is_public(&function.vis) => {
                        writeln!(text, "    {}", compact(&function.sig)).unwrap();
                    }
                    ImplItem::Const(item) if is_public(&item.vis) => {
                        writeln!(text, "    const {}: {}", item.ident, compact(&item.ty)).unwrap();
                    }
                    _ => {}
                }
            }
        }
        Item::Impl(item) => implementation(item, text),
        Item::Macro(item) => writeln!(text, "{}", compact(&item.mac)).unwrap(),
        _ => {}
    }
}

fn implementation(item: &syn::ItemImpl, text: &mut String) {
    let (path, _) = item.trait_.as_ref().unwrap();
    writeln!(text, "    impl {}", compact(path)).unwrap();
    for member in &item.items {
        match member {
            // The texts of errors are facts of the wire, and worth a look when they change.
            ImplItem::Const(item) => {
                writeln!(text, "        {} = {}", item.ident, compact(&item.expr)).unwrap();
            }
            ImplItem::Type(item) => {
                writeln!(text, "        {} = {}", item.ident, compact(&item.ty)).unwrap();
            }
            ImplItem::Fn(item) => writeln!(text, "        fn {}", item.sig.ident).unwrap(),
            _ => {}
        }
    }
}

fn compact_without_docs(variant: &syn::Variant) -> String {
    let mut variant = variant.clone();
    variant.attrs.clear();
    compact(&variant)
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Tokens in one line, without the spaces that a person would not write.
fn compact(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (wide, tight) in [
        (" :: ", "::"),
        (" < ", "<"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        ("& ", "&"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" :", ":"),
        ("[ ", "["),
        (" ]", "]"),
        (" !", "!"),
        (" . ", "."),
        (" ;", ";"),
    ] {
        text = text.replace(wide, tight);
    }
    text.replace("->", " -> ").replace("  ", " ")
}
