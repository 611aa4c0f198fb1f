//! The kinds of what stood in the way of methods.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::verdict::{PageReport, Stage, Verdict};

/// A kind of failure, and where it is.
#[expect(
    clippy::struct_field_names,
    reason = "the kind is what it is called by in the JSON"
)]
#[derive(Serialize)]
pub(super) struct Kind<'r> {
    pub(super) stage: Stage,
    pub(super) kind: &'r str,
    pub(super) count: usize,
    /// The pages, each once.
    pub(super) pages: Vec<&'r str>,
    /// One of its messages.
    pub(super) example: &'r str,
}

impl Kind<'_> {
    /// Renders it with one of its pages, or with all.
    pub(super) fn render(&self, out: &mut String, all_pages: bool) {
        let Self {
            stage,
            kind,
            count,
            pages,
            example,
        } = self;
        let _ = writeln!(out, "\n{count:5} {}: {kind}", stage.word());
        let _ = writeln!(out, "      {} pages, {example}", pages.len());
        for page in pages.iter().take(if all_pages { usize::MAX } else { 1 }) {
            let _ = writeln!(out, "      {page}");
        }
    }
}

/// The first kinds of each stage, so many of them.
pub(super) fn first<'k, 'r>(
    kinds: &'k [Kind<'r>],
    of_each: usize,
) -> impl Iterator<Item = &'k Kind<'r>> {
    let mut seen: BTreeMap<Stage, usize> = BTreeMap::new();
    kinds.iter().filter(move |kind| {
        let seen = seen.entry(kind.stage).or_default();
        *seen += 1;
        *seen <= of_each
    })
}

/// The kinds of failures, stage by stage, the most frequent first.
pub(super) fn kinds<'r>(reports: impl IntoIterator<Item = &'r PageReport>) -> Vec<Kind<'r>> {
    let mut kinds: BTreeMap<(Stage, &str), Kind<'r>> = BTreeMap::new();
    for report in reports {
        let Verdict::Method(method) = &report.verdict else {
            continue;
        };
        for failure in &method.failures {
            let kind = kinds
                .entry((failure.stage, &failure.kind))
                .or_insert_with(|| Kind {
                    stage: failure.stage,
                    kind: &failure.kind,
                    count: 0,
                    pages: Vec::new(),
                    example: &failure.message,
                });
            kind.count += 1;
            if kind.pages.last() != Some(&report.file.as_str()) {
                kind.pages.push(&report.file);
            }
        }
    }
    let mut kinds: Vec<_> = kinds.into_values().collect();
    kinds.sort_by_key(|kind| (kind.stage, std::cmp::Reverse(kind.count)));
    kinds
}
