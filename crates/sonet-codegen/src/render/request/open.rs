//! What may be sent although no page lists it: keys of an object, and fields of a filter or an order.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::ir::{Group, Method, Param, ParamTy};
use crate::render::slot::{self, slots};
use crate::render::types::Names;

/// The objects of parameters with keys that no page lists, each with its place.
pub(super) fn groups(params: &[Param]) -> impl Iterator<Item = (&Group, TokenStream)> {
    let groups = slot::groups(params).into_iter();
    groups.filter(|(group, _)| group.open)
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
pub(super) fn group_setter(
    (group, place): (&Group, TokenStream),
    names: &mut Names<'_>,
) -> TokenStream {
    let of = format!(" of `{}`", group.wire);
    setter(&format!("{}_key", group.rust), &of, &place, names)
}

/// The setter of a key of the object at a place.
pub(super) fn setter(
    name: &str,
    of: &str,
    place: &TokenStream,
    names: &mut Names<'_>,
) -> TokenStream {
    names.add("serde_json::Value");
    let setter = format_ident!("{name}");
    let doc = format!(
        " Sets a key{of} that has no setter of its own, such as a portal's own field. Nothing checks its name."
    );
    quote! {
        #[doc = #doc]
        pub fn #setter(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
            #place.unlisted.insert(key.into(), value.into());
            self
        }
    }
}

/// A key with a setter of its own would be sent twice.
pub(super) fn check(wire: &str, place: &TokenStream, params: &[Param]) -> TokenStream {
    let listed = params.iter().map(Param::wire);
    quote!(check::unlisted(#wire, &#place.unlisted, &[#(#listed),*])?;)
}
