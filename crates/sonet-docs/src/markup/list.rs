//! Lists, with what is nested in their items.

use super::block::{Block, Reading, inside};
use super::{Line, Place, closes, fence};

/// A list, numbered or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Its items.
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it says; first its text, then what is nested in it.
    pub blocks: Vec<Block>,
    /// Its first line.
    pub at: Place,
}

impl Item {
    /// The lines of its own text.
    #[must_use]
    pub fn text(&self) -> String {
        match self.blocks.first() {
            Some(Block::Text(lines)) => super::inline::joined(lines),
            _ => String::new(),
        }
    }

    /// The lists in it.
    pub fn lists(&self) -> impl Iterator<Item = &List> {
        self.blocks.iter().filter_map(|block| match block {
            Block::List(list) => Some(list),
            _ => None,
        })
    }
}

/// Where the text of an item begins, if the line begins one.
pub(super) fn marker(line: &Line) -> Option<usize> {
    let text = line.text.trim_start();
    let mark = match text.chars().next()? {
        '-' | '*' | '+' | '•' => text.chars().next().map_or(0, char::len_utf8),
        '0'..='9' => {
            let digits = text.find(|char: char| !char.is_ascii_digit())?;
            text[digits..]
                .starts_with(['.', ')'])
                .then_some(digits + 1)?
        }
        _ => return None,
    };
    let rest = &text[mark..];
    let blank = rest.starts_with([' ', '\t']) || rest.is_empty();
    // `---` and `***` are rules, `**bold**` is text.
    (blank && text.trim() != "*").then(|| line.indent() + mark + 1)
}

/// Reads the list that starts at `from`, and where it ends.
pub(super) fn read(lines: &[Line], from: usize, reading: &mut Reading<'_>) -> (List, usize) {
    let indent = lines[from].indent();
    let mut items = Vec::new();
    let mut at = from;
    while at < lines.len() {
        let line = &lines[at];
        if line.indent() > indent + 1 || line.indent() + 1 < indent {
            break;
        }
        let Some(inner) = marker(line) else { break };
        let end = end_of_item(lines, at + 1, indent);
        let mut own = vec![Line {
            text: strip_marker(&line.text).to_owned(),
            at: line.at.clone(),
        }];
        own.extend(lines[at + 1..end].iter().map(|line| line.dedent(inner)));
        items.push(Item {
            blocks: inside(&own, reading),
            at: line.at.clone(),
        });
        at = end;
    }
    (List { items }, at)
}

/// What is indented further belongs to the item; so do empty lines before such lines, and before the next item.
fn end_of_item(lines: &[Line], mut at: usize, indent: usize) -> usize {
    let mut code: Option<&str> = None;
    while let Some(line) = lines.get(at) {
        if let Some(open) = code {
            if closes(&line.text, open) {
                code = None;
            }
        } else if line.is_blank() {
            let next = lines[at..].iter().find(|line| !line.is_blank());
            let belongs = next.is_some_and(|next| {
                next.indent() > indent + 1 || (marker(next).is_some() && next.indent() == indent)
            });
            if !belongs {
                return at;
            }
        } else if line.indent() <= indent + 1 {
            return at;
        } else {
            code = fence(&line.text);
        }
        at += 1;
    }
    at
}

fn strip_marker(text: &str) -> &str {
    let text = text.trim_start();
    let rest = text.trim_start_matches(|char: char| char.is_ascii_digit());
    let mark = rest.chars().next().map_or(0, char::len_utf8);
    rest[mark..].trim_start()
}
