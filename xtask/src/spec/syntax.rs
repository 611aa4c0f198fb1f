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
            report(error, &entry, problems);
            torn.push(entry);
        }
    }
    if let ([], Some(error)) = (torn.as_slice(), errors.first()) {
        // Every entry is TOML by itself, but not together.
        let all = 0..text.len();
        report(error, &all, problems);
        torn.push(all);
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

fn report(error: &Error, entry: &Range<usize>, problems: &Problems) {
    let span = error.span().unwrap_or_default();
    let span = entry.start + span.start..entry.start + span.end;
    let message = error.message();
    let diagnostic = Diagnostic::new(message).at(&span, "not TOML");
    problems.lost(match message {
        "duplicate key" => diagnostic.help("take one of them away"),
        _ => diagnostic,
    });
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
        assert_eq!(healed.torn, [6..24]);
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
