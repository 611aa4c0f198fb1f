//! What a request keeps: its struct, and one for each object of parameters.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::doc;
use crate::ir::{Group, Method, Param, ParamTy};
use crate::render::slot::{self, Slot};
use crate::render::types::{Names, encoder_of_param};

/// The struct of a request, and those of the objects of parameters in it.
pub(super) fn structs(
    name: &str,
    method: &Method,
    example: Option<&str>,
    names: &mut Names<'_>,
) -> TokenStream {
    let ident = format_ident!("{name}");
    let doc = doc::of(method, example).render();
    let deprecated = method.deprecated.as_ref();
    let deprecated = deprecated.map(|note| quote!(#[deprecated(note = #note)]));
    // What a lost answer is reconciled by is written by hand, elsewhere in the crate.
    let fields = fields(name, &method.params, &quote!(pub(crate)), names);
    let groups = group_structs(name, &method.params, names);
    quote! {
        #doc
        #deprecated
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
        #[must_use = "a request does nothing until a client calls it"]
        pub struct #ident { #(#fields)* }

        #groups
    }
}

/// The fields of what keeps parameters. The structs of objects are named after `owner`.
pub(super) fn fields(
    owner: &str,
    params: &[Param],
    visibility: &TokenStream,
    names: &mut Names<'_>,
) -> Vec<TokenStream> {
    let params = params.iter();
    let fields = params.map(|param| match param {
        Param::One(single) => {
            let (attribute, field) = Slot::of(single).field(names);
            quote!(#attribute #visibility #field)
        }
        Param::Group(group) => group_field(owner, group, names),
    });
    fields.collect()
}

/// The structs of the objects of parameters, outer before inner.
pub(super) fn group_structs(owner: &str, params: &[Param], names: &mut Names<'_>) -> TokenStream {
    let groups = slot::groups(params).into_iter();
    groups
        .map(|(group, _)| group_struct(owner, group, names))
        .collect()
}

/// What keeps the keys that no page lists.
pub(super) fn unlisted(names: &mut Names<'_>) -> TokenStream {
    names.add("serde_json::Value");
    names.add("std::collections::BTreeMap");
    quote!(#[serde(flatten)] unlisted: BTreeMap<String, Value>,)
}

fn group_field(name: &str, group: &Group, names: &mut Names<'_>) -> TokenStream {
    let rust = format_ident!("{}", group.rust);
    let ty = group_ident(name, group);
    let rename = (group.wire != group.rust).then(|| {
        let wire = &group.wire;
        quote!(#[serde(rename = #wire)])
    });
    let skip = is_optional(group).then(|| {
        names.add("sonet_core::wire");
        quote!(#[serde(skip_serializing_if = "wire::is_default")])
    });
    quote!(#rename #skip #rust: #ty,)
}

fn group_struct(name: &str, group: &Group, names: &mut Names<'_>) -> TokenStream {
    let ident = group_ident(name, group);
    let fields = fields(name, &group.params, &TokenStream::new(), names);
    let unlisted = group.open.then(|| unlisted(names));
    let default = is_optional(group).then(|| quote!(Default,));
    let doc = format!(" The object `{}` on the wire.", group.wire);
    quote! {
        #[doc = #doc]
        #[derive(Debug, Clone, PartialEq, Eq, Hash, #default Serialize)]
        struct #ident { #(#fields)* #unlisted }
    }
}

/// Whether nothing is sent of an object in which there is nothing.
fn is_optional(group: &Group) -> bool {
    let params = group.params.iter();
    let mut inside = params.map(|param| match param {
        Param::One(single) => !single.required,
        Param::Group(group) => is_optional(group),
    });
    !group.required && inside.all(|is_optional| is_optional)
}

/// The struct of an object of parameters.
pub(super) fn group_ident(name: &str, group: &Group) -> Ident {
    format_ident!("{name}{}", sonet_spec::names::upper_camel(&group.rust))
}

impl Slot<'_> {
    /// The attributes of the field that keeps it, and the field.
    fn field(&self, names: &mut Names<'_>) -> (Option<TokenStream>, TokenStream) {
        let ident = self.ident();
        let mut attributes = Vec::new();
        if self.single.wire != self.single.rust {
            let wire = &self.single.wire;
            attributes.push(quote!(rename = #wire));
        }
        let ty = match &self.single.ty {
            ParamTy::Filter => {
                attributes.push(quote!(skip_serializing_if = "Filter::is_empty"));
                names.add("sonet_core::filter::Filter");
                quote!(Filter)
            }
            ParamTy::Order => {
                attributes.push(quote!(skip_serializing_if = "Order::is_empty"));
                names.add("sonet_core::filter::Order");
                quote!(Order)
            }
            ParamTy::Select(_) => {
                attributes.push(quote!(skip_serializing_if = "Vec::is_empty"));
                if self.single.open {
                    names.add("std::borrow::Cow");
                    quote!(Vec<Cow<'static, str>>)
                } else {
                    quote!(Vec<&'static str>)
                }
            }
            ParamTy::Value(ty) => {
                let rust = names.ty(ty);
                if !self.single.required {
                    attributes.push(quote!(skip_serializing_if = "Option::is_none"));
                }
                if let Some(encoder) = encoder_of_param(ty, self.single.required) {
                    names.add("sonet_core::wire");
                    attributes.push(quote!(serialize_with = #encoder));
                }
                if self.is_option() {
                    quote!(Option<#rust>)
                } else {
                    rust
                }
            }
        };
        let attribute = (!attributes.is_empty()).then(|| quote!(#[serde(#(#attributes),*)]));
        (attribute, quote!(#ident: #ty,))
    }
}
