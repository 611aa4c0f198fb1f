//! What a census must reach.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::figures::Figures;
use super::judged::Measure;

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
    /// What drafts must reach that are held against judged entries.
    pub judged: JudgedFloor,
    /// What the code of all methods together must reach, where it is compiled.
    pub compiled: CompiledFloor,
}

/// What the code of all methods together must reach.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CompiledFloor {
    /// Lower bound of methods that compile together.
    pub methods: usize,
    /// Upper bound of answers that are not decoded whole. How many there are depends on which examples are read as answers.
    pub undecoded: Option<usize>,
    /// Upper bound of requests that can't be built.
    pub unbuilt: Option<usize>,
    /// Lower bound of methods of which every answer is decoded and every request built.
    pub whole: usize,
}

/// What drafts must reach that are held against judged entries.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct JudgedFloor {
    /// Lower bound of methods that are held against their entries.
    pub methods: usize,
    /// Lower bounds of what is right, refined or not.
    pub right: BTreeMap<Measure, usize>,
    /// Upper bounds of what is wrong; what is not said has none.
    pub wrong: BTreeMap<Measure, usize>,
}

impl JudgedFloor {
    /// What falls below it, in sentences.
    fn missed(&self, figures: &Figures) -> Vec<String> {
        let tally = |measure| figures.tallies.get(measure).copied().unwrap_or_default();
        let methods = (figures.judged < self.methods).then(|| {
            let (is, floor) = (figures.judged, self.methods);
            format!("`judged.methods` is {is}, and must be at least {floor}")
        });
        let right = self.right.iter().filter_map(|(measure, floor)| {
            let tally = tally(measure);
            let is = tally.right + tally.refined;
            let word = measure.word();
            (is < *floor)
                .then(|| format!("`judged.right.{word}` is {is}, and must be at least {floor}"))
        });
        let wrong = self.wrong.iter().filter_map(|(measure, bound)| {
            let is = tally(measure).wrong;
            let word = measure.word();
            (is > *bound)
                .then(|| format!("`judged.wrong.{word}` is {is}, and must be at most {bound}"))
        });
        methods.into_iter().chain(right).chain(wrong).collect()
    }
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
                ("compiled.whole", compiled.whole, floor.whole),
            ]);
        }
        let refused = self.refused.filter(|exact| figures.refused != *exact);
        let exact = refused.map(|exact| {
            let is = figures.refused;
            format!("`refused` is {is}, and must be exactly {exact}")
        });
        let compiled = figures.compiled.clone().unwrap_or_default();
        let most = [
            (
                "compiled.undecoded",
                compiled.answers - compiled.decoded,
                self.compiled.undecoded,
            ),
            (
                "compiled.unbuilt",
                compiled.requests - compiled.built,
                self.compiled.unbuilt,
            ),
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
        let judged = self.judged.missed(figures);
        least.chain(exact).chain(most).chain(judged).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::census::figures::Compiled;
    use crate::census::judged::Tally;

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
                undecoded: Some(0),
                unbuilt: Some(1),
                whole: 2,
            },
            ..Floor::default()
        };
        let mut figures = Figures::default();
        assert!(floor.missed(&figures).is_empty());
        figures.compiled = Some(Compiled {
            methods: 2,
            answers: 3,
            decoded: 2,
            requests: 3,
            built: 2,
            shown: 2,
            whole: 1,
        });
        assert_eq!(
            floor.missed(&figures),
            [
                "`compiled.whole` is 1, and must be at least 2",
                "`compiled.undecoded` is 1, and must be at most 0",
            ]
        );
    }

    #[test]
    fn what_people_judged_has_a_floor_for_each_measure() {
        let floor = serde_json::json!({ "judged": {
            "methods": 1,
            "right": { "params_found": 4 },
            "wrong": { "writes": 0, "required": 1 },
        }});
        let floor: Floor = serde_json::from_value(floor).unwrap();
        let tally = |right, refined, wrong| Tally {
            right,
            refined,
            wrong,
            ..Tally::default()
        };
        let mut figures = Figures {
            judged: 1,
            tallies: BTreeMap::from([
                (Measure::ParamsFound, tally(3, 1, 5)),
                (Measure::Required, tally(3, 0, 1)),
            ]),
            ..Figures::default()
        };
        assert!(floor.missed(&figures).is_empty());
        figures.judged = 0;
        let measures = [
            (Measure::ParamsFound, tally(3, 0, 5)),
            (Measure::Writes, tally(3, 0, 1)),
        ];
        figures.tallies = BTreeMap::from(measures);
        assert_eq!(
            floor.missed(&figures),
            [
                "`judged.methods` is 0, and must be at least 1",
                "`judged.right.params_found` is 3, and must be at least 4",
                "`judged.wrong.writes` is 1, and must be at most 0",
            ]
        );
    }
}
