//! Methods that answer in pages.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::types::Names;
use crate::ir::Method;

pub(super) fn render(name: &str, method: &Method, names: &mut Names<'_>) -> Option<TokenStream> {
    let paging = method.paging.as_ref()?;
    names.add("sonet_core::Paged");
    names.add("sonet_core::Paging");
    let ident = format_ident!("{name}");
    let item = names.ty(&paging.item);
    let cursor = &paging.cursor;
    // What is not said is as `Paging::new` has it.
    let rows = paging.rows.as_ref().map(|key| quote!(.rows_in(#key)));
    let filter = other(&paging.filter, "filter").map(|name| quote!(.filter(#name)));
    let order = other(&paging.order, "order").map(|name| quote!(.order(#name)));
    let select = paging.select.as_ref().map(|name| quote!(.select(#name)));
    let row_cursor = other(&paging.row_cursor, cursor).map(|name| quote!(.row_cursor(#name)));
    let uncounted = paging.uncounted.then(|| quote!(.uncounted()));
    let row_field = format_ident!("{}", paging.row_field);
    Some(quote! {
        impl Paged for #ident {
            type Item = #item;

            fn paging(&self) -> Paging<#item> {
                Paging::new(#cursor, |row: &#item| row.#row_field.into())
                    #rows #filter #order #select #row_cursor #uncounted
            }
        }
    })
}

/// A name, where it is another than this one.
fn other<'a>(name: &'a str, than: &str) -> Option<&'a str> {
    (name != than).then_some(name)
}
