//! Findings written into the spec, where that breaks nothing and needs no judgment.
//!
//! One finding after the other is written, and kept if the spec is still in order. The others are left, each with what
//! keeps it from being written. Comments and the order of everything stay. What was written is held against the pages
//! again: what another of them contradicts is taken back, so that nothing is found about what is written.

mod edit;
mod entry;
mod known;

use std::io;

use toml_edit::DocumentMut;

use super::Checkout;
use super::diff::{self, Effect, Finding};
use sonet_spec::Check;
use sonet_spec::diagnostics::Source;

pub(super) use known::Known;
use sonet_spec::model::{FindingKind, Spec};

/// What stands where only a person can say it.
pub(crate) const UNDESCRIBED: &str = "Not described yet.";

/// What became of the findings.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The spec with what was written.
    pub text: String,
    /// What was written.
    pub applied: Vec<Finding>,
    /// What was not, each with a note that says why.
    pub left: Vec<Finding>,
}

/// Writes what can be written into the spec, and what all pages are quiet about afterwards. The spec is still in order then, as
/// the language says and as `further` does.
pub fn apply(
    source: &Source,
    checkout: &Checkout,
    findings: &[Finding],
    further: &[&Check<'_>],
) -> io::Result<Outcome> {
    let mut refused: Vec<(usize, String)> = Vec::new();
    loop {
        let outcome = write(source, findings, &refused, further);
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
        let reason = format!("{at} says otherwise then: {}", contradiction.message);
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

/// Writes what can be written into the spec, but for what was refused before.
fn write(
    source: &Source,
    findings: &[Finding],
    refused: &[(usize, String)],
    further: &[&Check<'_>],
) -> Outcome {
    let mut outcome = Outcome {
        text: source.text.clone(),
        applied: Vec::new(),
        left: Vec::new(),
    };
    let mut parsed = Parsed::of(&source.name, &source.text, further);
    // What sorting needs is a field to filter by, so those come first.
    let later = |(_, finding): &(usize, &Finding)| finding.on.starts_with("order_fields.");
    let all = || findings.iter().enumerate();
    let first = all().filter(|finding| !later(finding));
    for (index, finding) in first.chain(all().filter(later)) {
        let mut refused = refused.iter().filter(|(other, _)| *other == index);
        let reason = refused.next().map(|(_, reason)| reason.clone());
        let written = match reason.or_else(|| half(finding, findings)) {
            Some(reason) => Err(reason),
            None => written(&source.name, parsed.as_ref(), finding, further),
        };
        match written {
            Ok((text, new)) => {
                outcome.text = text;
                outcome.applied.push(finding.clone());
                parsed = Ok(new);
            }
            Err(reason) => {
                let mut finding = finding.clone();
                finding.notes.push(format!("not written: {reason}"));
                outcome.left.push(finding);
            }
        }
    }
    outcome
}

/// A text of the spec, read: most findings leave it as it is, and a long one takes its time.
struct Parsed {
    spec: Spec,
    document: DocumentMut,
}

impl Parsed {
    fn of(name: &str, text: &str, further: &[&Check<'_>]) -> Result<Self, String> {
        let (spec, _) =
            sonet_spec::parse_with(name, text, further).map_err(|report| first(&report))?;
        let document = text.parse().map_err(|_| "the spec is no TOML".to_owned())?;
        Ok(Self { spec, document })
    }
}

/// The patch that the spec gets, as `diff -u` has it.
#[must_use]
pub fn patch(source: &Source, text: &str) -> String {
    similar::TextDiff::from_lines(source.text.as_str(), text)
        .unified_diff()
        .header(&format!("a/{}", source.name), &format!("b/{}", source.name))
        .to_string()
}

/// What comes where something else goes may be the same under another name, which only a person can tell. Half of that
/// is not written.
fn half(finding: &Finding, findings: &[Finding]) -> Option<String> {
    let (list, _) = finding.on.rsplit_once('.')?;
    let named = ["params", "fields"];
    if finding.kind != FindingKind::New || !named.iter().any(|start| list.starts_with(start)) {
        return None;
    }
    let gone = findings.iter().find_map(|other| {
        let (place, name) = other.on.rsplit_once('.')?;
        let gone = matches!(other.kind, FindingKind::Missing | FindingKind::NotInTable);
        (gone && place == list && other.entry == finding.entry).then_some(name)
    })?;
    Some(format!("it may be the new name of `{gone}`"))
}

/// The spec with one finding, or why not.
fn written(
    name: &str,
    parsed: Result<&Parsed, &String>,
    finding: &Finding,
    further: &[&Check<'_>],
) -> Result<(String, Parsed), String> {
    if finding.effect == Effect::Breaking {
        return Err("it breaks those who use the crates".to_owned());
    }
    let parsed = parsed.map_err(Clone::clone)?;
    let mut document = parsed.document.clone();
    edit::edit(&mut document, &Known::new(&parsed.spec), finding)?;
    let text = document.to_string();
    // Read anew rather than kept: what is written next goes by the form of what stands there.
    let parsed = Parsed::of(name, &text, further)?;
    Ok((text, parsed))
}

/// The first mistake of a report.
fn first(report: &sonet_spec::diagnostics::Report) -> String {
    let mut diagnostics = report.diagnostics().iter();
    diagnostics
        .next()
        .map_or_else(String::new, |one| one.message.clone())
}
