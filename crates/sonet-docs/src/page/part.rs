//! Sections that list what is in something else, and what they belong to.

use super::Page;
use super::absent::absent;
use super::item::{Item, Notes};
use super::section::{Area, Section, items};
use crate::markup::{Place, Problem};
use crate::words::{self, Topic};

/// A section that lists what is in something else.
pub(super) struct Part {
    pub(super) name: Option<String>,
    pub(super) anchors: Vec<String>,
    pub(super) role: Option<&'static str>,
    pub(super) items: Vec<Item>,
    /// Includes in it that the checkout does not have.
    pub(super) absent: Vec<Place>,
    pub(super) used: bool,
}

/// The sections of an area that are not its main ones.
pub(super) fn parts(sections: &[Section<'_>], area: Area, notes: &mut Notes<'_>) -> Vec<Part> {
    let inner = sections.iter().filter(|section| {
        section.area == area && matches!(section.topic, Topic::Named(_) | Topic::Other)
    });
    let mut parts = Vec::new();
    for section in inner {
        let items = items(section, notes);
        let absent = absent(section.blocks);
        if items.is_none() && absent.is_empty() {
            continue;
        }
        parts.push(Part {
            name: match &section.topic {
                Topic::Named(name) => Some(name.clone()),
                _ => None,
            },
            anchors: section
                .heading
                .map(|heading| heading.anchors.clone())
                .unwrap_or_default(),
            role: section
                .heading
                .and_then(|heading| words::role_of_heading(&heading.text)),
            items: items.unwrap_or_default(),
            absent,
            used: false,
        });
    }
    parts
}

/// What nothing leads to is said, rather than dropped.
pub(super) fn unused(parts: &[Part], problems: &mut Vec<Problem>) {
    for part in parts.iter().filter(|part| !part.used) {
        if let Some(first) = part.items.first() {
            let message = "nothing on the page says what this table is of";
            problems.push(Problem::new(&first.at, message));
        }
    }
}

/// The part that an item leads to: by a link, otherwise by its name.
pub(super) fn part_of(item: &Item, parts: &[Part]) -> Option<usize> {
    let linked = parts.iter().position(|part| {
        part.anchors
            .iter()
            .any(|anchor| item.links.contains(anchor))
    });
    // Headings have capitals where names have none.
    let same: [fn(&str, &str) -> bool; 2] = [str::eq, str::eq_ignore_ascii_case];
    linked.or_else(|| {
        same.iter().find_map(|same| {
            let named = |part: &Part| {
                let name = part.name.as_deref();
                name.is_some_and(|name| same(name, &item.name))
            };
            parts.iter().position(|part| named(part) && !part.used)
        })
    })
}

/// How many rows are put into others. Pages have some hundreds; sections that all lead to each other would have no end.
const ROWS: usize = 10_000;

/// Puts parts into the items that lead to them.
pub(super) fn attach(items: &mut [Item], parts: &mut [Part], problems: &mut Vec<Problem>) {
    let mut left = ROWS;
    attach_in(items, parts, &mut Vec::new(), &mut left);
    if let Some(item) = items.first().filter(|_| left == 0) {
        let message = "sections lead to each other without end";
        problems.push(Problem::new(&item.at, message));
    }
}

/// A part is not in itself, wherever its rows lead.
fn attach_in(items: &mut [Item], parts: &mut [Part], around: &mut Vec<usize>, left: &mut usize) {
    for item in items {
        let part = part_of(item, parts);
        let part = part.filter(|at| around.len() < 8 && !around.contains(at));
        if let Some(at) = part {
            *left = left.saturating_sub(parts[at].items.len());
            if *left == 0 {
                return;
            }
            parts[at].used = true;
            item.absent |= !parts[at].absent.is_empty();
            // What the description lists already, the section says again.
            let listed: Vec<String> = item.fields.iter().map(|row| row.name.clone()).collect();
            let rows = parts[at].items.iter();
            let rows = rows.filter(|row| !listed.contains(&row.name));
            item.fields.extend(rows.cloned());
        }
        around.extend(part);
        attach_in(&mut item.fields, parts, around, left);
        around.truncate(around.len() - usize::from(part.is_some()));
    }
}

/// The role of a parameter in the vendor's methods, by its name.
pub(super) fn role(name: &str) -> Option<&'static str> {
    match name.to_ascii_lowercase().as_str() {
        "filter" => Some("filter"),
        "order" | "sort" => Some("order"),
        "select" => Some("select"),
        _ => None,
    }
}

/// Finds the fields to filter by, to sort by and to select: they are not parts of the parameter, but of the method.
pub(super) fn roles(items: &mut [Item], parts: &mut [Part], page: &mut Page) {
    roles_in(items, parts, page, &mut Vec::new());
}

fn roles_in(items: &mut [Item], parts: &mut [Part], page: &mut Page, seen: &mut Vec<usize>) {
    for item in items {
        let Some(role) = role(&item.name) else {
            if let Some(at) = part_of(item, parts).filter(|at| !seen.contains(at)) {
                seen.push(at);
                roles_in(&mut parts[at].items.clone(), parts, page, seen);
            }
            continue;
        };
        if role == "filter" && !item.operators.is_empty() {
            page.filter_operators = Some(item.operators.clone());
        }
        if let Some(at) = part_of(item, parts) {
            parts[at].used = true;
            let items = parts[at].items.clone();
            give(page, role, items);
            // They are no fields of the parameter.
            item.links.clear();
            item.absent |= !parts[at].absent.is_empty();
        }
    }
}

pub(super) fn give(page: &mut Page, role: &str, items: Vec<Item>) {
    let slot = match role {
        "filter" => &mut page.filter_fields,
        "order" => &mut page.order_fields,
        _ => &mut page.select_fields,
    };
    slot.get_or_insert_default().extend(items);
}

/// Sections whose heading says what they are, where nothing leads to them.
pub(super) fn leftover_roles(parts: &mut [Part], page: &mut Page) {
    for part in parts.iter_mut().filter(|part| !part.used) {
        let Some(role) = part.role else { continue };
        let slot = match role {
            "filter" => &page.filter_fields,
            "order" => &page.order_fields,
            _ => &page.select_fields,
        };
        if slot.is_none() {
            part.used = true;
            give(page, role, part.items.clone());
        }
    }
}
