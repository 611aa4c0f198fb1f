//! The errors of a method.

use super::facts::{ErrorRow, Item};
use super::items::{Reader, columns, too_long};
use super::section::{Area, Section};
use super::shared;
use crate::markup::{Cell, Problem, Row, Table, inline, tables};
use crate::words::{self, Column, Topic};

/// The errors that tables of a page have; `None` without such a table.
#[derive(Debug, Default)]
pub(super) struct Errors {
    /// Those of the method.
    pub(super) own: Option<Vec<ErrorRow>>,
    /// Those that any method can answer with.
    pub(super) system: Option<Vec<ErrorRow>>,
}

/// The errors of a page. Those of the system may be included without their title, among those of the method.
pub(super) fn errors(sections: &[Section<'_>], problems: &mut Vec<Problem>) -> Errors {
    let mut errors = Errors::default();
    for section in sections {
        let is_common = section.topic == Topic::Common;
        if !is_common && section.area != Area::Errors {
            continue;
        }
        let (common, own): (Vec<_>, Vec<_>) = tables(section.blocks)
            .into_iter()
            .partition(|table| is_common || shared::is_system(&table.at.file));
        extend(&mut errors.own, &own, problems);
        extend(&mut errors.system, &common, problems);
    }
    errors
}

fn extend(errors: &mut Option<Vec<ErrorRow>>, tables: &[&Table], problems: &mut Vec<Problem>) {
    for table in tables {
        if let Some(rows) = rows(table, problems) {
            errors.get_or_insert_default().extend(rows);
        } else if !is_body(&Reader::default().rows(table)) {
            let message = "a table of errors without a known heading";
            problems.push(Problem::new(&table.at, message));
        }
    }
}

/// Whether a table describes the body of every error, rather than some of them.
fn is_body(items: &[Item]) -> bool {
    let mut names = items.iter().map(|item| item.name.as_str());
    names.all(|name| name == "error" || name == "error_description")
}

/// The errors of a table, if it is one of errors.
fn rows(table: &Table, problems: &mut Vec<Problem>) -> Option<Vec<ErrorRow>> {
    let columns = columns(table)?;
    let has_codes = columns.contains(&Column::Code);
    let message = position(&columns, Column::Message);
    let description = position(&columns, Column::Description);
    let value = position(&columns, Column::Value);
    // Some errors have no codes, and are told by their texts.
    let code = position(&columns, Column::Code)
        .or(message)
        .or(description.filter(|_| value.is_some()))?;
    let status = position(&columns, Column::Status);
    // Where the meaning has a column of its own, the description is the text on the wire.
    let (text, meaning) = match (message, value) {
        (Some(_), _) => (message, description.or(value)),
        (None, Some(_)) => (description, value),
        (None, None) => (None, description),
    };
    let mut rows = Vec::new();
    for row in &table.rows[1..] {
        let cell = |at: Option<usize>| at.and_then(|at| row.cells.get(at)).map(Cell::text);
        // Without its last cell, a row has no meaning, and lacks nothing else.
        let known = code.max(text.unwrap_or(0));
        if row.cells.len() <= known {
            problems.push(short(row, columns.len()));
        }
        problems.extend(too_long(row, columns.len()));
        let code = cell(Some(code)).unwrap_or_default();
        let mut lines = code.lines();
        let code = inline::plain(lines.next().unwrap_or_default());
        // What stands in the only column of errors is a code or a text.
        let code = if has_codes || !code.contains(' ') {
            code
        } else {
            String::new()
        };
        // Some tables have the text below the code.
        let below = lines
            .next()
            .map(inline::plain)
            .filter(|text| !text.is_empty());
        rows.push(ErrorRow {
            code: if is_empty(&code) { String::new() } else { code },
            text: cell(text)
                .map(|text| unescaped(&inline::plain(&text)))
                .filter(|text| has_codes || text.contains(' '))
                .or(below),
            meaning: cell(meaning).unwrap_or_default(),
            status: cell(status).map(|status| inline::plain(&status)),
            at: row.at.clone(),
        });
    }
    Some(rows)
}

/// A text as it is once the JSON is read that it was copied from: `\\u003C` is `<`.
fn unescaped(text: &str) -> String {
    let quoted = format!("\"{}\"", text.replace('"', "\\\""));
    let is_escaped = text.contains("\\u");
    let read = is_escaped.then(|| serde_json::from_str(&quoted).ok());
    read.flatten().unwrap_or_else(|| text.to_owned())
}

fn position(columns: &[Column], column: Column) -> Option<usize> {
    columns.iter().position(|other| *other == column)
}

/// Whether a cell stands for the empty code: a dash, quotes around nothing, or words.
fn is_empty(text: &str) -> bool {
    matches!(text, "—" | "-" | "–" | "\"\"" | "''") || words::says_empty(text)
}

fn short(row: &Row, columns: usize) -> Problem {
    let cells = match row.cells.len() {
        1 => "one cell".to_owned(),
        cells => format!("{cells} cells"),
    };
    Problem::new(
        &row.at,
        format!("a row of {cells} below a heading of {columns}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_may_have_been_copied_from_json() {
        assert_eq!(
            unescaped("Wrong status\\u003Cbr\\u003E"),
            "Wrong status<br>"
        );
        for text in ["Wrong \\u", "C:\\users", "\"<br>\"", ""] {
            assert_eq!(unescaped(text), text);
        }
    }
}
