//! The figures of a census.

use std::collections::BTreeMap;

use serde::Serialize;

use super::compiled::Together;
use super::judged::{Measure, Tally};
use super::verdict::{MethodReport, PageReport, Stage, Verdict};

/// What is counted of some pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// The pages.
    pub pages: usize,
    /// Those of a method, drafted or not, without those of REST 3.0.
    pub methods: usize,
    /// Those whose method is known.
    pub recognized: usize,
    /// Those of them whose title, examples and file's name do not agree on it.
    pub doubtful_names: usize,
    /// Pages that are refused, with a reason.
    pub refused: usize,
    /// Drafts that the spec takes as they are.
    pub valid: usize,
    /// Drafts whose code parses.
    pub generated: usize,
    /// Methods of which every request can be built.
    pub buildable: usize,
    /// Methods of which the examples show a request.
    pub with_requests: usize,
    /// Differences between drafts and their own pages.
    pub findings: usize,
    /// Methods that have any.
    pub with_findings: usize,
    /// Median number of doubts per method.
    pub doubts: usize,
    /// Reads.
    pub reads: usize,
    /// Methods that answer in pages.
    pub lists: usize,
    /// Those of them that are drafted so.
    pub paged: usize,
    /// Pages that could not be read, or where something panicked.
    pub failed: usize,
    /// Methods that are held against entries that people have judged.
    pub judged: usize,
    /// How much of them is right.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tallies: BTreeMap<Measure, Tally>,
    /// What is counted of the code of all methods together, if it was compiled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub compiled: Option<Compiled>,
}

/// What is counted of methods whose code was compiled together, section by section.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Compiled {
    /// Methods that are in one spec and whose section compiles.
    pub methods: usize,
    /// Answers in their examples.
    pub answers: usize,
    /// Answers that are decoded whole.
    pub decoded: usize,
    /// Requests in their examples.
    pub requests: usize,
    /// Requests that can be built, and are what the page has.
    pub built: usize,
    /// Methods of which the examples show an answer or a request, compiled or not.
    pub shown: usize,
    /// Those of them of which every answer is decoded and every request built.
    pub whole: usize,
}

impl Compiled {
    fn add(&mut self, method: &MethodReport, together: &Together) {
        self.methods += usize::from(together.compiles);
        self.answers += together.answers;
        self.decoded += together.decoded;
        self.requests += together.requests;
        self.built += together.built;
        self.shown += usize::from(together.is_shown() || method.requests > 0);
        self.whole += usize::from(together.is_whole());
    }
}

impl Figures {
    /// Counts some pages.
    #[must_use]
    pub fn of<'r>(reports: impl IntoIterator<Item = &'r PageReport>) -> Self {
        let mut figures = Self::default();
        let mut doubts = Vec::new();
        for report in reports {
            figures.pages += 1;
            match &report.verdict {
                Verdict::Other => {}
                Verdict::Unnamed => figures.methods += 1,
                Verdict::Refused { .. } => figures.refused += 1,
                Verdict::Unread { .. } => figures.failed += 1,
                Verdict::Method(method) => {
                    let count = usize::from;
                    figures.methods += 1;
                    figures.recognized += 1;
                    figures.doubtful_names += count(method.name_is_doubtful);
                    figures.valid += count(method.valid);
                    figures.generated += count(method.generated);
                    figures.with_requests += count(method.requests > 0);
                    figures.buildable +=
                        count(method.requests > 0 && method.built == method.requests);
                    figures.findings += method.findings;
                    figures.with_findings += count(method.findings > 0);
                    figures.reads += count(method.reads);
                    figures.lists += count(method.pages);
                    figures.paged += count(method.pages && method.paged);
                    let panics = |failure: &super::Failure| failure.stage == Stage::Panic;
                    figures.failed += count(method.failures.iter().any(panics));
                    doubts.push(method.doubts);
                    if let Some(judged) = &method.judged {
                        figures.judged += 1;
                        for (measure, tally) in &judged.tallies {
                            *figures.tallies.entry(*measure).or_default() += *tally;
                        }
                    }
                    if let Some(together) = &method.together {
                        let compiled = figures.compiled.get_or_insert_default();
                        compiled.add(method, together);
                    }
                }
            }
        }
        doubts.sort_unstable();
        figures.doubts = doubts.get(doubts.len() / 2).copied().unwrap_or(0);
        figures
    }
}
