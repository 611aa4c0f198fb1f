//! `cargo xtask openapi`: from the spec to an OpenAPI 3.1 document, for other languages and tools.
//!
//! The document describes the wire, not the Rust types: a request has the forms that the pages ask for, and an answer every
//! form in which a server is known to give it. Where both differ for one name of the spec, the form of an answer has a
//! component of its own, such as `GroupId.Answered`. What does not depend on the spec is below `Wire`: a name of the spec has
//! no dot, so none can be the same.
//!
//! [`sonet_spec`] has checked the spec, so rendering can't fail; only serializing could.

mod model;
mod render;

use sonet_spec::model::Spec;

/// Where the workspace has its document.
pub const FILE: &str = "spec/sonet.openapi.json";

/// Renders a checked spec as JSON, with a line break at the end. The order is the spec's.
///
/// # Errors
///
/// None of the spec's: only that the document can't be serialized.
pub fn render(spec: &Spec) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(&render::document(spec))?;
    text.push('\n');
    Ok(text)
}
