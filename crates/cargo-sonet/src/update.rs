//! `cargo sonet update`

use std::fmt::Write as _;
use std::fs;
use std::io::{self, stdout};
use std::path::Path;
use std::process::ExitCode;

use sonet_docs::Checkout;
use sonet_docs::apply::patch;
use sonet_docs::diff;
use sonet_docs::update::{self, Line, Records};
use sonet_spec::Symbols;
use sonet_spec::model::Spec;

use crate::arguments::Update;
use crate::output::{mistakes, print, takes_colours, unreadable};
use crate::progress::with_progress;
use crate::spec_file::{self, with_code};

/// What to do about a method without a draft.
const UNRECORDED: &str = "no draft of it is recorded; `--since` takes a documentation in which its page is as it was drafted";

/// What to do about changes.
const GENERATE: &str = "Run `cargo sonet generate` for the code";

/// What to do about conflicts.
const SETTLE: &str = "What you wrote stays. Look at the page of each, correct the entry if the page is right, and remove the line \
                      from `doubts`";

/// Brings a newer documentation into a spec, or says what that would change.
///
/// # Errors
///
/// The exit code, if the spec, what is recorded of it or the documentation can't be read, or if the result is no valid spec.
pub fn run(wanted: &Update) -> Result<ExitCode, ExitCode> {
    let (spec, source) = spec_file::load(&wanted.spec)?;
    let checkout = Checkout::open(&wanted.docs).map_err(|error| unreadable(&error))?;
    let checkout = with_progress(checkout);
    let beside = spec_file::records_beside(&wanted.spec);
    let records = match (spec_file::records(&beside)?, &wanted.since) {
        (Some(records), None) => records,
        (None, None) => return Err(unrecorded(&beside)),
        (records, Some(since)) => {
            let records = records.unwrap_or_else(|| Records::new(&spec.documentation));
            filled(records, &spec, since).map_err(|error| unreadable(&error))?
        }
    };
    let update = with_code(|code| update::update(&source, &records, &checkout, code));
    let update = update.map_err(|error| unreadable(&error))?;
    let update = update.map_err(|report| {
        eprintln!("error: nothing is written, since the spec would have mistakes:");
        mistakes(&report)
    })?;
    let is_changed = update.text != source.text;
    let mut said = String::new();
    if wanted.check {
        said.push_str(&patch(&source, &update.text));
    } else {
        spec_file::replace_parts(&source, &update.text).map_err(|error| unreadable(&error))?;
        write(&beside, &update.records.text())?;
    }
    // What matters most comes last, where a terminal shows it.
    said.push_str(&left(&source.name, &update.text, &checkout)?);
    said.push_str(&report(&source.name, &update));
    let _ = print(&said);
    Ok(
        if update.conflicts.is_empty() && !(wanted.check && is_changed) {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        },
    )
}

/// The records with the drafts of an older documentation, where nothing is recorded.
fn filled(mut records: Records, spec: &Spec, since: &Path) -> io::Result<Records> {
    let checkout = with_progress(Checkout::open(since)?);
    with_code(|code| records.fill(spec, &checkout, code))?;
    Ok(records)
}

/// Says what to do without records.
fn unrecorded(beside: &Path) -> ExitCode {
    let message = format!(
        "{} is not there, which records what was drafted: give `--since` and the checkout of the documentation that the spec \
         was drafted from",
        beside.display()
    );
    unreadable(&io::Error::new(io::ErrorKind::NotFound, message))
}

/// Writes a file, unless it is so already.
fn write(path: &Path, text: &str) -> Result<(), ExitCode> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    spec_file::replace(path, text).map_err(|error| unreadable(&error))
}

/// What was done, what was not, and what to do about that.
fn report(spec: &str, update: &update::Update) -> String {
    let mut said = String::new();
    let mut tell = |title: &str, lines: &[Line]| {
        for line in lines {
            let _ = writeln!(said, "{title}{line}");
        }
    };
    tell("", &update.written);
    tell("left out: ", &update.left_out);
    tell("conflict: ", &update.conflicts);
    for (method, why) in &update.not_followed {
        let _ = writeln!(said, "not followed: `{method}`: {why}");
    }
    for method in &update.unrecorded {
        let _ = writeln!(said, "not followed: `{method}`: {UNRECORDED}");
    }
    let _ = match update.written.len() {
        0 => writeln!(said, "{spec}: nothing to follow"),
        1 => writeln!(said, "{spec}: 1 change. {GENERATE}"),
        changes => writeln!(said, "{spec}: {changes} changes. {GENERATE}"),
    };
    let _ = match update.conflicts.len() {
        0 => Ok(()),
        1 => writeln!(said, "{spec}: 1 conflict. {SETTLE}"),
        conflicts => writeln!(said, "{spec}: {conflicts} conflicts. {SETTLE}"),
    };
    said
}

/// What the pages of the spec's methods say otherwise all the same, as `docs diff` shows it.
fn left(name: &str, text: &str, checkout: &Checkout) -> Result<String, ExitCode> {
    let (spec, source) = spec_file::parse(Path::new(name), text)?;
    let mut outcome = diff::diff(&spec, checkout).map_err(|error| unreadable(&error))?;
    let symbols = Symbols::new(&spec);
    outcome.findings.retain(|finding| {
        let mut methods = spec.methods.iter();
        methods.any(|method| *method.name == *finding.entry)
            || symbols.get(&finding.entry).is_some()
    });
    Ok(diff::human(
        &outcome,
        &source,
        checkout,
        takes_colours(&stdout()),
    ))
}
