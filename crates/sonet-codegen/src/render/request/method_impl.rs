//! `impl Method`: what the core has to know of a request.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::open;
use crate::ir::Method;
use crate::render::slot::{Slot, slots};
use crate::render::types::{Names, decoded_result};
use sonet_spec::model::Effect;

pub(super) fn method_impl(name: &str, method: &Method, names: &mut Names<'_>) -> TokenStream {
    let ident = format_ident!("{name}");
    let wire = &method.wire;
    let effect = match method.effect {
        Effect::Read => quote!(Effect::Read),
        Effect::Repeatable => quote!(Effect::Repeatable),
        Effect::Write => quote!(Effect::Write),
    };
    let output = names.ty(&method.output);
    let output = match &method.within {
        Some(within) if within.optional => quote!(Option<#output>),
        _ => output,
    };
    let errors = (!method.errors.is_empty()).then(|| {
        names.add("sonet_core::Documented");
        let errors = method.errors.iter().map(|error| {
            let (name, code, text) = (&error.name, &error.code, &error.text);
            let localized = error.localized.then(|| quote!(.localized()));
            quote!(Documented::new(#name, #code, #text) #localized)
        });
        quote!(const ERRORS: &'static [Documented] = &[#(#errors),*];)
    });
    let nothing = method.paging.as_ref().and_then(|paging| {
        let name = paging.nothing.as_ref()?;
        Some(quote!(const NOTHING: Option<&'static str> = Some(#name);))
    });
    let decode =
        decoded_result(&method.output, method.within.as_ref(), method.effect).map(|decoded| {
            names.add("serde::Deserializer");
            names.add("sonet_core::wire");
            if method.paging.is_none() && method.within.is_none() {
                names.add("sonet_core::wire::Decode as _");
            }
            // What the renderer of decoders writes is a call.
            let decoded: TokenStream = decoded.parse().unwrap_or_default();
            quote! {
                fn decode<'de, D: Deserializer<'de>>(result: D) -> Result<Self::Output, D::Error> {
                    #decoded
                }
            }
        });
    let beside_result = method.paging.as_ref().map(|_| {
        names.add("sonet_core::BesideResult");
        quote! {
            fn beside_result(page: &mut Self::Output, beside: &BesideResult) {
                page.set_beside_result(beside);
            }
        }
    });
    let slots = slots(&method.params);
    let given: Vec<_> = slots.iter().filter_map(Slot::given).collect();
    let dynamic = (!given.is_empty()).then(|| {
        quote! {
            fn effect(&self) -> Effect {
                if #(#given)||* { Effect::Write } else { Self::EFFECT }
            }
        }
    });
    let mut checks: Vec<_> = slots.iter().filter_map(Slot::checks).collect();
    let groups = open::groups(&method.params);
    checks.extend(groups.map(|(group, place)| open::check(&group.wire, &place, &group.params)));
    let check = (!checks.is_empty()).then(|| {
        names.add("sonet_core::Invalid");
        if checks
            .iter()
            .any(|check| check.to_string().contains("check ::"))
        {
            names.add("sonet_core::check");
        }
        quote! {
            fn check(&self) -> Result<(), Invalid> {
                #(#checks)*
                Ok(())
            }
        }
    });
    quote! {
        impl Method for #ident {
            const NAME: &'static str = #wire;
            const EFFECT: Effect = #effect;
            type Output = #output;
            #errors
            #nothing
            #dynamic
            #decode
            #beside_result
            #check
        }
    }
}
