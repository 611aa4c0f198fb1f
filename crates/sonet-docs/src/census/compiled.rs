//! What comes of methods together, once their code has been compiled.

use serde::Serialize;

use super::verdict::{Failure, PageReport, Stage, Verdict};
use crate::examples::MethodOutcome;

/// What came of a method together with the others.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Together {
    /// Whether it is in the spec of all of them, and the code of its section compiles.
    pub compiles: bool,
    /// How many answers the examples show.
    pub answers: usize,
    /// How many of them are decoded whole.
    pub decoded: usize,
    /// How many requests the examples show.
    pub requests: usize,
    /// How many of them can be built, and are what the page has.
    pub built: usize,
}

impl Together {
    /// Whether the examples show anything.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.answers + self.requests > 0
    }

    /// Whether every answer is decoded, and every request built.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.is_shown() && self.decoded == self.answers && self.built == self.requests
    }
}

impl PageReport {
    /// Takes over what came of the examples of its method, whose code compiles with that of the others of its section.
    pub fn compiled(&mut self, outcome: &MethodOutcome) {
        let Verdict::Method(method) = &mut self.verdict else {
            return;
        };
        method.together = Some(Together {
            compiles: true,
            answers: outcome.answers,
            decoded: outcome.answers.saturating_sub(outcome.undecoded.len()),
            requests: outcome.requests,
            built: outcome.requests.saturating_sub(outcome.unbuilt.len()),
        });
        for message in &outcome.undecoded {
            method.fail(Stage::Answer, message.as_str());
        }
        for message in &outcome.unbuilt {
            // Alone, it was not built either.
            let is_known = |known: &Failure| {
                known.stage == Stage::Request && message.contains(known.message.as_str())
            };
            if !method.failures.iter().any(is_known) {
                method.fail(Stage::Request, message.as_str());
            }
        }
    }

    /// Takes over why its method does not compile with the others.
    pub fn left_out(&mut self, reason: &str) {
        if let Verdict::Method(method) = &mut self.verdict {
            method.together = Some(Together::default());
            method.fail(Stage::Together, reason);
        }
    }
}
