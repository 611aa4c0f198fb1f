//! What the entry of an object decides, and what it leaves in doubt.

use crate::import::doubt::Doubts;
use crate::import::name::decision;
use crate::page::Item;

/// The line that decisions of an entry begin with.
const DECISIONS: &str = "decisions = [\n";

/// The end of a list, of which the first is that of the fields.
const END: &str = "\n]\n";

/// What an entry decides, and what it leaves in doubt.
#[derive(Default)]
pub(super) struct Settled {
    decisions: Vec<String>,
    pub(super) doubts: Doubts,
}

impl Settled {
    pub(super) fn decide(&mut self, on: &str, finding: &str, page: &str, reason: &str) {
        self.decisions.push(decision(on, finding, page, reason));
    }

    /// The keys `decisions` and `doubts`, as far as there are any.
    pub(super) fn entry(&self) -> String {
        let decisions = if self.decisions.is_empty() {
            String::new()
        } else {
            format!("{DECISIONS}{}]\n", self.decisions.concat())
        };
        decisions + &self.doubts.entry()
    }

    /// Adds what is decided to an entry that is of the same fields, and has been written for another place of the page.
    pub(super) fn join(&self, entry: &mut String) {
        let new = self.decisions.iter();
        let new = new.filter(|line| !entry.contains(line.as_str()));
        let new: String = new.map(String::as_str).collect();
        if new.is_empty() {
            return;
        }
        if let Some(at) = entry.find(DECISIONS) {
            entry.insert_str(at + DECISIONS.len(), &new);
        } else if let Some(at) = entry.find(END) {
            entry.insert_str(at + END.len(), &format!("{DECISIONS}{new}]\n"));
        }
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
