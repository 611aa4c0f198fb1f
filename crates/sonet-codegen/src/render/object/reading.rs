//! How an object is read: `wire::ReadFields`, which costs a compiler a fraction of a derived `Deserialize`.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::ir::{Field, Ir, Kind, Object, Path, Presence, Ty};
use crate::render::types::{Names, form_of_field, path};

/// The implementations; nothing where serde's macro has to write them.
pub(super) fn render(
    name: &str,
    object: &Object,
    ir: &Ir,
    names: &mut Names<'_>,
) -> Option<TokenStream> {
    if !is_read_by_fields(object, ir) {
        return None;
    }
    for path in [
        "serde::Deserialize",
        "serde::Deserializer",
        "serde::de::MapAccess",
        "sonet_core::wire",
    ] {
        names.add(path);
    }
    let ident = format_ident!("{name}");
    let wires = object.fields.iter().map(|field| &field.wire);
    let essential = essential(object);
    let placeholders: Vec<_> = object
        .fields
        .iter()
        .map(|field| {
            let rust = format_ident!("{}", field.rust);
            let value = placeholder(field, names);
            quote!(#rust: #value,)
        })
        .collect();
    let arms = object.fields.iter().enumerate().map(|(place, field)| {
        let place = Literal::usize_unsuffixed(place);
        let rust = format_ident!("{}", field.rust);
        let form = path(&form_of_field(&field.ty, field.presence));
        quote!(#place => #form::read(value, &mut self.#rust),)
    });
    Some(quote! {
        impl wire::ReadFields for #ident {
            const NAME: &'static str = #name;
            const FIELDS: &'static [&'static str] = &[#(#wires),*];
            #essential

            fn unread() -> Self {
                Self { #(#placeholders)* }
            }

            fn read<'de, M: MapAccess<'de>>(
                &mut self,
                field: usize,
                value: wire::FieldValue<'_, M>,
            ) -> Result<(), M::Error> {
                match field {
                    #(#arms)*
                    _ => value.skip(),
                }
            }
        }

        impl<'de> Deserialize<'de> for #ident {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                wire::read_fields(deserializer)
            }
        }
    })
}

fn essential(object: &Object) -> Option<TokenStream> {
    let places: Vec<_> = object
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.presence == Presence::Essential)
        .map(|(place, _)| Literal::usize_unsuffixed(place))
        .collect();
    (!places.is_empty()).then(|| quote!(const ESSENTIAL: &'static [usize] = &[#(#places),*];))
}

/// Whether every field is known, and something can stand in it until it is read.
fn is_read_by_fields(object: &Object, ir: &Ir) -> bool {
    let essential = |field: &&Field| field.presence == Presence::Essential;
    let mut essential = object.fields.iter().filter(essential);
    !object.extra && essential.all(|field| has_placeholder(&field.ty, ir))
}

/// Whether a type has a value that can stand there until another is read.
fn has_placeholder(ty: &Ty, ir: &Ir) -> bool {
    match ty {
        Ty::Object(path, _) => find(path, ir).is_some_and(|object| is_read_by_fields(object, ir)),
        Ty::Day | Ty::Loose | Ty::File | Ty::Input(_) | Ty::Page(..) | Ty::PageStart(_) => false,
        _ => true,
    }
}

fn find<'a>(path: &Path, ir: &'a Ir) -> Option<&'a Object> {
    let item = ir.items.iter().find(|item| item.path == *path)?;
    match &item.kind {
        Kind::Object(object) => Some(object),
        _ => None,
    }
}

/// What stands in a field until it is read.
fn placeholder(field: &Field, names: &mut Names<'_>) -> TokenStream {
    if field.presence != Presence::Essential {
        return quote!(None);
    }
    let ty = &field.ty;
    let rust = names.ty(ty);
    match ty {
        Ty::Text => quote!(String::new()),
        Ty::Secret => quote!(#rust::new("")),
        Ty::Int => quote!(0),
        Ty::Decimal => quote!(#rust::from(0)),
        Ty::Bool | Ty::Flag => quote!(false),
        Ty::Json => quote!(#rust::Null),
        Ty::Iso => quote!(DateTime::default()),
        Ty::Date => quote!(NaiveDate::default()),
        Ty::Id(_) => quote!(#rust::new(0)),
        Ty::Enum(..) => quote!(#rust::from("")),
        Ty::List(_) => quote!(Vec::new()),
        Ty::Map(_) => quote!(BTreeMap::new()),
        Ty::Object(..) => quote!(wire::ReadFields::unread()),
        // A unit; the others are read by serde's macro.
        Ty::Accepted
        | Ty::EmptyList
        | Ty::Day
        | Ty::Loose
        | Ty::File
        | Ty::Input(_)
        | Ty::Page(..)
        | Ty::PageStart(_) => rust,
    }
}
