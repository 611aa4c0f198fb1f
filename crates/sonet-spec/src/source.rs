//! The text of a spec, of which lines say which file they are in.
//!
//! A spec in several files is one text, in which a line before each part names its file: so a place in the whole leads back to a
//! line of a file, also after the text was edited.

use std::ops::Range;

/// What a line begins with that says which file begins below it.
pub(crate) const MARK: &str = "#:part ";

/// A file of a spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'s> {
    /// The file, as it is shown.
    pub name: &'s str,
    /// Its text.
    pub text: &'s str,
    /// Where its text begins in the whole.
    pub start: usize,
}

impl Part<'_> {
    /// The line that a place of the whole is on in this file, from 1.
    #[must_use]
    pub fn line(&self, at: usize) -> usize {
        let before = at.saturating_sub(self.start).min(self.text.len());
        let above = self.text.get(..before).unwrap_or(self.text);
        above.matches('\n').count() + 1
    }
}

/// A text that mistakes can be shown in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The name to show, such as a path relative to the workspace.
    pub name: String,
    /// The whole text; of a spec in several files, that of all.
    pub text: String,
}

impl Source {
    /// The file that a place of the text is in, and the line there, from 1.
    #[must_use]
    pub fn place(&self, at: usize) -> (Part<'_>, usize) {
        let mut parts = self.parts();
        // The first begins at 0, so there is one.
        let index = parts.partition_point(|part| part.start <= at);
        let part = parts.swap_remove(index.saturating_sub(1));
        (part, part.line(at))
    }

    /// The part of `span` on its first line, moved to where there is something to point at.
    pub(crate) fn first_line(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.boundary(span.start);
        let end = self.boundary(span.end).max(start);
        let line = self.text[start..end].lines().next().unwrap_or_default();
        start..start + line.trim_end().len()
    }

    /// The nearest place up to `at` between two characters.
    fn boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// The files that the text is made of, in order: one, unless the spec names parts.
    #[must_use]
    pub fn parts(&self) -> Vec<Part<'_>> {
        self.parts_of(&self.text)
    }

    /// The files of another version of the text.
    #[must_use]
    pub fn parts_of<'s>(&'s self, text: &'s str) -> Vec<Part<'s>> {
        let mut parts = Vec::new();
        let (mut name, mut start) = (self.name.as_str(), 0);
        for mark in marks(text) {
            parts.push(Part {
                name,
                text: &text[start..mark.start],
                start,
            });
            name = text[mark.clone()][MARK.len()..].trim_end();
            start = mark.end;
        }
        parts.push(Part {
            name,
            text: &text[start..],
            start,
        });
        parts
    }

    /// The text with entries at the end of its first file, which has the head of the spec.
    #[must_use]
    pub fn with_entries(&self, entries: &str) -> String {
        let first = marks(&self.text)
            .next()
            .map_or(self.text.len(), |mark| mark.start);
        let (first, others) = self.text.split_at(first);
        format!("{}\n{entries}{others}", first.trim_end())
    }
}

/// The lines that say which file begins below them, with their ends.
pub(crate) fn marks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        line.starts_with(MARK).then_some(start..at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source {
            name: "spec/all.toml".to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_place_in_the_whole_is_a_line_of_a_file() {
        let whole = source("one\ntwo\n#:part spec/more.toml\nthree\nfour\n#:part spec/last.toml\n");
        let parts = whole.parts();
        let names: Vec<_> = parts.iter().map(|part| (part.name, part.text)).collect();
        assert_eq!(
            names,
            [
                ("spec/all.toml", "one\ntwo\n"),
                ("spec/more.toml", "three\nfour\n"),
                ("spec/last.toml", "")
            ]
        );
        let four = whole.text.find("four").unwrap();
        assert_eq!((parts[1].line(four), parts[0].line(4)), (2, 2));
        let (part, line) = whole.place(four);
        assert_eq!((part.name, line), ("spec/more.toml", 2));
        assert_eq!(whole.place(0).0.name, "spec/all.toml");
    }

    #[test]
    fn entries_are_added_to_the_file_with_the_head() {
        assert_eq!(source("one\n\n").with_entries("\ntwo\n"), "one\n\ntwo\n");
        let whole = source("one\n#:part spec/more.toml\nthree\n").with_entries("\ntwo\n");
        assert_eq!(whole, "one\n\ntwo\n#:part spec/more.toml\nthree\n");
    }
}
