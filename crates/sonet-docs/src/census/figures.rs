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
    /// Drafts that code is made of.
    pub generated: usize,
    /// Methods of which every request can be built.
    pub buildable: usize,
    /// Methods of which the examples show a request.
    pub with_requests: usize,
    /// Differences between drafts and their own pages.
    pub findings: usize,
    /// Methods that have any.
    pub with_findings: usize,
    /// The doubts of the method in the middle, ordered by how many they have.
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
    /// At least so many methods are recognized.
    pub recognized: usize,
    /// At least so many pages are refused, each with its reason.
    pub refused: usize,
    /// At least so many drafts are valid.
    pub valid: usize,
    /// Code is made of at least so many.
    pub generated: usize,
    /// At least so many methods have only requests that can be built.
    pub buildable: usize,
    /// At least so many lists page.
    pub paged: usize,
    /// At most so many methods differ from their own pages.
    pub with_findings: Option<usize>,
    /// At most so many differences there are.
    pub findings: Option<usize>,
    /// At most so many names are doubtful.
    pub doubtful_names: Option<usize>,
    /// At most so many doubts has the method in the middle.
    pub doubts: Option<usize>,
    /// At most so many pages fail.
    pub failed: usize,
}

impl Floor {
    /// What falls below it, in sentences.
    #[must_use]
    pub fn missed(&self, figures: &Figures) -> Vec<String> {
        let least = [
            ("recognized", figures.recognized, self.recognized),
            ("refused", figures.refused, self.refused),
            ("valid", figures.valid, self.valid),
            ("generated", figures.generated, self.generated),
            ("buildable", figures.buildable, self.buildable),
            ("paged", figures.paged, self.paged),
        ];
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
        least.chain(most).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_falls_below_a_floor_is_said() {
        let floor = Floor {
            valid: 10,
            findings: Some(3),
            ..Floor::default()
        };
        let reached = Figures {
            valid: 10,
            findings: 3,
            ..Figures::default()
        };
        assert!(floor.missed(&reached).is_empty());
        let missed = Figures {
            valid: 9,
            findings: 4,
            failed: 1,
            ..reached
        };
        assert_eq!(
            floor.missed(&missed),
            [
                "`valid` is 9, and must be at least 10",
                "`findings` is 4, and must be at most 3",
                "`failed` is 1, and must be at most 0",
            ]
        );
    }
}
