//! Open enums.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{Doc, code};
use crate::ir::Enum;

pub(super) fn render(name: &str, def: &Enum) -> TokenStream {
    let name = format_ident!("{name}");
    let mut doc = Doc::new(&def.doc);
    doc.doubts(&def.doubts);
    let doc = doc.render();
    let idents: Vec<_> = def
        .values
        .iter()
        .map(|value| format_ident!("{}", value.name))
        .collect();
    let wires: Vec<_> = def.values.iter().map(|value| &value.wire).collect();
    let docs = def.values.iter().map(|value| {
        let wire = if value.wire.is_empty() {
            "`\"\"`".to_owned()
        } else {
            code(&value.wire)
        };
        Doc::new(&format!("{wire}: {}", value.doc)).render()
    });
    quote! {
        use sonet_core::{OpenEnum, Unknown};

        #doc
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#docs #idents,)*
            /// A value that this version does not know, with its text.
            Unknown(Unknown<Self>),
        }

        impl OpenEnum for #name {
            const KNOWN: &'static [(&'static str, Self)] = &[#((#wires, Self::#idents)),*];

            fn unknown(text: Unknown<Self>) -> Self {
                Self::Unknown(text)
            }

            fn as_str(&self) -> &str {
                match self {
                    #(Self::#idents => #wires,)*
                    Self::Unknown(text) => text.as_str(),
                }
            }
        }

        sonet_core::open_enum!(#name);
    }
}
