//! The recursive descent: rows have descriptions, and descriptions have lists and tables.

use super::alternatives;
use super::columns::{columns, has_types, too_long};
use super::first_cell::{behind_types, named, placeholder, types};
use super::sentence;
use super::term::Term;
use super::values::{default, unquoted};
use crate::markup::{self, Block, Cell, Item as Entry, List, Problem, Row, Table, inline};
use crate::page::facts::{DefaultValue, Item, Said, stands_for_others};
use crate::words::{self, Column};

/// Reads parameters and fields, and collects what it meets beside them.
#[derive(Debug, Default)]
pub(in crate::page) struct Reader {
    pub(in crate::page) problems: Vec<Problem>,
    /// Objects that are described in the text of something else.
    pub(in crate::page) structures: Vec<Item>,
}

impl Reader {
    /// The rows of a table, without its heading.
    pub(in crate::page) fn rows(&mut self, table: &Table) -> Vec<Item> {
        let (columns, from) = match columns(table) {
            Some(columns) => (columns, 1),
            None => (vec![Column::Name, Column::Description], 0),
        };
        let mut items = Vec::new();
        for row in &table.rows[from..] {
            items.extend(self.row(row, &columns));
        }
        stars(&columns, table, &mut items);
        alternatives::settle(&mut items);
        items
    }

    /// Items in a list: `- **NAME** - description`.
    pub(in crate::page) fn listed(&mut self, blocks: &[Block]) -> Vec<Item> {
        let lists = blocks.iter().filter_map(|block| match block {
            Block::List(list) => Some(list),
            _ => None,
        });
        lists.flat_map(|list| self.fields(list)).collect()
    }

    /// The items of a row; a cell may name several.
    fn row(&mut self, row: &Row, columns: &[Column]) -> Vec<Item> {
        let cell = |column: Column| {
            let index = columns.iter().position(|other| *other == column)?;
            row.cells.get(index)
        };
        let name = cell(Column::Name).or(row.cells.first());
        let Some(named) = name.and_then(|cell| named(&cell.text())) else {
            let text = name.map(Cell::text).unwrap_or_default();
            if let Some(word) = placeholder(&text) {
                return vec![Item::new(word, &row.at)];
            }
            let message = format!(
                "a row without a name: `{}`",
                text.lines().next().unwrap_or_default()
            );
            self.problems.push(Problem::new(&row.at, message));
            return Vec::new();
        };
        if row.cells.len() < 2 {
            let message = format!(
                "the row of `{}` has only one cell",
                named.names.join("`, `")
            );
            self.problems.push(Problem::new(&row.at, message));
        }
        if let Some(problem) = too_long(row, columns.len()) {
            self.problems.push(problem);
        }
        let mut item = Item::new(named.names[0].as_str(), &row.at);
        item.required = named.star.then_some(true);
        // A type that has a section of its own leads there.
        item.links
            .extend(name.map_or_else(Vec::new, |cell| inline::anchors(&cell.text())));
        item.types = named.types;
        if let Some(cell) = cell(Column::Type) {
            item.types = types(&cell.text());
            item.links.extend(inline::anchors(&cell.text()));
        }
        for cell in row.cells.iter().zip(columns).filter_map(described) {
            let blocks = markup::parse_cell(cell, &mut self.problems);
            self.describe(&mut item, &blocks);
            item.links.extend(inline::anchors(&cell.text()));
        }
        if let Some(cell) = cell(Column::Required) {
            item.required = Some(is_yes(&cell.text()));
        }
        if let Some(cell) = cell(Column::Default).map(Cell::text) {
            let none = matches!(cell.as_str(), "" | "-" | "—" | "–");
            item.default = (!none).then(|| default(&cell));
        }
        item.required = item.required.or_else(|| words::requiredness(&item.text));
        if named.alternatives {
            item.required = item.required.map(|_| false);
            item.alternatives.clone_from(&named.names);
        }
        named
            .names
            .into_iter()
            .map(|name| Item {
                name,
                ..item.clone()
            })
            .collect()
    }

