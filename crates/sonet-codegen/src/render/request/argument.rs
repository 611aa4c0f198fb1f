//! How a value is given: to `new`, or to its setter.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{ParamTy, Ty};
use crate::render::slot::Slot;
use crate::render::types::Names;

impl Slot<'_> {
    /// The argument of `new` or of the setter, and the value that is kept of it.
    pub(super) fn argument(&self, names: &mut Names<'_>) -> (TokenStream, TokenStream) {
        let ident = self.ident();
        let ParamTy::Value(ty) = &self.single.ty else {
            return (quote!(#ident: ()), quote!(#ident));
        };
        let rust = names.ty(ty);
        match ty {
            Ty::List(element) => {
                let element = names.ty(element);
                (
                    quote!(#ident: impl IntoIterator<Item = impl Into<#element>>),
                    quote!(#ident.into_iter().map(Into::into).collect()),
                )
            }
            Ty::Text | Ty::Secret | Ty::Id(_) | Ty::Iso => {
                (quote!(#ident: impl Into<#rust>), quote!(#ident.into()))
            }
            // An open set of texts takes any text; a closed one only what it names.
            Ty::Enum(..) if self.single.open => {
                (quote!(#ident: impl Into<#rust>), quote!(#ident.into()))
            }
            _ => (quote!(#ident: #rust), quote!(#ident)),
        }
    }
}
