//! What is checked before sending, and what makes a write of a call.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{ParamTy, Ty};
use crate::render::slot::Slot;

impl Slot<'_> {
    /// What is checked before sending.
    pub(super) fn checks(&self) -> Option<TokenStream> {
        let (place, wire) = (self.place(), &self.single.wire);
        let ty = match &self.single.ty {
            // A condition compares numbers: what is greater than 0, or equal to it, is a question with an answer.
            ParamTy::Filter | ParamTy::Order => return Some(quote!(#place.check(#wire)?;)),
            ParamTy::Select(_) => return None,
            ParamTy::Value(ty) => ty,
        };
        let ident = self.ident();
        let value = if self.is_option() {
            quote!(#ident)
        } else {
            quote!(&#place)
        };
        let mut checks = self.emptiness(ty, &value);
        checks.extend(self.inside(ty, &value));
        if checks.is_empty() {
            None
        } else if self.is_option() {
            Some(quote!(if let Some(#ident) = &#place { #checks }))
        } else {
            Some(checks)
        }
    }

    /// Whether anything is in what has to have something in it.
    fn emptiness(&self, ty: &Ty, value: &TokenStream) -> TokenStream {
        let wire = &self.single.wire;
        match ty {
            Ty::Text if self.single.non_empty => quote!(check::text(#wire, #value)?;),
            Ty::List(_) if self.single.non_empty => quote!(check::list(#wire, #value)?;),
            _ => TokenStream::new(),
        }
    }

    /// Whether the value, and what is in it, is what it has to be.
    fn inside(&self, ty: &Ty, value: &TokenStream) -> Option<TokenStream> {
        let wire = &self.single.wire;
        let is_closed = !self.single.open;
        Some(match ty {
            Ty::Enum(..) if is_closed => quote!(check::known(#wire, #value)?;),
            Ty::Id(_) => {
                if let Some(clear) = &self.single.clear {
                    let cleared = Literal::i64_unsuffixed(clear.value);
                    quote!(check::id_or(#wire, #value, #cleared)?;)
                } else {
                    quote!(check::id(#wire, #value)?;)
                }
            }
            Ty::PageStart(false) => quote!(check::counted(#wire, #value)?;),
            Ty::List(element) if matches!(**element, Ty::Id(_)) => {
                quote!(check::ids(#wire, #value)?;)
            }
            Ty::List(element) if matches!(**element, Ty::Enum(..)) && is_closed => {
                quote!(check::all_known(#wire, #value)?;)
            }
            ty if matches!(ty.innermost(), Ty::Input(_)) => {
                quote!(check::object(#wire, #value)?;)
            }
            Ty::List(element) => {
                let checks = self.inside(element, &quote!(each))?;
                quote!(for each in #value { #checks })
            }
            Ty::Map(element) => {
                let checks = self.inside(element, &quote!(each))?;
                quote!(for each in BTreeMap::values(#value) { #checks })
            }
            _ => return None,
        })
    }

    /// Whether it was given, for a parameter whose presence turns the call into a write.
    pub(super) fn given(&self) -> Option<TokenStream> {
        let place = self.place();
        self.single.once.then(|| quote!(#place.is_some()))
    }
}
