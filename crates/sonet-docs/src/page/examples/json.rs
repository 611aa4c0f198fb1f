//! The JSON of requests and answers.

use crate::markup::{Code, Location, Problem};
use crate::page::facts::{Example, ExampleKind};

/// Reads a code block that must be JSON.
pub(super) fn read(code: &Code, kind: ExampleKind, problems: &mut Vec<Problem>) -> Option<Example> {
    parse(&code.text(), kind, &code.at.below(1), problems)
}

/// Reads a text that must be JSON.
pub(super) fn parse(
    text: &str,
    kind: ExampleKind,
    at: &Location,
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
            let at = at.below(error.line().saturating_sub(1));
            problems.push(Problem::new(
                &at,
                format!("an example is not JSON: {error}"),
            ));
            None
        }
    }
}
