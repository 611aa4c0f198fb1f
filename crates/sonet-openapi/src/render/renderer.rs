//! What every part of the document is made from.

use sonet_spec::Symbols;
use sonet_spec::model::Spec;

use super::system_errors::SystemErrors;
use super::words::Words;
use crate::model::ExternalDocs;

/// The spec, and what is looked up in it. Each file renders a part of the document.
pub(super) struct Renderer<'s> {
    pub(super) spec: &'s Spec,
    pub(super) symbols: Symbols<'s>,
    pub(super) words: Words<'s>,
    pub(super) system_errors: SystemErrors<'s>,
}

impl<'s> Renderer<'s> {
    pub(super) fn new(spec: &'s Spec) -> Self {
        Self {
            spec,
            symbols: Symbols::new(spec),
            words: Words::new(spec),
            system_errors: SystemErrors::new(spec),
        }
    }

    /// The page of a method or an event.
    pub(super) fn page(&self, page: &str) -> ExternalDocs {
        ExternalDocs {
            description: None,
            url: format!("{}{page}", self.spec.documentation),
        }
    }
}
