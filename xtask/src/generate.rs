//! `cargo xtask codegen`

use std::process::ExitCode;

use sonet_codegen::{self as codegen, RootModule, emit};

use crate::workspace::{load, root};
use cargo_sonet::output::{fail, print};

/// Writes the generated code.
pub(crate) fn write() -> Result<ExitCode, ExitCode> {
    let files = files()?;
    let changes = emit::write(&files, &root().join(codegen::FOLDER));
    let changes = changes.map_err(|error| fail(&error))?;
    Ok(print(&format!(
        "{} files: {} written, {} removed\n",
        files.len(),
        changes.written.len(),
        changes.removed.len()
    )))
}

/// Says what writing it would change.
pub(crate) fn check() -> Result<ExitCode, ExitCode> {
    let changes = emit::compare(&files()?, &root().join(codegen::FOLDER));
    let changes = changes.map_err(|error| fail(&error))?;
    if changes.is_empty() {
        return Ok(print("the generated code is up to date\n"));
    }
    let _ = print(&changes.diff);
    eprintln!("error: the generated code is not what the spec says; run `cargo xtask codegen`");
    Err(ExitCode::FAILURE)
}

fn files() -> Result<codegen::Files, ExitCode> {
    let (spec, ..) = load()?;
    Ok(codegen::generate(&spec, RootModule::default()))
}
