//! Methods that answer in pages.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::types::Names;
use crate::ir::{Method, Paging};

pub(super) fn render(name: &str, method: &Method, names: &mut Names<'_>) -> Option<TokenStream> {
    let paging = method.paging.as_ref()?;
    names.add("sonet_core::Paged");
    names.add("sonet_core::Paging");
    let ident = format_ident!("{name}");
    let item = names.ty(&paging.item);
    // What is not said is as `Paging::new` has it.
    let rows = paging.rows.as_ref().map(|key| quote!(.rows_in(#key)));
    let filter = other(&paging.filter, "filter").map(|name| quote!(.filter(#name)));
    let order = other(&paging.order, "order").map(|name| quote!(.order(#name)));
    let select = paging.select.as_ref().map(|name| quote!(.select(#name)));
    let cursor = paging.cursor.as_deref();
    let row_cursor = paging.row_cursor.as_deref().filter(|_| cursor.is_some());
    let row_cursor = row_cursor.and_then(|name| other(name, cursor.unwrap_or_default()));
    let row_cursor = row_cursor.map(|name| quote!(.row_cursor(#name)));
    let uncounted = paging.uncounted.then(|| quote!(.uncounted()));
    let new = constructor(paging, &item);
    Some(quote! {
        impl Paged for #ident {
            type Item = #item;

            fn paging(&self) -> Paging<#item> {
                #new #rows #filter #order #select #row_cursor #uncounted
            }
        }
    })
}

/// By what a list is walked.
fn constructor(paging: &Paging, item: &TokenStream) -> TokenStream {
    let Some(field) = &paging.row_field else {
        // The check lets no cursor through that no row has.
        return quote!(Paging::by_offset(|_: &#item| None));
    };
    let name = format_ident!("{}", field.rust);
    let number = match (field.is_essential, field.is_id) {
        (true, true) => quote!(row.#name.into()),
        (false, true) => quote!(row.#name.map(Into::into)),
        (_, false) => quote!(row.#name),
    };
    match &paging.cursor {
        Some(cursor) => quote!(Paging::new(#cursor, |row: &#item| #number)),
        None if field.is_essential => quote!(Paging::by_offset(|row: &#item| Some(#number))),
        None => quote!(Paging::by_offset(|row: &#item| #number)),
    }
}

/// A name, where it is another than this one.
fn other<'a>(name: &'a str, than: &str) -> Option<&'a str> {
    (name != than).then_some(name)
}
