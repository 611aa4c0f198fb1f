//! What a census must reach.

use serde::Deserialize;

use super::figures::Figures;

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
    /// What the code of all methods together must reach, where it is compiled.
    pub compiled: CompiledFloor,
}

/// What the code of all methods together must reach.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CompiledFloor {
    /// Lower bound of methods that compile together.
    pub methods: usize,
    /// Lower bound of answers that are decoded whole.
    pub decoded: usize,
    /// Lower bound of requests that can be built.
    pub built: usize,
    /// Lower bound of methods of which every answer is decoded and every request built.
    pub whole: usize,
}

impl Floor {
    /// What falls below it, in sentences.
    #[must_use]
    pub fn missed(&self, figures: &Figures) -> Vec<String> {
        let mut least = vec![
            ("recognized", figures.recognized, self.recognized),
            ("valid", figures.valid, self.valid),
            ("generated", figures.generated, self.generated),
            ("buildable", figures.buildable, self.buildable),
            ("paged", figures.paged, self.paged),
        ];
        if let Some(compiled) = &figures.compiled {
            let floor = &self.compiled;
            least.extend([
                ("compiled.methods", compiled.methods, floor.methods),
                ("compiled.decoded", compiled.decoded, floor.decoded),
                ("compiled.built", compiled.built, floor.built),
                ("compiled.whole", compiled.whole, floor.whole),
            ]);
        }
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
    use crate::census::figures::Compiled;

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

    #[test]
    fn what_was_not_compiled_has_no_floor() {
        let floor = Floor {
            compiled: CompiledFloor {
                methods: 2,
                whole: 2,
                ..CompiledFloor::default()
            },
            ..Floor::default()
        };
        let mut figures = Figures::default();
        assert!(floor.missed(&figures).is_empty());
        figures.compiled = Some(Compiled {
            methods: 2,
            whole: 1,
            ..Compiled::default()
        });
        assert_eq!(
            floor.missed(&figures),
            ["`compiled.whole` is 1, and must be at least 2"]
        );
    }
}
