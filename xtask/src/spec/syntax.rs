//! Texts that aren't TOML.

use std::ops::Range;

use toml::de::Error;

use super::problems::Problems;
use crate::diagnostics::Diagnostic;

/// Reports the first error of every entry: the others in it are mostly its echo.
pub(super) fn report(text: &str, errors: &[Error], problems: &Problems) {
    let mut entries: Vec<Range<usize>> = Vec::new();
    for error in errors {
        let span = place(text, error);
        if entries.iter().any(|entry| entry.contains(&span.start)) {
            continue;
        }
        entries.push(entry(text, span.start));
        let mut lines = error.message().lines();
        let message = lines.next().unwrap_or("this is not TOML");
        let diagnostic = Diagnostic::new(message).at(&span, "not TOML");
        let expected: Vec<_> = lines.collect();
        problems.report(if expected.is_empty() {
            diagnostic
        } else {
            diagnostic.help(expected.join("; "))
        });
    }
}

/// Passes on what was found in entries that are TOML.
pub(super) fn report_outside(
    text: &str,
    errors: &[Error],
    found: Vec<Diagnostic>,
    problems: &Problems,
) {
    let torn: Vec<_> = errors
        .iter()
        .map(|error| entry(text, place(text, error).start))
        .collect();
    let whole = |diagnostic: &Diagnostic| {
        let start = diagnostic
            .labels
            .first()
            .map_or(0, |label| label.span.start);
        !torn.iter().any(|entry| entry.contains(&start))
    };
    for diagnostic in found.into_iter().filter(whole) {
        problems.report(diagnostic);
    }
}

fn place(text: &str, error: &Error) -> Range<usize> {
    error.span().unwrap_or(text.len()..text.len())
}

/// The entry around a place: from one line that starts with `[[` to the next.
fn entry(text: &str, at: usize) -> Range<usize> {
    let mut heads = vec![0];
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("[[") {
            heads.push(line_start);
        }
        line_start += line.len();
    }
    let next = heads.iter().copied().find(|head| *head > at);
    let start = heads.iter().copied().rfind(|head| *head <= at);
    start.unwrap_or(0)..next.unwrap_or(text.len() + 1)
}
