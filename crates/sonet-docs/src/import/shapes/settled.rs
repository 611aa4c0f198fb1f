//! What the entry of an object decides, and what it leaves in doubt.

use crate::import::doubt::Doubts;
use crate::import::name::decision;
use crate::page::Item;

/// What an entry decides, and what it leaves in doubt.
#[derive(Default)]
pub(super) struct Settled {
    decisions: String,
    pub(super) doubts: Doubts,
}

impl Settled {
    pub(super) fn decide(&mut self, on: &str, finding: &str, page: &str, reason: &str) {
        self.decisions += &decision(on, finding, page, reason);
    }

    /// The keys `decisions` and `doubts`, as far as there are any.
    pub(super) fn entry(&self) -> String {
        let decisions = if self.decisions.is_empty() {
            String::new()
        } else {
            format!("decisions = [\n{}]\n", self.decisions)
        };
        decisions + &self.doubts.entry()
    }

    /// Settles that a table has a star somewhere, and none where a field is as much there. `optional` are the fields that an
    /// example does without.
    pub(super) fn stars(&mut self, rows: &[Item], optional: &[String]) {
        let always = rows.iter().filter(|row| !optional.contains(&row.name));
        let (with, without): (Vec<_>, Vec<_>) = always.partition(|row| row.required == Some(true));
        if let Some(first) = with.first().filter(|_| with.len() < without.len()) {
            let on = format!("fields.{}", first.name);
            self.decide(&on, "required", "required", "The table has few stars.");
        }
    }
}
