//! What an update did, and what it leaves to a person.

use std::fmt;

use sonet_spec::diagnostics::Source;
use toml_edit::{Document, Item, Table};

use super::place::Place;
use super::span::span;
use super::toml::text;

/// What happened at a place of the spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) place: Place,
    pub(super) what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// It is on the page now.
    Added,
    /// It is not on the page any more.
    Removed,
    /// It follows the page: how it was and is.
    Changed(String),
    /// A decision or a doubt of the draft: what became of it, and what it is.
    Noted(&'static str, String),
    /// A person and the page changed it: what the page says and said.
    Conflict(String),
    /// A person left it out, and the page changed it.
    LeftOut(String),
}

impl Told {
    /// Whether the spec has something that it did not have.
    pub(super) fn is_written(&self) -> bool {
        !matches!(self.what, What::Conflict(_) | What::LeftOut(_))
    }

    /// What is left to a person, as a line of `doubts`, and how such a line about the same place begins.
    pub(super) fn doubt(&self) -> Option<(String, String)> {
        let What::Conflict(text) = &self.what else {
            return None;
        };
        let path = self.place.path();
        let start = if path.is_empty() {
            String::new()
        } else {
            format!("`{path}`: ")
        };
        Some((format!("{start}{text}"), format!("{start}the page now ")))
    }
}

/// Something to tell, with its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The file of the spec that it is in, as it is shown.
    pub file: String,
    /// The line of that file as it is after the update, from 1; none of an entry that is gone.
    pub line: Option<usize>,
    /// What it is about: the kind and the name of an entry, and the path in it.
    pub place: String,
    /// What there is to say.
    pub text: String,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.file)?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
        }
        write!(f, " {}: {}", self.place, self.text)
    }
}

/// Finds the lines in the text of a spec.
pub(super) fn lines<'t>(spec: &Source, told: impl IntoIterator<Item = &'t Told>) -> Vec<Line> {
    let Ok(document) = Document::parse(spec.text.as_str()) else {
        return Vec::new();
    };
    let line = |told: &Told| {
        let entry = entry(&document, &told.place);
        let span = entry.and_then(|entry| span(entry, &told.place.steps));
        let text = match &told.what {
            What::Removed if told.place.steps.is_empty() => "nothing needs it any more".to_owned(),
            What::Added => "new".to_owned(),
            What::Removed => "gone from the page".to_owned(),
            What::Noted(what, text) => format!("{what}: {text}"),
            What::Changed(text) | What::Conflict(text) | What::LeftOut(text) => text.clone(),
        };
        let at = span.map(|span| spec.place(span.start));
        Line {
            file: at
                .map_or(spec.name.as_str(), |(file, _)| file.name)
                .to_owned(),
            line: at.map(|(_, line)| line),
            place: told.place.to_string(),
            text,
        }
    };
    let mut lines: Vec<Line> = told.into_iter().map(line).collect();
    lines.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
    lines
}

fn entry<'d>(document: &'d Document<&str>, place: &Place) -> Option<&'d Table> {
    let tables = document
        .get(place.kind)
        .and_then(Item::as_array_of_tables)?;
    let mut tables = tables.iter();
    tables.find(|table| text(*table, "name") == Some(&place.entry))
}
