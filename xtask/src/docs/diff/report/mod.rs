//! What was found, for people and for programs.

mod human;
mod json;
mod markdown;

pub use human::{human, problems};
pub use json::json;
pub use markdown::markdown;

use std::ops::Range;

use super::{Effect, Outcome};
use crate::diagnostics::Source;

/// The line of a place in the spec, from 1; none for an empty one.
fn line(spec: &Source, span: &Range<usize>) -> Option<usize> {
    let before = spec.text.get(..span.start)?;
    (!span.is_empty()).then(|| before.matches('\n').count() + 1)
}

/// `3 findings, 1 of them breaking; 12 are decided`.
fn summary(outcome: &Outcome) -> String {
    let count = |count: usize, one: &str, more: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {more}"),
    };
    let breaking = outcome
        .findings
        .iter()
        .filter(|finding| finding.effect == Effect::Breaking)
        .count();
    let pages = count(outcome.pages, "page", "pages");
    let found = match outcome.findings.len() {
        0 => format!("{pages}: nothing that the spec does not say or decide"),
        found => format!(
            "{pages}: {}, {breaking} of them breaking",
            count(found, "finding", "findings")
        ),
    };
    match outcome.settled {
        0 => found,
        settled => format!("{found}; {settled} decided"),
    }
}
