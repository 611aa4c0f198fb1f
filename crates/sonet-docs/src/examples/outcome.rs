//! What comes of the examples.

use std::fmt::Write as _;

use crate::markup::Problem;
use crate::{Checkout, diff};

/// What came of the examples.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// What is wrong, each with its line.
    pub findings: Vec<Problem>,
    /// What could not be read.
    pub problems: Vec<Problem>,
    /// How many answers and events were decoded.
    pub answers: usize,
    /// How many errors were.
    pub errors: usize,
    /// How many requests were built, or should have been.
    pub requests: usize,
    /// How many requests can't be, for what is decided about them.
    pub decided: usize,
}

impl Outcome {
    /// Whether something could not be read. An absent include is not counted where it can carry no fact.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.problems.iter().any(Problem::is_unread)
    }

    /// Renders what is wrong with the lines of the pages that it is about.
    #[must_use]
    pub fn human(&self, checkout: &Checkout, colours: bool) -> String {
        let mut out = diff::problems("example", &self.findings, checkout, colours);
        out.push_str(&diff::problems(
            "not read",
            &self.problems,
            checkout,
            colours,
        ));
        let found = match self.findings.len() {
            0 => "nothing is wrong with them".to_owned(),
            1 => "1 finding".to_owned(),
            count => format!("{count} findings"),
        };
        let Self {
            answers,
            errors,
            requests,
            decided,
            ..
        } = self;
        let left = match decided {
            0 => String::new(),
            count => format!("; {count} more can't be built, which is decided"),
        };
        let _ = writeln!(
            out,
            "{answers} answers, {errors} errors and {requests} requests: {found}{left}"
        );
        out
    }

    /// Whether there was no example at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.answers + self.errors + self.requests == 0
    }
}
