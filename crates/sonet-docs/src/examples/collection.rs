//! The examples of a checkout that are to be checked, and what is known of them before.

use super::check::{Check, CheckKind};
use super::outcome::Outcome;
use crate::markup::{Location, Problem};
use crate::page::Example;

/// What is to be checked of a checkout.
#[derive(Default)]
pub(super) struct Collection {
    pub(super) outcome: Outcome,
    pub(super) checks: Vec<Check>,
}

impl Collection {
    /// Adds what is to be checked of an example, behind these keys of it.
    pub(super) fn add(&mut self, example: Example, path: Vec<String>, kind: CheckKind) {
        let counted = match &kind {
            CheckKind::Decode { .. } => &mut self.outcome.answers,
            CheckKind::Refuse { .. } => &mut self.outcome.errors,
            CheckKind::Produce { .. } => &mut self.outcome.requests,
        };
        *counted += 1;
        self.checks.push(Check {
            example,
            path,
            kind,
        });
    }

    /// Says what is wrong before anything is checked.
    pub(super) fn report(&mut self, at: &Location, message: impl Into<String>) {
        self.outcome.findings.push(Problem::new(at, message));
    }
}
