//! The lines of the spec.

use std::ops::Range;

use sonet_spec::Part;
use sonet_spec::diagnostics::Source;

/// The spec, and where its lines begin: a long one is not searched from its start for every finding.
pub(super) struct Lines<'s> {
    source: &'s Source,
    files: Vec<Part<'s>>,
    starts: Vec<usize>,
}

impl<'s> Lines<'s> {
    pub(super) fn new(source: &'s Source) -> Self {
        let ends = source.text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            source,
            files: source.parts(),
            starts: std::iter::once(0).chain(ends).collect(),
        }
    }

    /// The file of a place, and its line there, from 1; none for an empty one.
    pub(super) fn place(&self, span: &Range<usize>) -> Option<(&'s str, usize)> {
        let file = self.file(span.start);
        let before = self.starts.partition_point(|start| *start <= span.start);
        let above = self.starts.partition_point(|start| *start < file.start);
        (!span.is_empty()).then_some((file.name, before - above))
    }

    /// Where the line of a place begins, and the line, with its end.
    pub(super) fn line(&self, at: usize) -> Option<(usize, &'s str)> {
        let number = self.starts.partition_point(|start| *start <= at);
        let start = *self.starts.get(number.checked_sub(1)?)?;
        let end = self.starts.get(number).copied();
        let end = end.unwrap_or(self.source.text.len());
        Some((start, self.source.text.get(start..end)?))
    }

    fn file(&self, at: usize) -> &Part<'s> {
        let index = self.files.partition_point(|file| file.start <= at);
        &self.files[index.saturating_sub(1)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_by_their_bytes_in_the_file_that_they_are_in() {
        let source = Source {
            name: "spec.toml".to_owned(),
            text: "one\ntwo\n#:part more.toml\nthree\nfour".to_owned(),
        };
        let lines = Lines::new(&source);
        assert_eq!(lines.place(&(0..2)), Some(("spec.toml", 1)));
        assert_eq!(lines.place(&(4..7)), Some(("spec.toml", 2)));
        assert_eq!(lines.place(&(4..4)), None, "it points at nothing");
        let four = source.text.find("four").unwrap();
        assert_eq!(lines.place(&(four..four + 1)), Some(("more.toml", 2)));
        assert_eq!(lines.line(5), Some((4, "two\n")));
        assert_eq!(lines.line(four), Some((four, "four")));
    }
}
