//! What could not be read.

use super::line::Location;

/// How many lists and tables may be in one another. Pages have four; without a bound, reading one would have none.
pub(crate) const DEPTH: usize = 16;

/// Something on a page that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where.
    pub at: Location,
    /// What and why.
    pub message: String,
    /// Whether a file is missing from the checkout that nothing to compare is in, as far as can be told by where it is
    /// included.
    pub absent: bool,
}

impl Problem {
    /// Whether a fact may have been lost by it.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        !self.absent
    }

    /// Nothing is read of what is nested without end.
    pub(crate) fn too_deep(at: &Location) -> Self {
        Self::new(at, format!("nested deeper than {DEPTH} levels"))
    }

    pub(crate) fn new(at: &Location, message: impl Into<String>) -> Self {
        Self {
            at: at.clone(),
            message: message.into(),
            absent: false,
        }
    }
}
