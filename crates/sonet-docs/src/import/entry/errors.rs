//! The errors of a draft.

use std::fmt::Write as _;

use super::writer::Writer;
use crate::import::name::{quoted, type_name};
use crate::page::ErrorRow;
use sonet_spec::model::ErrorDef;

impl Writer<'_> {
    pub(super) fn errors(&mut self, rows: &[ErrorRow], tabled: Option<&[ErrorRow]>) {
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
            if !text.is_ascii() {
                self.doubt("the text of an error may be a translation of the wire's.");
            }
            let words: Vec<&str> = text.split_whitespace().take(5).collect();
            // A name is made of the text; of the code only where there is no text in English.
            let words = words.join(" ");
            let said =
                if (words.is_ascii() && !words.is_empty()) || !ErrorDef::is_telling(&row.code) {
                    &words
                } else {
                    &row.code
                };
            let name = known.unwrap_or_else(|| type_name(said, "Unnamed", &taken));
            if name.starts_with("Unnamed") {
                self.doubt("an error has no name that says anything.");
            }
            taken.push(name.clone());
            let is_tabled = |table: &[ErrorRow]| table.iter().any(|other| other.at == row.at);
            if tabled.is_some_and(|table| !is_tabled(table)) {
                let on = format!("errors.{name}");
                self.decide((&on, "not_in_table"), "", "An example has it.");
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

/// The status of an error, where it is not the usual one.
fn status(row: &ErrorRow) -> String {
    let said = row.status.as_deref().and_then(|said| said.parse().ok());
    let unusual = said.filter(|status| *status != ErrorDef::USUAL_STATUS);
    let status = unusual.filter(|status: &i64| (200..600).contains(status));
    status.map_or_else(String::new, |status| format!(", status = {status}"))
}
