//! The code of all methods of a checkout, compiled section by section, and what that makes of the documented examples.

mod kept;
mod section;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use cargo_sonet::output::unreadable;
use cargo_sonet::progress::Bar;
use cargo_sonet::{import, spec_file};
use sonet_codegen::Handwritten;
use sonet_docs::census::PageReport;
use sonet_docs::import::{Descriptions, Drafts, Wanted};
use sonet_docs::{Checkout, Progress as _, examples};
use sonet_spec::diagnostics::Report;

use crate::workspace::root;
use section::{Section, Tried};

/// The reports of pages, by their files.
type Reports<'r> = BTreeMap<String, &'r mut PageReport>;

/// Drafts all pages as one spec, and tries the code of each section on its examples. What comes of a method goes to the
/// report of its page.
pub(super) fn run(checkout: &Checkout, reports: &mut [PageReport]) -> Result<(), ExitCode> {
    let began = Instant::now();
    let drafts = draft(checkout)?;
    told("drafted as one spec", began);
    let reports = reports.iter_mut();
    let mut reports: Reports<'_> = reports
        .map(|report| (report.file.clone(), report))
        .collect();
    let sections = sections(&drafts, &mut reports);
    let began = Instant::now();
    let bar = Bar::on_terminal("compiling", "methods");
    if let Some(bar) = &bar {
        bar.inc_length(sections.values().map(Vec::len).sum());
    }
    let folder = examples::target(&root()).join("census");
    let mut kept = 0;
    for (name, files) in &sections {
        let section = Section::new(name, &drafts.spec, files, checkout);
        let tried = section.and_then(|section| section.tried(&folder));
        let tried = tried.map_err(|error| unreadable(&error))?;
        kept += usize::from(tried.is_kept);
        note(&tried, files, &mut reports);
        if let Some(bar) = &bar {
            for _ in files {
                bar.inc();
            }
        }
    }
    if let Some(bar) = &bar {
        bar.finish();
    }
    let what = format!(
        "compiled {} sections, {kept} of them before",
        sections.len()
    );
    told(&what, began);
    Ok(())
}

/// The spec of all drafts.
fn draft(checkout: &Checkout) -> Result<Drafts, ExitCode> {
    let (spec, source) = spec_file::parse(Path::new("drafts"), spec_file::HEAD)?;
    let pages = checkout.pages(sonet_docs::REFERENCE, true);
    let pages = pages.map_err(|error| unreadable(&error))?;
    let wanted: Vec<Wanted> = pages.into_iter().map(Wanted::all).collect();
    let drafts = import::draft(
        spec,
        &source,
        checkout,
        &wanted,
        &Handwritten::default(),
        Descriptions::Quoted,
    );
    drafts.map_err(|error| unreadable(&error))
}

/// The files of the drafts that are in the spec, by section. Of the others, it is said why.
fn sections(drafts: &Drafts, reports: &mut Reports<'_>) -> BTreeMap<String, Vec<String>> {
    let mut sections: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for draft in &drafts.drafts {
        let Some(report) = reports.get_mut(&draft.file) else {
            continue;
        };
        if let Some(mistakes) = &draft.mistakes {
            report.left_out(&messages(mistakes));
            continue;
        }
        let section = sections.entry(report.section.clone()).or_default();
        section.push(draft.file.clone());
    }
    sections
}

fn messages(report: &Report) -> String {
    let messages = report.diagnostics().iter();
    let messages: Vec<&str> = messages.map(|mistake| mistake.message.as_str()).collect();
    messages.join("; ")
}

/// Brings what came of a section to the reports of its pages.
fn note(tried: &Tried, files: &[String], reports: &mut Reports<'_>) {
    match &tried.outcomes {
        Ok(outcomes) => {
            for outcome in outcomes {
                if let Some(report) = reports.get_mut(&outcome.file) {
                    report.compiled(outcome);
                }
            }
        }
        Err(said) => {
            eprint!("{said}");
            for file in files {
                if let Some(report) = reports.get_mut(file) {
                    report.left_out("the code of its section does not compile");
                }
            }
        }
    }
}

/// Says on stderr how long a part took: what is printed otherwise may be for machines.
pub(super) fn told(what: &str, began: Instant) {
    eprintln!("{what} ({} s)", began.elapsed().as_secs());
}
