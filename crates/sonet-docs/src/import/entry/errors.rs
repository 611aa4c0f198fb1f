//! The errors of a draft.

use std::fmt::Write as _;

use super::writer::Writer;
use crate::import::name::{quoted, type_name};
use crate::markup::inline;
use crate::page::{ErrorRow, Status};
use sonet_spec::model::ErrorDef;

impl Writer<'_> {
    pub(super) fn errors(
        &mut self,
        rows: &[ErrorRow],
        tabled: Option<&[ErrorRow]>,
        statuses: &[Status],
    ) {
        self.statuses(rows, statuses);
        if rows.is_empty() {
            return;
        }
        if tabled.is_none() {
            self.decide(("errors", "missing"), "", "Only examples have errors.");
        }
        self.out.push_str("errors = [\n");
        let mut taken = Vec::new();
        for row in rows {
            let text = row.text.clone().unwrap_or_default();
            let known = self.shapes.precedents.error_name(&row.code, &text);
            let name = known.unwrap_or_else(|| type_name(&called(row, &text), "Unnamed", &taken));
            if name.starts_with("Unnamed") {
                self.doubt("an error has no name that says anything.");
            }
            taken.push(name.clone());
            let on = format!("errors.{name}");
            // Marks may be typographic, letters of another alphabet are a translation.
            if text
                .chars()
                .any(|char| char.is_alphabetic() && !char.is_ascii())
            {
                self.doubts
                    .add_on(&on, "its text may be a translation of the wire's.");
            }
            if let Some(table) = tabled {
                if table.iter().all(|other| other.at != row.at) {
                    self.decide((&on, "not_in_table"), "", "An example has it.");
                }
                let alike = |other: &&ErrorRow| other.text.as_deref() == Some(&text);
                let first = table
                    .iter()
                    .find(alike)
                    .filter(|_| !ErrorDef::is_telling(&row.code));
                if let Some(first) = first.filter(|first| first.code != row.code) {
                    let reason = "The page has its text with another code, too.";
                    self.decide((&on, "text"), &first.code, reason);
                }
                for said in other_texts(row, table, rows) {
                    let reason = "The page has it in other words, too.";
                    self.decide((&on, "text"), said, reason);
                }
            }
            let _ = writeln!(
                self.out,
                "    {{ name = {}, code = {}, text = {}{}, doc = {} }},",
                quoted(&name),
                quoted(&row.code),
                quoted(&text),
                status(row),
                quoted(&self.shapes.doc(&row.meaning))
            );
        }
        self.out.push_str("]\n");
    }
}

impl Writer<'_> {
    /// Settles the statuses of which the page does not say what comes with them.
    fn statuses(&mut self, rows: &[ErrorRow], statuses: &[Status]) {
        let known: Vec<i64> = rows.iter().map(status_of).collect();
        for status in statuses.iter().filter(|status| status.error) {
            let code = &status.code.text;
            let usual = known.is_empty() && *code == ErrorDef::USUAL_STATUS.to_string();
            if !usual && !known.iter().any(|known| known.to_string() == *code) {
                let reason = "Which errors come with it is not said.";
                self.decide(("errors", "status"), code, reason);
            }
        }
    }
}

/// What an error is called by: its text; its code, where there is no text in English; and what is said of a number.
fn called(row: &ErrorRow, text: &str) -> String {
    let words = |text: &str| {
        text.split_whitespace()
            .take(5)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let said = words(text);
    let is_english = said.chars().any(|char| char.is_ascii_alphabetic())
        && !said
            .chars()
            .any(|char| char.is_alphabetic() && !char.is_ascii());
    if is_english || !ErrorDef::is_telling(&row.code) {
        said
    } else if row.code.chars().any(char::is_alphabetic) {
        row.code.clone()
    } else {
        words(&inline::plain(&row.meaning))
    }
}

/// The texts that rows of the table say of an error with the same code, as far as no other error has them.
fn other_texts<'t>(row: &ErrorRow, table: &'t [ErrorRow], rows: &[ErrorRow]) -> Vec<&'t str> {
    if !ErrorDef::is_telling(&row.code) {
        return Vec::new();
    }
    let own = row.text.as_deref().unwrap_or_default();
    let about = table.iter().filter(|other| other.code == row.code);
    let texts: Vec<&str> = about.filter_map(|other| other.text.as_deref()).collect();
    let has_own = texts.contains(&own);
    let is_known = |text: &str| {
        rows.iter()
            .any(|other| other.code == row.code && other.text.as_deref() == Some(text))
    };
    // Without its own text, the first of them is held against it.
    let first = texts.first().filter(|_| !has_own);
    let others = texts.iter().filter(|text| !is_known(text));
    let mut found: Vec<&str> = first.into_iter().chain(others).copied().collect();
    found.dedup();
    found
}

/// The status that an error comes with, as far as an entry can say it.
fn status_of(row: &ErrorRow) -> i64 {
    let said = row.status.as_deref().and_then(|said| said.parse().ok());
    let status = said.filter(|status: &i64| (200..600).contains(status));
    status.unwrap_or(ErrorDef::USUAL_STATUS)
}

/// The status of an error, where it is not the usual one.
fn status(row: &ErrorRow) -> String {
    match status_of(row) {
        ErrorDef::USUAL_STATUS => String::new(),
        status => format!(", status = {status}"),
    }
}
