//! Requests.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::docs::{Doc, code, quoted};
use super::page;
use super::params::{Slot, slots};
use super::types::{Names, decoder_of_result};
use crate::ir::{Column, Group, Method, Param, ParamTy, Ty};
use sonet_spec::model::Effect;

pub(super) fn render(
    name: &str,
    method: &Method,
    example: &str,
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
    let structs = structs(name, method, example, names);
    let constructor = constructor(name, method, names);
    let columns = columns(method, names);
    let setters: Vec<_> = slots(&method.params)
        .iter()
        .map(|slot| slot.setters(names))
        .collect();
    let default = default(&ident, method);
    let contract = contract(name, method, names);
    let paged = page::render(name, method, names);
    let operators: Vec<_> = method
        .operators
        .iter()
        .map(|op| format_ident!("{op}"))
        .collect();
    if !operators.is_empty() {
        names.add("sonet_core::filter::op");
    }
    quote! {
        #structs

        impl #ident {
            #(#columns)*
            #constructor
            #(#setters)*
        }

        #default
        #contract
        #paged
        #(impl op::Supports<op::#operators> for #ident {})*
    }
}

fn structs(name: &str, method: &Method, example: &str, names: &mut Names<'_>) -> TokenStream {
    let ident = format_ident!("{name}");
    let doc = doc(method, example).render();
    let mut fields = Vec::new();
    let mut groups = Vec::new();
    for param in &method.params {
        match param {
            Param::One(single) => fields.push(
                Slot {
                    single,
                    group: None,
                }
                .field(names),
            ),
            Param::Group(group) => {
                fields.push(group_field(name, group, names));
                groups.push(group_struct(name, group, names));
            }
        }
    }
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Serialize)]
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
    let optional = !group.required && group.params.iter().all(|param| !param.required);
    let skip = optional.then(|| {
        names.add("sonet_core::wire");
        quote!(#[serde(skip_serializing_if = "wire::is_default")])
    });
    quote!(#rename #skip #rust: #ty,)
}

fn group_struct(name: &str, group: &Group, names: &mut Names<'_>) -> TokenStream {
    let ident = group_ident(name, group);
    let fields = group
        .params
        .iter()
        .map(|single| {
            Slot {
                single,
                group: Some(&group.rust),
            }
            .field(names)
        })
        .collect::<Vec<_>>();
    let optional = !group.required && group.params.iter().all(|param| !param.required);
    let default = optional.then(|| quote!(Default,));
    let doc = format!(" The object `{}` on the wire.", group.wire);
    quote! {
        #[doc = #doc]
        #[derive(Debug, Clone, PartialEq, #default Serialize)]
        struct #ident { #(#fields)* }
    }
}

fn group_ident(name: &str, group: &Group) -> Ident {
    format_ident!("{name}{}", sonet_spec::names::upper_camel(&group.rust))
}

fn constructor(name: &str, method: &Method, names: &mut Names<'_>) -> TokenStream {
    let slots = slots(&method.params);
    let arguments: Vec<_> = slots
        .iter()
        .filter(|slot| slot.single.required && matches!(slot.single.ty, ParamTy::Value(_)))
        .map(|slot| slot.argument(names).0)
        .collect();
    let mut values = Vec::new();
    for param in &method.params {
        values.push(match param {
            Param::One(single) => Slot {
                single,
                group: None,
            }
            .initial(names),
            Param::Group(group) => {
                let (rust, ty) = (format_ident!("{}", group.rust), group_ident(name, group));
                let inner: Vec<_> = group
                    .params
                    .iter()
                    .map(|single| {
                        Slot {
                            single,
                            group: None,
                        }
                        .initial(names)
                    })
                    .collect();
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
fn default(ident: &Ident, method: &Method) -> Option<TokenStream> {
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

fn columns(method: &Method, names: &mut Names<'_>) -> Vec<TokenStream> {
    if !method.columns.is_empty() {
        names.add("sonet_core::filter::Field");
        names.add("sonet_core::filter::usage");
    }
    method
        .columns
        .iter()
        .map(|column| render_column(column, names))
        .collect()
}

fn render_column(column: &Column, names: &mut Names<'_>) -> TokenStream {
    let (rust, wire) = (format_ident!("{}", column.rust), &column.wire);
    let usage = format_ident!("{}", column.usage);
    let ty = match &column.ty {
        // A date in a condition is always a moment, whatever form it has in an answer.
        Some(Ty::Loose) => names.ty(&Ty::Iso),
        Some(ty) => names.ty(ty),
        None => quote!(()),
    };
    let mut doc = Doc::new(&column.doc);
    doc.paragraph(match column.usage {
        "Filter" => "To filter by.",
        "FilterOrder" => "To filter and sort by.",
        "FilterOrderSelect" => "To filter and sort by, and to select.",
        "FilterSelect" => "To filter by and to select.",
        "Select" => "To select.",
        _ => "Answered only: the method neither filters nor sorts by it.",
    });
    let doc = doc.render();
    quote! {
        #doc
        pub const #rust: Field<Self, #ty, usage::#usage> = Field::new(#wire);
    }
}

fn contract(name: &str, method: &Method, names: &mut Names<'_>) -> TokenStream {
    let ident = format_ident!("{name}");
    let wire = &method.wire;
    let effect = match method.effect {
        Effect::Read => quote!(Effect::Read),
        Effect::Repeatable => quote!(Effect::Repeatable),
        Effect::Write => quote!(Effect::Write),
    };
    let output = names.ty(&method.output);
    let errors = (!method.errors.is_empty()).then(|| {
        names.add("sonet_core::Documented");
        let errors = method.errors.iter().map(|error| {
            let (name, code, text, localized) =
                (&error.name, &error.code, &error.text, error.localized);
            quote!(Documented { name: #name, code: #code, text: #text, localized: #localized })
        });
        quote!(const ERRORS: &'static [Documented] = &[#(#errors),*];)
    });
    let nothing = method.paging.as_ref().and_then(|paging| {
        let name = paging.nothing.as_ref()?;
        Some(quote!(const NOTHING: Option<&'static str> = Some(#name);))
    });
    let decode = decoder_of_result(&method.output, method.effect).map(|decoder| {
        names.add("serde::Deserializer");
        names.add("sonet_core::wire");
        names.add("sonet_core::wire::Decode as _");
        // What the renderer of decoders writes is a path.
        let decoder: TokenStream = decoder.parse().unwrap_or_default();
        quote! {
            fn decode<'de, D: Deserializer<'de>>(result: D) -> Result<Self::Output, D::Error> {
                #decoder(result)
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
    let checks: Vec<_> = slots.iter().filter_map(Slot::checks).collect();
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
            #check
        }
    }
}

fn doc(method: &Method, example: &str) -> Doc {
    let mut doc = Doc::new(&method.doc);
    doc.paragraph(&format!(
        "`{}`, scope `{}`. Who may call it: {}.",
        method.wire,
        method.scope,
        method.who.trim_end_matches('.')
    ));
    doc.paragraph(&format!("Answers: {}", method.output_doc));
    doc.paragraph(&format!("See <{}>.", method.page));
    if let Some(lost) = &method.lost_answer {
        doc.heading("After a lost answer");
        doc.paragraph(match method.effect {
            Effect::Repeatable => "It may be repeated.",
            _ => "It is not repeated.",
        });
        doc.paragraph(lost);
    }
    doc.heading("Errors");
    if method.errors.is_empty() {
        doc.paragraph("Only those that every method has.");
    } else {
        doc.list(method.errors.iter().map(|error| {
            let what = if error.text.is_empty() {
                code(&error.code)
            } else {
                quoted(&error.text)
            };
            let nothing = method
                .paging
                .as_ref()
                .and_then(|paging| paging.nothing.as_ref());
            if nothing == Some(&error.name) {
                return format!("{what}: {} A client makes an empty list of it.", error.doc);
            }
            format!("`Refusal::{}` ({what}): {}", error.name, error.doc)
        }));
    }
    doc.heading("Examples");
    doc.example(example);
    doc
}