    /// Takes what the blocks of a cell say of an item.
    fn describe(&mut self, item: &mut Item, blocks: &[Block]) {
        let mut intro = String::new();
        // The field that a line such as `**NAME** - …` began.
        let mut inner: Option<usize> = None;
        for block in blocks {
            match block {
                Block::Text(lines) | Block::Quote(lines) => {
                    for line in lines {
                        if let Some(field) = sentence::field(line) {
                            item.fields.push(field);
                            inner = Some(item.fields.len() - 1);
                        } else {
                            let target = target(item, inner);
                            sentence::read(target, line);
                            target.add_sentences(behind_types(&line.text, &target.types.clone()));
                        }
                        intro = inline::plain(&line.text);
                    }
                    item.add_text(&inline::joined(lines));
                }
                Block::List(list) => {
                    let target = target(item, inner);
                    self.list(target, &intro, list);
                    // Old pages go on with the next field right after the list.
                    for entry in &list.items {
                        item.add_text(&entry.text());
                    }
                }
                Block::Table(table) => {
                    if !values_of(table, target(item, inner)) {
                        let rows = self.rows(table);
                        item.fields.extend(rows);
                    }
                }
                Block::Heading(_) | Block::Code(_) | Block::Absent(_) => {}
            }
        }
        item.required = item
            .required
            .or_else(|| words::requiredness(&item.text).filter(|_| item.fields.is_empty()));
    }

    /// What a list in a description lists.
    fn list(&mut self, item: &mut Item, intro: &str, list: &List) {
        if words::introduces_examples(intro) {
            return;
        }
        if words::introduces_defaults(intro) {
            let codes = list.items.iter().filter_map(|entry| {
                let text = entry.text();
                let codes = inline::code_spans(&text);
                // `A`, if …; or: if …, `A`
                let is_first = text.trim_start().starts_with('`');
                let code = if is_first {
                    codes.first()
                } else {
                    codes.last()
                };
                code.map(|(_, code)| unquoted(code))
            });
            let codes: Vec<String> = codes.collect();
            item.default = Some(DefaultValue {
                text: codes.join(", "),
                codes,
            });
            return;
        }
        let is_link =
            |entry: &Entry| entry.text().starts_with('[') && !entry.text().starts_with("[`");
        if words::introduces_fields(intro) && list.items.iter().all(is_link) {
            // Where to read of them.
            return;
        }
        let is_text = |ty: &String| matches!(ty.as_str(), "string" | "text" | "char" | "enum");
        let is_object = item.types.is_empty() || !item.types.iter().all(is_text);
        if words::introduces_fields(intro) || (is_object && words::introduces_keys(intro)) {
            self.structure(item, intro, list);
            return;
        }
        // What stands for something in the text before is no value; but it may stand for the names that a portal has.
        let explains = words::introduces_placeholders(intro);
        for entry in &list.items {
            let text = entry.text();
            match Term::of(&text) {
                Some(term) if term.is_operator() => {
                    item.operators.push(Said::new(term.word, &entry.at));
                }
                Some(term) if term.is_field() => {
                    item.fields.push(self.entry(&term, entry));
                }
                Some(term) if explains => {
                    item.open |= term.values().iter().any(|value| stands_for_others(value));
                }
                Some(term) => {
                    for value in term.values() {
                        item.add_meaning(&value, term.meaning());
                        item.add_value(value, &entry.at);
                    }
                    // More of them, below one that they are like; what follows "for example" is told by its introduction.
                    let intro = inline::plain(&text);
                    for list in entry.lists() {
                        self.list(item, &intro, list);
                    }
                }
                // `for this: …`, with the values below.
                None => {
                    for list in entry.lists() {
                        self.list(item, "", list);
                    }
                }
            }
        }
    }

    /// The fields of this item, or of the one that the sentence before names.
    fn structure(&mut self, item: &mut Item, intro: &str, list: &List) {
        let name = intro
            .split_whitespace()
            .map(|word| word.trim_matches([',', ':', '`']))
            .find(|word| {
                let mut chars = word.chars();
                chars.next().is_some_and(|char| char.is_ascii_lowercase())
                    && word.chars().any(|char| char.is_ascii_uppercase())
                    || (word.len() > 1
                        && word
                            .chars()
                            .all(|char| char.is_ascii_uppercase() || char == '_'))
            });
        let fields = self.fields(list);
        let Some(name) = name.filter(|name| *name != item.name) else {
            item.fields.extend(fields);
            return;
        };
        let first = list.items.first();
        let mut object = Item::new(name, first.map_or(&item.at, |first| &first.at));
        object.fields = fields;
        self.structures.push(object);
    }

    /// Every entry is a field.
    fn fields(&mut self, list: &List) -> Vec<Item> {
        let mut fields = Vec::new();
        for entry in &list.items {
            let text = entry.text();
            if let Some(term) = Term::of(&text) {
                fields.push(self.entry(&term, entry));
            } else {
                let message = format!(
                    "`{}` in a list of fields is not a field",
                    inline::plain(&text)
                );
                self.problems.push(Problem::new(&entry.at, message));
            }
        }
        fields
    }

