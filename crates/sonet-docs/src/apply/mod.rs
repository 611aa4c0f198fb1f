//! Findings written into the spec, where that breaks nothing and needs no judgment.
//!
//! One finding after the other is written, and kept if the spec is still valid. The others are left, each with what
//! keeps it from being written. Comments and the order of everything stay. What was written is held against the pages
//! again: what another of them contradicts is taken back, so that nothing is found about what is written.

mod document;
mod edit;
mod precedents;
mod write;

use std::io;

use crate::Checkout;
use crate::diff::{self, Finding};
use sonet_spec::Check;
use sonet_spec::diagnostics::Source;

pub(crate) use document::{insert, list};
pub(crate) use precedents::{Precedents, UNDESCRIBED};
pub use write::Outcome;

/// Writes what can be written into the spec, and what all pages are quiet about afterwards. The spec is still valid then, as
/// the language says and as `further` does.
pub fn apply(
    source: &Source,
    checkout: &Checkout,
    findings: &[Finding],
    further: &[&Check<'_>],
) -> io::Result<Outcome> {
    let mut refused: Vec<(usize, String)> = Vec::new();
    loop {
        let outcome = write::write(source, findings, &refused, further);
        let written = sonet_spec::parse_with(&source.name, &outcome.text, further).ok();
        let Some((spec, _)) = written.filter(|_| !outcome.applied.is_empty()) else {
            return Ok(outcome);
        };
        let after = diff::diff(&spec, checkout)?.findings;
        let mut new = after.iter().filter(|after| {
            let mut left = outcome.left.iter();
            !left.any(|left| is_same(left, after))
        });
        let Some(contradiction) = new.next() else {
            return Ok(outcome);
        };
        let at = contradiction
            .at
            .first()
            .map_or_else(String::new, ToString::to_string);
        let reason = format!("then {at} says otherwise: {}", contradiction.message);
        let written = |index: &usize| refused.iter().all(|(other, _)| other != index);
        let indexes = || (0..findings.len()).filter(written);
        let same = |index: &usize| {
            let finding = &findings[*index];
            outcome.applied.contains(finding)
        };
        let about = |index: &usize| is_about(&findings[*index], contradiction);
        // Where nothing tells which of them it was, none of those of the entry is kept, or none at all.
        let entry = |index: &usize| findings[*index].entry == contradiction.entry;
        let mut blamed: Vec<usize> = indexes().filter(same).filter(about).collect();
        if blamed.is_empty() {
            blamed = indexes().filter(same).filter(entry).collect();
        }
        if blamed.is_empty() {
            blamed = indexes().filter(same).collect();
        }
        if blamed.is_empty() {
            return Ok(outcome);
        }
        refused.extend(blamed.into_iter().map(|index| (index, reason.clone())));
    }
}

/// Whether a finding was found before: what it says of the page may stand elsewhere now.
fn is_same(one: &Finding, other: &Finding) -> bool {
    one.entry == other.entry
        && one.on == other.on
        && one.kind == other.kind
        && one.page == other.page
}

/// Whether what was found afterwards is about what a finding made of the spec.
fn is_about(written: &Finding, found: &Finding) -> bool {
    let inside = |outer: &str, inner: &str| {
        inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    written.entry == found.entry
        && (inside(&written.on, &found.on) || inside(&found.on, &written.on))
}

/// The patch that the files of the spec get, as `diff -u` has it.
#[must_use]
pub fn patch(source: &Source, text: &str) -> String {
    let (old, new) = (source.parts(), source.parts_of(text));
    let changed = old
        .iter()
        .zip(&new)
        .filter(|(old, new)| old.text != new.text);
    changed
        .map(|(old, new)| {
            similar::TextDiff::from_lines(old.text, new.text)
                .unified_diff()
                .header(&format!("a/{}", old.name), &format!("b/{}", new.name))
                .to_string()
        })
        .collect()
}
