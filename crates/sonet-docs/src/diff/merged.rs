//! The findings of all pages, the same ones together.

use std::collections::{BTreeMap, BTreeSet};

use super::decisions::{self, Settled};
use super::finding::{self, Finding};

/// The findings of all pages, the same ones together.
#[derive(Default)]
pub(super) struct Merged {
    findings: BTreeMap<finding::Key, Finding>,
    /// Decisions that no page bears out, unless one does.
    stale: BTreeMap<decisions::Key, Finding>,
    alive: BTreeSet<decisions::Key>,
    /// What several pages have counts once, as it is said once.
    settled: BTreeSet<finding::Key>,
}

impl Merged {
    pub(super) fn add(&mut self, settled: Settled) {
        self.settled.extend(settled.decided);
        let findings = settled.findings.into_iter();
        merge(
            &mut self.findings,
            findings.map(|finding| (finding.key(), finding)),
        );
        self.alive.extend(settled.alive);
        merge(&mut self.stale, settled.stale);
    }

    /// How many findings the decisions settle.
    pub(super) fn settled(&self) -> usize {
        self.settled.len()
    }

    /// What a page still says is no news because another page doesn't. So is what an absent page may say: one that has
    /// these types.
    pub(super) fn into_findings(self, absent: &BTreeSet<&str>) -> impl Iterator<Item = Finding> {
        let stale = self.stale.into_iter();
        let stale = stale
            .filter(move |(key, _)| !self.alive.contains(key) && !absent.contains(key.0.as_str()));
        let stale = stale.map(|(_, finding)| finding);
        self.findings.into_values().chain(stale)
    }
}

/// Adds what is not there yet, and to what is there the places where it is found as well.
fn merge<K: Ord>(known: &mut BTreeMap<K, Finding>, new: impl IntoIterator<Item = (K, Finding)>) {
    for (key, finding) in new {
        match known.get_mut(&key) {
            Some(known) => known.also(finding.at),
            None => {
                known.insert(key, finding);
            }
        }
    }
}
