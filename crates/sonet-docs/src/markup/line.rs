//! The lines of a page, each with its place.

use std::fmt;
use std::sync::Arc;

/// Stands where an include should be whose file is not there. No page has such a line.
const ABSENT: &str = "\u{0}absent";

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Location {
    /// The file, relative to the checkout.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: usize,
}

impl Location {
    /// The place so many lines further down.
    pub(crate) fn below(&self, lines: usize) -> Self {
        Self {
            line: self.line + lines,
            ..self.clone()
        }
    }
}

impl fmt::Display for Location {
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
    pub at: Location,
}

impl Line {
    /// The lines of a text, for tests.
    #[cfg(test)]
    pub(crate) fn all(text: &str) -> Vec<Self> {
        let place = |line| Location {
            file: "page.md".into(),
            line: line + 1,
        };
        let lines = text.lines().enumerate().map(|(at, text)| Self {
            text: text.to_owned(),
            at: place(at),
        });
        lines.collect()
    }

    /// What stands for an include whose file the checkout does not have.
    pub(super) fn absent(at: Location) -> Self {
        Self {
            text: ABSENT.to_owned(),
            at,
        }
    }

    /// Whether it stands for an include whose file the checkout does not have.
    pub(super) fn is_absent(&self) -> bool {
        self.text.trim() == ABSENT
    }

    /// Another text in the place of this line.
    pub(super) fn with(&self, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            at: self.at.clone(),
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// How far it is indented; a tab counts as four.
    pub(super) fn indent(&self) -> usize {
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
    pub(super) fn dedent(&self, by: usize) -> Self {
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
        self.with(&self.text[from..])
    }
}

/// Whether these are blanks and nothing else, as nearly always.
fn is_plain(blank: &str) -> bool {
    blank.is_ascii() && !blank.contains('\t')
}

fn width(blank: char) -> usize {
    if blank == '\t' { 4 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        Line::all(text).remove(0)
    }

    #[test]
    fn a_tab_indents_by_four() {
        assert_eq!(line("  a").indent(), 2);
        assert_eq!(line("\t a").indent(), 5);
        assert_eq!(line("\t a").dedent(4).text, " a");
        assert_eq!(line("  a").dedent(4).text, "a");
    }

    #[test]
    fn an_absent_include_keeps_its_place() {
        let absent = Line::absent(line("text").at);
        assert!(absent.is_absent() && !line("absent").is_absent());
        assert!(!absent.is_blank());
        assert_eq!(absent.at.below(2).to_string(), "page.md:3");
    }
}
