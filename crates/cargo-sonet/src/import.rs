//! `cargo sonet import`, and drafts for whoever else wants some.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::ExitCode;

use sonet_codegen::Handwritten;
use sonet_docs::Checkout;
use sonet_docs::import::{self, Code, Descriptions, Drafts, Wanted};
use sonet_docs::update::Records;
use sonet_spec::Check;
use sonet_spec::diagnostics::Source;
use sonet_spec::model::Spec;

use crate::arguments::Import;
use crate::output::{mistakes, print, unreadable};
use crate::progress::with_progress;
use crate::spec_file::{self, with_code};

/// Adds drafts to a spec, or prints them.
///
/// # Errors
///
/// The exit code, if the spec or the documentation can't be read, or a name is of no page.
pub fn run(wanted: &Import) -> Result<ExitCode, ExitCode> {
    let name = wanted.into.as_deref().unwrap_or(Path::new("api.toml"));
    let text = match &wanted.into {
        Some(path) => spec_file::read_or_new(path)?.text,
        None => spec_file::HEAD.to_owned(),
    };
    let (spec, source) = spec_file::parse(name, &text)?;
    let beside = spec_file::records_beside(name);
    let mut records = match &wanted.into {
        Some(_) => spec_file::records(&beside)?,
        None => None,
    }
    .unwrap_or_else(|| Records::new(&spec.documentation));
    let checkout = Checkout::open(&wanted.docs).map_err(|error| unreadable(&error))?;
    let checkout = with_progress(checkout);
    let pages = import::named(&checkout, &wanted.names).map_err(|error| unreadable(&error))?;
    let drafts = draft(
        spec,
        &source,
        &checkout,
        &pages,
        &Handwritten::default(),
        Descriptions::Quoted,
    );
    let drafts = drafts.map_err(|error| unreadable(&error))?;
    // What the spec does not take would keep it from being read at all.
    let (taken, refused): (Vec<_>, Vec<_>) = drafts
        .drafts
        .iter()
        .partition(|draft| draft.mistakes.is_none());
    let mut added = String::new();
    for draft in &taken {
        added.push('\n');
        added.push_str(draft.text.trim_end());
        added.push('\n');
        told(draft);
    }
    for draft in &refused {
        eprintln!("left out: {}: the draft has mistakes:", draft.file);
        if let Some(report) = &draft.mistakes {
            let _ = mistakes(report);
        }
    }
    told_passed_over(&drafts);
    let printed = match &wanted.into {
        Some(_) if added.is_empty() => ExitCode::SUCCESS,
        Some(_) => {
            let text = source.with_entries(&added);
            with_code(|code| records.add(&taken, &source.text, &checkout, code))
                .map_err(|error| unreadable(&error))?;
            // Entries are added to the file that was named, and its parts stay as they are.
            spec_file::replace_parts(&source, &text).map_err(|error| unreadable(&error))?;
            spec_file::replace(&beside, &records.text()).map_err(|error| unreadable(&error))?;
            ExitCode::SUCCESS
        }
        None => print(&added),
    };
    Ok(if refused.is_empty() {
        printed
    } else {
        ExitCode::FAILURE
    })
}

/// Drafts the entries of pages, each of which may use what those before it bring, for a spec beside whose code `handwritten`
/// stands.
///
/// # Errors
///
/// If a page can't be read, or one that is not one of many can't be drafted.
pub fn draft(
    spec: Spec,
    source: &Source,
    checkout: &Checkout,
    wanted: &[Wanted],
    handwritten: &Handwritten,
    descriptions: Descriptions,
) -> io::Result<Drafts> {
    let further: &[&Check<'_>] = &[&|cx| sonet_codegen::check(cx, handwritten)];
    let code = Code {
        further,
        taken: &sonet_codegen::is_taken,
        descriptions,
    };
    import::drafts_of(spec, &source.text, checkout, wanted, code)
}

/// Says how much of a draft is in doubt.
pub fn told(draft: &import::Draft) {
    let doubts = if draft.doubts == 1 { "doubt" } else { "doubts" };
    eprintln!("{}: {} {doubts}", draft.file, draft.doubts);
}

/// Says what has no draft, and why.
pub fn told_passed_over(drafts: &Drafts) {
    for reason in &drafts.passed_over {
        eprintln!("passed over: {reason}");
    }
}

/// The checkout and the pages in it that are wanted: by their paths or, given a checkout, by the names of their methods.
///
/// # Errors
///
/// If one of them is not there.
pub fn select(docs: Option<&Path>, wanted: &[OsString]) -> io::Result<(Checkout, Vec<Wanted>)> {
    if let Some(docs) = docs {
        let checkout = Checkout::open(docs)?;
        let names: Vec<String> = wanted
            .iter()
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        let wanted = import::named(&checkout, &names)?;
        return Ok((checkout, wanted));
    }
    let paths: Vec<&Path> = wanted.iter().map(Path::new).collect();
    let (checkout, files) = Checkout::discover(&paths)?;
    let mut wanted = Vec::new();
    for (path, file) in paths.iter().zip(files) {
        if path.is_dir() {
            let pages = checkout.pages(&file, true)?.into_iter();
            wanted.extend(pages.map(Wanted::all));
        } else {
            wanted.push(Wanted::one(file));
        }
    }
    Ok((checkout, wanted))
}
