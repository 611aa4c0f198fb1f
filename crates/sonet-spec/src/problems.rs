//! The mistakes found so far.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::ops::Range;

use super::model::At;
use crate::diagnostics::Diagnostic;

/// Collects mistakes, and the places whose values could not be read, so that nobody complains about them twice.
#[derive(Debug, Default)]
pub(super) struct Problems {
    found: RefCell<Vec<Diagnostic>>,
    unread: RefCell<BTreeSet<(usize, usize)>>,
    incomplete: Cell<bool>,
}

impl Problems {
    pub(super) fn report(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }

    /// Reports a value that is replaced by something else in the model.
    pub(super) fn unread(&self, span: &Range<usize>, diagnostic: Diagnostic) {
        self.unread.borrow_mut().insert((span.start, span.end));
        self.lost(diagnostic);
    }

    /// Reports something that the model has lost.
    pub(super) fn lost(&self, diagnostic: Diagnostic) {
        self.incomplete.set(true);
        self.report(diagnostic);
    }

    /// Whether the model has everything that the spec says.
    pub(super) fn is_complete(&self) -> bool {
        !self.incomplete.get()
    }

    /// Whether the value is as it was written, and not a stand-in for one that is missing or wrong.
    pub(super) fn was_read<T>(&self, value: &At<T>) -> bool {
        let At { span, .. } = value;
        !span.is_empty() && !self.unread.borrow().contains(&(span.start, span.end))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.borrow().is_empty()
    }

    pub(super) fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.found.into_inner()
    }
}

/// The candidate that was probably meant, if one is close enough.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let close = |candidate: &&str| {
        let distance = strsim::damerau_levenshtein(
            &word.to_ascii_lowercase(),
            &candidate.to_ascii_lowercase(),
        );
        let longest = word.chars().count().max(candidate.chars().count());
        (distance * 3 <= longest).then_some(distance)
    };
    candidates
        .into_iter()
        .filter_map(|candidate| close(&candidate).map(|distance| (distance, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

/// `a`, `a and b`, `a, b and c`, each in backticks.
pub(super) fn listed<'w>(words: impl IntoIterator<Item = &'w str>, last: &str) -> String {
    let words: Vec<_> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((end, start)) => format!("{} {last} {end}", start.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_finds_its_word_and_another_word_does_not() {
        let keys = ["name", "nullable", "optional", "doc"];
        assert_eq!(nearest("naem", keys), Some("name"));
        assert_eq!(nearest("NAME", keys), Some("name"));
        assert_eq!(nearest("nulable", keys), Some("nullable"));
        assert_eq!(nearest("required", keys), None);
    }

    #[test]
    fn words_are_listed_as_people_do() {
        assert_eq!(listed([], "and"), "");
        assert_eq!(listed(["a"], "and"), "`a`");
        assert_eq!(listed(["a", "b"], "or"), "`a` or `b`");
        assert_eq!(listed(["a", "b", "c"], "and"), "`a`, `b` and `c`");
    }
}
