//! What was found, for people and for programs.

mod human;
mod json;
mod markdown;

pub use human::{human, problems};
pub use json::json;
pub use markdown::markdown;

use std::ops::Range;

use super::{Effect, Outcome};
use sonet_spec::diagnostics::Source;

/// The spec, and where its lines begin: a long one is not searched from its start for every finding.
struct Lines<'s> {
    source: &'s Source,
    starts: Vec<usize>,
}

impl<'s> Lines<'s> {
    fn new(source: &'s Source) -> Self {
        let ends = source.text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            source,
            starts: std::iter::once(0).chain(ends).collect(),
        }
    }

    /// The line of a place, from 1; none for an empty one.
    fn number(&self, span: &Range<usize>) -> Option<usize> {
        let before = self.starts.partition_point(|start| *start <= span.start);
        (!span.is_empty()).then_some(before)
    }

    /// Where a line begins, and the line, with its end.
    fn line(&self, number: usize) -> Option<(usize, &'s str)> {
        let start = *self.starts.get(number.checked_sub(1)?)?;
        let end = self.starts.get(number).copied();
        let end = end.unwrap_or(self.source.text.len());
        Some((start, self.source.text.get(start..end)?))
    }
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
