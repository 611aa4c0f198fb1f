//! The recursive descent: lines become blocks, and the lines in a block become the blocks in it.

use super::block::{Block, Cell, Code, Item, List};
use super::fence::Fence;
use super::line::Line;
use super::problem::{DEPTH, Problem};
use super::{heading, list, table, tabs};

/// Reads lines as blocks. Notes, tabs and cuts are only frames: what is in them stands beside the rest.
#[must_use]
pub fn parse(lines: &[Line], problems: &mut Vec<Problem>) -> Vec<Block> {
    Parser { problems, depth: 0 }.blocks(lines)
}

/// Reads the blocks in a cell of a table.
#[must_use]
pub fn parse_cell(cell: &Cell, problems: &mut Vec<Problem>) -> Vec<Block> {
    let depth = cell.depth;
    Parser { problems, depth }.inside(&cell.lines)
}

struct Parser<'p> {
    problems: &'p mut Vec<Problem>,
    /// How many blocks are around.
    depth: usize,
}

impl Parser<'_> {
    fn blocks(&mut self, lines: &[Line]) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut at = 0;
        while at < lines.len() {
            at = self.block(lines, at, &mut blocks);
        }
        blocks
    }

    /// Reads what is in a block.
    fn inside(&mut self, lines: &[Line]) -> Vec<Block> {
        let first = lines.iter().find(|line| !line.is_blank());
        if let Some(line) = first.filter(|_| self.depth == DEPTH) {
            self.problems.push(Problem::too_deep(&line.at));
            return Vec::new();
        }
        self.depth += 1;
        let blocks = self.blocks(lines);
        self.depth -= 1;
        blocks
    }

    /// Reads one block, and says where the next one begins.
    fn block(&mut self, lines: &[Line], at: usize, blocks: &mut Vec<Block>) -> usize {
        let line = &lines[at];
        let text = line.text.trim();
        // The end of a table that is closed once more says nothing.
        if text.is_empty() || text == "|#" {
            return at + 1;
        }
        if line.is_absent() {
            blocks.push(Block::Absent(line.at.clone()));
            return at + 1;
        }
        if let Some(fence) = Fence::open(&line.text) {
            let (code, end) = self.code(lines, at, fence);
            blocks.push(Block::Code(code));
            return end;
        }
        if text.starts_with("#|") || text.starts_with("||") {
            let (table, end) = table::read_yfm(lines, at, self.depth);
            blocks.push(Block::Table(table));
            return end;
        }
        if let Some(heading) = heading::read(line) {
            blocks.push(Block::Heading(heading));
            return at + 1;
        }
        if text.starts_with("{%") {
            return self.directive(lines, at, blocks);
        }
        if let Some((table, end)) = table::read_gfm(lines, at, self.depth) {
            blocks.push(Block::Table(table));
            return end;
        }
        if text.starts_with('>') {
            let end = run(lines, at, |line| line.text.trim_start().starts_with('>'));
            let quoted = quoted(&lines[at..end]);
            if quoted.iter().any(|line| line.text.starts_with("||")) {
                blocks.extend(self.inside(&quoted));
            } else {
                blocks.push(Block::Quote(quoted));
            }
            return end;
        }
        if list::marker(line).is_some() {
            let (items, end) = list::items(lines, at);
            let items = items.into_iter().map(|item| Item {
                blocks: self.inside(&item.lines),
                at: item.at,
            });
            let items = items.collect();
            blocks.push(Block::List(List { items }));
            return end;
        }
        let end = run(lines, at, |line| !ends_paragraph(line)).max(at + 1);
        blocks.push(Block::Text(split_at_br(&lines[at..end])));
        end
    }

    /// Reads a code block, and where the next block begins.
    fn code(&mut self, lines: &[Line], at: usize, fence: Fence) -> (Code, usize) {
        let line = &lines[at];
        let end = run(lines, at + 1, |line| !fence.is_closed_by(&line.text));
        if end == lines.len() {
            let message = "a code block without an end";
            self.problems.push(Problem::new(&line.at, message));
        }
        let indent = line.indent();
        let inner = lines[at + 1..end].iter();
        let code = Code {
            language: fence.info(&line.text).to_owned(),
            tab: None,
            lines: inner.map(|line| line.dedent(indent)).collect(),
            at: line.at.clone(),
        };
        (code, end + 1)
    }

    /// Reads a line with `{% … %}`, and says where the next block begins.
    fn directive(&mut self, lines: &[Line], at: usize, blocks: &mut Vec<Block>) -> usize {
        let line = &lines[at];
        let inside = line.text.trim().trim_start_matches("{%").trim_start();
        let word = inside.split(|char: char| !char.is_alphanumeric()).next();
        match word.unwrap_or_default() {
            "list" => {
                let end = run(lines, at + 1, |line| !ends_tabs(line));
                if end == lines.len() {
                    let message = "`{% list … %}` without a matching `{% endlist %}`";
                    self.problems.push(Problem::new(&line.at, message));
                }
                self.tabs(&lines[at + 1..end], blocks);
                // Something may stand behind its end.
                return end;
            }
            "note" => {
                // A title may say more than the text: `{% note warning "DEPRECATED" %}`.
                let title = inside.split('"').nth(1).unwrap_or_default();
                if !title.trim().is_empty() {
                    blocks.push(Block::Quote(vec![line.with(title)]));
                }
            }
            "endnote" | "cut" | "endcut" | "endlist" | "file" | "raw" | "endraw" => {}
            _ => {
                let message = format!("`{}` is not known", line.text.trim());
                self.problems.push(Problem::new(&line.at, message));
            }
        }
        // What follows on the same line.
        match line.text.split_once("%}") {
            Some((_, rest)) if !rest.trim().is_empty() => {
                blocks.push(Block::Text(vec![line.with(rest)]));
            }
            _ => {}
        }
        at + 1
    }

    /// What is in a tab is read as if it stood alone.
    fn tabs(&mut self, lines: &[Line], blocks: &mut Vec<Block>) {
        let (before, tabs) = tabs::tabs(lines);
        blocks.extend(self.inside(before));
        for tab in tabs {
            let mut inner = self.inside(&tab.lines);
            for block in &mut inner {
                if let Block::Code(code) = block {
                    code.tab.get_or_insert_with(|| tab.title.clone());
                }
            }
            blocks.extend(inner);
        }
    }
}

