//! Where the spec says something, and what a page says instead.

use std::ops::Range;

use crate::markup::Location;
use crate::page::Said;
use sonet_spec::model::{Decision, FindingKind, Text};

/// An entry of the spec.
#[derive(Clone, Copy)]
pub(super) struct Entry<'s> {
    pub(super) name: &'s Text,
    pub(super) decisions: &'s [Decision],
}

impl<'s> Entry<'s> {
    pub(super) fn new(name: &'s Text, decisions: &'s [Decision]) -> Self {
        Self { name, decisions }
    }

    /// A place in the entry, and the bytes of the spec to point at.
    pub(super) fn site(self, on: impl Into<String>, span: &'s Range<usize>) -> Site<'s> {
        let on = on.into();
        let entry = self;
        Site { entry, on, span }
    }

    /// Whether a name of a list may be on the page under another name. What a decision says is not on the page was never
    /// there to be renamed.
    pub(super) fn is_renamable(self, list: &str, name: &str) -> bool {
        let on = format!("{list}.{name}");
        self.decisions.iter().all(|decision| {
            let kind = decision.finding.as_ref().map(|finding| finding.value);
            let absent = matches!(
                kind,
                None | Some(FindingKind::Missing | FindingKind::NotInTable)
            );
            decision.on.value != on || !decision.page.is_empty() || !absent
        })
    }
}

/// A place of the spec.
#[derive(Clone)]
pub(super) struct Site<'s> {
    pub(super) entry: Entry<'s>,
    /// The path in the entry, as decisions have it.
    pub(super) on: String,
    /// The bytes of the spec to point at.
    pub(super) span: &'s Range<usize>,
}

impl<'s> Site<'s> {
    /// The same place, with other bytes of the spec to point at.
    pub(super) fn pointing_at<'a>(&self, span: &'a Range<usize>) -> Site<'a>
    where
        's: 'a,
    {
        self.entry.site(self.on.as_str(), span)
    }
}

/// What a page says.
pub(super) struct Quote<'p> {
    /// As a decision quotes it; empty where the page says nothing.
    pub(super) text: String,
    pub(super) at: &'p Location,
}

impl<'p> Quote<'p> {
    pub(super) fn new(text: impl Into<String>, at: &'p Location) -> Self {
        let text = text.into();
        Self { text, at }
    }

    /// The page says nothing, and this is where it might.
    pub(super) fn nothing(at: &'p Location) -> Self {
        Self::new("", at)
    }

    pub(super) fn of(said: &'p Said) -> Self {
        Self::new(said.text.as_str(), &said.at)
    }
}
