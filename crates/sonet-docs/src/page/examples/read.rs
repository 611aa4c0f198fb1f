//! Which reader reads an example: its section and its language say so.

use super::{curl, json, program};
use crate::markup::{Block, Code, Problem, leaves};
use crate::page::facts::{Example, ExampleKind, Item, Page};
use crate::page::section::{Area, Section};

/// Reads the examples of a page's sections.
pub(in crate::page) fn read(sections: &[Section<'_>], page: &mut Page) {
    // What a text shows of a call, where others show the whole of one.
    let mut fragments: Vec<Example> = Vec::new();
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
                    let example =
                        example.filter(|example| is_whole(example, page.params.as_deref()));
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
            let is_apart = section.area != Area::Request && code.tab.is_none();
            let is_fragment = |example: &Example| {
                is_apart && language == "json" && example.kind == ExampleKind::Request
            };
            let (parts, whole): (Vec<_>, Vec<_>) = found.into_iter().partition(is_fragment);
            fragments.extend(parts);
            page.examples.extend(whole);
            if let Some(name) = page.name.as_ref().filter(|_| kind == ExampleKind::Request) {
                page.programs.extend(program::read(code, &name.text));
            }
        }
    }
    let mut examples = page.examples.iter();
    if !examples.any(|example| example.kind == ExampleKind::Request) {
        page.examples.extend(fragments);
    }
}

/// Whether an example is more than a part of a request: what stands without braces may be what is in a parameter.
fn is_whole(example: &Example, params: Option<&[Item]>) -> bool {
    let is_param = |key: &String| {
        let mut params = params.into_iter().flatten();
        params.any(|param| param.name.eq_ignore_ascii_case(key))
    };
    let is_part = example.text.trim_start().starts_with('"') && example.json.is_object();
    example.kind != ExampleKind::Request
        || !is_part
        || example
            .json
            .as_object()
            .is_some_and(|map| map.keys().all(is_param))
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
