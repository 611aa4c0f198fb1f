//! Sections that list what is in something else, and what they belong to.

use super::absent;
use super::facts::Item;
use super::items::{Reader, items};
use super::section::{Area, Section};
use crate::markup::{Location, Problem};
use crate::words::{self, Topic, types};

/// How many rows are put into others. Pages have some hundreds; sections that all lead to each other would have no end.
const ROWS: usize = 10_000;

/// A section that lists what is in something else.
pub(super) struct Part {
    name: Option<String>,
    anchors: Vec<String>,
    pub(super) role: Option<&'static str>,
    pub(super) items: Vec<Item>,
    /// Includes in it that the checkout does not have.
    pub(super) absent: Vec<Location>,
    pub(super) used: bool,
    /// Whether it is one of another area.
    lent: bool,
}

impl Part {
    /// Whether its rows are no fields, but the types of which one comes: an object here, and a list there.
    fn are_types(&self) -> bool {
        !self.items.is_empty() && self.items.iter().all(is_type)
    }
}

/// Whether a row is a type, rather than a field that is called like one. An object or a list may say of what it is.
fn is_type(row: &Item) -> bool {
    let may_say_more = row.name.ends_with("[]")
        || (types::is_structured(&row.name) && row.types.iter().all(|ty| types::is_own(ty)));
    types::is_form(&row.name)
        && row.required != Some(true)
        && (row.types.is_empty() || may_say_more)
}

/// The sections of an area that are not its main ones.
pub(super) struct Parts(pub(super) Vec<Part>);

