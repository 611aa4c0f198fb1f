//! What a page is about.

use std::collections::BTreeSet;

use super::site::Entry;
use sonet_spec::model::{Event, Method, Spec, Text};
use sonet_spec::types::Type;
use sonet_spec::{Symbol, Symbols};

/// A method or an event.
#[derive(Clone, Copy)]
pub(crate) enum Subject<'s> {
    Method(&'s Method),
    Event(&'s Event),
}

impl<'s> Subject<'s> {
    /// The methods and events of a spec.
    pub(super) fn all(spec: &'s Spec) -> impl Iterator<Item = Self> {
        let methods = spec.methods.iter().map(Self::Method);
        methods.chain(spec.events.iter().map(Self::Event))
    }

    pub(super) fn name(self) -> &'s Text {
        match self {
            Self::Method(method) => &method.name,
            Self::Event(event) => &event.name,
        }
    }

    pub(super) fn page(self) -> &'s Text {
        match self {
            Self::Method(method) => &method.page,
            Self::Event(event) => &event.page,
        }
    }

    pub(super) fn entry(self) -> Entry<'s> {
        match self {
            Self::Method(method) => Entry::new(&method.name, &method.decisions),
            Self::Event(event) => Entry::new(&event.name, &event.decisions),
        }
    }

    /// The names of the types in what a method takes and answers, or in what a handler of an event receives.
    pub(super) fn types(self, symbols: &Symbols<'s>) -> BTreeSet<&'s str> {
        let mut found = BTreeSet::new();
        match self {
            Self::Method(method) => {
                for param in method.all_params() {
                    add(&mut found, &param.ty, symbols);
                }
                add(&mut found, &method.result.ty, symbols);
            }
            Self::Event(event) => add_named(&mut found, &event.payload, symbols),
        }
        found
    }
}

/// Adds a type, and those in it.
fn add<'s>(found: &mut BTreeSet<&'s str>, ty: &Type, symbols: &Symbols<'s>) {
    match ty {
        Type::List(inner) | Type::Map(inner) => add(found, inner, symbols),
        Type::Named(name) => add_named(found, name, symbols),
        _ => {}
    }
}

fn add_named<'s>(found: &mut BTreeSet<&'s str>, name: &str, symbols: &Symbols<'s>) {
    let Some(symbol) = symbols.get(name) else {
        return;
    };
    if found.insert(symbol.name()) {
        match symbol {
            Symbol::Object(object) => {
                for field in &object.fields {
                    add(found, &field.ty, symbols);
                }
            }
            Symbol::Input(input) => {
                for param in input.all_params() {
                    add(found, &param.ty, symbols);
                }
            }
            Symbol::Id(_) | Symbol::Enum(_) => {}
        }
    }
}
