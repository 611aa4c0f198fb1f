//! The documented errors, as one enum.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::{Doc, quoted};
use crate::ir::Refusal;

pub(super) fn render(refusals: &[Refusal]) -> TokenStream {
    let idents: Vec<_> = refusals
        .iter()
        .map(|refusal| format_ident!("{}", refusal.name))
        .collect();
    let names: Vec<_> = refusals.iter().map(|refusal| &refusal.name).collect();
    let docs = refusals.iter().map(|refusal| {
        let texts: Vec<_> = refusal.texts.iter().map(|text| quoted(text)).collect();
        let methods: Vec<_> = refusal
            .methods
            .iter()
            .map(|name| format!("`{name}`"))
            .collect();
        let mut doc = Doc::new(&format!("{}.", texts.join(", ")));
        doc.paragraph(&format!("Answered by {}.", methods.join(", ")));
        doc.render()
    });
    quote! {
        use sonet_core::{Error, NamedRefusal};

        /// An error that a method documents, by name.
        ///
        /// Most of these come with an empty code and are told apart by their text; a caller matches the name:
        /// `error.is(Refusal::GroupNotFound)`, or `match Refusal::of(&error)`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Refusal {
            #(#docs #idents,)*
        }

        // Not within the enum, where a name of an error could be the same.
        const ALL: &[Refusal] = &[#(Refusal::#idents),*];

        impl Refusal {
            /// The documented error that the server answered; `None` for any other error.
            #[must_use]
            pub fn of(error: &Error) -> Option<Self> {
                let name = error.api()?.refusal()?;
                ALL.iter().copied().find(|refusal| refusal.name() == name)
            }

            /// The name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    #(Self::#idents => #names,)*
                }
            }
        }

        impl NamedRefusal for Refusal {
            fn name(self) -> &'static str {
                Self::name(self)
            }
        }
    }
}
