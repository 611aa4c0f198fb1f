//! What a check is given.

use std::collections::BTreeSet;

use crate::Symbols;
use crate::diagnostics::Diagnostic;
use crate::model::{At, Spec, Text};
use crate::problems::{Problems, listed, nearest};

/// What the checks share: the spec, and where they report its mistakes.
#[derive(Debug)]
pub struct Context<'s> {
    /// The spec, with something harmless for everything that could not be read.
    pub spec: &'s Spec,
    /// Its names.
    pub symbols: Symbols<'s>,
    pub(super) problems: &'s Problems,
}

impl<'s> Context<'s> {
    pub(super) fn new(spec: &'s Spec, problems: &'s Problems) -> Self {
        Self {
            spec,
            symbols: Symbols::new(spec),
            problems,
        }
    }
}

impl Context<'_> {
    /// Reports a mistake at a value, unless the value couldn't even be read.
    pub fn wrong<T>(&self, value: &At<T>, message: String, label: &str, help: impl Into<String>) {
        if self.problems.was_read(value) {
            let diagnostic = Diagnostic::new(message).at(&value.span, label).help(help);
            self.problems.report(diagnostic);
        }
    }

    /// Reports a mistake that two places make together.
    pub fn clash<T, U>(
        &self,
        (value, label): (&At<T>, &str),
        (other, other_label): (&At<U>, &str),
        message: String,
        help: impl Into<String>,
    ) {
        if self.problems.was_read(value) && self.problems.was_read(other) {
            self.problems.report(
                Diagnostic::new(message)
                    .at(&value.span, label)
                    .at(&other.span, other_label)
                    .help(help),
            );
        }
    }

    /// Reports a name that isn't among those that it may be.
    pub(super) fn unknown<'c>(
        &self,
        name: &Text,
        message: String,
        label: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) {
        let candidates: BTreeSet<_> = candidates.into_iter().collect();
        let help = match nearest(name, candidates.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if candidates.is_empty() => "there are none at all".to_owned(),
            None if candidates.len() > 16 => "no known name is similar".to_owned(),
            None => format!("there is {}", listed(candidates, "and")),
        };
        self.wrong(name, message, label, help);
    }
}
