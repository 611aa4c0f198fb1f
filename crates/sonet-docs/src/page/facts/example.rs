//! The examples of a page.

use serde_json::Value;

use crate::markup::Location;

/// What an example is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExampleKind {
    /// The parameters of a call.
    Request,
    /// An answer.
    Response,
    /// An answer that is an error.
    Error,
    /// What the handler of an event receives.
    Event,
}

/// An example.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What it is.
    pub kind: ExampleKind,
    /// Its JSON; of a request that is an address, its query as JSON.
    pub json: Value,
    /// The text.
    pub text: String,
    /// The line of its first character.
    pub at: Location,
}

impl Example {
    /// The line of a key, given the keys around it.
    #[must_use]
    pub fn line_of(&self, path: &[&str]) -> Location {
        let mut from = 0;
        for key in path {
            // Programs have other quotes, or none.
            let forms = [format!("\"{key}\""), format!("'{key}'"), format!("{key}:")];
            let mut found = forms.iter().filter_map(|form| self.text[from..].find(form));
            from += found.next().unwrap_or(0);
        }
        let lines = self.text[..from].matches('\n').count();
        self.at.below(lines)
    }
}
