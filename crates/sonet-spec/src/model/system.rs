//! Errors that any method may answer.

use super::{At, Decision, Text};

/// An error of the system, as the vendor's `system-errors.md` lists it.
#[derive(Debug, Clone)]
pub struct SystemError {
    /// The wire's `error`.
    pub code: Text,
    /// The HTTP status that it comes with.
    pub status: At<i64>,
    /// Contradictions and what was decided.
    pub decisions: Vec<Decision>,
}
