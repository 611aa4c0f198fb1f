//! The sections of a page, and what each of them is about.

use crate::markup::{Block, Cell, Heading, inline, tables};
use crate::words::{self, Topic};

/// What a part of the page is about; smaller headings stay in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Area {
    Head,
    Params,
    Request,
    Response,
    Errors,
    Handler,
    /// The same on every page.
    Common,
    Other,
}

/// A heading with what stands below it, up to the next one.
pub(super) struct Section<'b> {
    pub(super) heading: Option<&'b Heading>,
    pub(super) topic: Topic,
    pub(super) area: Area,
    pub(super) blocks: &'b [Block],
}

pub(super) fn sections(blocks: &[Block]) -> Vec<Section<'_>> {
    let starts = blocks
        .iter()
        .enumerate()
        .filter_map(|(at, block)| match block {
            Block::Heading(_) => Some(at),
            _ => None,
        });
    let starts: Vec<usize> = starts.collect();
    let mut sections = Vec::new();
    let mut area = Area::Head;
    // Where the answer begins.
    let mut answer: Option<usize> = None;
    // What the larger headings around are about.
    let mut outer: Vec<(usize, Area)> = Vec::new();
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(blocks.len());
        let Block::Heading(heading) = &blocks[*start] else {
            continue;
        };
        outer.retain(|(level, _)| *level < heading.level);
        let around = outer.last().map_or(Area::Other, |(_, area)| *area);
        // On an old page, parameters stand below the introduction, and what they lead to behind it.
        let of_head = around == Area::Head
            && heading.level > 2
            && answer.is_none()
            && is_led_to(heading, &blocks[..*start]);
        let topic = match words::topic(&heading.text) {
            // Those of what leads to them.
            Topic::Params if around == Area::Params && is_led_to(heading, &blocks[..*start]) => {
                Topic::Other
            }
            // Parameters may lead to the fields of the answer, whose names they take.
            Topic::Fields if is_led_to(heading, &blocks[answer.unwrap_or(*start)..*start]) => {
                Topic::Other
            }
            // Those of a parameter are no rows of an answer.
            Topic::Fields if around == Area::Params || of_head => Topic::Other,
            topic => topic,
        };
        area = match &topic {
            Topic::Params => Area::Params,
            Topic::Request => Area::Request,
            Topic::Response | Topic::Returned | Topic::Fields => Area::Response,
            Topic::Errors => Area::Errors,
            Topic::Common => Area::Common,
            Topic::Handler => Area::Handler,
            Topic::Named(_) | Topic::Other if of_head => Area::Params,
            // On the level of what it belongs to.
            Topic::Named(_) if around == Area::Other || around == Area::Head => area,
            Topic::Named(_) | Topic::Other if heading.level > 2 => around,
            _ => Area::Other,
        };
        if heading.level == 1 {
            area = Area::Head;
        }
        if area == Area::Response {
            answer.get_or_insert(*start);
        }
        outer.push((heading.level, area));
        sections.push(Section {
            heading: Some(heading),
            topic,
            area,
            blocks: &blocks[start + 1..end],
        });
    }
    let before = starts.first().copied().unwrap_or(blocks.len());
    sections.insert(
        0,
        Section {
            heading: None,
            topic: Topic::Other,
            area: Area::Head,
            blocks: &blocks[..before],
        },
    );
    sections
}

/// Whether a row of a table before a heading leads to it.
fn is_led_to(heading: &Heading, before: &[Block]) -> bool {
    let rows = tables(before).into_iter().flat_map(|table| &table.rows);
    let mut texts = rows.flat_map(|row| &row.cells).map(Cell::text);
    !heading.anchors.is_empty()
        && texts.any(|text| {
            let mut anchors = inline::anchors(&text).into_iter();
            anchors.any(|anchor| heading.anchors.contains(&anchor))
        })
}
