//! What comes of a comparison.

use super::finding::Finding;
use crate::markup::Problem;

/// What came of a comparison.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What differs, in the order of the spec.
    pub findings: Vec<Finding>,
    /// What could not be read of the pages that were compared.
    pub problems: Vec<Problem>,
    /// How many pages were compared.
    pub pages: usize,
    /// How many pages are of a folder that the checkout does not have, and the spec only a part of.
    pub absent: usize,
    /// How many findings the spec's decisions settle.
    pub settled: usize,
}

impl Outcome {
    /// Whether something could not be read. An absent include is not counted where it can carry no fact.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.problems.iter().any(Problem::is_unread)
    }
}
