//! One page held against the spec: what was found, and what the page says at each place.

use std::collections::BTreeMap;
use std::ops::Range;

use super::finding::{Effect, Finding, Row};
use crate::markup::Place;
use crate::page::{Item, Page};
use sonet_spec::Symbols;
use sonet_spec::model::{Decision, FindingKind, Spec, Text};

/// An entry of the spec.
#[derive(Clone, Copy)]
pub(super) struct Entry<'s> {
    pub(super) name: &'s Text,
    pub(super) decisions: &'s [Decision],
}

impl<'s> Entry<'s> {
    pub(super) fn new(name: &'s Text, decisions: &'s [Decision]) -> Self {
        Self { name, decisions }
    }

    /// The names that a new one may be another name of. What a decision says is not on the page was never there to be
    /// renamed; it is left empty.
    pub(super) fn renamable<'n>(&self, list: &str, names: Vec<&'n str>) -> Vec<&'n str> {
        let was_there = |name: &str| {
            let on = format!("{list}.{name}");
            let mut absent = self.decisions.iter().filter(|decision| {
                let finding = decision.finding.as_ref().map(|finding| finding.value);
                decision.page.is_empty()
                    && matches!(
                        finding,
                        None | Some(FindingKind::Missing | FindingKind::NotInTable)
                    )
            });
            absent.all(|decision| decision.on.value != on)
        };
        let names = names.into_iter();
        names
            .map(|name| if was_there(name) { name } else { "" })
            .collect()
    }
}

/// What a page says at a place of the spec.
#[derive(Debug, Clone, Default)]
pub(super) struct Saying {
    /// Types, values, defaults: each as a decision would quote it.
    pub(super) words: Vec<String>,
    /// Sentences.
    pub(super) text: String,
    /// Whether types are said at all, and what is required; for an error, its text.
    pub(super) precise: bool,
}

impl Saying {
    /// What the row of a parameter or field says.
    pub(super) fn of(item: &Item) -> Self {
        let mut words = item.types.clone();
        words.push(item.ty());
        words.extend(
            item.required
                .map(|required| required_word(required).to_owned()),
        );
        words.extend(
            item.default
                .iter()
                .flat_map(|default| default.codes.clone()),
        );
        words.extend(item.values.iter().map(|value| value.text.clone()));
        words.push(listed(item.values.iter().map(|value| value.text.as_str())));
        Self {
            words,
            text: item.text.clone(),
            precise: !item.types.is_empty(),
        }
    }
}

/// Values as a decision quotes them.
pub(super) fn listed<'v>(values: impl IntoIterator<Item = &'v str>) -> String {
    let values: Vec<String> = values
        .into_iter()
        .map(|value| {
            if value.is_empty() {
                "\"\"".to_owned()
            } else {
                value.to_owned()
            }
        })
        .collect();
    values.join(", ")
}

pub(super) fn required_word(required: bool) -> &'static str {
    if required { "required" } else { "optional" }
}

/// A finding before it has an entry.
pub(super) struct Found<'f> {
    pub(super) on: String,
    pub(super) kind: FindingKind,
    pub(super) effect: Effect,
    /// What the page says.
    pub(super) page: String,
    pub(super) at: &'f Place,
    pub(super) spec: &'f Range<usize>,
    pub(super) message: String,
}

/// A comparison in progress.
pub(super) struct Comparison<'s> {
    pub(super) spec: &'s Spec,
    pub(super) symbols: &'s Symbols<'s>,
    pub(super) page: &'s Page,
    pub(super) findings: Vec<Finding>,
    /// By entry and path.
    pub(super) said: BTreeMap<(String, String), Saying>,
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

    pub(super) fn found(&mut self, entry: Entry<'_>, found: Found<'_>) {
        self.findings.push(Finding {
            entry: entry.name.value.clone(),
            on: found.on,
            kind: found.kind,
            effect: found.effect,
            message: found.message,
            page: found.page,
            at: vec![found.at.clone()],
            spec: found.spec.clone(),
            notes: Vec::new(),
            row: None,
            preceding: Vec::new(),
        });
    }

    /// Adds its row to the last finding.
    pub(super) fn attach(&mut self, row: Row) {
        if let Some(finding) = self.findings.last_mut() {
            finding.row = Some(row);
        }
    }

    /// Says where on the page the last finding stands: behind which of the names around it.
    pub(super) fn among<'n>(&mut self, names: impl Iterator<Item = &'n str>, name: &str) {
        if let Some(finding) = self.findings.last_mut() {
            let before = names.take_while(|other| *other != name);
            finding.preceding = before.map(str::to_owned).collect();
            finding.preceding.reverse();
        }
    }

    /// Remembers what the page says, for the decisions that quote it.
    pub(super) fn says(&mut self, entry: Entry<'_>, on: &str, saying: Saying) {
        let key = (entry.name.value.clone(), on.to_owned());
        let known = self.said.entry(key).or_default();
        known.words.extend(saying.words);
        known.precise |= saying.precise;
        if !known.text.is_empty() {
            known.text.push('\n');
        }
        known.text.push_str(&saying.text);
    }

    /// Says that the page is about this entry, too.
    pub(super) fn visit(&mut self, entry: Entry<'s>) {
        self.entries.insert(entry.name.as_str(), entry);
    }
}
