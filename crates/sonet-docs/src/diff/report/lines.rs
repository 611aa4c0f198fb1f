//! The lines of the spec.

use std::ops::Range;

use sonet_spec::diagnostics::Source;

/// The spec, and where its lines begin: a long one is not searched from its start for every finding.
pub(super) struct Lines<'s> {
    pub(super) source: &'s Source,
    starts: Vec<usize>,
}

impl<'s> Lines<'s> {
    pub(super) fn new(source: &'s Source) -> Self {
        let ends = source.text.match_indices('\n').map(|(at, _)| at + 1);
        Self {
            source,
            starts: std::iter::once(0).chain(ends).collect(),
        }
    }

    /// The line of a place, from 1; none for an empty one.
    pub(super) fn number(&self, span: &Range<usize>) -> Option<usize> {
        let before = self.starts.partition_point(|start| *start <= span.start);
        (!span.is_empty()).then_some(before)
    }

    /// Where a line begins, and the line, with its end.
    pub(super) fn line(&self, number: usize) -> Option<(usize, &'s str)> {
        let start = *self.starts.get(number.checked_sub(1)?)?;
        let end = self.starts.get(number).copied();
        let end = end.unwrap_or(self.source.text.len());
        Some((start, self.source.text.get(start..end)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_by_their_bytes_and_by_their_numbers() {
        let source = Source {
            name: "spec.toml".to_owned(),
            text: "one\ntwo\nthree".to_owned(),
        };
        let lines = Lines::new(&source);
        assert_eq!(lines.number(&(0..2)), Some(1));
        assert_eq!(lines.number(&(4..7)), Some(2));
        assert_eq!(lines.number(&(4..4)), None, "it points at nothing");
        assert_eq!(lines.line(2), Some((4, "two\n")));
        assert_eq!(lines.line(3), Some((8, "three")));
        assert_eq!(lines.line(0), None);
        assert_eq!(lines.line(4), None);
    }
}
