//! The text of a draft, as it grows.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::import::doubt::Doubts;
use crate::import::name::{decision, quoted};
use crate::import::shapes::Shapes;

/// An entry that is being written.
pub(super) struct Writer<'s> {
    /// The objects and enums that it needs.
    pub(super) shapes: Shapes<'s>,
    pub(super) out: String,
    pub(super) doubts: Doubts,
    /// The defaults that the page says of each parameter, by its path.
    pub(super) defaults: BTreeMap<String, Vec<String>>,
    /// What is decided where the page says two things: lines of `decisions`.
    pub(super) decisions: Vec<String>,
}

impl Writer<'_> {
    /// Adds a doubt about the method.
    pub(super) fn doubt(&mut self, text: impl Into<String>) {
        self.doubts.add(text);
    }

    /// Adds a doubt about something of it, if there is any.
    pub(super) fn doubt_on(&mut self, place: &str, doubt: Option<String>) {
        if let Some(doubt) = doubt {
            self.doubts.add_on(place, format!("{doubt}."));
        }
    }

    /// Settles a finding of the comparison with the page, with the reason. One reason is enough.
    pub(super) fn decide(&mut self, (on, finding): (&str, &str), page: &str, reason: &str) {
        let decision = decision(on, finding, page, reason);
        let about = |line: &str| {
            line.rsplit_once(", reason = ")
                .map(|(about, _)| about.to_owned())
        };
        let is_known = |known: &String| about(known) == about(&decision);
        if !self.decisions.iter().any(is_known) {
            self.decisions.push(decision);
        }
    }

    /// Adds a key and a text.
    pub(super) fn pair(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.out, "{key} = {}", quoted(value));
    }
}
