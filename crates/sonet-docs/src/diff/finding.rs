//! What a comparison finds.

use std::fmt;
use std::ops::Range;

use super::site::{Quote, Site};
use crate::markup::Location;
use crate::page::{ErrorRow, Item};
use sonet_spec::model::FindingKind;

/// A difference between the spec and a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The method, event, object, input or enum of the spec.
    pub entry: String,
    /// The path in it, as decisions have it.
    pub on: String,
    /// How they differ.
    pub kind: FindingKind,
    /// What it would do to those who use the crates, if the spec followed the page.
    pub effect: Effect,
    /// A sentence.
    pub message: String,
    /// What the page says, as a decision quotes it; empty where it says nothing.
    pub page: String,
    /// Where it says it; several places if several pages do.
    pub at: Vec<Location>,
    /// The bytes of the spec that say otherwise; empty if nothing does.
    pub spec: Range<usize>,
    /// What else there is to know.
    pub notes: Vec<String>,
    /// The row of the page that it is about, where following the page would need it.
    pub row: Option<Row>,
    /// What stands before it on the page, the nearest first: where it goes in the spec.
    pub preceding: Vec<String>,
}

/// A row of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// Of a parameter or field.
    Item(Box<Item>),
    /// Of an error.
    Error(ErrorRow),
}

/// What tells a finding from others: the entry, the path in it, the kind, and what the page says.
pub(super) type Key = (String, String, FindingKind, String);

impl Finding {
    pub(super) fn new(
        site: &Site<'_>,
        kind: FindingKind,
        effect: Effect,
        quote: Quote<'_>,
        message: String,
    ) -> Self {
        Self {
            entry: site.entry.name.value.clone(),
            on: site.on.clone(),
            kind,
            effect,
            message,
            page: quote.text,
            at: vec![quote.at.clone()],
            spec: site.span.clone(),
            notes: Vec::new(),
            row: None,
            preceding: Vec::new(),
        }
    }

    /// Adds the row that it is about.
    pub(super) fn on_row(&mut self, row: Row) -> &mut Self {
        self.row = Some(row);
        self
    }

    /// Says where on the page it stands: behind which of the names around it.
    pub(super) fn among<'n>(&mut self, names: impl Iterator<Item = &'n str>, name: &str) {
        let before = names.take_while(|other| *other != name);
        self.preceding = before.map(str::to_owned).collect();
        self.preceding.reverse();
    }

    pub(super) fn key(&self) -> Key {
        (
            self.entry.clone(),
            self.on.clone(),
            self.kind,
            self.page.clone(),
        )
    }

    /// Adds places where it is found as well.
    pub(super) fn also(&mut self, places: Vec<Location>) {
        for place in places {
            if !self.at.contains(&place) {
                self.at.push(place);
            }
        }
    }
}

/// What following a page would do to those who use the crates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// Code that is written against the crates compiles and works as before.
    Compatible,
    /// It does not.
    Breaking,
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Compatible => "compatible",
            Self::Breaking => "breaking",
        })
    }
}
