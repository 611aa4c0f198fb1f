//! The workspace that the program is part of.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use sonet_codegen::{self as codegen, Handwritten};
use sonet_spec as spec;
use sonet_spec::diagnostics::Source;
use sonet_spec::model::Spec;

use cargo_sonet::output::{fail, mistakes};

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// The spec, which is valid, and the names that people gave beside it; or how to end without them, the reason shown.
pub(crate) fn load() -> Result<(Spec, Source, Handwritten), ExitCode> {
    let handwritten = Handwritten::of_workspace(&root()).map_err(|error| fail(&error))?;
    match codegen::load(&root(), spec::FILE, &handwritten) {
        Ok((spec, source)) => Ok((spec, source, handwritten)),
        Err(report) => Err(mistakes(&report)),
    }
}
