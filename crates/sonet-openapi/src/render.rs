//! From the spec to the document.

mod about;
mod answer;
mod components;
mod errors;
mod filter;
mod method;
mod renderer;
mod request;
mod system_errors;
mod webhook;
mod wire;
mod words;

use sonet_spec::model::Spec;

use crate::model::{Document, Entries, ExternalDocs, PathItem, Tag};
use renderer::Renderer;

/// Renders a checked spec.
pub(crate) fn document(spec: &Spec) -> Document {
    Renderer::new(spec).document()
}

impl Renderer<'_> {
    fn document(&self) -> Document {
        let paths: Entries<PathItem> = self.spec.methods.iter().map(|def| self.path(def)).collect();
        let webhooks = self.spec.events.iter();
        let webhooks: Entries<PathItem> = webhooks.map(|def| self.webhook(def)).collect();
        let components = self.components(&paths, &webhooks);
        Document {
            openapi: "3.1.0",
            info: about::info(),
            external_docs: ExternalDocs {
                description: Some("The vendor's documentation, which the document follows."),
                url: self.spec.documentation.clone(),
            },
            servers: about::servers(),
            security: about::security(None),
            tags: self.tags(),
            paths,
            webhooks,
            components,
            limits: about::limits(),
        }
    }

    /// The areas that methods belong to, in the order of the spec.
    fn tags(&self) -> Vec<Tag> {
        let mut tags: Vec<Tag> = Vec::new();
        for method in &self.spec.methods {
            let name = method::area(method);
            if tags.iter().all(|tag| tag.name != name) {
                tags.push(Tag {
                    name: name.to_owned(),
                });
            }
        }
        tags
    }
}
