//! What the sections of a page say of its method or event.

use super::absent::{self, Lost};
use super::curl;
use super::example::{self, Example, Kind};
use super::item::{self, Item, Notes};
use super::part::{Part, attach, leftover_roles, parts, roles, unused};
use super::section::{Area, Section, items, sections};
use super::{Page, error, notice, program};
use crate::markup::{Block, Code, Problem, tables};
use crate::words::{self, Topic};

/// What stands beside `result` in an answer.
pub(crate) const ENVELOPE: [&str; 3] = ["next", "total", "time"];

pub(super) fn read(blocks: &[Block], page: &mut Page) {
    let sections = sections(blocks);
    let mut lost = params(&sections, page);
    lost.extend(response(&sections, page));
    lost.extend(handler(&sections, page));
    errors(&sections, page);
    system_errors(&sections, page);
    page.statuses = notice::statuses(&sections);
    page.outdated = notice::outdated(&sections);
    page.page_sizes = notice::page_sizes(&sections);
    examples(&sections, page);
    elsewhere(&sections, page);
    absent::judge(&sections, &lost, page);
}

fn params(sections: &[Section<'_>], page: &mut Page) -> Vec<Lost> {
    let mut problems = std::mem::take(&mut page.problems);
    let mut structures = Vec::new();
    let mut notes = Notes {
        problems: &mut problems,
        structures: &mut structures,
    };
    let mut params: Option<Vec<Item>> = None;
    for section in sections
        .iter()
        .filter(|section| section.topic == Topic::Params)
    {
        if let Some(items) = items(section, &mut notes) {
            params.get_or_insert_default().extend(items);
        } else if section.blocks.iter().any(says_none) {
            params.get_or_insert_default();
        }
    }
    let mut parts = parts(sections, Area::Params, &mut notes);
    if let Some(params) = &mut params {
        *params = item::nest(std::mem::take(params), &mut problems);
        roles(params, &mut parts, page);
        attach(params, &mut parts, &mut problems);
    }
    leftover_roles(&mut parts, page);
    unused(&parts, &mut problems);
    page.incomplete |= params.is_none() && lacks(sections, Area::Params);
    page.params = params;
    page.structures.extend(structures);
    page.problems = problems;
    absent::lost(&parts)
}

fn says_none(block: &Block) -> bool {
    match block {
        Block::Text(lines) => lines.iter().any(|line| words::no_params(&line.text)),
        _ => false,
    }
}

fn response(sections: &[Section<'_>], page: &mut Page) -> Vec<Lost> {
    let mut problems = std::mem::take(&mut page.problems);
    let mut structures = Vec::new();
    let mut notes = Notes {
        problems: &mut problems,
        structures: &mut structures,
    };
    let mut rows: Option<Vec<Item>> = None;
    for section in sections
        .iter()
        .filter(|section| section.area == Area::Response)
    {
        match section.topic {
            Topic::Response | Topic::Returned => {
                if let Some(items) = items(section, &mut notes) {
                    rows.get_or_insert_default().extend(items);
                }
            }
            Topic::Fields => {
                let listed = match items(section, &mut notes) {
                    Some(items) => items,
                    None => item::listed(section.blocks, &mut notes),
                };
                if !listed.is_empty() {
                    rows.get_or_insert_default().extend(listed);
                }
            }
            _ => {}
        }
    }
    let mut parts = parts(sections, Area::Response, &mut notes);
    if let Some(rows) = rows {
        page.result = Some(result(rows, &mut parts, page, &mut problems));
    }
    unused(&parts, &mut problems);
    page.incomplete |= page.result.is_none() && lacks(sections, Area::Response);
    page.structures.extend(structures);
    page.problems = problems;
    absent::lost(&parts)
}

/// Whether something of an area stands in a file that is not there.
fn lacks(sections: &[Section<'_>], area: Area) -> bool {
    let mut sections = sections.iter().filter(|section| section.area == area);
    sections.any(|section| !absent::absent(section.blocks).is_empty())
}

/// Rows beside `result` are its fields, but for those of the envelope.
fn result(
    rows: Vec<Item>,
    parts: &mut [Part],
    page: &mut Page,
    problems: &mut Vec<Problem>,
) -> Item {
    let rows = item::nest(rows, problems);
    let (envelope, mut rows): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .partition(|row| ENVELOPE.contains(&row.name.as_str()));
    page.envelope.extend(envelope);
    let at = rows.iter().position(|row| row.name == "result");
    let mut result = match (at, rows.first()) {
        (Some(at), _) => rows.remove(at),
        (None, Some(first)) => Item::new("result", &first.at),
        (None, None) => Item::new("result", &page.start()),
    };
    result.fields.extend(rows);
    attach(std::slice::from_mut(&mut result), parts, problems);
    result
}

fn handler(sections: &[Section<'_>], page: &mut Page) -> Vec<Lost> {
    let mut problems = std::mem::take(&mut page.problems);
    let mut structures = Vec::new();
    let mut notes = Notes {
        problems: &mut problems,
        structures: &mut structures,
    };
    let mut payload: Option<Vec<Item>> = None;
    for section in sections
        .iter()
        .filter(|section| section.topic == Topic::Handler)
    {
        if let Some(items) = items(section, &mut notes) {
            payload.get_or_insert_default().extend(items);
        }
    }
    let mut parts = parts(sections, Area::Handler, &mut notes);
    if let Some(payload) = &mut payload {
        *payload = item::nest(std::mem::take(payload), &mut problems);
        attach(payload, &mut parts, &mut problems);
    }
    unused(&parts, &mut problems);
    page.incomplete |= payload.is_none() && lacks(sections, Area::Handler);
    page.payload = payload;
    page.structures.extend(structures);
    page.problems = problems;
    absent::lost(&parts)
}

fn errors(sections: &[Section<'_>], page: &mut Page) {
    let mut absent = page.problems.iter().filter(|problem| problem.absent);
    let other = absent.any(|problem| !absent::is_shared(&problem.message));
    let errors = sections
        .iter()
        .filter(|section| section.area == Area::Errors);
    for table in errors.flat_map(|section| tables(section.blocks)) {
        if let Some(rows) = error::rows(table, &mut page.problems) {
            page.errors.get_or_insert_default().extend(rows);
            continue;
        }
        let mut notes = Notes {
            problems: &mut Vec::new(),
            structures: &mut Vec::new(),
        };
        if !error::is_body(&item::rows(table, &mut notes)) {
            let message = "a table of errors without a heading that is known";
            page.problems.push(Problem::new(&table.at, message));
        }
    }
    page.incomplete |= page.errors.is_none() && other && lacks(sections, Area::Errors);
}

/// The table of errors that any method may answer, which pages include.
fn system_errors(sections: &[Section<'_>], page: &mut Page) {
    let common = sections
        .iter()
        .filter(|section| section.topic == Topic::Common);
    for table in common.flat_map(|section| tables(section.blocks)) {
        let mut notes = Notes {
            problems: &mut Vec::new(),
            structures: &mut Vec::new(),
        };
        if let Some(rows) = error::rows(table, &mut page.problems) {
            page.system_errors.get_or_insert_default().extend(rows);
        } else if !error::is_body(&item::rows(table, &mut notes)) {
            let message = "a table of errors without a heading that is known";
            page.problems.push(Problem::new(&table.at, message));
        }
    }
}

fn examples(sections: &[Section<'_>], page: &mut Page) {
    for section in sections {
        let kind = match section.area {
            Area::Response => Kind::Response,
            Area::Errors => Kind::Error,
            Area::Handler => Kind::Event,
            _ => Kind::Request,
        };
        for code in codes(section.blocks) {
            let problems = &mut page.problems;
            let language = code.language.split_whitespace().next().unwrap_or_default();
            // What is shown beside the answer is code that calls, and stands in tabs.
            let is_shown = kind != Kind::Request && code.tab.is_none();
            let found: Vec<Example> = match language.to_lowercase().as_str() {
                "json" => example::json(code, kind, problems).into_iter().collect(),
                "bash" | "sh" | "curl" => curl::read(code, problems),
                _ if curl::is_curl(code) => curl::read(code, problems),
                "http" if kind == Kind::Request => http(code, problems).into_iter().collect(),
                "" if section.area == Area::Request => {
                    curl::address(code, problems).into_iter().collect()
                }
                _ if is_shown && code.text().trim_start().starts_with(['{', '[']) => {
                    example::json(code, kind, problems).into_iter().collect()
                }
                _ => Vec::new(),
            };
            let mut errors = found.iter().filter(|example| example.kind == Kind::Error);
            if let Some(example) = errors.find(|example| example.json.get("error").is_none()) {
                let message = "an example of an error has no `error`";
                page.problems.push(Problem::new(&example.at, message));
            }
            page.examples.extend(found);
            if let Some(name) = page.name.as_ref().filter(|_| kind == Kind::Request) {
                page.programs.extend(program::read(code, &name.text));
            }
        }
    }
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

/// Tables where no table is expected are said, rather than dropped.
fn elsewhere(sections: &[Section<'_>], page: &mut Page) {
    let other = [Area::Head, Area::Request, Area::Other];
    let sections = sections
        .iter()
        .filter(|section| other.contains(&section.area));
    for table in sections.flat_map(|section| tables(section.blocks)) {
        let message = "nothing on the page says what this table is of";
        page.problems.push(Problem::new(&table.at, message));
    }
}

/// The code blocks, also those in lists.
fn codes(blocks: &[Block]) -> Vec<&Code> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Code(code) => found.push(code),
            Block::List(list) => {
                for item in &list.items {
                    found.extend(codes(&item.blocks));
                }
            }
            _ => {}
        }
    }
    found
}
