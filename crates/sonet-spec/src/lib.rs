//! The language of `spec/sonet.toml`: read, checked, and as JSON.
//!
//! [`load`] either gives a [`Spec`] that everything else can rely on, or a [`Report`] of every mistake in it. Of what is
//! made of a spec it knows the names only, as far as the spec gives them: whoever makes something has checks of their own,
//! which [`parse_with`] runs beside those of the language, for one report.

mod check;
pub mod diagnostics;
mod doubts;
pub mod json;
pub mod model;
pub mod names;
pub mod operators;
mod parts;
mod problems;
mod prose;
mod reach;
mod read;
mod source;
mod symbols;
mod syntax;
mod table;
pub mod types;

use std::path::Path;

pub use check::{Check, Context};
use diagnostics::{Report, Source};
pub use doubts::{Doubt, doubts};
use model::Spec;
pub use parts::read;
use problems::Problems;
pub use problems::nearest;
pub use reach::part;
pub use source::Part;
pub use symbols::{Symbol, Symbols};

/// Where a workspace has its spec.
pub const FILE: &str = "spec/sonet.toml";

/// Reads and checks the spec at `file` below `root`. Mistakes name it as `file`.
///
/// # Errors
///
/// Every mistake in it, or that it can't be read.
pub fn load(root: &Path, file: &str) -> Result<(Spec, Source), Report> {
    load_with(root, file, &[])
}

/// Reads the spec at `file` below `root`, and checks it as the language says and as `further` does.
///
/// # Errors
///
/// As of [`load`].
pub fn load_with(
    root: &Path,
    file: &str,
    further: &[&Check<'_>],
) -> Result<(Spec, Source), Report> {
    let source = parts::read(root, file)?;
    parse_with(file, &source.text, further)
}

/// Reads and checks a spec, given as one text: its own, or that of a [`Source`] with all parts. Mistakes name it as `name`.
///
/// # Errors
///
/// Every mistake in it.
pub fn parse(name: &str, text: &str) -> Result<(Spec, Source), Report> {
    parse_with(name, text, &[])
}

/// Reads a spec, and checks it as the language says and as `further` does. Mistakes name it as `name`.
///
/// # Errors
///
/// Every mistake in it.
pub fn parse_with(
    name: &str,
    text: &str,
    further: &[&Check<'_>],
) -> Result<(Spec, Source), Report> {
    let source = Source {
        name: name.to_owned(),
        text: text.to_owned(),
    };
    let problems = Problems::default();
    let read = read::read(text, &problems);
    if !read.torn {
        check::check(&read.spec, further, &problems);
    }
    if problems.is_empty() {
        Ok((read.spec, source))
    } else {
        let complete = problems.is_complete();
        let report = Report::new(source, problems.into_diagnostics());
        Err(if read.torn {
            report.note("names and types will be checked once the whole file is valid TOML")
        } else if !complete {
            report.note("unused entries will be checked once the whole spec can be read")
        } else {
            report
        })
    }
}

/// Adds entries to a checked spec, and checks the whole as the language says and as `further` does: whether it is valid. If
/// not, the spec stays as it was.
///
/// Of many drafts, each is checked with all that came before it, whose text is not read again. Places in the spec are those in
/// the entries that they came with, so what is wrong has to be told by [`parse_with`].
pub fn extend(spec: &mut Spec, entries: &str, further: &[&Check<'_>]) -> bool {
    let lengths = (
        spec.ids.len(),
        spec.enums.len(),
        spec.objects.len(),
        spec.inputs.len(),
        spec.methods.len(),
        spec.events.len(),
    );
    if !append(spec, entries) {
        return false;
    }
    if is_valid(spec, further) {
        return true;
    }
    spec.ids.truncate(lengths.0);
    spec.enums.truncate(lengths.1);
    spec.objects.truncate(lengths.2);
    spec.inputs.truncate(lengths.3);
    spec.methods.truncate(lengths.4);
    spec.events.truncate(lengths.5);
    false
}

/// Adds entries to a spec, if they can be read. The spec with them has to be checked by [`is_valid`].
pub fn append(spec: &mut Spec, entries: &str) -> bool {
    let head = format!("format = 1\ndocumentation = {:?}\n", spec.documentation);
    let problems = Problems::default();
    let read = read::read(&format!("{head}{entries}"), &problems);
    if read.torn || !problems.is_empty() {
        return false;
    }
    spec.ids.extend(read.spec.ids);
    spec.enums.extend(read.spec.enums);
    spec.objects.extend(read.spec.objects);
    spec.inputs.extend(read.spec.inputs);
    spec.methods.extend(read.spec.methods);
    spec.events.extend(read.spec.events);
    true
}

/// Whether a spec is as the language and `further` want it.
#[must_use]
pub fn is_valid(spec: &Spec, further: &[&Check<'_>]) -> bool {
    let problems = Problems::default();
    check::check(spec, further, &problems);
    problems.is_empty()
}
