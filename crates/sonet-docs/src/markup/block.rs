//! Blocks: headings, paragraphs, quotes, lists, tables, code.

use super::list::{self, List};
use super::table::{self, Table};
use super::{DEPTH, Line, Place, Problem, closes, fence, gfm, inline};

/// Stands where an include should be whose file is not there. No page has such a line.
pub(super) const ABSENT: &str = "\u{0}absent";

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// `## Heading {#anchor}`
    Heading(Heading),
    /// A paragraph.
    Text(Vec<Line>),
    /// `> …`
    Quote(Vec<Line>),
    /// `- …`
    List(List),
    /// `#| … |#`
    Table(Table),
    /// Fenced code.
    Code(Code),
    /// An include whose file is not in the checkout.
    Absent(Place),
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: usize,
    /// Its text without markup.
    pub text: String,
    /// What links to it name it.
    pub anchors: Vec<String>,
    /// Its line.
    pub at: Place,
}

/// A code block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The word after the opening marks.
    pub language: String,
    /// The title of the tab that it is in.
    pub tab: Option<String>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// The line of the opening marks.
    pub at: Place,
}

impl Code {
    /// The whole code.
    #[must_use]
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.text.as_str()).collect();
        lines.join("\n")
    }
}

/// Reads lines as blocks. Notes, tabs and cuts are only frames: what is in them stands beside the rest.
#[must_use]
pub fn parse(lines: &[Line], problems: &mut Vec<Problem>) -> Vec<Block> {
    let mut reading = Reading { problems, depth: 0 };
    all(lines, &mut reading)
}

/// Blocks that are being read.
pub(super) struct Reading<'p> {
    pub(super) problems: &'p mut Vec<Problem>,
    /// How many blocks are around.
    pub(super) depth: usize,
}

/// Reads what is in a block.
pub(super) fn inside(lines: &[Line], around: &mut Reading<'_>) -> Vec<Block> {
    let first = lines.iter().find(|line| !line.is_blank());
    if let Some(line) = first.filter(|_| around.depth == DEPTH) {
        around.problems.push(Problem::too_deep(&line.at));
        return Vec::new();
    }
    let mut reading = Reading {
        problems: around.problems,
        depth: around.depth + 1,
    };
    all(lines, &mut reading)
}

fn all(lines: &[Line], reading: &mut Reading<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        at = block(lines, at, &mut blocks, reading);
    }
    blocks
}

/// Reads one block, and says where the next one begins.
fn block(lines: &[Line], at: usize, blocks: &mut Vec<Block>, reading: &mut Reading<'_>) -> usize {
    let line = &lines[at];
    let text = line.text.trim();
    if text.is_empty() {
        return at + 1;
    }
    if text == ABSENT {
        blocks.push(Block::Absent(line.at.clone()));
        return at + 1;
    }
    if let Some(open) = fence(&line.text) {
        return code(lines, at, open, blocks, reading);
    }
    if text.starts_with("#|") || text.starts_with("||") {
        let (table, end) = table::read(lines, at, reading.depth);
        blocks.push(Block::Table(table));
        return end;
    }
    if text == "|#" {
        // A table is closed once more.
        return at + 1;
    }
    if let Some(heading) = heading(line) {
        blocks.push(Block::Heading(heading));
        return at + 1;
    }
    if text.starts_with("{%") {
        return directive(lines, at, blocks, reading);
    }
    if let Some((table, end)) = gfm::read(lines, at, reading.depth) {
        blocks.push(Block::Table(table));
        return end;
    }
    if text.starts_with('>') {
        let end = run(lines, at, |line| line.text.trim_start().starts_with('>'));
        let inner = quoted(&lines[at..end]);
        if inner.iter().any(|line| line.text.starts_with("||")) {
            blocks.extend(inside(&inner, reading));
        } else {
            blocks.push(Block::Quote(inner));
        }
        return end;
    }
    if list::marker(line).is_some() {
        let (list, end) = list::read(lines, at, reading);
        blocks.push(Block::List(list));
        return end;
    }
    let end = run(lines, at, |line| !begins(line)).max(at + 1);
    blocks.push(Block::Text(broken(&lines[at..end])));
    end
}

/// The end of the lines from `at` on that are so.
fn run(lines: &[Line], at: usize, so: impl Fn(&Line) -> bool) -> usize {
    let count = lines[at..].iter().take_while(|line| so(line)).count();
    at + count
}

/// Whether a line ends the paragraph before it.
fn begins(line: &Line) -> bool {
    let text = line.text.trim();
    let marks = ["#|", "||", "|#", "{%", ">"];
    text.is_empty()
        || text == ABSENT
        || marks.iter().any(|mark| text.starts_with(mark))
        || fence(text).is_some()
        || heading_level(text).is_some()
        || list::marker(line).is_some()
}

fn code(
    lines: &[Line],
    at: usize,
    open: &str,
    blocks: &mut Vec<Block>,
    reading: &mut Reading<'_>,
) -> usize {
    let line = &lines[at];
    let inside = run(lines, at + 1, |line| !closes(&line.text, open));
    if inside == lines.len() {
        reading
            .problems
            .push(Problem::new(&line.at, "a code block without an end"));
    }
    let indent = line.indent();
    let language = line.text.trim().trim_start_matches(&open[..1]);
    blocks.push(Block::Code(Code {
        language: language.trim().to_owned(),
        tab: None,
        lines: lines[at + 1..inside]
            .iter()
            .map(|line| line.dedent(indent))
            .collect(),
        at: line.at.clone(),
    }));
    inside + 1
}

