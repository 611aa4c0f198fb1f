//! The spec held against the pages.
//!
//! Every page that the spec names is read and compared ([`diff`]); what a decision of the spec settles is left out, and a
//! decision that settles nothing any more is said. What is the same on several pages, such as an object of all events, is
//! said once.

mod answer;
mod compare;
mod decided;
mod envelope;
mod errors;
mod fields;
mod finding;
mod head;
mod keys;
mod lists;
mod outdated;
mod pages;
mod params;
mod rename;
mod report;
mod requests;
mod selection;
mod shown;
mod status;
mod system;
mod types;
mod values;
mod who;

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use rayon::prelude::*;

use super::Checkout;
use super::markup::Problem;
use compare::{Comparison, Entry};
pub(super) use pages::locate;
use sonet_spec::model::Spec;
use sonet_spec::{Symbols, model};

pub use finding::{Effect, Finding, Row};
pub use report::{human, json, markdown, problems};

/// What came of a comparison.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What differs, in the order of the spec.
    pub findings: Vec<Finding>,
    /// What could not be read of the pages that were compared.
    pub problems: Vec<Problem>,
    /// How many pages were compared.
    pub pages: usize,
    /// How many findings the spec's decisions settle.
    pub settled: usize,
}

impl Outcome {
    /// Whether something could not be read. An absent include is not counted where it can carry no fact.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.problems.iter().any(Problem::is_unread)
    }
}

/// Compares the spec with a checkout.
pub fn diff(spec: &Spec, checkout: &Checkout) -> io::Result<Outcome> {
    let symbols = Symbols::new(spec);
    let located = pages::locate(spec, checkout)?;
    let mut merged = Merged::default();
    let mut outcome = Outcome {
        findings: located.findings,
        problems: located.problems,
        pages: 0,
        settled: 0,
    };
    let compared = located.pages.par_iter().map(|(subject, page)| {
        let mut comparison = Comparison::new(spec, &symbols, page);
        match subject {
            Subject::Method(method) => compare_method(&mut comparison, method),
            Subject::Event(event) => compare_event(&mut comparison, event),
        }
        decided::settle(comparison, page)
    });
    // Collected first: what is merged depends on the order.
    for settled in compared.collect::<Vec<_>>() {
        merged.add(settled);
    }
    for (_, page) in located.pages {
        outcome.pages += 1;
        outcome.problems.extend(page.problems);
    }
    outcome.settled = merged.settled.len();
    outcome.findings.extend(merged.into_findings());
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

/// What a page is about.
#[derive(Clone, Copy)]
pub(crate) enum Subject<'s> {
    Method(&'s model::Method),
    Event(&'s model::Event),
}

impl<'s> Subject<'s> {
    /// The methods and events of a spec.
    fn all(spec: &'s Spec) -> impl Iterator<Item = Self> {
        let methods = spec.methods.iter().map(Self::Method);
        methods.chain(spec.events.iter().map(Self::Event))
    }

    fn name(self) -> &'s model::Text {
        match self {
            Self::Method(method) => &method.name,
            Self::Event(event) => &event.name,
        }
    }

    fn page(self) -> &'s model::Text {
        match self {
            Self::Method(method) => &method.page,
            Self::Event(event) => &event.page,
        }
    }

    fn entry(self) -> Entry<'s> {
        match self {
            Self::Method(method) => Entry::new(&method.name, &method.decisions),
            Self::Event(event) => Entry::new(&event.name, &event.decisions),
        }
    }
}

fn compare_method<'s>(cx: &mut Comparison<'s>, method: &'s model::Method) {
    let entry = Subject::Method(method).entry();
    head::compare(cx, entry, &method.name, &method.scope, &method.who);
    params::compare(cx, entry, method);
    lists::compare(cx, entry, method);
    selection::compare(cx, entry, method);
    requests::compare(cx, entry, method);
    answer::compare(cx, entry, method);
    envelope::compare(cx, entry, method);
    errors::compare(cx, entry, method);
    status::compare(cx, entry, method);
    system::compare(cx);
}

fn compare_event<'s>(cx: &mut Comparison<'s>, event: &'s model::Event) {
    let entry = Subject::Event(event).entry();
    head::compare(cx, entry, &event.name, &event.scope, &event.who);
    answer::compare_event(cx, entry, event);
}

/// The findings of all pages, the same ones together.
#[derive(Default)]
struct Merged {
    findings: BTreeMap<finding::Key, Finding>,
    /// Decisions that no page bears out, unless one does.
    stale: BTreeMap<(String, usize), Finding>,
    alive: BTreeSet<(String, usize)>,
    /// What several pages have counts once, as it is said once.
    settled: BTreeSet<finding::Key>,
}

impl Merged {
    fn add(&mut self, settled: decided::Settled) {
        self.settled.extend(settled.quiet);
        for finding in settled.findings {
            let key = finding.key();
            match self.findings.get_mut(&key) {
                Some(known) => known.also(finding.at),
                None => {
                    self.findings.insert(key, finding);
                }
            }
        }
        self.alive.extend(settled.alive);
        for (key, finding) in settled.stale {
            match self.stale.get_mut(&key) {
                Some(known) => known.also(finding.at),
                None => {
                    self.stale.insert(key, finding);
                }
            }
        }
    }

    /// What a page still says is no news because another page doesn't.
    fn into_findings(self) -> impl Iterator<Item = Finding> {
        let stale = self.stale.into_iter();
        let stale = stale.filter(move |(key, _)| !self.alive.contains(key));
        let stale = stale.map(|(_, finding)| finding);
        self.findings.into_values().chain(stale)
    }
}
