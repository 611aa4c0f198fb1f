//! `new`, and `Default` where it needs nothing.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::structs::group_ident;
use crate::ir::{Method, Param, ParamTy};
use crate::render::docs::Doc;
use crate::render::slot::{Slot, slots};
use crate::render::types::Names;

pub(super) fn constructor(name: &str, method: &Method, names: &mut Names<'_>) -> TokenStream {
    let slots = slots(&method.params);
    let arguments: Vec<_> = slots
        .iter()
        .filter(|slot| slot.single.required && matches!(slot.single.ty, ParamTy::Value(_)))
        .map(|slot| slot.argument(names).0)
        .collect();
    let mut values = Vec::new();
    for param in &method.params {
        values.push(match param {
            Param::One(single) => Slot::of(single).initial(names),
            Param::Group(group) => {
                let (rust, ty) = (format_ident!("{}", group.rust), group_ident(name, group));
                let mut inner: Vec<_> = Slot::all_in(group)
                    .map(|slot| slot.initial(names))
                    .collect();
                if group.open {
                    inner.push(quote!(unlisted: BTreeMap::new(),));
                }
                quote!(#rust: #ty { #(#inner)* },)
            }
        });
    }
    let mut doc = Doc::new("Builds the call from the parameters that the method needs.");
    let required = slots.iter().filter(|slot| slot.single.required);
    let required: Vec<_> = required
        .map(|slot| format!("`{}`: {}", slot.single.rust, slot.single.doc))
        .collect();
    if required.is_empty() {
        doc = Doc::new("Builds the call; every parameter is optional.");
        if slots.is_empty() {
            doc = Doc::new("Builds the call, which has no parameters.");
        }
    } else {
        doc.list(required);
    }
    let doc = doc.render();
    quote! {
        #doc
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values)* }
        }
    }
}

/// A request that needs nothing has a default.
pub(super) fn default(ident: &Ident, method: &Method) -> Option<TokenStream> {
    let needs = slots(&method.params)
        .iter()
        .any(|slot| slot.single.required);
    (!needs).then(|| {
        quote! {
            impl Default for #ident {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    })
}

impl Slot<'_> {
    /// The value that `new` keeps.
    fn initial(&self, names: &mut Names<'_>) -> TokenStream {
        let ident = self.ident();
        let value = match (&self.single.ty, self.single.required) {
            (ParamTy::Filter, _) => quote!(Filter::default()),
            (ParamTy::Order, _) => quote!(Order::default()),
            (ParamTy::Select(_), _) => quote!(Vec::new()),
            (ParamTy::Value(_), true) => {
                let (_, value) = self.argument(names);
                if self.is_option() {
                    quote!(Some(#value))
                } else {
                    value
                }
            }
            (ParamTy::Value(_), false) => quote!(None),
        };
        if ident == value.to_string() {
            quote!(#ident,)
        } else {
            quote!(#ident: #value,)
        }
    }
}
