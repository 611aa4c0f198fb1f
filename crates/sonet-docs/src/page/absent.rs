//! Includes that the checkout does not have: which of them something may stand in that is compared.
//!
//! Where they stand tells. A notice above a table, among examples or in an introduction carries no fact of the method. What
//! stands in a table, in place of one, or in the section of an object, may; and the errors of the system are facts.

use super::Page;
use super::part::Part;
use super::section::{Area, Section};
use crate::markup::{Block, Place, Table};

/// What every page includes below its errors: the fields of all errors, and those of the system.
const SHARED: [&str; 2] = ["error-info", "system-errors"];

/// The section of an object that is nowhere but in an absent file.
pub(super) struct Lost {
    at: Vec<Place>,
}

/// The sections that something leads to, and of which nothing is there.
pub(super) fn lost(parts: &[Part]) -> Vec<Lost> {
    let lost = parts
        .iter()
        .filter(|part| part.used && part.items.is_empty());
    let lost = lost.map(|part| Lost {
        at: part.absent.clone(),
    });
    lost.collect()
}

/// Whether a problem is only that one of the shared includes is absent.
pub(super) fn is_shared(message: &str) -> bool {
    let mut files = SHARED.iter().map(|name| format!("/{name}.md`"));
    files.any(|file| message.contains(&file))
}

/// Whether a problem is that the errors of the system are absent, which are compared wherever they are included.
fn is_system(message: &str) -> bool {
    message.contains("/system-errors.md`")
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
    // An example may show the names of an object, but neither its types nor all of its values.
    needed.extend(lost.iter().flat_map(|lost| lost.at.clone()));
    for problem in page.problems.iter_mut().filter(|problem| problem.absent) {
        let is_fact = needed.contains(&problem.at)
            || is_system(&problem.message)
            || (notices.contains(&problem.at) && !is_shared(&problem.message));
        problem.absent = !is_fact;
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
    let tables = crate::markup::tables(blocks).into_iter();
    tables.flat_map(Table::absent).collect()
}
