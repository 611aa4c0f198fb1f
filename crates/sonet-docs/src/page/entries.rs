//! Parameters and fields that stand in a list where other pages have a table.

use super::item::{self, Item, Notes};
use super::lead::Lead;
use super::section::Section;
use crate::markup::{Block, Item as Entry};
use crate::words::Topic;

/// The entries of a section without a table, if each of them begins as a row would: with a name.
pub(super) fn entries(section: &Section<'_>, notes: &mut Notes<'_>) -> Option<Vec<Item>> {
    let lists = section.blocks.iter().filter_map(|block| match block {
        Block::List(list) => Some(list),
        _ => None,
    });
    let mut texts = lists.flat_map(|list| &list.items).map(Entry::text);
    let mut typed = false;
    let mut some = false;
    let named = texts.all(|text| {
        let lead = Lead::of(&text);
        some = true;
        typed |= lead.as_ref().is_some_and(Lead::has_type);
        lead.is_some_and(|lead| lead.is_name())
    });
    // Elsewhere, a list of names may be one of anything.
    if !named || !some || !(typed || section.topic == Topic::Params) {
        return None;
    }
    let mut items = item::listed(section.blocks, notes);
    // Entries say what must be there as rows do.
    for item in &mut items {
        item.required.get_or_insert(false);
    }
    Some(items)
}
