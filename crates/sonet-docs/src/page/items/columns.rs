//! The columns of a table, by its heading.

use crate::markup::{Cell, Problem, Row, Table, inline};
use crate::words::{self, Column};

/// The columns, if the first row is a heading: a known word in every cell, all of them bold or none.
pub(in crate::page) fn columns(table: &Table) -> Option<Vec<Column>> {
    let texts: Vec<String> = table.rows.first()?.cells.iter().map(Cell::text).collect();
    let bold = texts.iter().filter(|text| text.starts_with("**")).count();
    if texts.len() < 2 || (bold != 0 && bold != texts.len()) {
        // A field may be called `NAME`, and be a name.
        return None;
    }
    let mut columns = Vec::new();
    for text in &texts {
        let known = words::column(&inline::plain(text));
        columns.push(match known {
            Some(column) => column,
            None if columns.is_empty() => return None,
            None => bold_word(text)?,
        });
    }
    Some(columns)
}

/// Another bold heading.
fn bold_word(text: &str) -> Option<Column> {
    let text = text.trim();
    let bold = text.starts_with("**") && text.ends_with("**") && !text.contains('_');
    bold.then_some(Column::Other)
}

/// Whether a column has types, be it beside the names.
pub(super) fn has_types(columns: &[Column], table: &Table) -> bool {
    columns.contains(&Column::Type)
        || table.rows.first().is_some_and(|row| {
            let heading = row.cells.first().map(Cell::text).unwrap_or_default();
            words::has_types(&inline::plain(&heading))
        })
}

/// A bar in a description makes a cell that no column is for; what stands in it would be lost.
pub(in crate::page) fn too_long(row: &Row, columns: usize) -> Option<Problem> {
    let mut more = row.cells.iter().skip(columns);
    let says = more.any(|cell| !cell.text().is_empty());
    says.then(|| {
        let cells = row.cells.len();
        Problem::new(
            &row.at,
            format!("a row of {cells} cells below a heading of {columns}"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{Line, parse};

    fn read(heading: &str) -> Option<Vec<Column>> {
        let text = format!("#|\n|| {heading} ||\n|#");
        let blocks = parse(&Line::all(&text), &mut Vec::new());
        columns(crate::markup::tables(&blocks)[0])
    }

    #[test]
    fn a_heading_has_known_words_all_of_them_bold_or_none() {
        let name = Some(vec![Column::Name, Column::Description]);
        assert_eq!(read("Name | Description"), name);
        assert_eq!(read("**Название**\n`тип` | **Описание**"), name);
        let other = Some(vec![Column::Name, Column::Other]);
        assert_eq!(read("**Name** | **In the cloud**"), other);
        for row in ["**NAME** | Description", "Name", "ID | Description"] {
            assert_eq!(read(row), None, "{row}");
        }
    }
}
