//! What a page is about.

use super::site::Entry;
use sonet_spec::model::{Event, Method, Spec, Text};

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
}
