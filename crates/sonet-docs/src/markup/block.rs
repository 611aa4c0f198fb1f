//! The blocks of a page: headings, paragraphs, quotes, lists, tables, code.

use super::inline;
use super::line::{Line, Location};

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
    Absent(Location),
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
    pub at: Location,
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
    pub at: Location,
}

impl Code {
    /// The whole code.
    #[must_use]
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.text.as_str()).collect();
        lines.join("\n")
    }
}

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
    pub at: Location,
}

impl Item {
    /// The lines of its own text.
    #[must_use]
    pub fn text(&self) -> String {
        match self.blocks.first() {
            Some(Block::Text(lines)) => inline::joined(lines),
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

/// A table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its rows, the heading too.
    pub rows: Vec<Row>,
    /// Includes between its rows that the checkout does not have.
    pub(super) absent: Vec<Location>,
    /// Where it begins.
    pub at: Location,
}

impl Table {
    /// The includes in it that the checkout does not have, between its rows and in its cells.
    pub(crate) fn absent(&self) -> Vec<Location> {
        let cells = self.rows.iter().flat_map(|row| &row.cells);
        let lines = cells.flat_map(|cell| &cell.lines);
        let lines = lines.filter(|line| line.is_absent());
        let inside = lines.map(|line| line.at.clone());
        self.absent.iter().cloned().chain(inside).collect()
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
    /// Where its text begins.
    pub at: Location,
}

/// A cell of a row. [`parse_cell`](super::parse_cell) reads the blocks in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// Its lines, without empty ones around them.
    pub lines: Vec<Line>,
    /// How many blocks are around its table.
    pub(super) depth: usize,
}

impl Cell {
    /// Its lines as one text, with markup.
    #[must_use]
    pub fn text(&self) -> String {
        inline::joined(&self.lines)
    }

    pub(super) fn is_blank(&self) -> bool {
        self.lines.iter().all(Line::is_blank)
    }
}

/// The blocks that have none in them, in their order: of a list, those in its items.
#[must_use]
pub fn leaves(blocks: &[Block]) -> Vec<&Block> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::List(list) => {
                let items = list.items.iter();
                found.extend(items.flat_map(|item| leaves(&item.blocks)));
            }
            leaf => found.push(leaf),
        }
    }
    found
}

/// The tables among blocks, also those in lists.
#[must_use]
pub fn tables(blocks: &[Block]) -> Vec<&Table> {
    let leaves = leaves(blocks).into_iter();
    let tables = leaves.filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.collect()
}
