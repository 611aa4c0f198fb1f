//! What is checked before sending, and what makes a write of a call.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::ir::{ParamTy, Ty};
use crate::render::slot::Slot;

impl Slot<'_> {
    /// What is checked before sending.
    pub(super) fn checks(&self) -> Option<TokenStream> {
        let (place, wire) = (self.place(), &self.single.wire);
        let mut cleared = None;
        let functions: Vec<&str> = match &self.single.ty {
            // A condition compares numbers: what is greater than 0, or equal to it, is a question with an answer.
            ParamTy::Filter | ParamTy::Order => return Some(quote!(#place.check(#wire)?;)),
            ParamTy::Value(Ty::Text) if self.single.non_empty => vec!["text"],
            ParamTy::Value(Ty::List(element)) => {
                let list = self.single.non_empty.then_some("list");
                let elements = match **element {
                    Ty::Id(_) => Some("ids"),
                    Ty::Enum(..) if !self.single.open => Some("all_known"),
                    _ => None,
                };
                list.into_iter().chain(elements).collect()
            }
            ParamTy::Value(Ty::Enum(..)) if !self.single.open => vec!["known"],
            ParamTy::Value(Ty::Id(_)) => {
                cleared = self.single.clear.as_ref().map(|clear| {
                    let value = Literal::i64_unsuffixed(clear.value);
                    quote!(, #value)
                });
                vec![if cleared.is_some() { "id_or" } else { "id" }]
            }
            ParamTy::Value(Ty::PageStart(false)) => vec!["counted"],
            ParamTy::Select(_) | ParamTy::Value(_) => return None,
        };
        let functions: Vec<_> = functions
            .iter()
            .map(|name| format_ident!("{name}"))
            .collect();
        if functions.is_empty() {
            None
        } else if self.is_option() {
            let ident = self.ident();
            Some(
                quote!(if let Some(#ident) = &#place { #(check::#functions(#wire, #ident #cleared)?;)* }),
            )
        } else {
            Some(quote!(#(check::#functions(#wire, &#place #cleared)?;)*))
        }
    }

    /// Whether it was given, for a parameter whose presence turns the call into a write.
    pub(super) fn given(&self) -> Option<TokenStream> {
        let place = self.place();
        self.single.once.then(|| quote!(#place.is_some()))
    }
}
