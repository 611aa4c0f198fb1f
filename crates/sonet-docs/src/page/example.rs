//! The JSON of requests and answers.

use serde_json::Value;

use crate::markup::{Code, Place, Problem};

/// What an example is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
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
    pub kind: Kind,
    /// Its JSON; of a request that is an address, its query as JSON.
    pub json: Value,
    /// The text.
    pub text: String,
    /// The line of its first character.
    pub at: Place,
}

impl Example {
    /// The line of a key, given the keys around it.
    #[must_use]
    pub fn line_of(&self, path: &[&str]) -> Place {
        let mut from = 0;
        for key in path {
            // Programs have other quotes, or none.
            let forms = [format!("\"{key}\""), format!("'{key}'"), format!("{key}:")];
            let mut found = forms.iter().filter_map(|form| self.text[from..].find(form));
            from += found.next().unwrap_or(0);
        }
        let lines = self.text[..from].matches('\n').count();
        Place {
            line: self.at.line + lines,
            ..self.at.clone()
        }
    }
}

/// Reads a code block that must be JSON.
pub(super) fn json(code: &Code, kind: Kind, problems: &mut Vec<Problem>) -> Option<Example> {
    let at = Place {
        line: code.at.line + 1,
        ..code.at.clone()
    };
    parse(&code.text(), kind, &at, problems)
}

pub(super) fn parse(
    text: &str,
    kind: Kind,
    at: &Place,
    problems: &mut Vec<Problem>,
) -> Option<Example> {
    match serde_json::from_str(text) {
        Ok(json) => Some(Example {
            kind,
            json,
            text: text.to_owned(),
            at: at.clone(),
        }),
        Err(error) => {
            let place = Place {
                line: at.line + error.line().saturating_sub(1),
                ..at.clone()
            };
            problems.push(Problem::new(
                &place,
                format!("an example is not JSON: {error}"),
            ));
            None
        }
    }
}
