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
        let plain = |names: &mut Names<'_>| {
            let rust = names.ty(ty);
            (quote!(#ident: #rust), quote!(#ident))
        };
        match ty {
            Ty::List(element) => {
                let item = conversion(element, names);
                (
                    quote!(#ident: impl IntoIterator<Item = impl #item>),
                    quote!(#ident.into_iter().map(Into::into).collect()),
                )
            }
            Ty::Map(element) => {
                let value = conversion(element, names);
                (
                    quote!(#ident: impl IntoIterator<Item = (impl Into<String>, impl #value)>),
                    quote!(#ident.into_iter().map(|(key, value)| (key.into(), value.into())).collect()),
                )
            }
            // An open set of texts takes any text; a closed one only what it names.
            Ty::Enum(..) if !self.single.open => plain(names),
            Ty::Text
            | Ty::Decimal
            | Ty::Json
            | Ty::Secret
            | Ty::Id(_)
            | Ty::Iso
            | Ty::Day
            | Ty::Enum(..) => {
                let conversion = conversion(ty, names);
                (quote!(#ident: impl #conversion), quote!(#ident.into()))
            }
            _ => plain(names),
        }
    }
}

/// The trait of what converts into a type. That of identifiers tells the compiler what to say of anything else.
fn conversion(ty: &Ty, names: &mut Names<'_>) -> TokenStream {
    let rust = names.ty(ty);
    if matches!(ty, Ty::Id(_)) {
        names.add("sonet_core::IntoId");
        quote!(IntoId<#rust>)
    } else {
        quote!(Into<#rust>)
    }
}
