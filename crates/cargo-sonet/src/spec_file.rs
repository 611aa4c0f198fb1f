//! A consumer's spec.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use sonet_codegen::Handwritten;
use sonet_spec::diagnostics::Source;
use sonet_spec::model::Spec;

use crate::output::{UNREAD, mistakes};

/// What a spec begins with that does not exist yet.
pub const HEAD: &str = "\
# Methods of the Bitrix24 REST API. `cargo sonet import` drafts entries, `cargo sonet doubts` lists what is left to judge, and
# `cargo sonet generate` writes Rust.
format = 1
documentation = \"https://apidocs.bitrix24.com/api-reference/\"
";

/// Reads a spec without checking it; one with [`HEAD`] alone where there is no file.
///
/// # Errors
///
/// The exit code, if it is there and can't be read.
pub fn read_or_new(path: &Path) -> Result<Source, ExitCode> {
    let name = path.display().to_string();
    let is_there = fs::metadata(path).is_ok_and(|file| file.len() > 0) || path.is_dir();
    if !is_there {
        let text = HEAD.to_owned();
        return Ok(Source { name, text });
    }
    read(path)
}

fn read(path: &Path) -> Result<Source, ExitCode> {
    let name = path.display().to_string();
    sonet_spec::read(Path::new(""), &name).map_err(|report| {
        let _ = mistakes(&report);
        ExitCode::from(UNREAD)
    })
}

/// Reads and checks a spec, or says how to end without it, the reason shown.
///
/// # Errors
///
/// The exit code, if it can't be read or has mistakes, which are shown.
pub fn load(path: &Path) -> Result<(Spec, Source), ExitCode> {
    parse(path, &read(path)?.text)
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
