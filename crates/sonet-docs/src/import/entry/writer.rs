//! The text of a draft, as it grows.

use std::fmt::{Display, Write as _};

use crate::import::doubt::DOUBT;
use crate::import::name::quoted;
use crate::import::shapes::Shapes;

/// An entry that is being written.
pub(super) struct Writer<'s> {
    /// The objects and enums that it needs.
    pub(super) shapes: Shapes<'s>,
    pub(super) out: String,
    /// What is decided where the page says two things: lines of `decisions`.
    pub(super) decisions: Vec<String>,
}

impl Writer<'_> {
    /// Adds a doubt as a comment.
    pub(super) fn doubt(&mut self, indent: &str, text: &str) {
        let _ = writeln!(self.out, "{indent}{DOUBT}{text}");
    }

    /// Adds what is doubtful, if anything is.
    pub(super) fn doubt_if(&mut self, indent: &str, doubt: Option<impl Display>) {
        if let Some(doubt) = doubt {
            self.doubt(indent, &format!("{doubt}."));
        }
    }

    /// Settles a finding of the comparison with the page, with the reason. A decision is a person's, so it is in doubt.
    pub(super) fn decide(
        &mut self,
        (on, finding): (&str, &str),
        page: &str,
        reason: &str,
        doubt: &str,
    ) {
        let (on, finding, page, reason) =
            (quoted(on), quoted(finding), quoted(page), quoted(reason));
        let decision = format!(
            "    {DOUBT}{doubt}\n    {{ on = {on}, finding = {finding}, page = {page}, reason = {reason} }},\n"
        );
        if !self.decisions.contains(&decision) {
            self.decisions.push(decision);
        }
    }

    /// Adds a key and a text.
    pub(super) fn pair(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.out, "{key} = {}", quoted(value));
    }
}
