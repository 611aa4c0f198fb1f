//! YFM, the Markdown of the vendor's pages, as blocks.
//!
//! [`lines`] brings together the lines of a page: includes are in their places, branches that are not published are
//! gone. [`parse`] makes blocks of them. Nothing here knows what a page is about.

mod block;
mod expand;
mod front;
mod gfm;
pub mod inline;
mod list;
mod piece;
mod rows;
mod table;

use std::fmt;
use std::sync::Arc;

pub use block::{Block, Code, Heading, parse};
pub use expand::lines;
pub use list::{Item, List};
pub use table::{Cell, Row, Table, tables};

/// How many lists and tables may be in one another. Pages have four; without a bound, reading one would have none.
pub(crate) const DEPTH: usize = 16;

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, relative to the checkout.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)
    }
}

/// The text of a line and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Without the line's end.
    pub text: String,
    /// Its place; that of the included file for a line of an include.
    pub at: Place,
}

impl Line {
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// How far it is indented; a tabulator counts as four.
    pub(crate) fn indent(&self) -> usize {
        let blank = self.blank();
        if is_plain(blank) {
            return blank.len();
        }
        let widths = blank.chars().map(width);
        widths.sum()
    }

    /// What stands before its text.
    fn blank(&self) -> &str {
        &self.text[..self.text.len() - self.text.trim_start().len()]
    }

    /// The same line, at most `by` further to the left.
    pub(crate) fn dedent(&self, by: usize) -> Self {
        let blank = self.blank();
        let from = if is_plain(blank) {
            by.min(blank.len())
        } else {
            let mut done = 0;
            let kept = blank.char_indices().find(|(_, char)| {
                let far = done >= by;
                done += width(*char);
                far
            });
            kept.map_or(blank.len(), |(at, _)| at)
        };
        Self {
            text: self.text[from..].to_owned(),
            at: self.at.clone(),
        }
    }
}

/// Whether these are blanks and nothing else, as nearly always.
fn is_plain(blank: &str) -> bool {
    blank.is_ascii() && !blank.contains('\t')
}

fn width(blank: char) -> usize {
    if blank == '\t' { 4 } else { 1 }
}

/// Something on a page that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where.
    pub at: Place,
    /// What and why.
    pub message: String,
    /// Whether a file is missing from the checkout that nothing to compare is in, as far as can be told by where it is
    /// included.
    pub absent: bool,
}

impl Problem {
    /// Whether a fact may have been lost by it.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        !self.absent
    }

    /// Nothing is read of what is nested without end.
    pub(crate) fn too_deep(at: &Place) -> Self {
        Self::new(at, format!("nested deeper than {DEPTH} levels"))
    }

    pub(crate) fn new(at: &Place, message: impl Into<String>) -> Self {
        Self {
            at: at.clone(),
            message: message.into(),
            absent: false,
        }
    }
}

/// The marks that open or close a fenced code block: three or more of the same.
pub(crate) fn fence(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let mark = line
        .chars()
        .next()
        .filter(|mark| matches!(mark, '`' | '~'))?;
    let end = line.find(|char| char != mark).unwrap_or(line.len());
    // Code with three marks in a line of text is no fence.
    let inline = mark == '`' && line[end..].contains('`');
    (end >= 3 && !inline).then(|| &line[..end])
}

/// Whether the line closes what `open` opened.
pub(crate) fn closes(line: &str, open: &str) -> bool {
    let line = line.trim_start();
    line.starts_with(open) && line.trim_end().trim_start_matches(&open[..1]).is_empty()
}
