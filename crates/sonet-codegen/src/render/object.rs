//! Objects of answers.

mod derived;
mod reading;
mod writing;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::Doc;
use super::types::Names;
use crate::ir::{Field, Ir, Object, Presence};

pub(super) fn render(name: &str, object: &Object, ir: &Ir, names: &mut Names<'_>) -> TokenStream {
    let Some(reading) = reading::render(name, object, ir, names) else {
        return derived::render(name, object, names);
    };
    let ident = format_ident!("{name}");
    let doc = doc(object).render();
    let fields: Vec<_> = object
        .fields
        .iter()
        .map(|field| render_field(field, names))
        .collect();
    let writing = writing::render(name, object, names);
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub struct #ident {
            #(#fields)*
        }

        #reading
        #writing
    }
}

/// What is said about an object.
fn doc(object: &Object) -> Doc {
    let mut doc = Doc::new(&object.doc);
    doc.doubts(&object.doubts);
    doc
}

fn render_field(field: &Field, names: &mut Names<'_>) -> TokenStream {
    let doc = Doc::new(&field.doc).render();
    let declared = declared(field, names);
    quote! {
        #doc
        #declared
    }
}

/// The field with its type.
fn declared(field: &Field, names: &mut Names<'_>) -> TokenStream {
    let rust = format_ident!("{}", field.rust);
    let ty = names.ty(&field.ty);
    let ty = match field.presence {
        Presence::Essential => ty,
        Presence::Optional(_) => quote!(Option<#ty>),
    };
    quote!(pub #rust: #ty,)
}
