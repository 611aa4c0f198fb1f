//! Which reader reads an example: its section and its language say so.

use super::{curl, json, program};
use crate::markup::{Block, Code, Problem, leaves};
use crate::page::facts::{Example, ExampleKind, Page};
use crate::page::section::{Area, Section};

/// Reads the examples of a page's sections.
pub(in crate::page) fn read(sections: &[Section<'_>], page: &mut Page) {
    for section in sections {
        let kind = match section.area {
            Area::Response => ExampleKind::Response,
            Area::Errors => ExampleKind::Error,
            Area::Handler => ExampleKind::Event,
            _ => ExampleKind::Request,
        };
        for code in codes(section.blocks) {
            let problems = &mut page.problems;
            let language = code.language.split_whitespace().next().unwrap_or_default();
            // What is shown beside the answer is code that calls, and stands in tabs.
            let is_shown = kind != ExampleKind::Request && code.tab.is_none();
            let found: Vec<Example> = match language.to_lowercase().as_str() {
                "json" => {
                    let example = json::read(code, kind, problems);
                    example.map(as_it_looks).into_iter().collect()
                }
                "bash" | "sh" | "curl" => curl::read(code, problems),
                _ if curl::is_curl(code) => curl::read(code, problems),
                "http" if kind == ExampleKind::Request => {
                    http(code, problems).into_iter().collect()
                }
                "" if section.area == Area::Request => {
                    curl::address(code, problems).into_iter().collect()
                }
                _ if is_shown && code.text().trim_start().starts_with(['{', '[']) => {
                    json::read(code, kind, problems).into_iter().collect()
                }
                _ => Vec::new(),
            };
            let mut errors = found
                .iter()
                .filter(|example| example.kind == ExampleKind::Error);
            if let Some(example) = errors.find(|example| example.json.get("error").is_none()) {
                let message = "an example of an error has no `error`";
                page.problems.push(Problem::new(&example.at, message));
            }
            page.examples.extend(found);
            if let Some(name) = page.name.as_ref().filter(|_| kind == ExampleKind::Request) {
                page.programs.extend(program::read(code, &name.text));
            }
        }
    }
}

/// What stands among requests or errors and has what only answers have is an answer: another heading is above it than elsewhere.
fn as_it_looks(mut example: Example) -> Example {
    let has = |key: &str| example.json.get(key).is_some();
    if example.kind == ExampleKind::Error && has("result") && !has("error") {
        example.kind = ExampleKind::Response;
    }
    if example.kind == ExampleKind::Request {
        if has("error") && has("error_description") {
            example.kind = ExampleKind::Error;
        } else if has("result") && has("time") {
            example.kind = ExampleKind::Response;
        }
    }
    example
}

/// What is called HTTP is an address, or nothing that can be read.
fn http(code: &Code, problems: &mut Vec<Problem>) -> Option<Example> {
    let known = problems.len();
    let example = curl::address(code, problems);
    if example.is_none() && problems.len() == known {
        let message = "a request that is neither `curl` nor an address";
        problems.push(Problem::new(&code.at, message));
    }
    example
}

/// The code blocks, also those in lists.
fn codes(blocks: &[Block]) -> impl Iterator<Item = &Code> {
    leaves(blocks).into_iter().filter_map(|block| match block {
        Block::Code(code) => Some(code),
        _ => None,
    })
}
