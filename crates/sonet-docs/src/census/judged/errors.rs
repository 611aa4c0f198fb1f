//! The errors of a draft.

use sonet_spec::model::{ErrorDef, FindingKind};

use super::Measure;
use super::comparison::Comparison;

impl Comparison<'_> {
    pub(super) fn errors(&mut self) {
        let (draft, entry) = (&self.draft.errors, &self.entry.errors);
        for error in entry {
            if draft.iter().any(|other| is_same(other, error)) {
                self.right(Measure::ErrorsFound);
                continue;
            }
            let on = format!("errors.{}", *error.name);
            let kinds = [
                FindingKind::NotInTable,
                FindingKind::Missing,
                FindingKind::Text,
            ];
            let ruling = self.ruling(&on, &kinds);
            self.differs(Measure::ErrorsFound, &on, ("", &words(error)), ruling);
        }
        for error in draft {
            if entry.iter().any(|other| is_same(error, other)) {
                self.right(Measure::ErrorsTrue);
                continue;
            }
            let on = format!("errors.{}", *error.name);
            let ruling = self.ruling(&on, &[FindingKind::New]);
            self.differs(Measure::ErrorsTrue, &on, (&words(error), ""), ruling);
        }
    }
}

/// Whether two errors are one to a caller: their codes tell them from others, or else their texts do.
fn is_same(one: &ErrorDef, other: &ErrorDef) -> bool {
    *one.code == *other.code && (one.is_told_by_code() || *one.text == *other.text)
}

fn words(error: &ErrorDef) -> String {
    format!("{}: {}", *error.code, *error.text)
}
