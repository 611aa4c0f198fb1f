//! What the sections of a page say of its method or event, area by area.

use super::examples;
use super::facts::{Item, Page};
use super::items::{Reader, columns, items, nest, one_of};
use super::parts::Parts;
use super::section::{Area, Section, sections};
use super::subject::is_event;
use super::{absent, around, errors, notice, roles, told};
use crate::markup::{Block, Location, Problem, Table, inline, leaves, tables};
use crate::words::{self, Column, Topic};

/// What stands beside `result` in an answer.
pub(crate) const ENVELOPE: [&str; 3] = ["next", "total", "time"];

pub(super) fn read(blocks: &[Block], page: &mut Page) {
    let sections = &sections(blocks);
    let mut reader = Reader::default();
    let mut lost = params(sections, &mut reader, page);
    lost.extend(response(sections, &mut reader, page));
    lost.extend(handler(sections, &mut reader, page));
    page.structures = reader.structures;
    page.problems.extend(reader.problems);
    let errors = errors::errors(sections, &mut page.problems);
    page.errors = errors.own;
    page.system_errors = errors.system;
    page.statuses = notice::statuses(sections);
    page.outdated = notice::outdated(sections);
    let name = page.name.as_ref().map_or("", |said| said.text.as_str());
    page.successors = notice::successors(sections, name);
    page.page_sizes = notice::page_sizes(sections);
    examples::read(sections, page);
    told_in_head(sections, page);
    around::put_inside(page);
    elsewhere(sections, page);
    absent::judge(sections, lost, page);
    // To an event, what a handler receives are the parameters of its request.
    if page.payload.is_none() && page.name.as_ref().is_some_and(|name| is_event(&name.text)) {
        page.payload = page.params.take();
    }
}

/// The lists of sections as one; `None` if no section has any.
fn joined(lists: impl Iterator<Item = Option<Vec<Item>>>) -> Option<Vec<Item>> {
    lists.flatten().reduce(|mut all, more| {
        all.extend(more);
        all
    })
}

