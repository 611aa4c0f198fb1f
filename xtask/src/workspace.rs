//! The workspace that the program is part of.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use sonet_codegen::{self as codegen, Handwritten};
use sonet_spec as spec;
use sonet_spec::diagnostics::Source;
use sonet_spec::model::Spec;

use crate::output::{fail, mistakes};

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// The spec, in order; or how to end without it, its mistakes shown.
pub(crate) fn load() -> Result<(Spec, Source), ExitCode> {
    let loaded = codegen::load(&root(), spec::FILE, &handwritten()?);
    loaded.map_err(|report| mistakes(&report))
}

/// The names that people gave in it.
pub(crate) fn handwritten() -> Result<Handwritten, ExitCode> {
    Handwritten::of_workspace(&root()).map_err(|error| fail(&error))
}