    /// The field with all that its entry says; the name itself describes nothing.
    fn entry(&mut self, term: &Term<'_>, entry: &Entry) -> Item {
        let mut field = term.field(&entry.at);
        let mut blocks = entry.blocks.clone();
        if let Some(Block::Text(lines)) = blocks.first_mut() {
            if let Some(line) = lines.first_mut() {
                term.rest_of_line().clone_into(&mut line.text);
            }
        }
        self.describe(&mut field, &blocks);
        field
    }
}

/// Without types and without a star anywhere, a table says nothing of what is required.
fn stars(columns: &[Column], table: &Table, items: &mut [Item]) {
    let says = columns.contains(&Column::Required)
        || has_types(columns, table)
        || items.iter().any(|item| item.required == Some(true));
    if says {
        for item in items {
            item.required.get_or_insert(false);
        }
    }
}

/// The cells that describe something.
fn described<'r>((cell, column): (&'r Cell, &Column)) -> Option<&'r Cell> {
    matches!(column, Column::Description | Column::Value).then_some(cell)
}

fn is_yes(text: &str) -> bool {
    let text = words::normalize(&inline::plain(text));
    ["yes", "y", "+", "true", "да", "required", "обязательный"].contains(&text.as_str())
}

/// The field that was begun last, or the item itself.
fn target(item: &mut Item, inner: Option<usize>) -> &mut Item {
    match inner {
        Some(at) => &mut item.fields[at],
        None => item,
    }
}

/// The values of a table in a cell, if that is what its heading says it has.
fn values_of(table: &Table, item: &mut Item) -> bool {
    let columns = columns(table);
    let first = columns.and_then(|columns| columns.first().copied());
    if !matches!(first, Some(Column::Value | Column::Code)) {
        return false;
    }
    for row in &table.rows[1..] {
        let text = row.cells.first().map(Cell::text).unwrap_or_default();
        let codes = inline::code_spans(&text);
        let value = codes.first().map(|(_, code)| unquoted(code));
        let value = value.unwrap_or_else(|| inline::plain(&text));
        if let Some(meaning) = row.cells.get(1) {
            item.add_meaning(&value, &meaning.text());
        }
        item.add_value(value, &row.at);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::{Line, parse, tables};

    /// The items of the first table of a text.
    fn read(text: &str) -> (Vec<Item>, Reader) {
        let mut reader = Reader::default();
        let blocks = parse(&Line::all(text), &mut reader.problems);
        let items = reader.rows(tables(&blocks)[0]);
        (items, reader)
    }

    #[test]
    fn descriptions_have_lists_and_tables() {
        let (items, reader) = read(
            "#|\n|| **Name** | **Description** ||\n\
             || **A*** `string` | Possible values:\n- `x` — one\n- `y` — two\n\nDefault — `x` ||\n\
             || **B** `object` | An object:\n#|\n|| **C** `integer` | A number ||\n|#\n||\n|#",
        );
        let [a, b] = items.as_slice() else {
            panic!("{items:?}")
        };
        assert_eq!((a.name.as_str(), a.required), ("A", Some(true)));
        let values: Vec<_> = a.values.iter().map(|value| value.text.as_str()).collect();
        assert_eq!(values, ["x", "y"]);
        assert_eq!(a.meanings["y"], "two");
        assert_eq!(a.sentences, "Possible values:\nDefault — `x`");
        let default = a.default.as_ref().map(|default| default.text.as_str());
        assert_eq!(default, Some("x"));
        assert_eq!((b.name.as_str(), b.required), ("B", Some(false)));
        assert_eq!(b.fields[0].name, "C");
        assert_eq!(b.fields[0].ty(), "integer");
        assert_eq!(reader.problems, []);
    }

    #[test]
    fn what_the_names_in_a_pattern_stand_for_are_no_values() {
        let (items, _) = read(
            "#|\n|| **Name** | **Description** ||\n\
             || **A** `string` | By `HALL_{hallId}`, where:\n- `hallId` — whose ||\n\
             || **B** `object` | Names and values, where\n- `field_n` — a name\n- `value_n` — a value ||\n|#",
        );
        assert_eq!((&items[0].values, items[0].open), (&Vec::new(), false));
        assert_eq!((&items[1].values, items[1].open), (&Vec::new(), true));
    }

    #[test]
    fn an_object_may_be_described_with_something_else() {
        let (items, reader) = read(
            "#|\n|| **Name** | **Description** ||\n\
             || **A** `object` | Structure of ownerData:\n- **ID** `integer` — whose\n- none ||\n|#",
        );
        assert!(items[0].fields.is_empty());
        let [object] = reader.structures.as_slice() else {
            panic!("{reader:?}")
        };
        assert_eq!(object.name, "ownerData");
        assert_eq!(object.fields[0].name, "ID");
        assert_eq!(reader.problems.len(), 1);
    }
}