/// The end of the lines from `at` on that are so.
fn run(lines: &[Line], at: usize, so: impl Fn(&Line) -> bool) -> usize {
    let count = lines[at..].iter().take_while(|line| so(line)).count();
    at + count
}

/// Whether a line ends the paragraph before it.
fn ends_paragraph(line: &Line) -> bool {
    let text = line.text.trim();
    let marks = ["#|", "||", "|#", "{%", ">"];
    text.is_empty()
        || line.is_absent()
        || marks.iter().any(|mark| text.starts_with(mark))
        || Fence::open(text).is_some()
        || heading::level(text).is_some()
        || list::marker(line).is_some()
}

fn ends_tabs(line: &Line) -> bool {
    let inside = line.text.trim().strip_prefix("{%");
    let word = inside.and_then(|inside| inside.trim_start().split([' ', '%', '\t']).next());
    word == Some("endlist")
}

fn quoted(lines: &[Line]) -> Vec<Line> {
    let text = |line: &Line| line.with(line.text.trim_start().trim_start_matches('>').trim());
    lines.iter().map(text).collect()
}

/// Ends lines at `<br>`.
fn split_at_br(lines: &[Line]) -> Vec<Line> {
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        if !line.text.contains("<br") {
            out.push(line.clone());
            continue;
        }
        let text = line.text.replace("<br/>", "<br>").replace("<br />", "<br>");
        out.extend(text.split("<br>").map(|part| line.with(part)));
    }
    out
}
