//! The setters of what a request can do without.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::ir::{ParamTy, Ty};
use crate::render::docs::Doc;
use crate::render::slot::Slot;
use crate::render::types::Names;

impl Slot<'_> {
    /// The setters.
    pub(super) fn setters(&self, names: &mut Names<'_>) -> TokenStream {
        let (ident, place) = (self.ident(), self.place());
        let (doc, deprecated) = (self.doc().render(), self.deprecated());
        let doc = quote!(#doc #deprecated);
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
            ParamTy::Select(_) if self.single.open => self.open_select(&doc, names),
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

    /// Setters of a selection that takes fields which no page lists; for those that are listed, by their constants.
    fn open_select(&self, doc: &TokenStream, names: &mut Names<'_>) -> TokenStream {
        let place = self.place();
        names.add("sonet_core::filter");
        let ParamTy::Select(always) = &self.single.ty else {
            return TokenStream::new();
        };
        let always = always.iter().map(|field| format_ident!("{}", field.rust));
        let always = quote!(#(filter::select_open(&mut #place, Self::#always.name().into());)*);
        let typed = self.single.listed.then(|| {
            names.add("sonet_core::filter::Field");
            names.add("sonet_core::filter::usage");
            quote! {
                #doc
                pub fn select<V, U: usage::Selectable>(mut self, field: Field<Self, V, U>) -> Self {
                    #always
                    filter::select_open(&mut #place, field.name().into());
                    self
                }
            }
        });
        quote! {
            #typed

            /// Adds a field that is not listed here, such as a portal's own, or `*` and `UF_*` for all of them where the
            /// method takes these. Nothing checks its name.
            pub fn select_open(mut self, name: impl Into<Cow<'static, str>>) -> Self {
                #always
                filter::select_open(&mut #place, name.into());
                self
            }
        }
    }

    /// What warns who sets it.
    fn deprecated(&self) -> Option<TokenStream> {
        let note = self.single.deprecated.as_ref()?;
        Some(quote!(#[deprecated(note = #note)]))
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
        let (doc, deprecated) = (Doc::new(&clear.doc).render(), self.deprecated());
        Some(quote! {
            #doc
            #deprecated
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
}
