//! The text of a draft, as it grows.

use std::fmt::{Display, Write as _};

use crate::import::name::quoted;
use crate::import::shapes::Shapes;

/// An entry that is being written.
pub(super) struct Writer<'s> {
    /// The objects and enums that it needs.
    pub(super) shapes: Shapes<'s>,
    pub(super) out: String,
}

impl Writer<'_> {
    /// Adds a doubt as a comment.
    pub(super) fn doubt(&mut self, indent: &str, text: &str) {
        let _ = writeln!(self.out, "{indent}# Doubt: {text}");
    }

    /// Adds what is doubtful, if anything is.
    pub(super) fn doubt_if(&mut self, indent: &str, doubt: Option<impl Display>) {
        if let Some(doubt) = doubt {
            self.doubt(indent, &format!("{doubt}."));
        }
    }

    /// Adds a key and a text.
    pub(super) fn pair(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.out, "{key} = {}", quoted(value));
    }
}
