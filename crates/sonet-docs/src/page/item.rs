//! Parameters and fields: the rows of tables.

use super::Said;
use super::name::{named, types};
use super::prose;
use crate::markup::{self, Block, Cell, DEPTH, Place, Problem, Row, Table, inline};
use crate::words::{self, Column};

/// A parameter or a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its name.
    pub name: String,
    /// Its row.
    pub at: Place,
    /// Whether it must be there, if the page says so.
    pub required: Option<bool>,
    /// The types, one or several that it may have; none if the page has none.
    pub types: Vec<String>,
    /// What is assumed without it.
    pub default: Option<Default>,
    /// The values that it may have, if they are listed.
    pub values: Vec<Said>,
    /// The prefixes of its keys.
    pub operators: Vec<Said>,
    /// What is in it.
    pub fields: Vec<Item>,
    /// Where its description leads on the page.
    pub links: Vec<String>,
    /// The description, without markup.
    pub text: String,
    /// Whether what is in it stands in a file that the checkout does not have.
    pub absent: bool,
}

/// What is assumed without a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Default {
    /// As the page says it.
    pub text: String,
    /// The values in it, where it names some: one for everybody, or several for different users.
    pub codes: Vec<String>,
}

impl Item {
    pub(crate) fn new(name: impl Into<String>, at: &Place) -> Self {
        Self {
            name: name.into(),
            at: at.clone(),
            required: None,
            types: Vec::new(),
            default: None,
            values: Vec::new(),
            operators: Vec::new(),
            fields: Vec::new(),
            links: Vec::new(),
            text: String::new(),
            absent: false,
        }
    }

    /// The types as one text: `integer | integer[]`.
    #[must_use]
    pub fn ty(&self) -> String {
        self.types.join(" | ")
    }
}

/// What is read beside the rows of a table.
pub(super) struct Notes<'p> {
    pub(super) problems: &'p mut Vec<Problem>,
    /// Objects that are described in the text of something else.
    pub(super) structures: &'p mut Vec<Item>,
}

/// The rows of a table, without its heading.
pub(super) fn rows(table: &Table, notes: &mut Notes<'_>) -> Vec<Item> {
    let (columns, from) = match heading(table) {
        Some(columns) => (columns, 1),
        None => (vec![Column::Name, Column::Description], 0),
    };
    let mut items = Vec::new();
    for row in &table.rows[from..] {
        items.extend(item(row, &columns, notes));
    }
    stars(&columns, table, &mut items);
    items
}

/// The columns, if the first row is a heading: a known word in every cell, all of them bold or none.
pub(super) fn heading(table: &Table) -> Option<Vec<Column>> {
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

/// Without types and without a star anywhere, a table says nothing of what is required.
fn stars(columns: &[Column], table: &Table, items: &mut [Item]) {
    let typed = columns.contains(&Column::Type)
        || table.rows.first().is_some_and(|row| {
            let heading = row.cells.first().map(Cell::text).unwrap_or_default();
            words::has_types(&inline::plain(&heading))
        });
    let says = columns.contains(&Column::Required)
        || typed
        || items.iter().any(|item| item.required == Some(true));
    if says {
        for item in items {
            item.required.get_or_insert(false);
        }
    }
}

fn item(row: &Row, columns: &[Column], notes: &mut Notes<'_>) -> Vec<Item> {
    let cell = |column: Column| {
        let index = columns.iter().position(|other| *other == column)?;
        row.cells.get(index)
    };
    let name = cell(Column::Name).or(row.cells.first());
    let Some(named) = name.and_then(|cell| named(&cell.text())) else {
        let text = name.map(Cell::text).unwrap_or_default();
        let message = format!(
            "a row without a name: `{}`",
            text.lines().next().unwrap_or_default()
        );
        notes.problems.push(Problem::new(&row.at, message));
        return Vec::new();
    };
    if row.cells.len() < 2 {
        let message = format!(
            "the row of `{}` has only one cell",
            named.names.join("`, `")
        );
        notes.problems.push(Problem::new(&row.at, message));
    }
    if let Some(problem) = too_long(row, columns.len()) {
        notes.problems.push(problem);
    }
    let mut item = Item::new(named.names[0].as_str(), &row.at);
    item.required = named.star.then_some(true);
    item.types = named.types;
    if let Some(cell) = cell(Column::Type) {
        item.types = types(&cell.text());
    }
    for cell in row.cells.iter().zip(columns).filter_map(described) {
        prose::describe(&mut item, &markup::parse_cell(cell, notes.problems), notes);
        item.links.extend(inline::anchors(&cell.text()));
    }
    if let Some(cell) = cell(Column::Required) {
        item.required = Some(is_yes(&cell.text()));
    }
    if let Some(cell) = cell(Column::Default).map(Cell::text) {
        let none = matches!(cell.as_str(), "" | "-" | "—" | "–");
        item.default = (!none).then(|| prose::default(&cell));
    }
    item.required = item.required.or_else(|| words::requiredness(&item.text));
    named
        .names
        .into_iter()
        .map(|name| Item {
            name,
            ..item.clone()
        })
        .collect()
}

/// A bar in a description makes a cell that no column is for; what stands in it would be lost.
pub(super) fn too_long(row: &Row, columns: usize) -> Option<Problem> {
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

/// The cells that describe something.
fn described<'r>((cell, column): (&'r Cell, &Column)) -> Option<&'r Cell> {
    matches!(column, Column::Description | Column::Value).then_some(cell)
}

fn is_yes(text: &str) -> bool {
    let text = words::normal(&inline::plain(text));
    ["yes", "y", "+", "true", "да", "required", "обязательный"].contains(&text.as_str())
}

/// Puts `data.FIELDS` and `data[FIELDS]` into `data`.
pub(super) fn nest(items: Vec<Item>, problems: &mut Vec<Problem>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::new();
    for mut item in items {
        let parts: Vec<String> = item
            .name
            .split(['.', '[', ']'])
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect();
        let Some((last, path)) = parts.split_last() else {
            continue;
        };
        if path.len() > DEPTH {
            problems.push(Problem::too_deep(&item.at));
            continue;
        }
        item.name.clone_from(last);
        place(&mut out, path, item);
    }
    out
}

fn place(items: &mut Vec<Item>, path: &[String], item: Item) {
    let Some((first, rest)) = path.split_first() else {
        items.push(item);
        return;
    };
    let known = items.iter().position(|outer| outer.name == *first);
    let at = known.unwrap_or_else(|| {
        items.push(Item::new(first.as_str(), &item.at));
        items.len() - 1
    });
    place(&mut items[at].fields, rest, item);
}

/// Items in a list: `- **NAME** - description`.
pub(super) fn listed(blocks: &[Block], notes: &mut Notes<'_>) -> Vec<Item> {
    let mut holder = Item::new(
        "",
        &Place {
            file: "".into(),
            line: 0,
        },
    );
    for block in blocks {
        if let Block::List(list) = block {
            prose::fields(&mut holder, list, notes);
        }
    }
    holder.fields
}
