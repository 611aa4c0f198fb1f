//! What is checked of an example.

use crate::markup::{Location, Problem};
use crate::page::Example;

/// One example, as the program checks it.
pub(super) struct Check {
    pub(super) example: Example,
    /// The keys around what is checked.
    pub(super) path: Vec<String>,
    pub(super) kind: CheckKind,
}

pub(super) enum CheckKind {
    /// Decodes this text as the output of a method, or as a type.
    Decode {
        ty: String,
        is_method: bool,
        json: String,
    },
    /// Gives this text to the client as the answer to a call of the method, which must have a name for the error.
    Refuse { ty: String, json: String },
    /// Builds a request, which must be this one.
    Produce { call: String, json: String },
}

/// What a check has to say, and where in its example.
pub(super) struct Failure {
    pub(super) path: Vec<String>,
    pub(super) message: String,
}

impl Check {
    /// What a failure is to a reader of the page.
    pub(super) fn finding(&self, failure: &Failure) -> Problem {
        let path: Vec<&str> = self
            .path
            .iter()
            .chain(&failure.path)
            .map(String::as_str)
            .collect();
        let at: Location = self.example.line_of(&path);
        let what = match &self.kind {
            CheckKind::Decode { ty, .. } => format!("`{ty}` does not decode it"),
            CheckKind::Refuse { ty, .. } => format!("`{ty}` does not tell it"),
            CheckKind::Produce { .. } => "the request's type does not produce it".to_owned(),
        };
        Problem::new(&at, format!("{what}: {}", failure.message))
    }
}
