//! Objects that serde's macros read and write: those that keep what nobody knows.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::ir::{Field, Object, Presence, Ty};
use crate::render::docs::Doc;
use crate::render::types::{Names, form_of_field};

pub(super) fn render(name: &str, object: &Object, names: &mut Names<'_>) -> TokenStream {
    let ident = format_ident!("{name}");
    let doc = super::doc(object).render();
    names.add("serde::Deserialize");
    names.add("serde::Serialize");
    let fields: Vec<_> = object
        .fields
        .iter()
        .map(|field| render_field(field, names))
        .collect();
    let extra = object.extra.then(|| {
        names.add("std::collections::BTreeMap");
        names.add("serde_json::Value");
        quote! {
            /// What the answer has beside the documented fields.
            #[serde(flatten)]
            pub extra: BTreeMap<String, Value>,
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
    let mut attributes = Vec::new();
    if field.wire != field.rust {
        let wire = &field.wire;
        attributes.push(quote!(rename = #wire));
    }
    if field.presence != Presence::Essential {
        attributes.push(quote!(default));
    }
    names.add("sonet_core::wire");
    names.add("sonet_core::wire::Decode as _");
    attributes.extend(attributes_of(field));
    let doc = Doc::new(&field.doc).render();
    let declared = super::declared(field, names);
    quote! {
        #doc
        #[serde(#(#attributes),*)]
        #declared
    }
}

/// How a field is read and written, as attributes of serde. `with` is for both directions; most types serialize themselves in
/// the wire's form, and a secret is left out.
fn attributes_of(field: &Field) -> Vec<TokenStream> {
    let form = form_of_field(&field.ty, field.presence);
    let decoder = format!("{form}::decode");
    match field.ty.innermost() {
        Ty::Flag | Ty::Iso | Ty::Date => vec![quote!(with = #form)],
        Ty::Secret => vec![
            quote!(skip_serializing),
            quote!(deserialize_with = #decoder),
        ],
        _ => vec![quote!(deserialize_with = #decoder)],
    }
}