fn directive(
    lines: &[Line],
    at: usize,
    blocks: &mut Vec<Block>,
    reading: &mut Reading<'_>,
) -> usize {
    let line = &lines[at];
    let inside = line.text.trim().trim_start_matches("{%").trim_start();
    let word: String = inside
        .chars()
        .take_while(|char| char.is_alphanumeric())
        .collect();
    match word.as_str() {
        "list" => {
            let end = run(lines, at + 1, |line| {
                directive_word(line) != Some("endlist")
            });
            if end == lines.len() {
                let message = "`{% list … %}` without its `{% endlist %}`";
                reading.problems.push(Problem::new(&line.at, message));
            }
            tabs(&lines[at + 1..end], blocks, reading);
            // Something may stand behind its end.
            return end;
        }
        "note" => {
            // A title may say more than the text: `{% note warning "DEPRECATED" %}`.
            let title = inside.split('"').nth(1).unwrap_or_default();
            if !title.trim().is_empty() {
                blocks.push(Block::Quote(vec![Line {
                    text: title.to_owned(),
                    at: line.at.clone(),
                }]));
            }
        }
        "endnote" | "cut" | "endcut" | "endlist" | "file" | "raw" | "endraw" => {}
        _ => {
            let message = format!("`{}` is not known", line.text.trim());
            reading.problems.push(Problem::new(&line.at, message));
        }
    }
    // What follows on the same line.
    match line.text.split_once("%}") {
        Some((_, rest)) if !rest.trim().is_empty() => blocks.push(Block::Text(vec![Line {
            text: rest.to_owned(),
            at: line.at.clone(),
        }])),
        _ => {}
    }
    at + 1
}

fn directive_word(line: &Line) -> Option<&str> {
    let inside = line.text.trim().strip_prefix("{%")?.trim_start();
    inside.split([' ', '%', '\t']).next()
}

/// Tabs are the items of a list; what is in them is read as if it stood alone.
fn tabs(lines: &[Line], blocks: &mut Vec<Block>, reading: &mut Reading<'_>) {
    let starts = starts_of_tabs(lines);
    let first = starts.first().copied().unwrap_or(lines.len());
    blocks.extend(inside(&lines[..first], reading));
    for (index, at) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(lines.len());
        let line = &lines[*at];
        let title = inline::plain(line.text.trim().trim_start_matches(['-', '*', '+']));
        let inner: Vec<Line> = lines[at + 1..end]
            .iter()
            .map(|inner| inner.dedent(line.indent() + 4))
            .collect();
        let mut inner = inside(&inner, reading);
        for block in &mut inner {
            if let Block::Code(code) = block {
                code.tab.get_or_insert_with(|| title.trim().to_owned());
            }
        }
        blocks.extend(inner);
    }
}

/// The lines that begin a tab. Lists in a table begin none, however little they are indented.
fn starts_of_tabs(lines: &[Line]) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if line.text.trim().starts_with("#|") {
            let mut rest = lines[at..].iter();
            at += rest.position(closes_table).unwrap_or(0);
        } else if list::marker(line).is_some() {
            let level = starts.first().map(|first| lines[*first].indent());
            if level.is_none_or(|level| level == line.indent()) {
                starts.push(at);
            }
        }
        at += 1;
    }
    starts
}

fn closes_table(line: &Line) -> bool {
    line.text.trim_end().ends_with("|#")
}

/// The level of a line that is a heading.
pub(super) fn heading_level(line: &str) -> Option<usize> {
    let line = line.trim_start();
    let level = line.chars().take_while(|char| *char == '#').count();
    let blank = line[level..].starts_with([' ', '\t']);
    (blank && (1..=6).contains(&level)).then_some(level)
}

fn heading(line: &Line) -> Option<Heading> {
    let text = line.text.trim_start();
    let level = heading_level(text)?;
    let mut text = text[level..].trim().to_owned();
    let mut anchors = Vec::new();
    while let Some(start) = text.rfind('{').filter(|_| text.ends_with('}')) {
        let inside = text[start..].trim_matches(['{', '}', '%', ' ']).to_owned();
        match inside.strip_prefix('#') {
            // `{#T}` stands for the title of a linked page.
            Some("T") => break,
            Some(anchor) => anchors.push(anchor.to_owned()),
            None if inside.starts_with('.') => {}
            None => break,
        }
        text.truncate(start);
        text.truncate(text.trim_end().len());
    }
    Some(Heading {
        level,
        text: inline::plain(&text),
        anchors,
        at: line.at.clone(),
    })
}

fn quoted(lines: &[Line]) -> Vec<Line> {
    let lines = lines.iter().map(|line| {
        let text = line.text.trim_start().trim_start_matches('>');
        Line {
            text: text.trim().to_owned(),
            at: line.at.clone(),
        }
    });
    lines.collect()
}

/// Ends lines at `<br>`.
fn broken(lines: &[Line]) -> Vec<Line> {
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        if !line.text.contains("<br") {
            out.push(line.clone());
            continue;
        }
        let text = line.text.replace("<br/>", "<br>").replace("<br />", "<br>");
        out.extend(text.split("<br>").map(|part| Line {
            text: part.to_owned(),
            at: line.at.clone(),
        }));
    }
    out
}
