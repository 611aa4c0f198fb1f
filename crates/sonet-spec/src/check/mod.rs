//! Everything about a spec that its model can't say by itself. After it, lowering can't fail.

mod decisions;
mod errors;
mod essential;
mod filters;
mod generated;
mod handwritten;
mod methods;
mod paging;
mod params;
mod rust_names;
mod types;
mod unique;
mod usage;

use std::collections::BTreeSet;

use super::Symbols;
use super::model::{At, Spec, Text};
use super::problems::{Problems, listed, nearest};
use crate::diagnostics::Diagnostic;

/// Reports every mistake in what could be read.
pub(super) fn check(spec: &Spec, problems: &Problems) {
    let cx = Context {
        spec,
        symbols: Symbols::new(spec),
        problems,
    };
    let complete = problems.is_complete();
    unique::check(&cx);
    rust_names::check(&cx);
    generated::check(&cx);
    handwritten::check(&cx);
    types::check(&cx);
    essential::check(&cx);
    usage::circles(&cx);
    // What could not be read may use everything that seems unused.
    if complete {
        usage::unused(&cx);
    }
    methods::check(&cx);
    for method in &spec.methods {
        params::check(&cx, method);
        filters::check(&cx, method);
        paging::check(&cx, method);
        errors::check(&cx, method);
    }
    errors::system(&cx);
    decisions::check(&cx);
}

/// What the checks share.
struct Context<'s> {
    spec: &'s Spec,
    symbols: Symbols<'s>,
    problems: &'s Problems,
}

impl Context<'_> {
    /// Reports a mistake at a value, unless the value couldn't even be read.
    fn wrong<T>(&self, value: &At<T>, message: String, label: &str, help: impl Into<String>) {
        if self.problems.was_read(value) {
            let diagnostic = Diagnostic::new(message).at(&value.span, label).help(help);
            self.problems.report(diagnostic);
        }
    }

    /// Reports a mistake that two places make together.
    fn clash<T, U>(
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
    fn unknown<'c>(
        &self,
        name: &Text,
        message: String,
        label: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) {
        let candidates: BTreeSet<_> = candidates.into_iter().collect();
        let help = match nearest(name, candidates.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if candidates.is_empty() => "there is none at all".to_owned(),
            None if candidates.len() > 16 => "no known name is near it".to_owned(),
            None => format!("there is {}", listed(candidates, "and")),
        };
        self.wrong(name, message, label, help);
    }
}
