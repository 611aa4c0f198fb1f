//! What may be sent although no page lists it: keys of an object, and fields of a filter or an order.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::ir::{Group, Method, Param, ParamTy};
use crate::render::slot::slots;
use crate::render::types::Names;

/// The objects of parameters with keys that no page lists.
pub(super) fn groups(method: &Method) -> impl Iterator<Item = &Group> {
    let groups = method.params.iter().filter_map(|param| match param {
        Param::Group(group) => Some(group),
        Param::One(_) => None,
    });
    groups.filter(|group| group.open)
}

/// A field of a filter or an order, by its name.
pub(super) fn field(method: &Method, names: &mut Names<'_>) -> Option<TokenStream> {
    let is_open = slots(&method.params)
        .iter()
        .any(|slot| slot.single.open && matches!(slot.single.ty, ParamTy::Filter | ParamTy::Order));
    is_open.then(|| {
        names.add("sonet_core::filter::OpenField");
        names.add("std::borrow::Cow");
        quote! {
            /// A field to filter or to sort by that is not listed here, such as a portal's own.
            ///
            /// Nothing checks its name. A server passes over a condition on a field that it does not know, and answers more
            /// rows than asked for.
            pub fn open_field(name: impl Into<Cow<'static, str>>) -> OpenField<Self> {
                OpenField::new(name)
            }
        }
    })
}

/// The setter of a key that no page lists.
pub(super) fn setter(group: &Group, names: &mut Names<'_>) -> TokenStream {
    names.add("serde_json::Value");
    let (rust, setter) = (
        format_ident!("{}", group.rust),
        format_ident!("{}_key", group.rust),
    );
    let doc = format!(
        " Sets a key of `{}` that has no setter of its own, such as a portal's own field. Nothing checks its name.",
        group.wire
    );
    quote! {
        #[doc = #doc]
        pub fn #setter(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
            self.#rust.unlisted.insert(key.into(), value.into());
            self
        }
    }
}

/// A key with a setter of its own would be sent twice.
pub(super) fn check(group: &Group) -> TokenStream {
    let (rust, wire) = (format_ident!("{}", group.rust), &group.wire);
    let listed = group.params.iter().map(|param| &param.wire);
    quote!(check::unlisted(#wire, &self.#rust.unlisted, &[#(#listed),*])?;)
}
