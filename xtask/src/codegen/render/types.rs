//! Types and their decoders.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::codegen::Place;
use crate::codegen::ir::{Path, Presence, Ty};
use crate::spec::model::Effect;

/// The names that a file uses, collected while it is rendered.
pub(super) struct Names<'a> {
    place: Place<'a>,
    own: &'a Path,
    uses: BTreeSet<String>,
}

impl<'a> Names<'a> {
    pub(super) fn new(place: Place<'a>, own: &'a Path) -> Self {
        Self {
            place,
            own,
            uses: BTreeSet::new(),
        }
    }

    /// Uses a path of another crate.
    pub(super) fn add(&mut self, path: &str) {
        self.uses.insert(path.to_owned());
    }

    /// The `use` lines: one for each parent, so that a reader sees where names come from.
    pub(super) fn uses(&self) -> TokenStream {
        let mut parents: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for path in &self.uses {
            let (parent, name) = path.rsplit_once("::").unwrap_or(("self", path));
            parents.entry(parent).or_default().push(name);
        }
        let mut tokens = TokenStream::new();
        for (parent, names) in parents {
            // What is written here is rendered here; a path that does not parse would not compile either.
            let line = match names.as_slice() {
                [one] => format!("use {parent}::{one};"),
                many => format!("use {parent}::{{{}}};", many.join(", ")),
            };
            tokens.extend(line.parse::<TokenStream>().unwrap_or_default());
        }
        tokens
    }

    /// The name of a generated type.
    fn local(&mut self, path: &Path) -> TokenStream {
        if path != self.own {
            let modules = path.modules.join("::");
            let dots = if modules.is_empty() { "" } else { "::" };
            self.add(&format!(
                "{}::{modules}{dots}{}",
                self.place.root, path.name
            ));
        }
        let name = format_ident!("{}", path.name);
        quote!(#name)
    }

    /// The type in Rust.
    pub(super) fn ty(&mut self, ty: &Ty) -> TokenStream {
        match ty {
            Ty::Text => quote!(String),
            Ty::Secret => self.core("Secret"),
            Ty::Int => quote!(i64),
            Ty::Bool | Ty::Flag => quote!(bool),
            Ty::Accepted | Ty::Emptied => self.core("wire::Accepted"),
            Ty::Json => {
                self.add("serde_json::Value");
                quote!(Value)
            }
            Ty::Iso => {
                self.add("chrono::DateTime");
                self.add("chrono::FixedOffset");
                quote!(DateTime<FixedOffset>)
            }
            Ty::Loose => self.core("wire::Timestamp"),
            Ty::File => self.core("wire::File"),
            Ty::Id(path) | Ty::Enum(path, _) | Ty::Object(path) => self.local(path),
            Ty::List(element) | Ty::Rows(element) => {
                let element = self.ty(element);
                quote!(Vec<#element>)
            }
            Ty::Map(element) => {
                self.add("std::collections::BTreeMap");
                let element = self.ty(element);
                quote!(BTreeMap<String, #element>)
            }
        }
    }

    fn core(&mut self, path: &str) -> TokenStream {
        self.add(&format!("sonet_core::{path}"));
        let name = path.rsplit("::").next().unwrap_or(path);
        let name = format_ident!("{name}");
        quote!(#name)
    }
}

/// The decoder of a type, as `#[serde(deserialize_with)]` names it; nothing where the type decodes itself.
pub(super) fn decoder(ty: &Ty, presence: Presence) -> Option<String> {
    let plain = match ty {
        Ty::Text => Some("wire::Text".to_owned()),
        Ty::Int => Some("wire::Int".to_owned()),
        Ty::Bool | Ty::Flag => Some("wire::Flag".to_owned()),
        Ty::Iso => Some("wire::Iso".to_owned()),
        Ty::List(element) => Some(format!("wire::List<{}>", inner(element))),
        Ty::Rows(element) => Some(format!("wire::Rows<{}>", inner(element))),
        Ty::Map(element) => Some(format!("wire::Map<{}>", inner(element))),
        Ty::Object(_) => Some("wire::Object".to_owned()),
        Ty::Emptied => Some("wire::Emptied".to_owned()),
        Ty::Secret | Ty::Accepted | Ty::Json | Ty::Loose | Ty::File | Ty::Id(_) | Ty::Enum(..) => {
            None
        }
    };
    match presence {
        Presence::Always => plain.map(|decoder| format!("{}::decode", turbofish(&decoder))),
        Presence::Maybe { zero, empty, no } => {
            let plain = plain.unwrap_or_else(|| "wire::Plain".to_owned());
            let nothing = nothing(ty, zero, empty, no);
            Some(format!("wire::Maybe::<{plain}, {nothing}>::decode"))
        }
    }
}

/// The decoder of a method's result. A write that answers with what it made or changed has to name it: an identifier of 0
/// is PHP's way to say that there is nothing.
pub(super) fn result_decoder(ty: &Ty, effect: Effect) -> Option<String> {
    match (ty, effect) {
        (Ty::Id(_), Effect::Write | Effect::Repeatable) => Some(VALID.to_owned()),
        (Ty::List(element), Effect::Write | Effect::Repeatable)
            if matches!(&**element, Ty::Id(_)) =>
        {
            let id = inner(element);
            Some(format!("wire::List::<wire::Valid<{id}>>::decode"))
        }
        _ => decoder(ty, Presence::Always),
    }
}

/// The decoder of an identifier that has to be there.
pub(super) const VALID: &str = "wire::Valid::<wire::Plain>::decode";

fn inner(ty: &Ty) -> String {
    match ty {
        // A department came as an object in older versions, and an object can stand for its `ID` wherever an id is due.
        Ty::Id(_) => "wire::IdOrObject".to_owned(),
        other => decoder(other, Presence::Always).map_or_else(
            || "wire::Plain".to_owned(),
            |decoder| {
                decoder
                    .replace("::<", "<")
                    .trim_end_matches("::decode")
                    .to_owned()
            },
        ),
    }
}

fn turbofish(decoder: &str) -> String {
    decoder.replacen('<', "::<", 1)
}

/// What means "no value": what the spec declares, and PHP's empty values where they can't be a value of the type.
fn nothing(ty: &Ty, zero: bool, empty: bool, no: bool) -> String {
    let blank = match ty {
        Ty::Text | Ty::Secret | Ty::Enum(_, true) => None,
        Ty::Bool | Ty::Flag => Some("wire::Empty"),
        Ty::Object(_) => Some("wire::BlankObject"),
        _ => Some("wire::Blank"),
    };
    let full = matches!(blank, Some("wire::Blank" | "wire::BlankObject"));
    let declared = [
        (zero, "wire::Zero"),
        (empty && blank.is_none(), "wire::Empty"),
        (no && !full, "wire::False"),
    ];
    let declared = declared
        .into_iter()
        .filter_map(|(holds, name)| holds.then_some(name));
    let parts: Vec<_> = blank.into_iter().chain(declared).collect();
    parts
        .into_iter()
        .map(str::to_owned)
        .reduce(|all, part| format!("({all}, {part})"))
        .unwrap_or_else(|| "()".to_owned())
}
