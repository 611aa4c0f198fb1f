//! Texts that aren't TOML.
//!
//! One missing quote or bracket makes a parser complain about half of the file. So every entry, from one line that starts
//! with `[[` to the next, is parsed by itself: the first error in it is shown, and the entries without one are read as
//! usual.

use std::ops::Range;

use toml::de::{DeTable, Error};

use super::problems::Problems;
use crate::diagnostics::Diagnostic;

/// A text in which the entries that aren't TOML are blank, and where they are.
pub(super) struct Healed {
    pub(super) text: String,
    pub(super) torn: Vec<Range<usize>>,
}

/// Reports what isn't TOML, given the errors of the whole text, and blanks it.
pub(super) fn heal(text: &str, errors: &[Error], problems: &Problems) -> Healed {
    let mut torn = Vec::new();
    for entry in entries(text) {
        let (_, errors) = DeTable::parse_recoverable(&text[entry.clone()]);
        if let Some(error) = errors.first() {
            report(text, error, &entry, problems);
            torn.push(entry);
        }
    }
    if torn.is_empty() {
        // Every entry is TOML by itself, but not together.
        torn.push(0..text.len());
        if let Some(error) = errors.first() {
            report(text, error, &torn[0], problems);
        }
    }
    let mut healed = text.to_owned();
    for entry in &torn {
        let blank: String = text[entry.clone()]
            .bytes()
            .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
            .collect();
        healed.replace_range(entry.clone(), &blank);
    }
    Healed { text: healed, torn }
}

fn report(text: &str, error: &Error, entry: &Range<usize>, problems: &Problems) {
    // What isn't closed ends with its last character, not where the next entry begins.
    let end = entry.start + text[entry.clone()].trim_end().len();
    let span = error.span().unwrap_or_default();
    let start = (entry.start + span.start).min(end);
    let span = start..(entry.start + span.end).clamp(start, end);
    let duplicate = error.message() == "duplicate key";
    let diagnostic = Diagnostic::new(error.message()).at(&span, "not valid TOML");
    problems.lost(match single_bracket(text, entry) {
        Some(head) if duplicate => Diagnostic::new("an entry begins with two brackets")
            .at(&head, "only one")
            .help(format!("write `[{}]`", &text[head.clone()])),
        None if duplicate => diagnostic.help("remove one of them"),
        _ => diagnostic,
    });
}

/// A line such as `[method]`.
fn single_bracket(text: &str, entry: &Range<usize>) -> Option<Range<usize>> {
    let mut at = entry.start;
    for line in text[entry.clone()].split_inclusive('\n') {
        let head = line.trim_end();
        if head.starts_with('[') && !head.starts_with("[[") && head.ends_with(']') {
            return Some(at..at + head.len());
        }
        at += line.len();
    }
    None
}

/// Where the entries are; the first one is what stands before all `[[…]]`.
fn entries(text: &str) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("[[") && at > 0 {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(start, end)| *start..end)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_entry_is_blank_and_the_others_stay_where_they_were() {
        let text = "a = 1\n[[id]]\nname = \"ö\n[[id]]\nname = \"x\"\n";
        let (_, errors) = DeTable::parse_recoverable(text);
        let problems = Problems::default();
        let healed = heal(text, &errors, &problems);
        assert_eq!(healed.torn.len(), 1);
        assert_eq!(healed.torn[0], 6..24);
        assert_eq!(healed.text.len(), text.len());
        assert_eq!(healed.text.trim_end().lines().count(), 5);
        assert!(healed.text.starts_with("a = 1\n  "));
        assert!(healed.text.ends_with("[[id]]\nname = \"x\"\n"));
        assert_eq!(problems.into_diagnostics().len(), 1);
    }

    #[test]
    fn what_is_toml_in_parts_only_is_blank_as_a_whole() {
        let text = "[id]\n[[id]]\n";
        let (_, errors) = DeTable::parse_recoverable(text);
        let problems = Problems::default();
        let healed = heal(text, &errors, &problems);
        assert_eq!(healed.text.trim(), "");
        assert_eq!(problems.into_diagnostics().len(), 1);
    }
}
