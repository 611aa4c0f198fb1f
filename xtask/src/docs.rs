//! `cargo xtask docs …`: what is done with a checkout of the vendor's documentation.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::stdout;
use std::path::Path;
use std::process::ExitCode;

use cargo_sonet::import;
use cargo_sonet::output::{UNREAD, fail, mistakes, print, takes_colours, unreadable};
use cargo_sonet::progress::with_progress;
use sonet_codegen::Handwritten;
use sonet_docs::import::Descriptions;
use sonet_docs::{Checkout, apply, diff, examples};
use sonet_spec::Check;
use sonet_spec::diagnostics::Source;
use sonet_spec::model::Spec;

use crate::arguments::{Docs, Format};
use crate::census;

use crate::workspace::{self, root};

pub(crate) fn run(docs: &Docs) -> Result<ExitCode, ExitCode> {
    match docs {
        Docs::Diff { checkout, format } => diff(checkout, *format),
        Docs::Apply { checkout, dry_run } => apply(checkout, *dry_run),
        Docs::Import { docs, wanted } => import(docs.as_deref(), wanted),
        Docs::Examples { checkout } => examples(checkout),
        Docs::Census(wanted) => census::run(wanted),
    }
}

/// The spec and the checkout, or how to leave without them.
fn open(path: &Path) -> Result<(Spec, Source, Handwritten, Checkout), ExitCode> {
    let (spec, source, handwritten) = load()?;
    let checkout = Checkout::open(path).map_err(|error| unreadable(&error))?;
    Ok((spec, source, handwritten, with_progress(checkout)))
}

fn load() -> Result<(Spec, Source, Handwritten), ExitCode> {
    workspace::load().map_err(|_| ExitCode::from(UNREAD))
}

fn colours() -> bool {
    takes_colours(&stdout())
}

/// Holds the spec against the pages.
fn diff(path: &Path, format: Format) -> Result<ExitCode, ExitCode> {
    let (spec, source, _, checkout) = open(path)?;
    let outcome = diff::diff(&spec, &checkout).map_err(|error| unreadable(&error))?;
    let printed = match format {
        Format::Human => print(&diff::human(&outcome, &source, &checkout, colours())),
        Format::Markdown => print(&diff::markdown(&outcome, &source)),
        Format::Json => match diff::json(&outcome, &source) {
            Ok(text) => print(&text),
            Err(error) => fail(&error),
        },
    };
    Ok(code(
        printed,
        outcome.is_unread(),
        outcome.findings.is_empty(),
    ))
}

/// Writes into the spec what breaks nothing, and lists the rest.
fn apply(path: &Path, dry_run: bool) -> Result<ExitCode, ExitCode> {
    let (spec, source, handwritten, checkout) = open(path)?;
    let mut outcome = diff::diff(&spec, &checkout).map_err(|error| unreadable(&error))?;
    let further: &[&Check<'_>] = &[&|cx| sonet_codegen::check(cx, &handwritten)];
    let applied = apply::apply(&source, &checkout, &outcome.findings, further);
    let applied = applied.map_err(|error| unreadable(&error))?;
    if !dry_run {
        let files = source.parts_of(&applied.text);
        for (old, new) in source.parts().iter().zip(files) {
            if old.text != new.text {
                let written = std::fs::write(root().join(new.name), new.text);
                written.map_err(|error| fail(&error))?;
            }
        }
    }
    let unread = outcome.is_unread();
    outcome.findings = applied.left;
    let mut text = diff::human(&outcome, &source, &checkout, colours());
    if dry_run {
        text.push_str(&apply::patch(&source, &applied.text));
    }
    for finding in &applied.applied {
        let done = if dry_run { "would write" } else { "written" };
        let _ = writeln!(text, "{done}: {}: {}", finding.entry, finding.message);
    }
    if !dry_run && !applied.applied.is_empty() {
        text.push_str("describe what is new, and run `cargo xtask codegen`\n");
    }
    Ok(code(print(&text), unread, outcome.findings.is_empty()))
}

/// Prints drafts for methods that the spec does not have. What is wrong with them is said beside them, and so is what is
/// passed over of a folder or of names with a `*`.
fn import(docs: Option<&Path>, wanted: &[OsString]) -> Result<ExitCode, ExitCode> {
    let (spec, source, handwritten) = load()?;
    let (checkout, wanted) = import::select(docs, wanted).map_err(|error| unreadable(&error))?;
    // Nothing is printed unless all that is named can be: it goes to the end of the spec.
    let drafts = import::draft(
        spec,
        &source,
        &with_progress(checkout),
        &wanted,
        &handwritten,
        Descriptions::Own,
    );
    let drafts = drafts.map_err(|error| unreadable(&error))?;
    let mut doubts = 0;
    for draft in &drafts.drafts {
        let printed = print(&format!("\n{}\n", draft.text.trim_end()));
        if printed != ExitCode::SUCCESS {
            return Err(printed);
        }
        if let Some(report) = &draft.mistakes {
            let _ = mistakes(report);
        }
        import::told(draft);
        doubts += draft.doubts;
    }
    import::told_passed_over(&drafts);
    Ok(code(ExitCode::SUCCESS, false, doubts == 0))
}

/// Holds the examples of the pages against the generated types.
fn examples(path: &Path) -> Result<ExitCode, ExitCode> {
    let (spec, _, _, checkout) = open(path)?;
    let outcome = examples::check(&spec, &checkout, &root()).map_err(|error| unreadable(&error))?;
    if outcome.is_empty() {
        let message = format!(
            "{} has no example of a method of the spec; is it the right folder?",
            path.display()
        );
        return Err(unreadable(&std::io::Error::other(message)));
    }
    let printed = print(&outcome.human(&checkout, colours()));
    Ok(code(
        printed,
        outcome.is_unread(),
        outcome.findings.is_empty(),
    ))
}

fn code(printed: ExitCode, unread: bool, quiet: bool) -> ExitCode {
    if printed != ExitCode::SUCCESS || unread {
        ExitCode::from(UNREAD)
    } else if quiet {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
