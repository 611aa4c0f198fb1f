//! The errors of a draft.

use std::fmt::Write as _;

use super::writer::Writer;
use crate::apply::UNDESCRIBED;
use crate::import::name::{quoted, type_name};
use crate::page::ErrorRow;

impl Writer<'_> {
    pub(super) fn errors(&mut self, rows: &[ErrorRow]) {
        if rows.is_empty() {
            return;
        }
        self.out.push_str("errors = [\n");
        let mut taken = Vec::new();
        for row in rows {
            let text = row.text.clone().unwrap_or_default();
            let known = self.shapes.precedents.error_name(&row.code, &text);
            if known.is_none() {
                self.doubt("    ", "what it is called.");
            }
            if !text.is_ascii() {
                self.doubt("    ", "the text may be a translation of the wire's.");
            }
            let words: Vec<&str> = text.split_whitespace().take(5).collect();
            let name = known.unwrap_or_else(|| type_name(&words.join(" "), "Unnamed", &taken));
            taken.push(name.clone());
            let _ = writeln!(
                self.out,
                "    {{ name = {}, code = {}, text = {}, doc = {} }},",
                quoted(&name),
                quoted(&row.code),
                quoted(&text),
                quoted(UNDESCRIBED)
            );
        }
        self.out.push_str("]\n");
    }
}
