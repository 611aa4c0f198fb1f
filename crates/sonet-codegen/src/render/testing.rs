//! The example of each object, which code that uses the methods is tested with.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::types::Names;
use crate::ir::{Field, Ir, Kind, Object, Path, Presence, Ty};

/// Words in the names of flags that are rarely true.
const RARELY: [&str; 6] = [
    "awaiting", "closed", "extranet", "invited", "landing", "leave",
];

/// An implementation of `sonet_core::testing::Example`, under the feature `testing`.
pub(super) fn render(path: &Path, object: &Object, ir: &Ir, names: &mut Names<'_>) -> TokenStream {
    let ident = format_ident!("{}", path.name);
    let fields = object.fields.iter().map(|field| {
        let rust = format_ident!("{}", field.rust);
        let value = if leads_back(&field.ty, path, ir) {
            nothing(field)
        } else {
            let code = object
                .event
                .as_deref()
                .and_then(|code| named(&field.ty, code, ir));
            let value = match code {
                Some(variant) => {
                    let (rust, variant) = (names.ty(&field.ty), format_ident!("{variant}"));
                    quote!(#rust::#variant)
                }
                None => value(&field.ty, &field.wire, ir, names),
            };
            match field.presence {
                Presence::Essential => value,
                Presence::Optional(_) => quote!(Some(#value)),
            }
        };
        quote!(#rust: #value,)
    });
    let extra = object.extra.then(|| quote!(extra: BTreeMap::new(),));
    quote! {
        #[cfg(feature = "testing")]
        impl sonet_core::testing::Example for #ident {
            fn example() -> Self {
                Self { #(#fields)* #extra }
            }
        }
    }
}

/// Whether an object of this kind is in what the field holds, at any depth: its example would have no end.
fn leads_back(ty: &Ty, to: &Path, ir: &Ir) -> bool {
    let mut open = vec![ty.innermost()];
    let mut seen: Vec<&Path> = Vec::new();
    while let Some(ty) = open.pop() {
        let Ty::Object(path, _) = ty else { continue };
        if path == to {
            return true;
        }
        if seen.contains(&path) {
            continue;
        }
        seen.push(path);
        let item = ir.items.iter().find(|item| item.path == *path);
        if let Some(Kind::Object(object)) = item.map(|item| &item.kind) {
            open.extend(object.fields.iter().map(|field| field.ty.innermost()));
        }
    }
    false
}

/// What ends there. Only a list or a map can lead back to the object that it is in.
fn nothing(field: &Field) -> TokenStream {
    match (field.presence, &field.ty) {
        (Presence::Optional(_), _) => quote!(None),
        (Presence::Essential, Ty::Map(_)) => quote!(BTreeMap::new()),
        (Presence::Essential, _) => quote!(Vec::new()),
    }
}

fn value(ty: &Ty, wire: &str, ir: &Ir, names: &mut Names<'_>) -> TokenStream {
    let rust = names.ty(ty);
    match ty {
        Ty::Text => {
            let text = text(wire);
            quote!(#text.to_owned())
        }
        Ty::Secret => quote!(#rust::new("secret")),
        Ty::Int if matches!(wire, "ts" | "expires") => quote!(1_773_925_287),
        Ty::Int => quote!(7),
        Ty::Decimal => quote!(#rust::from(1500)),
        Ty::Bool | Ty::Flag => {
            let wire = wire.to_lowercase();
            let value = !RARELY.iter().any(|word| wire.contains(word));
            quote!(#value)
        }
        // A page is what a method answers, and requests alone have the others: no field of an object is any of them.
        Ty::Accepted | Ty::EmptyList | Ty::Page(..) | Ty::PageStart(_) | Ty::Input(_) => rust,
        Ty::Json => quote!(#rust::from("text")),
        Ty::Iso => quote!(sonet_core::testing::moment()),
        Ty::Date => quote!(sonet_core::testing::moment().date_naive()),
        Ty::Day => quote!(#rust::from(sonet_core::testing::moment())),
        Ty::Loose => quote!(#rust::At(sonet_core::testing::moment())),
        Ty::File => quote!(#rust::new("picture.png", "")),
        Ty::Id(path) if path.name == "UserId" => quote!(#rust::new(1271)),
        Ty::Id(_) => quote!(#rust::new(77)),
        Ty::Enum(path, _) => {
            let variant = format_ident!("{}", first_variant(path, ir));
            quote!(#rust::#variant)
        }
        Ty::Object(..) => quote!(sonet_core::testing::Example::example()),
        Ty::List(element) => {
            let element = value(element, wire, ir, names);
            quote!(vec![#element])
        }
        Ty::Map(element) => {
            let element = value(element, wire, ir, names);
            quote!(BTreeMap::from([("key".to_owned(), #element)]))
        }
    }
}

/// The variant of an enum that is written like this, as the code of an event is; none of any other type.
fn named<'a>(ty: &Ty, wire: &str, ir: &'a Ir) -> Option<&'a str> {
    let Ty::Enum(path, _) = ty else { return None };
    let item = ir.items.iter().find(|item| item.path == *path)?;
    let Kind::Enum(def) = &item.kind else {
        return None;
    };
    let value = def.values.iter().find(|value| value.wire == wire)?;
    Some(&value.name)
}

fn first_variant<'a>(path: &Path, ir: &'a Ir) -> &'a str {
    let item = ir.items.iter().find(|item| item.path == *path);
    match item.map(|item| &item.kind) {
        // The checks guarantee that an enum has values.
        Some(Kind::Enum(def)) => def.values.first().map_or("Unknown", |value| &value.name),
        _ => "Unknown",
    }
}

/// A text that could stand there, as far as the name tells.
fn text(wire: &str) -> &'static str {
    let wire = wire.to_lowercase();
    let texts = [
        ("last_name", "Lee"),
        ("lastname", "Lee"),
        ("name", "Compilers"),
        ("description", "What it is about"),
        ("date", "19.03.2026 15:01:27"),
        ("endpoint", "https://example.bitrix24.com/rest/"),
        ("domain", "example.bitrix24.com"),
        ("url", "https://example.com/picture.png"),
        ("image", "https://example.com/picture.png"),
        ("photo", "https://example.com/picture.png"),
        ("avatar", "https://example.com/picture.png"),
        ("color", "00c4fb"),
        ("keywords", "rust, compilers"),
        ("dialog", "chat77"),
        ("site", "s1"),
    ];
    let found = texts.iter().find(|(word, _)| wire.contains(word));
    found.map_or("text", |(_, text)| text)
}
