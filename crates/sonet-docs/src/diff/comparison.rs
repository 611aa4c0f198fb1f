//! One page held against the spec: what was found, and what the page says at each place.

use std::collections::BTreeMap;

use super::finding::{Effect, Finding};
use super::site::{Entry, Quote, Site};
use super::statement::Statement;
use crate::page::{Example, ExampleKind, Page};
use sonet_spec::Symbols;
use sonet_spec::model::{FindingKind, Spec};

/// A comparison in progress.
pub(super) struct Comparison<'s> {
    pub(super) spec: &'s Spec,
    pub(super) symbols: &'s Symbols<'s>,
    pub(super) page: &'s Page,
    pub(super) findings: Vec<Finding>,
    /// By entry and path.
    pub(super) said: BTreeMap<(String, String), Statement>,
    /// The entries that the page is about, by name.
    pub(super) entries: BTreeMap<&'s str, Entry<'s>>,
}

impl<'s> Comparison<'s> {
    pub(super) fn new(spec: &'s Spec, symbols: &'s Symbols<'s>, page: &'s Page) -> Self {
        Self {
            spec,
            symbols,
            page,
            findings: Vec::new(),
            said: BTreeMap::new(),
            entries: BTreeMap::new(),
        }
    }

    /// The examples of a kind.
    pub(super) fn examples(
        &self,
        kind: ExampleKind,
    ) -> impl Iterator<Item = &'s Example> + use<'s> {
        let examples = self.page.examples.iter();
        examples.filter(move |example| example.kind == kind)
    }

    /// Adds a finding, to which more may be added.
    pub(super) fn report(
        &mut self,
        site: &Site<'_>,
        kind: FindingKind,
        effect: Effect,
        quote: Quote<'_>,
        message: impl Into<String>,
    ) -> &mut Finding {
        let at = self.findings.len();
        let finding = Finding::new(site, kind, effect, quote, message.into());
        self.findings.push(finding);
        &mut self.findings[at]
    }

    /// Adds a finding that breaks those who use the crates, if the spec follows it.
    pub(super) fn breaking(
        &mut self,
        site: &Site<'_>,
        kind: FindingKind,
        quote: Quote<'_>,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.report(site, kind, Effect::Breaking, quote, message)
    }

    /// Adds a finding that breaks nobody.
    pub(super) fn compatible(
        &mut self,
        site: &Site<'_>,
        kind: FindingKind,
        quote: Quote<'_>,
        message: impl Into<String>,
    ) -> &mut Finding {
        self.report(site, kind, Effect::Compatible, quote, message)
    }

    /// Remembers what the page says, for the decisions that quote it.
    pub(super) fn says(&mut self, site: &Site<'_>, statement: Statement) {
        let key = (site.entry.name.value.clone(), site.on.clone());
        self.said.entry(key).or_default().add(statement);
    }

    /// Says that the page is about this entry, too.
    pub(super) fn visit(&mut self, entry: Entry<'s>) {
        self.entries.insert(entry.name.as_str(), entry);
    }
}
