//! What was found, in one line.

use crate::diff::{Effect, Outcome};

/// `3 findings, 1 of them breaking; 12 are decided`.
pub(super) fn summary(outcome: &Outcome) -> String {
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
    let decided = match outcome.settled {
        0 => found,
        settled => format!("{found}; {settled} decided"),
    };
    match outcome.absent {
        0 => decided,
        absent => format!(
            "{decided}; {} in a folder that is not in this checkout",
            count(absent, "page", "pages")
        ),
    }
}
