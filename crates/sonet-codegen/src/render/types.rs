//! Types and their decoders.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::ir::{Path, Presence, Ty, Within};
use crate::root_module::RootModule;
use sonet_spec::model::Effect;

/// The names that a file uses, collected while it is rendered.
pub(super) struct Names<'a> {
    root: RootModule<'a>,
    own: &'a Path,
    uses: BTreeSet<String>,
}

impl<'a> Names<'a> {
    pub(super) fn new(root: RootModule<'a>, own: &'a Path) -> Self {
        Self {
            root,
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
        let uses: BTreeSet<String> = self
            .uses
            .iter()
            .map(|path| self.root.reached(path))
            .collect();
        for path in &uses {
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
            self.add(&format!("{}::{modules}{dots}{}", self.root.path, path.name));
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
            Ty::Decimal => self.core("wire::Decimal"),
            Ty::Bool | Ty::Flag => quote!(bool),
            Ty::Accepted | Ty::EmptyList => self.core("wire::Accepted"),
            Ty::Json => {
                self.add("serde_json::Value");
                quote!(Value)
            }
            Ty::Iso => {
                self.add("chrono::DateTime");
                self.add("chrono::FixedOffset");
                quote!(DateTime<FixedOffset>)
            }
            Ty::Date => {
                self.add("chrono::NaiveDate");
                quote!(NaiveDate)
            }
            Ty::Day => self.core("wire::Day"),
            Ty::Loose => self.core("wire::Timestamp"),
            Ty::File => self.core("wire::File"),
            Ty::Id(path) | Ty::Enum(path, _) | Ty::Object(path, _) | Ty::Input(path) => {
                self.local(path)
            }
            Ty::List(element) => {
                let element = self.ty(element);
                quote!(Vec<#element>)
            }
            Ty::Page(row, _) => {
                self.add("sonet_core::Page");
                let row = self.ty(row);
                quote!(Page<#row>)
            }
            Ty::PageStart(_) => self.core("PageStart"),
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

/// The call that decodes a whole `result`; nothing where the type decodes itself. A write that answers with what it made or
/// changed has to name it: an identifier of 0 is PHP's way to say that there is nothing.
pub(super) fn decoded_result(ty: &Ty, within: Option<&Within>, effect: Effect) -> Option<String> {
    let writes = effect != Effect::Read;
    let decoder = match ty {
        Ty::Id(_) if writes => VALID.to_owned(),
        Ty::List(element) if writes && matches!(&**element, Ty::Id(_)) => {
            format!("wire::List<wire::Valid<{}>>", inner(element))
        }
        // Of nothing, an object would come that looks like one.
        Ty::Object(_, false) => "wire::NonEmptyObject".to_owned(),
        Ty::Page(row, None) => return Some(format!("Page::decode::<{}, _>(result)", inner(row))),
        Ty::Page(row, Some(key)) => {
            return Some(format!(
                "Page::decode_in::<{}, _>({key:?}, result)",
                inner(row)
            ));
        }
        ty if within.is_some() => decoder(ty).unwrap_or_else(|| "wire::Plain".to_owned()),
        ty => decoder(ty)?,
    };
    if let Some(Within { key, optional }) = within {
        let decode = if *optional {
            "within_or_nothing"
        } else {
            "within"
        };
        return Some(format!(
            "wire::{decode}::<{decoder}, _, _>({key:?}, result)"
        ));
    }
    let decoder = decoder.replacen('<', "::<", 1);
    Some(format!("{decoder}::decode(result)"))
}

/// What a field is read and written by: a type, as it stands before `::`.
pub(super) fn form_of_field(ty: &Ty, presence: Presence) -> String {
    let decoder = match ty {
        Ty::Id(_) => VALID.to_owned(),
        ty => decoder(ty).unwrap_or_else(|| "wire::Plain".to_owned()),
    };
    let form = match presence {
        Presence::Essential => format!("wire::Essential::<{decoder}>"),
        Presence::Optional(zero) => {
            format!("wire::Optional::<{decoder}, {}>", nothing(ty, zero))
        }
    };
    let named = NAMED_FORMS.iter().find(|(_, long)| *long == form);
    named.map_or(form, |(name, _)| (*name).to_owned())
}

/// A form as code. What is none does not compile, rather than be left out.
pub(super) fn path(form: &str) -> TokenStream {
    form.parse().unwrap_or_else(|_| {
        let problem = format!("`{form}` is no type");
        quote!(compile_error!(#problem))
    })
}

/// The forms that have a name of their own. `sonet_core::wire` has the same ones; a test compares them.
const NAMED_FORMS: [(&str, &str); 8] = [
    (
        "wire::EssentialId",
        "wire::Essential::<wire::Valid<wire::Plain>>",
    ),
    (
        "wire::OptionalId",
        "wire::Optional::<wire::Valid<wire::Plain>, (wire::Blank, wire::Zero)>",
    ),
    (
        "wire::OptionalText",
        "wire::Optional::<wire::Text, wire::Blank>",
    ),
    (
        "wire::OptionalInt",
        "wire::Optional::<wire::Int, wire::Blank>",
    ),
    (
        "wire::OptionalFlag",
        "wire::Optional::<wire::Flag, wire::Empty>",
    ),
    (
        "wire::OptionalIso",
        "wire::Optional::<wire::Iso, wire::Blank>",
    ),
    (
        "wire::OptionalPlain",
        "wire::Optional::<wire::Plain, wire::Blank>",
    ),
    (
        "wire::OptionalObject",
        "wire::Optional::<wire::Object, wire::BlankObject>",
    ),
];

/// The encoder of a parameter; nothing where the type serializes itself in the form that a method takes.
pub(super) fn encoder_of_param(ty: &Ty, required: bool) -> Option<String> {
    Some(match ty {
        Ty::Flag => "wire::flag".to_owned(),
        Ty::Iso => "wire::iso".to_owned(),
        ty => {
            let presence = if required { "Essential" } else { "Optional" };
            format!("wire::{presence}::<{}>::serialize", encoder(ty)?)
        }
    })
}

/// The encoder of a secret, or of a list or a map of what does not serialize itself as methods take it.
fn encoder(ty: &Ty) -> Option<String> {
    Some(match ty {
        Ty::List(element) => format!("wire::List<{}>", encoder(element)?),
        Ty::Map(element) => format!("wire::Map<{}>", encoder(element)?),
        Ty::Secret => "wire::Exposed".to_owned(),
        Ty::Flag => "wire::Flag".to_owned(),
        Ty::Iso => "wire::IsoSeconds".to_owned(),
        _ => return None,
    })
}

/// The decoder of a type; nothing where the type decodes itself.
fn decoder(ty: &Ty) -> Option<String> {
    Some(match ty {
        Ty::Text => "wire::Text".to_owned(),
        Ty::Int => "wire::Int".to_owned(),
        Ty::Bool | Ty::Flag => "wire::Flag".to_owned(),
        Ty::Iso => "wire::Iso".to_owned(),
        Ty::Date => "wire::Date".to_owned(),
        Ty::List(element) => format!("wire::List<{}>", inner(element)),
        Ty::Map(element) => format!("wire::Map<{}>", inner(element)),
        Ty::Object(..) => "wire::Object".to_owned(),
        Ty::EmptyList => "wire::EmptyList".to_owned(),
        Ty::Decimal
        | Ty::Secret
        | Ty::Accepted
        | Ty::Json
        | Ty::Loose
        | Ty::Day
        | Ty::File
        | Ty::Id(_)
        | Ty::Enum(..)
        | Ty::Input(_)
        | Ty::Page(..)
        | Ty::PageStart(_) => return None,
    })
}

/// The decoder of an identifier that has to identify something.
const VALID: &str = "wire::Valid<wire::Plain>";

/// The decoder of what is inside a list or a map.
fn inner(ty: &Ty) -> String {
    match ty {
        // A department came as an object in older versions, and an object can stand for its `ID` wherever an id is due.
        Ty::Id(_) => "wire::IdOrObject".to_owned(),
        other => decoder(other).unwrap_or_else(|| "wire::Plain".to_owned()),
    }
}

/// What means "no value": PHP's empty values where they are not values of the type, and `0` where it is said to. No
/// identifier is 0.
fn nothing(ty: &Ty, zero: bool) -> &'static str {
    match ty {
        Ty::Enum(_, true) => "()",
        Ty::Bool | Ty::Flag => "wire::Empty",
        Ty::Object(..) => "wire::BlankObject",
        Ty::Id(_) => "(wire::Blank, wire::Zero)",
        _ if zero => "(wire::Blank, wire::Zero)",
        _ => "wire::Blank",
    }
}
