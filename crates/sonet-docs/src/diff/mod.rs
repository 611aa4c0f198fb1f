//! The spec held against the pages.
//!
//! Every page that the spec names is read and compared ([`diff`]); what a decision of the spec settles is left out, and a
//! decision that settles nothing any more is said. What is the same on several pages, such as an object of all events, is
//! said once.
//!
//! The folders are what is compared: the `head` of a page, the parameters (`params`), what a method filters by, sorts by and
//! selects (`lists`), the `answer` and the `objects` in it, and the `errors`. All of them compare a `row` of a table in the
//! same way, and `names` that changed.

mod answer;
mod compare;
mod comparison;
mod decisions;
mod errors;
mod finding;
mod head;
mod lists;
mod merged;
mod names;
mod objects;
mod outcome;
mod pages;
mod params;
mod report;
mod row;
mod site;
mod statement;
mod subject;

use std::collections::BTreeSet;
use std::io;

use rayon::prelude::*;

use crate::Checkout;
use crate::page::Page;
use comparison::Comparison;
use merged::Merged;
use sonet_spec::Symbols;
use sonet_spec::model::{Method, Spec};

pub(crate) use answer::is_in_envelope;
pub(crate) use decisions::quote_row;
pub(crate) use errors::SUCCESS;
pub use finding::{Effect, Finding, Row};
pub(crate) use head::are_same_callers;
pub(crate) use objects::{is_numbered, numbered_rows};
pub use outcome::Outcome;
pub use pages::file_of;
pub(crate) use pages::locate;
pub(crate) use params::condition;
pub use report::{human, json, markdown, problems};
pub(crate) use row::types::fit;
pub(crate) use statement::listed;
pub(crate) use subject::Subject;

/// Compares a method of a spec with its page alone.
#[must_use]
pub fn method<'s>(spec: &'s Spec, method: &'s Method, page: &'s Page) -> Vec<Finding> {
    let symbols = Symbols::new(spec);
    let mut comparison = Comparison::new(spec, &symbols, page);
    compare::compare(&mut comparison, Subject::Method(method));
    let mut findings = decisions::settle(comparison).findings;
    // The page includes the errors of the system, which are the spec's.
    let is_own = |name: &str| *method.name == *name || symbols.get(name).is_some();
    findings.retain(|finding| is_own(&finding.entry));
    findings
}

/// Compares the spec with a checkout.
pub fn diff(spec: &Spec, checkout: &Checkout) -> io::Result<Outcome> {
    let symbols = Symbols::new(spec);
    let located = pages::locate(spec, checkout)?;
    let compared = located.pages.par_iter().map(|(subject, page)| {
        let mut comparison = Comparison::new(spec, &symbols, page);
        compare::compare(&mut comparison, *subject);
        decisions::settle(comparison)
    });
    // Collected first: what is merged depends on the order.
    let mut merged = Merged::default();
    for settled in compared.collect::<Vec<_>>() {
        merged.add(settled);
    }
    let mut outcome = Outcome {
        findings: located.findings,
        problems: located.problems,
        pages: located.pages.len(),
        absent: located.absent.len(),
        settled: merged.settled(),
    };
    let problems = located.pages.into_iter().map(|(_, page)| page.problems);
    outcome.problems.extend(problems.flatten());
    let absent = located.absent.iter();
    let absent = absent.flat_map(|subject| subject.types(&symbols)).collect();
    outcome.findings.extend(merged.into_findings(&absent));
    outcome.findings.sort_by(|one, other| {
        let key = |finding: &Finding| (finding.spec.start, finding.at.first().cloned());
        key(one).cmp(&key(other))
    });
    outcome.problems.sort();
    outcome.problems.dedup();
    // The same few includes are on every page.
    let mut absent = BTreeSet::new();
    outcome
        .problems
        .retain(|problem| !problem.absent || absent.insert(problem.message.clone()));
    Ok(outcome)
}
