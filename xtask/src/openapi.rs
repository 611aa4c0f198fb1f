//! `cargo xtask openapi`

use std::path::PathBuf;
use std::process::ExitCode;
use std::{fs, io};

use sonet_openapi::{self as openapi, FILE};

use crate::workspace::{load, root};
use cargo_sonet::output::{fail, print};

/// Writes the document.
pub(crate) fn write() -> Result<ExitCode, ExitCode> {
    let text = text()?;
    let state = if present()? == text {
        "up to date"
    } else {
        fs::write(path(), text).map_err(|error| fail(&error))?;
        "written"
    };
    Ok(print(&format!("{FILE}: {state}\n")))
}

/// Says what writing it would change.
pub(crate) fn check() -> Result<ExitCode, ExitCode> {
    let (present, text) = (present()?, text()?);
    if present == text {
        return Ok(print(&format!("{FILE} is up to date\n")));
    }
    let diff = similar::TextDiff::from_lines(&present, &text);
    let (old, new) = (format!("a/{FILE}"), format!("b/{FILE}"));
    let _ = print(&diff.unified_diff().header(&old, &new).to_string());
    eprintln!("error: {FILE} is not what the spec says; run `cargo xtask openapi`");
    Err(ExitCode::FAILURE)
}

fn path() -> PathBuf {
    root().join(FILE)
}

/// The document that is there; nothing of one that is not.
fn present() -> Result<String, ExitCode> {
    match fs::read_to_string(path()) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        read => read.map_err(|error| fail(&error)),
    }
}

fn text() -> Result<String, ExitCode> {
    let (spec, ..) = load()?;
    openapi::render(&spec).map_err(|error| fail(&error))
}
