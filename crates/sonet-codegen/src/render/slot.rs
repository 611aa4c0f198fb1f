//! Parameters, and where a request keeps them.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::ir::{Group, Param, ParamTy, Single, Ty};

/// A parameter with the place in the request where it is kept.
pub(super) struct Slot<'a> {
    pub(super) single: &'a Single,
    /// The objects of parameters that it is in, outermost first.
    around: Vec<&'a str>,
}

/// Every parameter, those inside objects included.
pub(super) fn slots(params: &[Param]) -> Vec<Slot<'_>> {
    let mut slots = Vec::new();
    for param in params {
        match param {
            Param::One(single) => slots.push(Slot::of(single)),
            Param::Group(group) => {
                let inside = self::slots(&group.params).into_iter();
                slots.extend(inside.map(|slot| slot.within(group)));
            }
        }
    }
    slots
}

/// Every object of parameters, each with the place where it is kept.
pub(super) fn groups(params: &[Param]) -> Vec<(&Group, TokenStream)> {
    fn collect<'a>(
        params: &'a [Param],
        around: &TokenStream,
        found: &mut Vec<(&'a Group, TokenStream)>,
    ) {
        for param in params {
            let Param::Group(group) = param else { continue };
            let ident = format_ident!("{}", group.rust);
            let place = quote!(#around.#ident);
            found.push((group, place.clone()));
            collect(&group.params, &place, found);
        }
    }
    let mut found = Vec::new();
    collect(params, &quote!(self), &mut found);
    found
}

impl<'a> Slot<'a> {
    /// The slot of a parameter within the object that it is in.
    pub(super) fn of(single: &'a Single) -> Self {
        Self {
            single,
            around: Vec::new(),
        }
    }

    fn within(mut self, group: &'a Group) -> Self {
        self.around.insert(0, &group.rust);
        self
    }

    /// The name of the field, of the setter and of the argument.
    pub(super) fn ident(&self) -> Ident {
        format_ident!("{}", self.single.rust)
    }

    /// The place: `self.name`, or `self.params.name`.
    pub(super) fn place(&self) -> TokenStream {
        let around = self.around.iter().map(|name| format_ident!("{name}"));
        let ident = self.ident();
        quote!(self.#(#around.)*#ident)
    }

    /// Whether the request keeps an `Option`. Flags and dates always are one: their encoders take one.
    pub(super) fn is_option(&self) -> bool {
        !self.single.required || matches!(self.single.ty, ParamTy::Value(Ty::Flag | Ty::Iso))
    }
}
