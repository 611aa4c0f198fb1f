//! The document of a person, in which entries are changed, added and taken away.

use std::collections::BTreeSet;

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

use super::entries::{Entries, Entry, name_in};
use super::merge::append;
use super::place::{Place, types};
use super::told::{Told, What};
use super::toml::{same_table, text};
use crate::apply::list;

/// The tables of a kind.
fn tables<'d>(document: &'d mut DocumentMut, kind: &str) -> Option<&'d mut ArrayOfTables> {
    document
        .get_mut(kind)
        .and_then(Item::as_array_of_tables_mut)
}

/// The names of all identifiers.
pub(super) fn ids(document: &DocumentMut) -> BTreeSet<String> {
    let tables = document.get("id").and_then(Item::as_array_of_tables);
    let names = tables
        .into_iter()
        .flatten()
        .filter_map(|table| text(table, "name"));
    names.map(str::to_owned).collect()
}

/// An entry.
pub(super) fn find<'d>(
    document: &'d mut DocumentMut,
    kind: &str,
    name: &str,
) -> Option<&'d mut Table> {
    let mut tables = tables(document, kind)?.iter_mut();
    tables.find(|table| text(*table, "name") == Some(name))
}

/// Adds the types that the spec names and lacks, and that a draft has: each before the first entry that needs it.
pub(super) fn complete(
    document: &mut DocumentMut,
    draft: &Entries,
    is_refused: &dyn Fn(&Place) -> bool,
) -> Vec<Told> {
    let mut told = Vec::new();
    loop {
        let entries = Entries::of(document);
        let lacking = entries.0.iter().find_map(|entry| {
            let mut names = types(&entry.table)
                .into_iter()
                .filter_map(|(_, ty)| name_in(&ty));
            let lacking = names.find_map(|name| {
                let known = draft.ty(&name).filter(|_| entries.ty(&name).is_none())?;
                let place = place_of(known);
                (!is_refused(&place)).then_some((known, place))
            });
            lacking.map(|(known, place)| (known, place, entry.table.position()))
        });
        let Some((new, place, before)) = lacking else {
            return told;
        };
        make_room(document, before.unwrap_or_default());
        let mut table = new.table.clone();
        table.set_position(before);
        table.decor_mut().set_prefix("\n");
        let kind = document
            .entry(new.kind)
            .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        if let Some(tables) = kind.as_array_of_tables_mut() {
            tables.push(table);
        }
        told.push(Told {
            place,
            what: What::Added,
        });
    }
}

fn place_of(entry: &Entry) -> Place {
    Place {
        kind: entry.kind,
        entry: entry.name().to_owned(),
        steps: Vec::new(),
    }
}

/// Moves everything from a place on one further.
fn make_room(document: &mut DocumentMut, from: isize) {
    fn moved(table: &mut Table, from: isize) {
        if let Some(at) = table.position().filter(|at| *at >= from) {
            table.set_position(Some(at + 1));
        }
        for (_, item) in table.iter_mut() {
            match item {
                Item::Table(inner) => moved(inner, from),
                Item::ArrayOfTables(all) => all.iter_mut().for_each(|inner| moved(inner, from)),
                _ => {}
            }
        }
    }
    for (_, item) in document.iter_mut() {
        match item {
            Item::Table(inner) => moved(inner, from),
            Item::ArrayOfTables(all) => all.iter_mut().for_each(|inner| moved(inner, from)),
            _ => {}
        }
    }
}

/// Takes away the drafted types that nobody changed and nothing needs any more. What is written above them stays.
pub(super) fn tidy(document: &mut DocumentMut, base: &Entries) -> Vec<Told> {
    let mut told = Vec::new();
    let entries = Entries::of(document);
    let needed = entries.reached(&|_| true);
    let events: BTreeSet<String> = document
        .get("event")
        .and_then(Item::as_array_of_tables)
        .into_iter()
        .flatten()
        .filter_map(|event| text(event, "payload").map(str::to_owned))
        .collect();
    for entry in base.types() {
        let name = entry.name();
        let is_own = entries
            .ty(name)
            .is_none_or(|own| !same_table(&own.table, &entry.table));
        if is_own || needed.contains(name) || events.contains(name) {
            continue;
        }
        if remove(document, entry.kind, name) {
            told.push(Told {
                place: place_of(entry),
                what: What::Removed,
            });
        }
    }
    told
}

/// Removes an entry. What is written above it stays, above the next one.
fn remove(document: &mut DocumentMut, kind: &str, name: &str) -> bool {
    let Some(removed) = find(document, kind, name).cloned() else {
        return false;
    };
    if let Some(tables) = tables(document, kind) {
        tables.retain(|table| text(table, "name") != Some(name));
        if tables.is_empty() {
            document.remove(kind);
        }
    }
    let above = removed.decor().prefix().and_then(|prefix| prefix.as_str());
    let Some(above) = above.filter(|above| above.contains('#')) else {
        return true;
    };
    let entries = document
        .iter_mut()
        .filter_map(|(_, item)| item.as_array_of_tables_mut());
    let behind = entries.flat_map(ArrayOfTables::iter_mut);
    let behind = behind.filter(|table| table.position() > removed.position());
    if let Some(next) = behind.min_by_key(|table| table.position()) {
        let own = next.decor().prefix().and_then(|prefix| prefix.as_str());
        let both = format!("{above}{}", own.unwrap_or_default());
        next.decor_mut().set_prefix(both);
    } else {
        let trailing = document.trailing().as_str().unwrap_or_default();
        let both = format!("{above}{trailing}");
        document.set_trailing(both);
    }
    true
}

/// Notes what is left to a person in the entries that it is about, once.
pub(super) fn note(document: &mut DocumentMut, told: &[Told]) {
    for told in told {
        let Some((doubt, start)) = told.doubt() else {
            continue;
        };
        let Some(entry) = find(document, told.place.kind, &told.place.entry) else {
            continue;
        };
        let Ok(doubts) = list(entry, "doubts") else {
            continue;
        };
        let older = doubts.iter().position(|other| {
            let other = other.as_str();
            other.is_some_and(|other| other.starts_with(&start))
        });
        match older.and_then(|at| doubts.get_mut(at)) {
            Some(older) => {
                let decor = older.decor().clone();
                *older = doubt.into();
                *older.decor_mut() = decor;
            }
            None => append(doubts, "doubts", doubt.into()),
        }
    }
}
