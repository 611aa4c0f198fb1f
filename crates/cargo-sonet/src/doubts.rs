//! `cargo sonet doubts`

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use crate::output::print;
use crate::spec_file;

/// Lists what nobody has judged yet, and says what to do about it.
///
/// # Errors
///
/// The exit code, if the spec can't be read or has mistakes.
pub fn run(path: &Path) -> Result<ExitCode, ExitCode> {
    let (spec, source) = spec_file::load(path)?;
    let doubts = sonet_spec::doubts(&spec);
    let mut text = String::new();
    for doubt in &doubts {
        let (file, line) = source.place(doubt.text.span.start);
        let _ = writeln!(
            text,
            "{}:{line}: {} `{}`: {}",
            file.name, doubt.kind, doubt.entry.value, doubt.text.value
        );
    }
    let printed = print(&text);
    match doubts.len() {
        0 => eprintln!("{}: no doubts", source.name),
        count => eprintln!(
            "{}: {count} {}. Look at the page of each, correct the entry if it is wrong, and remove the line from `doubts`",
            source.name,
            if count == 1 { "doubt" } else { "doubts" }
        ),
    }
    Ok(if doubts.is_empty() {
        printed
    } else {
        ExitCode::FAILURE
    })
}
