//! A draft beside its entry, and what differs.

use sonet_spec::Symbols;
use sonet_spec::model::{Decision, FindingKind, Method};
use sonet_spec::types::Type;

use super::types::{Fit, fit};
use super::{Difference, Judged, Measure, Ruling};

/// A draft and its entry, each with the types that it may name.
pub(super) struct Comparison<'c> {
    pub(super) draft: &'c Method,
    pub(super) entry: &'c Method,
    pub(super) draft_symbols: &'c Symbols<'c>,
    pub(super) symbols: &'c Symbols<'c>,
    pub(super) judged: Judged,
}

impl Comparison<'_> {
    /// Counts something that is as the entry has it.
    pub(super) fn right(&mut self, measure: Measure) {
        self.judged.tallies.entry(measure).or_default().right += 1;
    }

    /// Counts and notes something that is not.
    pub(super) fn differs(
        &mut self,
        measure: Measure,
        on: &str,
        (drafted, judged): (&str, &str),
        ruling: Ruling,
    ) {
        self.judged
            .tallies
            .entry(measure)
            .or_default()
            .count(ruling);
        self.judged.differences.push(Difference {
            measure,
            ruling,
            on: on.to_owned(),
            drafted: drafted.to_owned(),
            judged: judged.to_owned(),
        });
    }

    /// Counts a type, and notes it if it is not the one of the entry.
    pub(super) fn ty(
        &mut self,
        measure: Measure,
        on: &str,
        (drafted, judged): (&Type, &Type),
        unless: Ruling,
    ) {
        let ruling = match fit((drafted, self.draft_symbols), (judged, self.symbols)) {
            Fit::Same => return self.right(measure),
            Fit::Refined => Ruling::Refined,
            Fit::Open if unless == Ruling::Wrong => Ruling::Open,
            Fit::Read if measure.is_of_answers() => Ruling::Refined,
            Fit::Read | Fit::Open | Fit::Other => unless,
        };
        let words = (&*drafted.to_string(), &*judged.to_string());
        self.differs(measure, on, words, ruling);
    }

    /// How to take a difference from the entry at a path.
    pub(super) fn ruling(&self, on: &str, kinds: &[FindingKind]) -> Ruling {
        ruling(&self.entry.decisions, on, kinds)
    }

    /// Whether a doubt of the draft is about something.
    pub(super) fn is_doubted(&self, on: &str) -> bool {
        let bare = on.strip_prefix("params.").unwrap_or(on);
        let doubts = self.draft.doubts.iter();
        let mut places = doubts.flat_map(|doubt| places(doubt));
        places.any(|place| place == on || place == bare)
    }
}

/// How to take a difference at a path: it is decided if there is a decision there of one of these kinds, or of no kind.
pub(super) fn ruling(decisions: &[Decision], on: &str, kinds: &[FindingKind]) -> Ruling {
    let is_decided = decisions.iter().any(|decision| {
        let finding = decision.finding.as_ref().map(|finding| finding.value);
        *decision.on == on && finding.is_none_or(|finding| kinds.contains(&finding))
    });
    if is_decided {
        Ruling::Decided
    } else {
        Ruling::Wrong
    }
}

/// What a doubt begins with: `` `a`, `b`: … ``.
fn places(doubt: &str) -> Vec<&str> {
    let mut places = Vec::new();
    let mut rest = doubt;
    while let Some((place, behind)) = rest
        .strip_prefix('`')
        .and_then(|quoted| quoted.split_once('`'))
    {
        places.push(place);
        match behind.strip_prefix(", ") {
            Some(more) => rest = more,
            None if behind.starts_with(": ") => return places,
            None => break,
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doubt_begins_with_what_it_is_about() {
        let two = "`id`, `params.rows`: only an example sends it.";
        assert_eq!(places(two), ["id", "params.rows"]);
        assert!(places("`id` is left out: it is no name.").is_empty());
        assert!(places("the page has no scope.").is_empty());
    }
}
