//! Objects of answers.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::Doc;
use super::types::{Names, attributes_of_field};
use crate::ir::{Field, Object, Presence};

pub(super) fn render(name: &str, object: &Object, names: &mut Names<'_>) -> TokenStream {
    let ident = format_ident!("{name}");
    let doc = Doc::new(&object.doc).render();
    names.add("serde::Deserialize");
    names.add("serde::Serialize");
    let fields: Vec<_> = object
        .fields
        .iter()
        .map(|field| render_field(field, names))
        .collect();
    let extra = object.extra.then(|| {
        names.add("std::collections::BTreeMap");
        quote! {
            /// What the answer has beside the documented fields.
            #[serde(flatten)]
            pub extra: BTreeMap<String, serde_json::Value>,
        }
    });
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub struct #ident {
            #(#fields)*
            #extra
        }
    }
}

fn render_field(field: &Field, names: &mut Names<'_>) -> TokenStream {
    let doc = Doc::new(&field.doc).render();
    let rust = format_ident!("{}", field.rust);
    let ty = names.ty(&field.ty);
    let optional = field.presence != Presence::Essential;
    let ty = if optional { quote!(Option<#ty>) } else { ty };
    let mut attributes = Vec::new();
    if field.wire != field.rust {
        let wire = &field.wire;
        attributes.push(quote!(rename = #wire));
    }
    if optional {
        attributes.push(quote!(default));
    }
    names.add("sonet_core::wire");
    names.add("sonet_core::wire::Decode as _");
    attributes.extend(attributes_of_field(&field.ty, field.presence));
    quote! {
        #doc
        #[serde(#(#attributes),*)]
        pub #rust: #ty,
    }
}
