//! Objects of requests.

use super::{Decision, Param, Text};

/// An object of a request, which is built as a request is.
#[derive(Debug, Clone)]
pub struct Input {
    /// The Rust name.
    pub name: Text,
    /// What it is.
    pub doc: String,
    /// The Rust path of its module below the crate's root; empty for the root.
    pub module: Option<Text>,
    /// Whether keys may be sent that are not listed.
    pub open: bool,
    /// What is in it, in order.
    pub params: Vec<Param>,
    /// Contradictions and what was decided.
    pub decisions: Vec<Decision>,
    /// What nobody has judged yet.
    pub doubts: Vec<Text>,
}

impl Input {
    /// The parameters at every depth, outer before inner.
    #[must_use]
    pub fn all_params(&self) -> Vec<&Param> {
        Param::all(&self.params)
    }
}
