//! The columns of a table, by its heading.

use crate::markup::{Cell, Problem, Row, Table, inline};
use crate::words::{self, Column};

/// The columns, if the first row is a heading: a known word in every cell, all of them bold or none. Other words may
/// stand above the first column beside known ones, one of which is for a description.
pub(in crate::page) fn columns(table: &Table) -> Option<Vec<Column>> {
    let texts: Vec<String> = table.rows.first()?.cells.iter().map(Cell::text).collect();
    let bold = texts.iter().filter(|text| text.starts_with("**")).count();
    if texts.len() < 2 || (bold != 0 && bold != texts.len()) {
        // A field may be called `NAME`, and be a name.
        return None;
    }
    let mut known = texts.iter().map(|text| words::column(&inline::plain(text)));
    let first = known.next().flatten();
    let others = known.zip(&texts[1..]);
    if let Some(first) = first {
        let others = others.map(|(known, text)| known.or_else(|| bold_word(text)));
        return std::iter::once(Some(first)).chain(others).collect();
    }
    let mut columns: Vec<Column> = others.map(|(known, _)| known).collect::<Option<_>>()?;
    let is_heading = columns.contains(&Column::Description) && is_words(&texts[0]);
    let has_names = columns.contains(&Column::Name);
    columns.insert(
        0,
        if has_names {
            Column::Other
        } else {
            Column::Name
        },
    );
    is_heading.then_some(columns)
}

/// Whether a cell can be a heading, whatever it says: bold words, or several of them, with the word for types at most below.
fn is_words(text: &str) -> bool {
    let (first, below) = text.split_once('\n').unwrap_or((text, ""));
    let is_word = bold_word(first).is_some() && !first.trim().ends_with("***");
    let are_several = !first.contains(['*', '`', '_']) && first.trim().contains(' ');
    (is_word || are_several) && (below.trim().is_empty() || words::has_types(&inline::plain(below)))
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
        assert_eq!(read("**Label** | **Description**"), name);
        assert_eq!(read("Its purpose | Description"), name);
        let named = Some(vec![Column::Other, Column::Name, Column::Description]);
        assert_eq!(read("**Door** | **Name** | **Description**"), named);
        for row in [
            "**NAME** | Description",
            "Name",
            "ID | Description",
            "**DOOR_ID** | **Description**",
            "**door***\n`string` | **Description**",
            "**Door** | **Value**",
        ] {
            assert_eq!(read(row), None, "{row}");
        }
    }
}
