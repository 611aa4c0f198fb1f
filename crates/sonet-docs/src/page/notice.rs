//! What a page says of itself: that it is outdated, and with which statuses a method answers.

use super::facts::{Said, Status};
use super::section::{Area, Section};
use crate::markup::{Block, Line, inline, leaves, tables};
use crate::words::{self, Topic};

/// How far below a notice the next one goes on with it: its title stands above its text.
const TOGETHER: usize = 3;

/// The sentences that call the method outdated: in the title, in notes, in paragraphs. Rows speak for themselves.
pub(super) fn outdated(sections: &[Section<'_>]) -> Vec<Said> {
    let mut found: Vec<Said> = Vec::new();
    for section in sections {
        if section.area == Area::Common {
            continue;
        }
        let title = section.heading.filter(|heading| heading.level == 1);
        let title = title.map(|heading| Line {
            text: heading.text.clone(),
            at: heading.at.clone(),
        });
        for line in title.iter().chain(lines(section.blocks)) {
            let plain = inline::plain(&line.text);
            let Some(sentence) = words::outdated(&plain) else {
                continue;
            };
            let goes_on = found.last().is_some_and(|last| {
                last.at.file == line.at.file && line.at.line.abs_diff(last.at.line) <= TOGETHER
            });
            if !goes_on {
                found.push(Said::new(sentence, &line.at));
            }
        }
    }
    found
}

/// What is to be used instead of the method, if the page calls it outdated between the title and the first section.
pub(super) fn successors(sections: &[Section<'_>], name: &str) -> Option<Vec<String>> {
    let head = sections.iter().filter(|section| section.area == Area::Head);
    let lines: Vec<&Line> = head.flat_map(|section| lines(section.blocks)).collect();
    let is_said = |line: &&&Line| {
        let plain = inline::plain(&line.text);
        words::outdated(&plain).is_some_and(words::is_of_method)
    };
    let from = lines.iter().find(is_said)?;
    let near = lines.iter().filter(|line| {
        let is_below = line.at.line >= from.at.line && line.at.line <= from.at.line + TOGETHER;
        line.at.file == from.at.file && is_below
    });
    let mut found: Vec<String> = Vec::new();
    for line in near {
        let plain = inline::plain(&line.text);
        for successor in words::successors(&plain) {
            if successor != name && found.iter().all(|known| known != successor) {
                found.push(successor.to_owned());
            }
        }
    }
    Some(found)
}

/// `HTTP status: **400**`, of answers and of errors.
pub(super) fn statuses(sections: &[Section<'_>]) -> Vec<Status> {
    let mut found = Vec::new();
    for section in sections {
        let error = match (section.area, &section.topic) {
            (_, Topic::Common) => continue,
            (Area::Errors, _) => true,
            (Area::Response, _) => false,
            _ => continue,
        };
        for line in lines(section.blocks) {
            let codes = words::statuses(&inline::plain(&line.text));
            found.extend(codes.into_iter().map(|code| Status {
                code: Said::new(code, &line.at),
                error,
            }));
        }
    }
    found
}

/// The sizes of pages that the text of a section names. What an example asks for is not what the method answers.
pub(super) fn page_sizes(sections: &[Section<'_>]) -> Vec<Said> {
    let known = |section: &&Section<'_>| section.area != Area::Common && !shows_calls(section);
    let lines = sections.iter().filter(known);
    let lines = lines.flat_map(|section| lines_of(section.blocks));
    let sizes = lines.flat_map(|line| {
        let sizes = words::page_sizes(&inline::plain(&line.text)).into_iter();
        sizes.map(move |size| Said::new(size, &line.at))
    });
    sizes.collect()
}

/// Whether a section is of examples: code that calls stands in tabs.
fn shows_calls(section: &Section<'_>) -> bool {
    let is_call = |block: &&Block| matches!(block, Block::Code(code) if code.tab.is_some());
    matches!(section.area, Area::Request | Area::Other)
        && leaves(section.blocks).iter().any(is_call)
}

/// The lines of paragraphs and notes, and of lists.
fn lines(blocks: &[Block]) -> Vec<&Line> {
    let leaves = leaves(blocks).into_iter();
    let lines = leaves.filter_map(|block| match block {
        Block::Text(lines) | Block::Quote(lines) => Some(lines),
        _ => None,
    });
    lines.flatten().collect()
}

/// As [`lines`], and those in the cells of tables.
fn lines_of(blocks: &[Block]) -> Vec<&Line> {
    let mut found = lines(blocks);
    let rows = tables(blocks).into_iter().flat_map(|table| &table.rows);
    let cells = rows.flat_map(|row| &row.cells);
    found.extend(cells.flat_map(|cell| &cell.lines));
    found
}

#[cfg(test)]
mod tests {
    use super::super::section::sections;
    use super::*;
    use crate::markup::parse;

    #[test]
    fn what_an_example_asks_for_is_no_size_of_pages() {
        let text = "# List clubs club.list\n\nThe page size is 50 rows.\n\n## Code Examples\n\n\
                    Two clubs, with 2 items per page.\n\n{% list tabs %}\n\n- cURL\n\n    ```bash\n    curl x\n    ```\n\n{% endlist %}\n";
        let blocks = parse(&Line::all(text), &mut Vec::new());
        let sizes = page_sizes(&sections(&blocks));
        let sizes: Vec<_> = sizes.iter().map(|said| said.text.as_str()).collect();
        assert_eq!(sizes, ["50"]);
    }
}
