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
