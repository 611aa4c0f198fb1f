//! What a request keeps: its struct, and one for each object of parameters.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::doc;
use crate::ir::{Group, Method, Param, ParamTy};
use crate::render::slot::Slot;
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
    let mut fields = Vec::new();
    let mut groups = Vec::new();
    for param in &method.params {
        match param {
            Param::One(single) => fields.push(Slot::of(single).field(names)),
            Param::Group(group) => {
                fields.push(group_field(name, group, names));
                groups.push(group_struct(name, group, names));
            }
        }
    }
    quote! {
        #doc
        #deprecated
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
        #[must_use = "a request does nothing until a client calls it"]
        pub struct #ident { #(#fields)* }

        #(#groups)*
    }
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
    let mut fields: Vec<_> = Slot::all_in(group).map(|slot| slot.field(names)).collect();
    if group.open {
        names.add("serde_json::Value");
        names.add("std::collections::BTreeMap");
        fields.push(quote!(#[serde(flatten)] unlisted: BTreeMap<String, Value>,));
    }
    let default = is_optional(group).then(|| quote!(Default,));
    let doc = format!(" The object `{}` on the wire.", group.wire);
    quote! {
        #[doc = #doc]
        #[derive(Debug, Clone, PartialEq, Eq, Hash, #default Serialize)]
        struct #ident { #(#fields)* }
    }
}

/// Whether nothing is sent of an object in which there is nothing.
fn is_optional(group: &Group) -> bool {
    !group.required && group.params.iter().all(|param| !param.required)
}

/// The struct of an object of parameters.
pub(super) fn group_ident(name: &str, group: &Group) -> Ident {
    format_ident!("{name}{}", sonet_spec::names::upper_camel(&group.rust))
}

impl Slot<'_> {
    /// The field of the request, with its attributes.
    fn field(&self, names: &mut Names<'_>) -> TokenStream {
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
        // What a lost answer is reconciled by is written by hand, elsewhere in the crate.
        let visibility = self.group.is_none().then(|| quote!(pub(crate)));
        quote!(#attribute #visibility #ident: #ty,)
    }
}
