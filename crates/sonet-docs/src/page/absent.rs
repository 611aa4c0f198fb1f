//! Includes that the checkout does not have: which of them something may stand in that is compared.
//!
//! Where they stand tells. A notice above a table, among examples or in an introduction carries no fact of the method. What
//! stands in a table, in place of one, or in the section of an object, may; and the errors of the system are facts.

use super::facts::Page;
use super::section::{Area, Section};
use super::shared;
use crate::markup::{Block, Location, Table, leaves, tables};

/// Counts those absent includes as unread that facts may stand in, and says whether the page is incomplete. An object is
/// `lost` whose section is nowhere but in such an include.
pub(super) fn judge(sections: &[Section<'_>], lost: Vec<Location>, page: &mut Page) {
    let mut absent = page.problems.iter().filter(|problem| problem.absent);
    let has_other = absent.any(|problem| !shared::names_shared(&problem.message));
    // An example may show the names of an object, but neither its types nor all of its values.
    let mut needed = lost;
    let mut notices: Vec<Location> = Vec::new();
    for section in sections {
        let is_missing = match section.area {
            Area::Params => page.params.is_none(),
            Area::Response => page.result.is_none(),
            Area::Handler => page.payload.is_none(),
            Area::Errors => page.errors.is_none(),
            _ => continue,
        };
        needed.extend(in_tables(section.blocks));
        if !is_missing {
            continue;
        }
        let absent = includes(section.blocks);
        let is_errors = section.area == Area::Errors;
        page.incomplete |= !absent.is_empty() && (has_other || !is_errors);
        let places = if is_errors { &mut notices } else { &mut needed };
        places.extend(absent);
    }
    for problem in page.problems.iter_mut().filter(|problem| problem.absent) {
        let is_fact = needed.contains(&problem.at)
            || shared::names_system(&problem.message)
            || (notices.contains(&problem.at) && !shared::names_shared(&problem.message));
        problem.absent = !is_fact;
    }
}

/// The absent includes among blocks, those in tables apart.
pub(super) fn includes(blocks: &[Block]) -> Vec<Location> {
    let leaves = leaves(blocks).into_iter();
    let absent = leaves.filter_map(|block| match block {
        Block::Absent(at) => Some(at.clone()),
        _ => None,
    });
    absent.collect()
}

/// Those in tables.
fn in_tables(blocks: &[Block]) -> Vec<Location> {
    let tables = tables(blocks).into_iter();
    tables.flat_map(Table::absent).collect()
}
