//! Contradictions of the documentation, and what was decided.

use std::fmt;

use super::{At, Text};

/// A contradiction of the documentation, and what was decided.
#[derive(Debug, Clone)]
pub struct Decision {
    /// The path inside the entry.
    pub on: Text,
    /// The one finding that it settles; without it, whatever is found where the page says `page`.
    pub finding: Option<At<FindingKind>>,
    /// The one language of the pages that it is about; without it, both.
    pub language: Option<At<Language>>,
    /// What the page says there; empty where it says nothing.
    pub page: String,
    /// Why the spec differs.
    pub reason: String,
}

/// The language of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Russian.
    Russian,
}

impl Language {
    /// The words of the spec.
    pub const WORDS: [(&'static str, Self); 2] = [("en", Self::English), ("ru", Self::Russian)];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Russian => "ru",
        }
    }
}

/// How the spec and a page can differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// On the page, and not in the spec.
    New,
    /// In the spec, and not on the page.
    Missing,
    /// Probably called otherwise on the page.
    Renamed,
    /// Somewhere else.
    Moved,
    /// Another type.
    Type,
    /// Required or not.
    Required,
    /// Another default.
    Default,
    /// Other allowed values.
    Values,
    /// Another text.
    Text,
    /// An example shows `null`.
    Null,
    /// An example has it, and the table has not.
    NotInTable,
    /// The table has it, and the examples have not.
    NotInExample,
    /// An example has the answer without `result` around it.
    Unwrapped,
    /// Another HTTP status.
    Status,
    /// The page calls it outdated.
    Outdated,
    /// A decision about something that the page does not say.
    Decision,
}

impl FindingKind {
    /// The words of the spec. What is found about a decision can't be decided.
    pub const WORDS: [(&'static str, Self); 15] = [
        ("new", Self::New),
        ("missing", Self::Missing),
        ("renamed", Self::Renamed),
        ("moved", Self::Moved),
        ("type", Self::Type),
        ("required", Self::Required),
        ("default", Self::Default),
        ("values", Self::Values),
        ("text", Self::Text),
        ("null", Self::Null),
        ("not_in_table", Self::NotInTable),
        ("not_in_example", Self::NotInExample),
        ("unwrapped", Self::Unwrapped),
        ("status", Self::Status),
        ("outdated", Self::Outdated),
    ];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        let words = Self::WORDS.iter();
        let mut found = words.filter(|(_, kind)| *kind == self);
        found.next().map_or("decision", |(word, _)| word)
    }
}

impl fmt::Display for FindingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
