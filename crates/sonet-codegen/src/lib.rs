//! `cargo xtask codegen`: from the spec to `sonet-types`.
//!
//! read → check → **lower → render → emit**. The first two are [`sonet_spec`]; what they let through can't fail here.

pub mod emit;
mod ir;
mod lower;
mod render;

use std::collections::BTreeMap;

use sonet_spec::model::Spec;

/// Where the generated code goes, in the workspace.
pub const FOLDER: &str = "crates/sonet-types/src/generated";

/// The generated files, by their path below the output folder.
pub type Files = BTreeMap<String, String>;

/// Where generated code lives in its crate.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The module that re-exports all of it, as seen from inside: `crate`.
    pub root: &'a str,
    /// The same as seen by a user, for examples: `sonet_types`.
    pub public: &'a str,
}

impl Default for Place<'_> {
    fn default() -> Self {
        Self {
            root: "crate",
            public: "sonet_types",
        }
    }
}

/// Renders a checked spec.
#[must_use]
pub fn generate(spec: &Spec, place: Place<'_>) -> Files {
    render::render(&lower::lower(spec), place)
}
