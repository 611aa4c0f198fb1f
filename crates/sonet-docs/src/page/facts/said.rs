//! Texts of a page.

use crate::markup::Location;

/// A text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The text.
    pub text: String,
    /// Its line.
    pub at: Location,
}

impl Said {
    pub(crate) fn new(text: impl Into<String>, at: &Location) -> Self {
        Self {
            text: text.into(),
            at: at.clone(),
        }
    }
}
