//! Builds a table, row by row.

use super::tokens::{Token, tokens};
use crate::markup::block::{Cell, Row, Table};
use crate::markup::line::{Line, Location};

pub(super) struct TableBuilder {
    rows: Vec<Row>,
    row: Option<Vec<Cell>>,
    /// Includes between the rows that the checkout does not have.
    absent: Vec<Location>,
    ended: bool,
    /// How many blocks are around the table.
    depth: usize,
}

impl TableBuilder {
    pub(super) fn new(depth: usize) -> Self {
        Self {
            rows: Vec::new(),
            row: None,
            absent: Vec::new(),
            ended: false,
            depth,
        }
    }

    /// The table that begins at this place.
    pub(super) fn finish(mut self, at: Location) -> Table {
        self.finish_row();
        Table {
            rows: self.rows,
            absent: self.absent,
            at,
        }
    }

    /// Whether the end of the table was read.
    pub(super) fn has_ended(&self) -> bool {
        self.ended
    }

    /// Whether a row was read to its end.
    pub(super) fn has_rows(&self) -> bool {
        !self.rows.is_empty()
    }

    /// Whether a row is open that says something.
    pub(super) fn has_text(&self) -> bool {
        let cells = self.row.iter().flatten();
        cells.into_iter().any(|cell| !cell.is_blank())
    }

    /// Whether rows without a table around them end before this line.
    pub(super) fn is_over(&self, line: &str) -> bool {
        self.row.is_none() && !line.is_empty() && !line.starts_with("||")
    }

    /// Adds to the cell that is open; text between rows opens one.
    pub(super) fn text(&mut self, text: &str, line: &Line) {
        if self.row.is_none() && text.trim().is_empty() {
            return;
        }
        let row = self.row.get_or_insert_with(|| vec![Cell::default()]);
        if let Some(cell) = row.last_mut() {
            cell.lines.push(line.with(text.trim_end()));
        }
    }

    /// Adds a line, or what is left of one, with its marks.
    pub(super) fn line(&mut self, text: &str, line: &Line) {
        let tokens = tokens(text);
        if tokens.is_empty() {
            self.text("", line);
        }
        let says =
            |token: &Token<'_>| matches!(token, Token::Text(text) if !text.trim().is_empty());
        for (at, token) in tokens.iter().enumerate() {
            match token {
                Token::Text(text) if says(token) => self.text(text, line),
                Token::Text(_) => {}
                Token::Bar => {
                    let row = self.row.get_or_insert_with(|| vec![Cell::default()]);
                    row.push(Cell::default());
                }
                Token::DoubleBar => {
                    let before = tokens[..at]
                        .iter()
                        .any(|token| !matches!(token, Token::Text(text) if text.trim().is_empty()));
                    let after = tokens[at + 1..]
                        .iter()
                        .any(|token| says(token) || *token == Token::Bar);
                    self.marks(before, after);
                }
                Token::End => {
                    self.finish_row();
                    self.ended = true;
                    return;
                }
            }
        }
    }

    /// `||`, with something before or after it on its line.
    fn marks(&mut self, before: bool, after: bool) {
        let open = self.row.as_ref().map(Vec::len);
        match (open, before, after) {
            (None, ..) => self.row = Some(vec![Cell::default()]),
            (Some(_), false, true) if self.has_text() => {
                self.finish_row();
                self.row = Some(vec![Cell::default()]);
            }
            // Two of them where one would do.
            (Some(1), ..) if !self.has_text() => {}
            (Some(cells), true, true) if cells < self.columns() => {
                self.row.get_or_insert_default().push(Cell::default());
            }
            _ => self.finish_row(),
        }
    }

    /// How many cells a row has.
    fn columns(&self) -> usize {
        self.rows.first().map_or(2, |row| row.cells.len())
    }

    fn finish_row(&mut self) {
        let Some(cells) = self.row.take() else { return };
        let depth = self.depth;
        let cells = cells.into_iter().map(|cell| Cell {
            lines: trimmed(cell.lines),
            depth,
        });
        let cells: Vec<Cell> = cells.collect();
        let first = cells.iter().flat_map(|cell| &cell.lines).next();
        let mut texts = cells.iter().flat_map(|cell| &cell.lines);
        if let Some(line) = first.filter(|_| texts.all(Line::is_absent)) {
            self.absent.push(line.at.clone());
        } else if let Some(at) = first.map(|line| line.at.clone()) {
            self.rows.push(Row { cells, at });
        }
    }
}

/// Without empty lines around them.
fn trimmed(mut lines: Vec<Line>) -> Vec<Line> {
    let blank = lines.iter().take_while(|line| line.is_blank()).count();
    lines.drain(..blank);
    while lines.last().is_some_and(Line::is_blank) {
        lines.pop();
    }
    lines
}
