//! Parameters: how they are kept, given, encoded and checked.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::docs::Doc;
use super::types::Names;
use crate::ir::{Param, ParamTy, Single, Ty};

/// A parameter with the place in the request where it is kept.
pub(super) struct Slot<'a> {
    pub(super) single: &'a Single,
    /// The object of parameters that it is in.
    pub(super) group: Option<&'a str>,
}

/// Every parameter, those inside objects included.
pub(super) fn slots(params: &[Param]) -> Vec<Slot<'_>> {
    let mut slots = Vec::new();
    for param in params {
        match param {
            Param::One(single) => slots.push(Slot {
                single,
                group: None,
            }),
            Param::Group(group) => slots.extend(group.params.iter().map(|single| Slot {
                single,
                group: Some(&group.rust),
            })),
        }
    }
    slots
}

impl Slot<'_> {
    pub(super) fn ident(&self) -> Ident {
        format_ident!("{}", self.single.rust)
    }

    /// The place: `self.name`, or `self.params.name`.
    fn place(&self) -> TokenStream {
        let ident = self.ident();
        if let Some(group) = self.group {
            let group = format_ident!("{group}");
            quote!(self.#group.#ident)
        } else {
            quote!(self.#ident)
        }
    }

    /// Whether the request keeps an `Option`. Flags and dates always are one: their encoders take one.
    fn is_option(&self) -> bool {
        !self.single.required || matches!(self.single.ty, ParamTy::Value(Ty::Flag | Ty::Iso))
    }

    /// The field of the request, with its attributes.
    pub(super) fn field(&self, names: &mut Names<'_>) -> TokenStream {
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
                quote!(Vec<&'static str>)
            }
            ParamTy::Value(ty) => {
                let rust = names.ty(ty);
                if !self.single.required {
                    attributes.push(quote!(skip_serializing_if = "Option::is_none"));
                }
                if let Some(encoder) = encoder(ty) {
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

    /// The argument of `new` or of the setter, and the value that is kept of it.
    pub(super) fn argument(&self, names: &mut Names<'_>) -> (TokenStream, TokenStream) {
        let ident = self.ident();
        let ParamTy::Value(ty) = &self.single.ty else {
            return (quote!(#ident: ()), quote!(#ident));
        };
        let rust = names.ty(ty);
        match ty {
            Ty::List(element) => {
                let element = names.ty(element);
                (
                    quote!(#ident: impl IntoIterator<Item = impl Into<#element>>),
                    quote!(#ident.into_iter().map(Into::into).collect()),
                )
            }
            Ty::Text | Ty::Secret | Ty::Id(_) | Ty::Iso => {
                (quote!(#ident: impl Into<#rust>), quote!(#ident.into()))
            }
            // An open set of texts takes any text; a closed one only what it names.
            Ty::Enum(..) if self.single.open => {
                (quote!(#ident: impl Into<#rust>), quote!(#ident.into()))
            }
            _ => (quote!(#ident: #rust), quote!(#ident)),
        }
    }

    /// The value that `new` keeps.
    pub(super) fn initial(&self, names: &mut Names<'_>) -> TokenStream {
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

    /// The setters.
    pub(super) fn setters(&self, names: &mut Names<'_>) -> TokenStream {
        let (ident, place) = (self.ident(), self.place());
        let doc = self.doc().render();
        match &self.single.ty {
            ParamTy::Filter => {
                names.add("sonet_core::filter::Condition");
                quote! {
                    #doc
                    pub fn filter(mut self, condition: Condition<Self>) -> Self {
                        #place.push(condition);
                        self
                    }
                }
            }
            ParamTy::Order => {
                names.add("sonet_core::filter::Sorting");
                quote! {
                    #doc
                    pub fn order(mut self, sorting: Sorting<Self>) -> Self {
                        #place.push(sorting);
                        self
                    }
                }
            }
            ParamTy::Select(always) => {
                let always = always.iter().map(|field| format_ident!("{}", field.rust));
                names.add("sonet_core::filter::Field");
                names.add("sonet_core::filter::usage");
                names.add("sonet_core::filter");
                quote! {
                    #doc
                    pub fn select<V, U: usage::Selectable>(mut self, field: Field<Self, V, U>) -> Self {
                        #(filter::select(&mut #place, Self::#always);)*
                        filter::select(&mut #place, field);
                        self
                    }
                }
            }
            ParamTy::Value(_) if self.single.required => TokenStream::new(),
            ParamTy::Value(_) => {
                let (argument, value) = self.argument(names);
                let clear = self.clear();
                quote! {
                    #doc
                    pub fn #ident(mut self, #argument) -> Self {
                        #place = Some(#value);
                        self
                    }
                    #clear
                }
            }
        }
    }

    fn clear(&self) -> Option<TokenStream> {
        let clear = self.single.clear.as_ref()?;
        let (place, rust, value) = (self.place(), format_ident!("{}", clear.rust), clear.value);
        let value = proc_macro2::Literal::i64_unsuffixed(value);
        let value = if let ParamTy::Value(Ty::Id(path)) = &self.single.ty {
            let id = format_ident!("{}", path.name);
            quote!(#id::new(#value))
        } else {
            quote!(#value)
        };
        let doc = Doc::new(&clear.doc).render();
        Some(quote! {
            #doc
            pub fn #rust(mut self) -> Self {
                #place = Some(#value);
                self
            }
        })
    }

    fn doc(&self) -> Doc {
        let mut doc = Doc::new(&self.single.doc);
        match &self.single.ty {
            ParamTy::Filter => doc.paragraph("Adds a condition; all of them must hold."),
            ParamTy::Order => doc.paragraph("Sorts by one more field, after those that are there."),
            ParamTy::Select(always) if always.is_empty() => doc.paragraph("Adds a field."),
            ParamTy::Select(always) => {
                let always: Vec<_> = always
                    .iter()
                    .map(|field| format!("`{}`", field.wire))
                    .collect();
                doc.paragraph(&format!(
                    "Adds a field. With it goes {}, without which a row can't be decoded.",
                    always.join(" and ")
                ));
            }
            ParamTy::Value(_) => {}
        }
        if !self.single.values.is_empty() {
            doc.list(
                self.single
                    .values
                    .iter()
                    .map(|(wire, doc)| match wire.as_str() {
                        "Y" => format!("`true`: {doc}"),
                        "N" => format!("`false`: {doc}"),
                        wire => format!("`{wire}`: {doc}"),
                    }),
            );
        }
        if let Some(default) = &self.single.default {
            doc.paragraph(&format!("Default: {default}."));
        }
        doc
    }

    /// What is checked before sending.
    pub(super) fn checks(&self) -> Option<TokenStream> {
        let (place, wire) = (self.place(), &self.single.wire);
        let functions: Vec<&str> = match &self.single.ty {
            ParamTy::Filter | ParamTy::Order => return Some(quote!(#place.check(#wire)?;)),
            ParamTy::Value(Ty::Text) if self.single.non_empty => vec!["text"],
            ParamTy::Value(Ty::List(element)) => {
                let list = self.single.non_empty.then_some("list");
                let elements = match **element {
                    Ty::Id(_) => Some("ids"),
                    Ty::Enum(..) if !self.single.open => Some("all_known"),
                    _ => None,
                };
                list.into_iter().chain(elements).collect()
            }
            ParamTy::Value(Ty::Enum(..)) if !self.single.open => vec!["known"],
            // Of an identifier that the method needs, the server says itself that it is none; one that it can do without
            // is passed over in silence. Where a value clears, it is one of those.
            ParamTy::Value(Ty::Id(_)) if !self.single.required && self.single.clear.is_none() => {
                vec!["id"]
            }
            ParamTy::Select(_) | ParamTy::Value(_) => return None,
        };
        let functions: Vec<_> = functions
            .iter()
            .map(|name| format_ident!("{name}"))
            .collect();
        if functions.is_empty() {
            None
        } else if self.is_option() {
            let ident = self.ident();
            Some(quote!(if let Some(#ident) = &#place { #(check::#functions(#wire, #ident)?;)* }))
        } else {
            Some(quote!(#(check::#functions(#wire, &#place)?;)*))
        }
    }

    /// Whether it was given, for a parameter whose presence turns the call into a write.
    pub(super) fn given(&self) -> Option<TokenStream> {
        let place = self.place();
        self.single.once.then(|| quote!(#place.is_some()))
    }
}

fn encoder(ty: &Ty) -> Option<&'static str> {
    match ty {
        Ty::Flag => Some("wire::flag"),
        Ty::Iso => Some("wire::iso"),
        _ => None,
    }
}
