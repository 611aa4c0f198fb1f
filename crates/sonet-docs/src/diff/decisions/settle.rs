//! The findings of a page, after the decisions.

use super::judge::{Judge, Verdict};
use crate::diff::comparison::Comparison;
use crate::diff::finding::{self, Finding};

/// A decision: its entry, and where it stands in the spec.
pub(crate) type Key = (String, usize);

/// The findings of a page after the decisions.
#[derive(Default)]
pub(crate) struct Settled {
    pub(crate) findings: Vec<Finding>,
    /// Decisions that the page does not bear out.
    pub(crate) stale: Vec<(Key, Finding)>,
    /// Decisions that it does.
    pub(crate) alive: Vec<Key>,
    /// The findings that are settled.
    pub(crate) decided: Vec<finding::Key>,
}

/// Takes away what is decided.
pub(crate) fn settle(cx: Comparison<'_>) -> Settled {
    let mut settled = Settled::default();
    let mut findings = cx.findings;
    for entry in cx.entries.values() {
        for decision in entry.decisions {
            let judge = Judge::new(*entry, decision, &cx.said, cx.page);
            let before = settled.decided.len();
            findings.retain(|finding| {
                let settles = judge.settles(finding);
                settled.decided.extend(settles.then(|| finding.key()));
                !settles
            });
            let key = (entry.name.value.clone(), decision.on.span.start);
            match judge.verdict(settled.decided.len() > before) {
                Verdict::Alive => settled.alive.push(key),
                Verdict::Unknown => {}
                Verdict::Stale(message) => {
                    if !judge.explain(&mut findings, &message) {
                        settled.stale.push((key, judge.stale(message)));
                    }
                }
            }
        }
    }
    settled.findings = findings;
    settled
}