/// Reads the parameters. Returns the absent includes that some of them stand in.
fn params(sections: &[Section<'_>], reader: &mut Reader, page: &mut Page) -> Vec<Location> {
    let main = sections
        .iter()
        .filter(|section| section.topic == Topic::Params);
    let params = joined(main.map(|section| {
        let says_none = || section.blocks.iter().any(says_none).then(Vec::new);
        items(section, reader).or_else(says_none)
    }));
    let params = params.or_else(|| in_head(sections, reader));
    let mut parts = Parts::read(sections, Area::Params, reader);
    page.params = params.map(|params| {
        let mut params = nest(params, &mut reader.problems);
        for section in sections
            .iter()
            .filter(|section| section.area == Area::Params)
        {
            one_of(&mut params, &text(section.blocks));
        }
        roles::led_to(&mut params, &mut parts, page);
        parts.attach(&mut params, &mut reader.problems);
        unmasked(params)
    });
    roles::left_over(&mut parts, page);
    parts.finish(&mut reader.problems)
}

/// The parameters of an old page, whose table stands below the introduction without a heading of its own.
fn in_head(sections: &[Section<'_>], reader: &mut Reader) -> Option<Vec<Item>> {
    let head = sections.iter().filter(|section| section.area == Area::Head);
    let mut found = head.flat_map(|section| tables(section.blocks));
    let table = found.next().filter(|table| lists_names(table))?;
    found.next().is_none().then(|| reader.rows(table))
}

/// Whether a table says in its heading that its rows begin with names, by a word for them.
fn lists_names(table: &Table) -> bool {
    let heading = table.rows.first().and_then(|row| row.cells.first());
    let word = heading.map(|cell| words::column(&inline::plain(&cell.text())));
    word == Some(Some(Column::Name)) && columns(table).is_some()
}

/// The text of blocks that stands in no table, line by line, with code in its marks.
fn text(blocks: &[Block]) -> String {
    let leaves = leaves(blocks).into_iter();
    let lines = leaves.filter_map(|block| match block {
        Block::Text(lines) | Block::Quote(lines) => Some(lines),
        _ => None,
    });
    let lines = lines.flatten().map(|line| inline::with_code(&line.text));
    lines.collect::<Vec<_>>().join("\n")
}

/// The parameters, with those in place of a mask such as `UF_*` that a section lists for it.
fn unmasked(params: Vec<Item>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::new();
    for param in params {
        if param.name.ends_with('_') && !param.fields.is_empty() {
            out.extend(param.fields);
        } else {
            out.push(param);
        }
    }
    out
}

fn says_none(block: &Block) -> bool {
    match block {
        Block::Text(lines) => lines.iter().any(|line| words::no_params(&line.text)),
        _ => false,
    }
}

/// Reads the answer. Returns the absent includes that some of it stands in.
fn response(sections: &[Section<'_>], reader: &mut Reader, page: &mut Page) -> Vec<Location> {
    let main = sections
        .iter()
        .filter(|section| section.area == Area::Response);
    let rows = joined(main.map(|section| match section.topic {
        Topic::Response | Topic::Returned => items(section, reader),
        Topic::Fields => {
            let items = items(section, reader);
            let items = items.unwrap_or_else(|| reader.listed(section.blocks));
            Some(items).filter(|items| !items.is_empty())
        }
        _ => None,
    }));
    let parts = Parts::read(sections, Area::Response, reader);
    let mut parts = parts.with_linked(sections, Area::Params);
    if let Some(rows) = rows {
        let mut result = result(nest(rows, &mut reader.problems), page);
        parts.attach(std::slice::from_mut(&mut result), &mut reader.problems);
        page.result = Some(result);
    }
    parts.finish(&mut reader.problems)
}

/// Rows beside `result` are its fields, but for those of the envelope.
fn result(rows: Vec<Item>, page: &mut Page) -> Item {
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
    result
}

/// Takes what the head lists as the answer, if examples tell that it is.
fn told_in_head(sections: &[Section<'_>], page: &mut Page) {
    let head = sections.iter().filter(|section| section.area == Area::Head);
    let mut tables = head.flat_map(|section| tables(section.blocks));
    if !tables.any(|table| lists(table, page.params.as_deref())) {
        return;
    }
    let rows = told::answer(page);
    if let Some(rows) = rows.filter(|_| page.result.is_none()) {
        page.result = Some(result(rows, page));
    }
}

/// Whether the items are from a table.
fn lists(table: &Table, items: Option<&[Item]>) -> bool {
    let mut items = items.into_iter().flatten();
    items.any(|item| table.rows.iter().any(|row| row.at == item.at))
}

/// Reads what the handler of an event receives. Returns the absent includes that some of it stands in.
fn handler(sections: &[Section<'_>], reader: &mut Reader, page: &mut Page) -> Vec<Location> {
    let main = sections
        .iter()
        .filter(|section| section.topic == Topic::Handler);
    let payload = joined(main.map(|section| items(section, reader)));
    let mut parts = Parts::read(sections, Area::Handler, reader);
    page.payload = payload.map(|payload| {
        let mut payload = nest(payload, &mut reader.problems);
        parts.attach(&mut payload, &mut reader.problems);
        payload
    });
    parts.finish(&mut reader.problems)
}

/// Tables where no table is expected are said, rather than dropped.
fn elsewhere(sections: &[Section<'_>], page: &mut Page) {
    let other = [Area::Head, Area::Request, Area::Other];
    let sections = sections
        .iter()
        .filter(|section| other.contains(&section.area));
    for table in sections.flat_map(|section| tables(section.blocks)) {
        let result = page.result.as_ref().map(|result| result.fields.as_slice());
        if lists(table, page.params.as_deref()) || lists(table, result) {
            continue;
        }
        let message = "nothing on the page says what this table lists";
        page.problems.push(Problem::new(&table.at, message));
    }
}
