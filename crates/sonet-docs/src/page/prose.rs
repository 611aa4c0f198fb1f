//! Descriptions: values, defaults, operators and fields that stand in sentences and lists.

use super::Said;
use super::item::{Default, Item, Notes};
use super::lead::Lead;
use crate::markup::{Block, Cell, Line, List, Place, Problem, Table, inline};
use crate::words::{self, Column};

/// Takes what the blocks of a cell say of an item.
pub(super) fn describe(item: &mut Item, blocks: &[Block], notes: &mut Notes<'_>) {
    let mut intro = String::new();
    // The field that a line such as `**NAME** - …` began.
    let mut inner: Option<usize> = None;
    for block in blocks {
        match block {
            Block::Text(lines) | Block::Quote(lines) => {
                for line in lines {
                    if let Some(field) = field_in_line(line) {
                        item.fields.push(field);
                        inner = Some(item.fields.len() - 1);
                    } else {
                        let target = target(item, inner);
                        sentence(target, line);
                    }
                    intro = inline::plain(&line.text);
                }
                say(item, &inline::joined(lines));
            }
            Block::List(list) => {
                let target = target(item, inner);
                read_list(target, &intro, list, notes);
                // Old pages go on with the next field right after the list.
                for entry in &list.items {
                    say(item, &entry.text());
                }
            }
            Block::Table(table) => {
                if !values_of(table, target(item, inner)) {
                    let rows = super::item::rows(table, notes);
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

/// The field that was begun last, or the item itself.
fn target(item: &mut Item, inner: Option<usize>) -> &mut Item {
    match inner {
        Some(at) => &mut item.fields[at],
        None => item,
    }
}

fn say(item: &mut Item, text: &str) {
    if !item.text.is_empty() {
        item.text.push('\n');
    }
    item.text.push_str(&inline::plain(text));
}

/// `**NAME** - what it is`, in the description of an object.
fn field_in_line(line: &Line) -> Option<Item> {
    let (name, rest) = line.text.trim().strip_prefix("**")?.split_once("**")?;
    let name = inline::unescaped(name);
    let is_name = name.len() > 1
        && name
            .chars()
            .all(|char| char.is_ascii_alphanumeric() || char == '_');
    let rest = rest.trim_start_matches(['*', '^']).trim_start();
    if !is_name || !rest.starts_with(['-', '—', '–']) {
        return None;
    }
    let mut field = Item::new(name, &line.at);
    say(&mut field, rest);
    sentence(&mut field, line);
    field.required = words::requiredness(&field.text);
    Some(field)
}

/// The values of a table in a cell, if that is what its heading says it has.
fn values_of(table: &Table, item: &mut Item) -> bool {
    let columns = super::item::heading(table);
    let first = columns.and_then(|columns| columns.first().copied());
    if !matches!(first, Some(Column::Value | Column::Code)) {
        return false;
    }
    for row in &table.rows[1..] {
        let text = row.cells.first().map(Cell::text).unwrap_or_default();
        let codes = inline::codes(&text);
        let value = codes.first().map(|(_, code)| unquoted(code));
        value_at(item, value.unwrap_or_else(|| inline::plain(&text)), &row.at);
    }
    true
}

/// Values and a default in a sentence.
fn sentence(item: &mut Item, line: &Line) {
    let plain = inline::plain(&line.text);
    // What ends with a colon has its defaults below.
    let introduces = words::introduces_defaults(&plain) && plain.ends_with(':');
    if item.default.is_none() && !introduces {
        item.default = words::default_in(&line.text).map(default);
    }
    for value in values_in(&line.text, !item.values.is_empty()) {
        value_at(item, value, &line.at);
    }
}

/// Adds a value, once.
fn value_at(item: &mut Item, value: String, at: &Place) {
    if item.values.iter().all(|known| known.text != value) {
        item.values.push(Said::new(value, at));
    }
}

/// A default as it is written.
pub(super) fn default(text: &str) -> Default {
    let codes = inline::codes(text);
    let first = codes.first().filter(|(range, _)| range.start == 0);
    Default {
        text: inline::plain(text),
        codes: first.map(|(_, code)| unquoted(code)).into_iter().collect(),
    }
}

/// Values in a sentence: `Y` or `N`, `A` — this, `B` — that.
fn values_in(text: &str, listed: bool) -> Vec<String> {
    let lower = text.to_lowercase();
    if lower.contains("flag y/n") || lower.contains("флаг y/n") {
        return vec!["Y".to_owned(), "N".to_owned()];
    }
    let codes = inline::codes(text);
    let mut first = 0;
    while first < codes.len() {
        let mut last = first;
        while last + 1 < codes.len()
            && words::separates_values(&text[codes[last].0.end..codes[last + 1].0.start])
        {
            last += 1;
        }
        let before = tail(&text[..codes[first].0.start]).trim_end();
        let introduced = if before.ends_with('`') {
            false
        } else if first == last {
            let before = inline::plain(before);
            words::introduces_only_value(&before)
                || (listed && words::introduces_another_value(&before, &text[codes[first].0.end..]))
        } else {
            words::introduces_values(before) && !words::introduces_examples(&inline::plain(before))
        };
        let words = codes[first..=last]
            .iter()
            .all(|(_, code)| !code.contains(' '));
        if introduced && words {
            let values = codes[first..=last].iter();
            return values.map(|(_, code)| unquoted(code)).collect();
        }
        first = last + 1;
    }
    Vec::new()
}

/// The end of a text, which is as far back as anything introduces values. A long text with many codes would be read again
/// for each of them otherwise.
fn tail(text: &str) -> &str {
    let from = text.len().saturating_sub(300);
    let from = (from..text.len()).find(|at| text.is_char_boundary(*at));
    &text[from.unwrap_or(text.len())..]
}

pub(super) fn unquoted(code: &str) -> String {
    let quotes = ['"', '\''];
    let inner = quotes
        .iter()
        .find_map(|quote| code.strip_prefix(*quote)?.strip_suffix(*quote));
    inner.unwrap_or(code).to_owned()
}

/// What a list in a description lists.
fn read_list(item: &mut Item, intro: &str, list: &List, notes: &mut Notes<'_>) {
    if words::introduces_examples(intro) {
        return;
    }
    if words::introduces_defaults(intro) {
        let codes = list.items.iter().filter_map(|entry| {
            let text = entry.text();
            let codes = inline::codes(&text);
            codes.last().map(|(_, code)| unquoted(code))
        });
        let codes: Vec<String> = codes.collect();
        item.default = Some(Default {
            text: codes.join(", "),
            codes,
        });
        return;
    }
    if words::introduces_fields(intro) {
        structure(item, intro, list, notes);
        return;
    }
    for entry in &list.items {
        let text = entry.text();
        match Lead::of(&text) {
            Some(lead) if lead.is_operator() => {
                item.operators.push(Said::new(lead.word, &entry.at));
            }
            Some(lead) if lead.is_field() => {
                item.fields.push(lead.described(entry, notes));
            }
            Some(lead) => {
                for value in lead.values() {
                    value_at(item, value, &entry.at);
                }
                // More of them, below one that they are like; what follows "for example" is told by its introduction.
                let intro = inline::plain(&text);
                for list in entry.lists() {
                    read_list(item, &intro, list, notes);
                }
            }
            // `for this: …`, with the values below.
            None => {
                for list in entry.lists() {
                    read_list(item, "", list, notes);
                }
            }
        }
    }
}

/// The fields of this item, or of the one that the sentence before names.
fn structure(item: &mut Item, intro: &str, list: &List, notes: &mut Notes<'_>) {
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
    match name.filter(|name| *name != item.name) {
        Some(name) => {
            let mut object = Item::new(name, &item.at);
            if let Some(first) = list.items.first() {
                object.at = first.at.clone();
            }
            fields(&mut object, list, notes);
            notes.structures.push(object);
        }
        None => fields(item, list, notes),
    }
}

/// Every entry is a field.
pub(super) fn fields(item: &mut Item, list: &List, notes: &mut Notes<'_>) {
    for entry in &list.items {
        let text = entry.text();
        let Some(lead) = Lead::of(&text) else {
            let message = format!("`{}` in a list of fields names none", inline::plain(&text));
            notes.problems.push(Problem::new(&entry.at, message));
            continue;
        };
        item.fields.push(lead.described(entry, notes));
    }
}
