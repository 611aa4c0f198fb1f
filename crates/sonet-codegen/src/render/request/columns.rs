//! The constants for fields: to filter by, to sort by and to select.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::ir::{Column, Method, Ty};
use crate::render::docs::Doc;
use crate::render::types::Names;

/// The constants of a method.
pub(super) fn columns(method: &Method, names: &mut Names<'_>) -> Vec<TokenStream> {
    if !method.columns.is_empty() {
        names.add("sonet_core::filter::Field");
        names.add("sonet_core::filter::usage");
    }
    method
        .columns
        .iter()
        .map(|column| constant(column, names))
        .collect()
}

fn constant(column: &Column, names: &mut Names<'_>) -> TokenStream {
    let (rust, wire) = (format_ident!("{}", column.rust), &column.wire);
    let usage = format_ident!("{}", column.usage);
    let ty = match &column.ty {
        // A date in a condition is always a moment, whatever form it has in an answer.
        Some(Ty::Loose) => names.ty(&Ty::Iso),
        Some(ty) => names.ty(ty),
        None => quote!(()),
    };
    let mut doc = Doc::new(&column.doc);
    doc.paragraph(match column.usage {
        "Filter" => "To filter by.",
        "FilterOrder" => "To filter and sort by.",
        "FilterOrderSelect" => "To filter and sort by, and to select.",
        "FilterSelect" => "To filter by and to select.",
        "Select" => "To select.",
        _ => "Answered only: the method neither filters nor sorts by it.",
    });
    let doc = doc.render();
    quote! {
        #doc
        pub const #rust: Field<Self, #ty, usage::#usage> = Field::new(#wire);
    }
}
