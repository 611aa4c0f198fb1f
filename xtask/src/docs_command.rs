//! `cargo xtask docs …`: what is done with a checkout of the vendor's documentation.

use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::path::Path;
use std::process::ExitCode;

use sonet_docs::{Checkout, apply, diff, examples, import};
use sonet_spec as spec;
use sonet_spec::diagnostics::Source;
use sonet_spec::model::Spec;

use crate::progress::Bar;
use crate::{HELP, fail, mistakes, print, root, usage};

/// The documentation, or the spec that it is held against, can't be read.
const UNREAD: u8 = 2;

/// How the findings are printed.
#[derive(Clone, Copy)]
enum Format {
    Human,
    Json,
    Markdown,
}

pub(crate) fn run(words: &[&str]) -> ExitCode {
    match words {
        ["--help" | "-h"] | [_, "--help" | "-h"] => print(HELP),
        ["diff", words @ ..] => match path_and_format(words) {
            Ok((path, format)) => diff(path, format),
            Err(message) => usage(&message),
        },
        ["apply", path] | ["apply", path, "--dry-run"] | ["apply", "--dry-run", path]
            if !path.starts_with('-') =>
        {
            apply(path, words.len() > 2)
        }
        ["apply", ..] => usage("`docs apply` takes one path, and `--dry-run`"),
        ["import", pages @ ..] if takes_pages(pages) => import(pages),
        ["import", ..] => usage("`docs import` takes the paths of pages"),
        ["examples", path] if !path.starts_with('-') => examples(path),
        ["examples", ..] => usage("`docs examples` takes one path"),
        [word, ..] => usage(&format!("`docs` does not understand `{word}`")),
        [] => usage("`docs` does what?"),
    }
}

/// The path and the format, in any order.
fn path_and_format<'w>(words: &[&'w str]) -> Result<(&'w str, Format), String> {
    let mut path = None;
    let mut format = Format::Human;
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let value = match *word {
            "--format" => words.next().copied(),
            word => word.strip_prefix("--format="),
        };
        match value {
            Some("human") => format = Format::Human,
            Some("json") => format = Format::Json,
            Some("markdown") => format = Format::Markdown,
            Some(other) => return Err(format!("there is no format `{other}`")),
            None if *word == "--format" => return Err("which `--format`?".to_owned()),
            None if word.starts_with('-') => {
                return Err(format!("`docs diff` does not understand `{word}`"));
            }
            None if path.is_some() => return Err("`docs diff` takes one path".to_owned()),
            None => path = Some(*word),
        }
    }
    let path = path.ok_or("where is the checkout of the documentation?")?;
    Ok((path, format))
}

fn takes_pages(words: &[&str]) -> bool {
    !words.is_empty() && words.iter().all(|word| !word.starts_with('-'))
}

/// The spec and the checkout, or how to leave without them.
fn open(path: &str) -> Result<(Spec, Source, Checkout), ExitCode> {
    let (spec, source) = load()?;
    let checkout = Checkout::open(Path::new(path)).map_err(|error| unreadable(&error))?;
    Ok((spec, source, watched(checkout)))
}

fn load() -> Result<(Spec, Source), ExitCode> {
    crate::load().map_err(|_| ExitCode::from(UNREAD))
}

fn watched(checkout: Checkout) -> Checkout {
    match Bar::on_terminal() {
        Some(bar) => checkout.watched(bar),
        None => checkout,
    }
}

fn unreadable(error: &std::io::Error) -> ExitCode {
    fail(error);
    ExitCode::from(UNREAD)
}

fn colours() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Holds the spec against the pages.
fn diff(path: &str, format: Format) -> ExitCode {
    let (spec, source, checkout) = match open(path) {
        Ok(opened) => opened,
        Err(code) => return code,
    };
    let outcome = match diff::diff(&spec, &checkout) {
        Ok(outcome) => outcome,
        Err(error) => return unreadable(&error),
    };
    let printed = match format {
        Format::Human => print(&diff::human(&outcome, &source, &checkout, colours())),
        Format::Markdown => print(&diff::markdown(&outcome, &source)),
        Format::Json => match diff::json(&outcome, &source) {
            Ok(text) => print(&text),
            Err(error) => fail(&error),
        },
    };
    code(printed, outcome.is_unread(), outcome.findings.is_empty())
}

/// Writes into the spec what breaks nothing, and lists the rest.
fn apply(path: &str, dry: bool) -> ExitCode {
    let (spec, source, checkout) = match open(path) {
        Ok(opened) => opened,
        Err(code) => return code,
    };
    let mut outcome = match diff::diff(&spec, &checkout) {
        Ok(outcome) => outcome,
        Err(error) => return unreadable(&error),
    };
    let applied = match apply::apply(&source, &checkout, &outcome.findings) {
        Ok(applied) => applied,
        Err(error) => return unreadable(&error),
    };
    if !dry && applied.text != source.text {
        if let Err(error) = std::fs::write(root().join(spec::FILE), &applied.text) {
            return fail(&error);
        }
    }
    let unread = outcome.is_unread();
    outcome.findings = applied.left;
    let mut text = diff::human(&outcome, &source, &checkout, colours());
    if dry {
        text.push_str(&apply::patch(&source, &applied.text));
    }
    for finding in &applied.applied {
        let done = if dry { "would write" } else { "written" };
        let _ = writeln!(text, "{done}: {}: {}", finding.entry, finding.message);
    }
    if !dry && !applied.applied.is_empty() {
        text.push_str("describe what is new, and run `cargo xtask codegen`\n");
    }
    code(print(&text), unread, outcome.findings.is_empty())
}

/// Prints drafts for methods that the spec does not have. What is wrong with them is said beside them.
fn import(pages: &[&str]) -> ExitCode {
    let (spec, source) = match load() {
        Ok(loaded) => loaded,
        Err(code) => return code,
    };
    let pages: Vec<&Path> = pages.iter().map(Path::new).collect();
    let (checkout, files) = match Checkout::around(&pages) {
        Ok(found) => found,
        Err(error) => return unreadable(&error),
    };
    // Nothing is printed unless all can be: it goes to the end of the spec.
    let drafts = match import::drafts(spec, &source.text, &watched(checkout), &files) {
        Ok(drafts) => drafts,
        Err(error) => return unreadable(&error),
    };
    let mut doubts = 0;
    for draft in &drafts {
        let printed = print(&format!("\n{}\n", draft.text.trim_end()));
        if printed != ExitCode::SUCCESS {
            return printed;
        }
        if let Some(report) = &draft.mistakes {
            mistakes(report);
        }
        let doubts_word = if draft.doubts == 1 { "doubt" } else { "doubts" };
        eprintln!("{}: {} {doubts_word}", draft.file, draft.doubts);
        doubts += draft.doubts;
    }
    code(ExitCode::SUCCESS, false, doubts == 0)
}

/// Holds the examples of the pages against the generated types.
fn examples(path: &str) -> ExitCode {
    let (spec, _, checkout) = match open(path) {
        Ok(opened) => opened,
        Err(code) => return code,
    };
    let outcome = match examples::check(&spec, &checkout, &root()) {
        Ok(outcome) => outcome,
        Err(error) => return unreadable(&error),
    };
    if outcome.is_empty() {
        let message =
            format!("{path} has no example of a method of the spec; is it the right folder?");
        return unreadable(&std::io::Error::other(message));
    }
    let printed = print(&outcome.human(&checkout, colours()));
    code(printed, outcome.is_unread(), outcome.findings.is_empty())
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
