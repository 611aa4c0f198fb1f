//! The parameters and fields of a section: the rows of its tables or, where other pages have a table, of a list.

use super::reader::Reader;
use super::term::Term;
use crate::markup::{Block, Item as Entry, tables};
use crate::page::facts::Item;
use crate::page::section::Section;
use crate::words::Topic;

/// The items of a section: the rows of its tables, if it has one.
pub(in crate::page) fn items(section: &Section<'_>, reader: &mut Reader) -> Option<Vec<Item>> {
    let tables = tables(section.blocks).into_iter();
    let rows = tables.map(|table| reader.rows(table));
    let rows = rows.reduce(|mut all, rows| {
        all.extend(rows);
        all
    });
    rows.or_else(|| entries(section, reader))
}

/// The entries of a section without a table, if each of them begins as a row would: with a name.
fn entries(section: &Section<'_>, reader: &mut Reader) -> Option<Vec<Item>> {
    let lists = section.blocks.iter().filter_map(|block| match block {
        Block::List(list) => Some(list),
        _ => None,
    });
    let mut texts = lists.flat_map(|list| &list.items).map(Entry::text);
    let mut typed = false;
    let mut some = false;
    let named = texts.all(|text| {
        let term = Term::of(&text);
        some = true;
        typed |= term.as_ref().is_some_and(Term::has_type);
        term.is_some_and(|term| term.is_name())
    });
    // Elsewhere, a list of names may be one of anything.
    if !named || !some || !(typed || section.topic == Topic::Params) {
        return None;
    }
    let mut items = reader.listed(section.blocks);
    // Entries say what must be there as rows do.
    for item in &mut items {
        item.required.get_or_insert(false);
    }
    Some(items)
}
