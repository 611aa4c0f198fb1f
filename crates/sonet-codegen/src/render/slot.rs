//! Parameters, and where a request keeps them.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::ir::{Group, Param, ParamTy, Single, Ty};

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
            Param::One(single) => slots.push(Slot::of(single)),
            Param::Group(group) => slots.extend(Slot::all_in(group)),
        }
    }
    slots
}

impl<'a> Slot<'a> {
    /// The slot of a parameter that is in no object.
    pub(super) fn of(single: &'a Single) -> Self {
        Self {
            single,
            group: None,
        }
    }

    /// The slots of the parameters in an object.
    pub(super) fn all_in(group: &'a Group) -> impl Iterator<Item = Self> {
        group.params.iter().map(|single| Self {
            single,
            group: Some(&group.rust),
        })
    }
}

impl Slot<'_> {
    /// The name of the field, of the setter and of the argument.
    pub(super) fn ident(&self) -> Ident {
        format_ident!("{}", self.single.rust)
    }

    /// The place: `self.name`, or `self.params.name`.
    pub(super) fn place(&self) -> TokenStream {
        let ident = self.ident();
        if let Some(group) = self.group {
            let group = format_ident!("{group}");
            quote!(self.#group.#ident)
        } else {
            quote!(self.#ident)
        }
    }

    /// Whether the request keeps an `Option`. Flags and dates always are one: their encoders take one.
    pub(super) fn is_option(&self) -> bool {
        !self.single.required || matches!(self.single.ty, ParamTy::Value(Ty::Flag | Ty::Iso))
    }
}
