//! `new`, and `Default` where it needs nothing.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::structs::group_ident;
use crate::ir::{Param, ParamTy};
use crate::render::docs::Doc;
use crate::render::slot::{Slot, slots};
use crate::render::types::Names;

/// What is said of a constructor.
pub(super) struct Said {
    /// Where something is needed; what it is follows.
    pub(super) needs: &'static str,
    /// Where everything can be left out.
    pub(super) optional: &'static str,
    /// Where there is nothing to give.
    pub(super) nothing: &'static str,
}

/// `new`, which takes what can't be left out. The structs of objects are named after `owner`.
pub(super) fn constructor(
    owner: &str,
    params: &[Param],
    open: bool,
    said: &Said,
    names: &mut Names<'_>,
) -> TokenStream {
    let slots = slots(params);
    let arguments: Vec<_> = slots
        .iter()
        .filter(|slot| slot.single.required && matches!(slot.single.ty, ParamTy::Value(_)))
        .map(|slot| slot.argument(names).0)
        .collect();
    let values = values(owner, params, open, names);
    let required = slots.iter().filter(|slot| slot.single.required);
    let required: Vec<_> = required
        .map(|slot| format!("`{}`: {}", slot.single.rust, slot.single.doc))
        .collect();
    let doc = if slots.is_empty() {
        Doc::new(said.nothing)
    } else if required.is_empty() {
        Doc::new(said.optional)
    } else {
        let mut doc = Doc::new(said.needs);
        doc.list(required);
        doc
    };
    let doc = doc.render();
    quote! {
        #doc
        pub fn new(#(#arguments),*) -> Self {
            Self { #values }
        }
    }
}

/// What the fields begin with.
fn values(owner: &str, params: &[Param], open: bool, names: &mut Names<'_>) -> TokenStream {
    let mut all = TokenStream::new();
    for param in params {
        all.extend(match param {
            Param::One(single) => Slot::of(single).initial(names),
            Param::Group(group) => {
                let (rust, ty) = (format_ident!("{}", group.rust), group_ident(owner, group));
                let inner = values(owner, &group.params, group.open, names);
                quote!(#rust: #ty { #inner },)
            }
        });
    }
    if open {
        all.extend(quote!(unlisted: BTreeMap::new(),));
    }
    all
}

/// What needs nothing has a default.
pub(super) fn default(ident: &Ident, params: &[Param]) -> Option<TokenStream> {
    let needs = slots(params).iter().any(|slot| slot.single.required);
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
