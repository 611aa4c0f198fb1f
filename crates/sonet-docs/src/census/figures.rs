//! The figures of a census.

use serde::{Deserialize, Serialize};

use super::verdict::{PageReport, Stage, Verdict};

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
                }
            }
        }
        doubts.sort_unstable();
        figures.doubts = doubts.get(doubts.len() / 2).copied().unwrap_or(0);
        figures
    }
}

/// What a census must reach. What is not said has no bound.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Floor {
    /// Lower bound of methods that are recognized.
    pub recognized: usize,
    /// Exact number of pages that are refused: fewer would be drafts of what is no method, more would be methods lost.
    pub refused: Option<usize>,
    /// Lower bound of drafts that are valid.
    pub valid: usize,
    /// Lower bound of drafts whose code parses.
    pub generated: usize,
    /// Lower bound of methods of which every request can be built.
    pub buildable: usize,
    /// Lower bound of lists that are drafted with their paging.
    pub paged: usize,
    /// Upper bound of methods that differ from their own pages.
    pub with_findings: Option<usize>,
    /// Upper bound of differences between drafts and their own pages.
    pub findings: Option<usize>,
    /// Upper bound of names that are doubtful.
    pub doubtful_names: Option<usize>,
    /// Upper bound of the median number of doubts per method.
    pub doubts: Option<usize>,
    /// Upper bound of pages that fail.
    pub failed: usize,
}

impl Floor {
    /// What falls below it, in sentences.
    #[must_use]
    pub fn missed(&self, figures: &Figures) -> Vec<String> {
        let least = [
            ("recognized", figures.recognized, self.recognized),
            ("valid", figures.valid, self.valid),
            ("generated", figures.generated, self.generated),
            ("buildable", figures.buildable, self.buildable),
            ("paged", figures.paged, self.paged),
        ];
        let refused = self.refused.filter(|exact| figures.refused != *exact);
        let exact = refused.map(|exact| {
            let is = figures.refused;
            format!("`refused` is {is}, and must be exactly {exact}")
        });
        let most = [
            ("with_findings", figures.with_findings, self.with_findings),
            ("findings", figures.findings, self.findings),
            (
                "doubtful_names",
                figures.doubtful_names,
                self.doubtful_names,
            ),
            ("doubts", figures.doubts, self.doubts),
            ("failed", figures.failed, Some(self.failed)),
        ];
        let least = least
            .into_iter()
            .filter(|(_, is, floor)| is < floor)
            .map(|(name, is, floor)| format!("`{name}` is {is}, and must be at least {floor}"));
        let most = most.into_iter().filter_map(|(name, is, bound)| {
            let bound = bound.filter(|bound| is > *bound)?;
            Some(format!("`{name}` is {is}, and must be at most {bound}"))
        });
        least.chain(exact).chain(most).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_falls_below_a_floor_is_said() {
        let floor = Floor {
            valid: 10,
            refused: Some(2),
            findings: Some(3),
            ..Floor::default()
        };
        let reached = Figures {
            valid: 10,
            refused: 2,
            findings: 3,
            ..Figures::default()
        };
        assert!(floor.missed(&reached).is_empty());
        let missed = Figures {
            valid: 9,
            refused: 3,
            findings: 4,
            failed: 1,
            ..reached
        };
        assert_eq!(
            floor.missed(&missed),
            [
                "`valid` is 9, and must be at least 10",
                "`refused` is 3, and must be exactly 2",
                "`findings` is 4, and must be at most 3",
                "`failed` is 1, and must be at most 0",
            ]
        );
    }
}
