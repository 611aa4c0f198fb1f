//! `cargo xtask codegen`: from the spec to `sonet-types`.
//!
//! read → check → **check → lower → render → emit**. The first two are [`sonet_spec`], which [`load`] calls and adds checks
//! of its own to; what they let through can't fail here.

mod build;
mod check;
pub mod emit;
mod files;
mod ir;
mod lower;
mod render;
mod root_module;

use std::path::Path;

use sonet_spec::diagnostics::{Report, Source};
use sonet_spec::model::Spec;

pub use build::{Build, check_path};
pub use check::{Handwritten, check, is_taken};
pub use files::Files;
pub use root_module::{Inside, Public, RootModule};

/// Where the generated code goes, in the workspace.
pub const FOLDER: &str = "crates/sonet-types/src/generated";

/// Reads the spec at `file` below `root`, and checks that code can be made of it that stands beside `handwritten`.
///
/// # Errors
///
/// Every mistake in it, or that it can't be read.
pub fn load(root: &Path, file: &str, handwritten: &Handwritten) -> Result<(Spec, Source), Report> {
    sonet_spec::load_with(root, file, &[&|cx| check(cx, handwritten)])
}

/// Reads a spec, and checks that code can be made of it that stands beside `handwritten`. Mistakes name it as `name`.
///
/// # Errors
///
/// Every mistake in it.
pub fn parse(name: &str, text: &str, handwritten: &Handwritten) -> Result<(Spec, Source), Report> {
    sonet_spec::parse_with(name, text, &[&|cx| check(cx, handwritten)])
}

/// Renders a checked spec.
#[must_use]
pub fn generate(spec: &Spec, root: RootModule<'_>) -> Files {
    render::render(&lower::lower(spec), root)
}
