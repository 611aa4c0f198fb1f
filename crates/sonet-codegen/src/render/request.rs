//! Requests.

mod argument;
mod checks;
mod columns;
mod constructor;
mod doc;
pub(super) mod input;
mod method_impl;
mod open;
mod setters;
mod structs;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::page;
use super::slot::slots;
use super::types::Names;
use crate::ir::Method;
use constructor::Said;

/// What is said of the constructor of a request.
const SAID: Said = Said {
    needs: "Builds the call from the parameters that the method needs.",
    optional: "Builds the call; every parameter is optional.",
    nothing: "Builds the call, which has no parameters.",
};

pub(super) fn render(
    name: &str,
    method: &Method,
    example: Option<&str>,
    names: &mut Names<'_>,
) -> TokenStream {
    for path in [
        "serde::Serialize",
        "sonet_core::Method",
        "sonet_core::Effect",
    ] {
        names.add(path);
    }
    let ident = format_ident!("{name}");
    let structs = structs::structs(name, method, example, names);
    let constructor = constructor::constructor(name, &method.params, false, &SAID, names);
    let columns = columns::columns(method, names);
    let setters: Vec<_> = slots(&method.params)
        .iter()
        .map(|slot| slot.setters(names))
        .collect();
    let open_field = open::field(method, names);
    let open_keys: Vec<_> = open::groups(&method.params)
        .map(|group| open::group_setter(group, names))
        .collect();
    let default = constructor::default(&ident, &method.params);
    let method_impl = method_impl::method_impl(name, method, names);
    let paged = page::render(name, method, names);
    let operators: Vec<_> = method
        .operators
        .iter()
        .map(|operator| {
            let name = format_ident!("{}", operator.name);
            let prefix = operator.other_prefix.as_ref();
            let prefix = prefix.map(|prefix| quote!(const PREFIX: &'static str = #prefix;));
            quote!(impl op::Supports<op::#name> for #ident { #prefix })
        })
        .collect();
    if !operators.is_empty() {
        names.add("sonet_core::filter::op");
    }
    quote! {
        #structs

        impl #ident {
            #(#columns)*
            #constructor
            #open_field
            #(#setters)*
            #(#open_keys)*
        }

        #default
        #method_impl
        #paged
        #(#operators)*
    }
}
