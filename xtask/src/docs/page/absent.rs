//! Includes that the checkout does not have: which of them something may stand in that is compared.
//!
//! Where they stand tells. A notice above a table, among examples or in an introduction carries no fact of the method. What
//! stands in a table, in place of one, or in the section of an object that no example shows, may.

use super::Page;
use super::example::Kind;
use super::part::Part;
use super::section::{Area, Section};
use crate::docs::markup::{Block, Place, Table};

/// What every page includes below its errors: the fields of all errors, and those of the system.
const SHARED: [&str; 2] = ["error-info", "system-errors"];

/// The section of an object that is nowhere but in an absent file.
pub(super) struct Lost {
    name: Option<String>,
    area: Area,
    at: Vec<Place>,
}

/// The sections that something leads to, and of which nothing is there.
pub(super) fn lost(parts: &[Part], area: Area) -> Vec<Lost> {
    let lost = parts
        .iter()
        .filter(|part| part.used && part.items.is_empty());
    let lost = lost.map(|part| Lost {
        name: part.name.clone(),
        area,
        at: part.absent.clone(),
    });
    lost.collect()
}

/// Whether a problem is only that one of the shared includes is absent.
pub(super) fn is_shared(message: &str) -> bool {
    let mut files = SHARED.iter().map(|name| format!("/{name}.md`"));
    files.any(|file| message.contains(&file))
}

/// Counts those absent includes as unread that facts may stand in.
pub(super) fn judge(sections: &[Section<'_>], lost: &[Lost], page: &mut Page) {
    let mut needed: Vec<Place> = Vec::new();
    let mut notices: Vec<Place> = Vec::new();
    for section in sections {
        let is_missing = match section.area {
            Area::Params => page.params.is_none(),
            Area::Response => page.result.is_none(),
            Area::Handler => page.payload.is_none(),
            Area::Errors => page.errors.is_none(),
            _ => continue,
        };
        needed.extend(in_tables(section.blocks));
        if is_missing && section.area == Area::Errors {
            notices.extend(absent(section.blocks));
        } else if is_missing {
            needed.extend(absent(section.blocks));
        }
    }
    let lost = lost.iter().filter(|lost| !lost.is_shown(page));
    needed.extend(lost.flat_map(|lost| lost.at.clone()));
    for problem in page.problems.iter_mut().filter(|problem| problem.absent) {
        let is_fact = needed.contains(&problem.at)
            || (notices.contains(&problem.at) && !is_shared(&problem.message));
        problem.absent = !is_fact;
    }
}

impl Lost {
    /// Whether an example shows the object, so that its fields are compared all the same.
    fn is_shown(&self, page: &Page) -> bool {
        let kind = match self.area {
            Area::Response => Kind::Response,
            Area::Handler => Kind::Event,
            _ => return false,
        };
        let examples = page.examples.iter();
        let mut shown = examples.filter(|example| example.kind == kind);
        let name = self.name.as_ref().map(|name| format!("\"{name}\""));
        name.is_some_and(|name| shown.any(|example| example.text.contains(&name)))
    }
}

/// The absent includes among blocks.
pub(super) fn absent(blocks: &[Block]) -> Vec<Place> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Absent(at) => found.push(at.clone()),
            Block::List(list) => {
                found.extend(list.items.iter().flat_map(|item| absent(&item.blocks)));
            }
            _ => {}
        }
    }
    found
}

/// Those in tables.
fn in_tables(blocks: &[Block]) -> Vec<Place> {
    let tables = crate::docs::markup::tables(blocks).into_iter();
    tables.flat_map(Table::absent).collect()
}