impl Parts {
    pub(super) fn read(sections: &[Section<'_>], area: Area, reader: &mut Reader) -> Self {
        let inner = sections.iter().filter(|section| {
            section.area == area && matches!(section.topic, Topic::Named(_) | Topic::Other)
        });
        let parts = inner.filter_map(|section| {
            let items = items(section, reader);
            let absent = absent::includes(section.blocks);
            if items.is_none() && absent.is_empty() {
                return None;
            }
            let heading = section.heading;
            Some(Part {
                name: match &section.topic {
                    Topic::Named(name) => Some(name.clone()),
                    _ => None,
                },
                anchors: heading.map_or_else(Vec::new, |heading| heading.anchors.clone()),
                role: heading.and_then(|heading| words::role_of_heading(&heading.text)),
                items: items.unwrap_or_default(),
                absent,
                used: false,
                lent: false,
            })
        });
        Self(parts.collect())
    }

    /// Adds those of another area that a link can lead to: rows of an answer may have the fields that a filter takes.
    pub(super) fn with_linked(mut self, sections: &[Section<'_>], area: Area) -> Self {
        // What is wrong with them, their own area says.
        let others = Self::read(sections, area, &mut Reader::default()).0;
        let others = others.into_iter().filter(|part| {
            part.role.is_none() && !part.anchors.is_empty() && !has_variants(&part.items)
        });
        self.0.extend(others.map(|part| Part {
            absent: Vec::new(),
            used: true,
            lent: true,
            ..part
        }));
        self
    }

    /// The part that an item leads to: by a link, otherwise by its name or its type.
    pub(super) fn of(&self, item: &Item) -> Option<usize> {
        let linked = |part: &Part| {
            let mut anchors = part.anchors.iter();
            anchors.any(|anchor| item.links.contains(anchor))
        };
        let named = |part: &Part, same: fn(&str, &str) -> bool| {
            let name = part.name.as_deref();
            !part.used && name.is_some_and(|name| same(name, &item.name))
        };
        // Several may be of one type.
        let typed = |part: &Part| {
            let mut words = item.types.iter().map(|ty| ty.trim_end_matches("[]"));
            let name = part.name.as_deref();
            let is_called = |ty: &str| name.is_some_and(|name| name.eq_ignore_ascii_case(ty));
            words.any(|ty| types::is_own(ty) && is_called(ty))
        };
        let parts = || self.0.iter();
        // Headings have capitals where names have none.
        parts()
            .position(|part| !part.lent && linked(part))
            .or_else(|| parts().position(|part| named(part, str::eq)))
            .or_else(|| parts().position(|part| named(part, str::eq_ignore_ascii_case)))
            .or_else(|| parts().position(linked))
            .or_else(|| parts().position(typed))
    }

    /// Puts parts into the items that lead to them.
    pub(super) fn attach(&mut self, items: &mut [Item], problems: &mut Vec<Problem>) {
        let mut left = ROWS;
        self.attach_in(items, &mut Vec::new(), &mut left);
        if let Some(item) = items.first().filter(|_| left == 0) {
            let message = "sections refer to each other in a cycle";
            problems.push(Problem::new(&item.at, message));
        }
    }

    /// A part is not in itself, wherever its rows lead.
    fn attach_in(&mut self, items: &mut [Item], around: &mut Vec<usize>, left: &mut usize) {
        for item in items {
            let at = self.of(item);
            let at = at.filter(|at| around.len() < 8 && !around.contains(at));
            // A link beside the name of a field leads to what is in that field.
            let inner = at.and_then(|at| self.field_of(at, item));
            if let (Some(at), Some(inner)) = (at, inner) {
                let anchors = self.0[at].anchors.clone();
                item.links.retain(|link| !anchors.contains(link));
                item.fields[inner].links.extend(anchors);
                self.attach_in(&mut item.fields, around, left);
                continue;
            }
            if let Some(at) = at {
                let part = &mut self.0[at];
                *left = left.saturating_sub(part.items.len());
                if *left == 0 {
                    return;
                }
                part.used = true;
                if part.are_types() {
                    item.types = part.items.iter().map(|row| row.name.clone()).collect();
                    item.links = part
                        .items
                        .iter()
                        .flat_map(|row| row.links.clone())
                        .collect();
                    let item = std::slice::from_mut(item);
                    around.push(at);
                    self.attach_in(item, around, left);
                    around.pop();
                    continue;
                }
                item.absent |= !part.absent.is_empty();
                // What the description lists already, the section says again.
                let listed: Vec<String> = item.fields.iter().map(|row| row.name.clone()).collect();
                let rows = part.items.iter();
                let rows = rows.filter(|row| !listed.contains(&row.name));
                item.fields.extend(rows.cloned());
            }
            around.extend(at);
            self.attach_in(&mut item.fields, around, left);
            around.truncate(around.len() - usize::from(at.is_some()));
        }
    }

    /// The field of an item that a part is called by, if the item is not.
    fn field_of(&self, at: usize, item: &Item) -> Option<usize> {
        let name = self.0[at].name.as_deref()?;
        let is_called = |field: &Item| field.name.eq_ignore_ascii_case(name);
        let mut fields = item.fields.iter();
        fields.position(is_called).filter(|_| !is_called(item))
    }

    /// Reports what nothing leads to, rather than drop it. Returns the absent includes in sections that
    /// something leads to, and of which nothing is there.
    pub(super) fn finish(self, problems: &mut Vec<Problem>) -> Vec<Location> {
        let mut lost = Vec::new();
        for part in self.0 {
            match part.items.first() {
                Some(first) if !part.used => {
                    let message = "nothing on the page says what this table lists";
                    problems.push(Problem::new(&first.at, message));
                }
                None if part.used => lost.extend(part.absent),
                _ => {}
            }
        }
        lost
    }
}

/// Whether a name comes twice, so that the tables are of several things.
fn has_variants(items: &[Item]) -> bool {
    let mut names: Vec<&str> = items.iter().map(|item| item.name.as_str()).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    names.len() < count
}

#[cfg(test)]
mod tests {
    use super::super::section::sections;
    use super::*;
    use crate::markup::{Line, parse};

    /// The parts of an answer, and an item that leads to the first of them.
    fn read(text: &str) -> (Parts, Item) {
        let lines = Line::all(&format!("# Get club.get\n## Response\n{text}"));
        let blocks = parse(&lines, &mut Vec::new());
        let parts = Parts::read(&sections(&blocks), Area::Response, &mut Reader::default());
        let mut item = Item::new("result", &lines[0].at);
        item.links = vec!["room".to_owned()];
        (parts, item)
    }

    #[test]
    fn a_link_leads_to_a_part_of_another_area() {
        let text = "# List clubs club.list\n## Parameters\n### Fields of a club {#club}\n\
                    #|\n|| **door** `integer` | One ||\n|#\n## Response\n";
        let blocks = parse(&Line::all(text), &mut Vec::new());
        let sections = sections(&blocks);
        let parts = Parts::read(&sections, Area::Response, &mut Reader::default());
        let mut parts = parts.with_linked(&sections, Area::Params);
        let mut items = ["result", "club"].map(|name| Item::new(name, &Line::all(text)[0].at));
        items[0].links = vec!["club".to_owned()];
        let mut problems = Vec::new();
        parts.attach(&mut items, &mut problems);
        assert_eq!(items[0].fields[0].name, "door");
        assert!(items[1].fields.is_empty());
        assert!(parts.finish(&mut problems).is_empty() && problems.is_empty());
    }

    #[test]
    fn parts_are_put_where_a_link_or_a_name_leads_to_them() {
        let room = "### Rooms {#room}\n#|\n|| **door** `object` | One ||\n|#\n";
        let door = "### Object Door\n#|\n|| **result** `object` | [Back](#room) ||\n|#\n";
        let other = "### Others\n#|\n|| **x** `integer` | Nothing leads here ||\n|#\n";
        let (mut parts, mut item) = read(&[room, door, other].concat());
        let mut problems = Vec::new();
        parts.attach(std::slice::from_mut(&mut item), &mut problems);
        assert_eq!(item.fields[0].name, "door");
        let back = &item.fields[0].fields[0];
        assert_eq!(back.name, "result");
        // A part is not in itself.
        assert!(back.fields.is_empty());
        assert_eq!(problems, []);
        assert!(parts.finish(&mut problems).is_empty());
        assert_eq!(problems.len(), 1, "{problems:?}");
    }
}
