//! How an object is written: in the form that it is read from, without its secrets.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::ir::{Field, Object, Ty};
use crate::render::types::{Names, form_of_field, path};

pub(super) fn render(name: &str, object: &Object, names: &mut Names<'_>) -> TokenStream {
    names.add("serde::Serialize");
    names.add("serde::Serializer");
    let ident = format_ident!("{name}");
    let fields: Vec<_> = object.fields.iter().filter_map(written).collect();
    let count = Literal::usize_unsuffixed(fields.len());
    quote! {
        impl Serialize for #ident {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                wire::WriteFields::new(serializer, #name, #count)
                    #(#fields)*
                    .end()
            }
        }
    }
}

/// The call that writes a field. Most types serialize themselves in the wire's form.
fn written(field: &Field) -> Option<TokenStream> {
    let (wire, rust) = (&field.wire, format_ident!("{}", field.rust));
    match field.ty.innermost() {
        Ty::Secret => None,
        Ty::Flag | Ty::Iso | Ty::Date => {
            let form = form_of_field(&field.ty, field.presence).replacen("::<", "<", 1);
            let form = path(&form);
            Some(quote!(.field_by::<#form, _>(#wire, &self.#rust)))
        }
        _ => Some(quote!(.field(#wire, &self.#rust))),
    }
}
