//! Texts of a page.

use crate::markup::Place;

/// A text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The text.
    pub text: String,
    /// Its line.
    pub at: Place,
}

impl Said {
    pub(crate) fn new(text: impl Into<String>, at: &Place) -> Self {
        Self {
            text: text.into(),
            at: at.clone(),
        }
    }
}
