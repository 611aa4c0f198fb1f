//! Objects in requests.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::constructor::{self, Said};
use super::{open, structs};
use crate::ir::Input;
use crate::render::docs::Doc;
use crate::render::slot::{Slot, slots};
use crate::render::types::Names;

/// What is said of the constructor.
const SAID: Said = Said {
    needs: "Builds the object from what can't be left out.",
    optional: "Builds the object; everything in it is optional.",
    nothing: "Builds the object, with nothing in it.",
};

pub(crate) fn render(name: &str, input: &Input, names: &mut Names<'_>) -> TokenStream {
    for path in [
        "serde::Serialize",
        "sonet_core::Invalid",
        "sonet_core::check",
    ] {
        names.add(path);
    }
    let ident = format_ident!("{name}");
    let mut doc = Doc::new(&input.doc);
    doc.doubts(&input.doubts);
    let doc = doc.render();
    let fields = structs::fields(name, &input.params, &TokenStream::new(), names);
    let unlisted = input.open.then(|| structs::unlisted(names));
    let groups = structs::group_structs(name, &input.params, names);
    let constructor = constructor::constructor(name, &input.params, input.open, &SAID, names);
    let slots = slots(&input.params);
    let setters: Vec<_> = slots.iter().map(|slot| slot.setters(names)).collect();
    let key = input
        .open
        .then(|| open::setter("key", "", &quote!(self), names));
    let open_keys: Vec<_> = open::groups(&input.params)
        .map(|group| open::group_setter(group, names))
        .collect();
    let default = constructor::default(&ident, &input.params);
    let checks = checks(name, input, &slots);
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
        #[must_use = "an object does nothing until a request has it"]
        pub struct #ident { #(#fields)* #unlisted }

        #groups

        impl #ident {
            #constructor
            #(#setters)*
            #key
            #(#open_keys)*
        }

        #default

        impl check::Checked for #ident {
            fn check(&self) -> Result<(), Invalid> {
                #(#checks)*
                Ok(())
            }
        }
    }
}

/// What is checked before the request that has it is sent.
fn checks(name: &str, input: &Input, slots: &[Slot<'_>]) -> Vec<TokenStream> {
    let mut checks: Vec<_> = slots.iter().filter_map(Slot::checks).collect();
    if input.open {
        checks.push(open::check(name, &quote!(self), &input.params));
    }
    let groups = open::groups(&input.params);
    checks.extend(groups.map(|(group, place)| open::check(&group.wire, &place, &group.params)));
    checks
}
