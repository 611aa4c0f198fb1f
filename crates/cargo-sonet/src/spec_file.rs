//! A consumer's spec.

use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use sonet_codegen::Handwritten;
use sonet_spec::diagnostics::Source;
use sonet_spec::model::Spec;

use crate::output::{UNREAD, mistakes, unreadable};

/// What a spec begins with that does not exist yet.
pub const HEAD: &str = "\
# Methods of the Bitrix24 REST API. `cargo sonet import` drafts entries, `cargo sonet doubts` lists what is left to judge, and
# `cargo sonet generate` writes Rust.
format = 1
documentation = \"https://apidocs.bitrix24.com/api-reference/\"
";

/// The text of a spec, or [`HEAD`] where there is none.
///
/// # Errors
///
/// If it is there and can't be read.
pub fn text(path: &Path) -> io::Result<String> {
    match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(HEAD.to_owned()),
        Ok(text) if text.trim().is_empty() => Ok(HEAD.to_owned()),
        other => other,
    }
}

/// Reads and checks a spec, or says how to end without it, the reason shown.
///
/// # Errors
///
/// The exit code, if it can't be read or has mistakes, which are shown.
pub fn load(path: &Path) -> Result<(Spec, Source), ExitCode> {
    let text = fs::read_to_string(path).map_err(|error| {
        let message = format!("{}: {error}", path.display());
        unreadable(&io::Error::new(error.kind(), message))
    })?;
    parse(path, &text)
}

/// Checks the text of a spec.
///
/// # Errors
///
/// The exit code, if it has mistakes, which are shown.
pub fn parse(path: &Path, text: &str) -> Result<(Spec, Source), ExitCode> {
    let name = path.display().to_string();
    sonet_codegen::parse(&name, text, &Handwritten::default()).map_err(|report| {
        let _ = mistakes(&report);
        ExitCode::from(UNREAD)
    })
}
