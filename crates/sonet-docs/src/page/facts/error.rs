//! The errors of a method.

use crate::markup::Location;

/// A row of a table of errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorRow {
    /// The wire's `error`; empty where the page has a dash.
    pub code: String,
    /// The wire's `error_description`, if the page has it.
    pub text: Option<String>,
    /// When it is answered, with its markup.
    pub meaning: String,
    /// The HTTP status, if the table has a column for it.
    pub status: Option<String>,
    /// Its row.
    pub at: Location,
}
