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
    let (rows, filter, order) = (&paging.rows, &paging.filter, &paging.order);
    let (cursor, row_cursor, uncounted) = (&paging.cursor, &paging.row_cursor, paging.uncounted);
    let taken = paging.field.as_ref().map_or_else(
        || quote!(output),
        |field| {
            let field = format_ident!("{field}");
            quote!(output.#field)
        },
    );
    let row_field = format_ident!("{}", paging.row_field);
    Some(quote! {
        impl Paged for #ident {
            type Item = #item;
            const PAGING: Paging = Paging {
                rows: &[#(#rows),*],
                filter: #filter,
                order: #order,
                cursor: #cursor,
                row_cursor: #row_cursor,
                uncounted: #uncounted,
            };

            fn rows(output: Self::Output) -> Vec<#item> {
                #taken
            }

            fn cursor(item: &#item) -> i64 {
                item.#row_field.into()
            }
        }
    })
}
