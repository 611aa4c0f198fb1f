//! A merge whose result is a valid spec.
//!
//! What the pages say may not fit what a person has made of an entry. What the spec does not take is left, like any other
//! conflict, and the rest is merged again without it.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{Document, DocumentMut, Item};

use super::document::{complete, find, note, tidy};
use super::entries::{Entries, KINDS, name_in};
use super::merge::Merge;
use super::place::{ABOUT, Place, all, types};
use super::span::span;
use super::told::{Told, What};
use super::toml::{has_comment, same_table, text};
use sonet_spec::Check;
use sonet_spec::diagnostics::{Diagnostic, Report, Source};

/// What was drafted, and what would be now, by the names of the spec.
pub(super) struct Drafts {
    pub(super) base: Entries,
    pub(super) now: Entries,
    /// The identifiers of the spec.
    pub(super) ids: BTreeSet<String>,
}

/// A spec that follows the pages.
pub(super) struct Merged {
    pub(super) text: String,
    pub(super) told: Vec<Told>,
}

/// Merges what changed between the drafts into a spec.
pub(super) fn merged(
    source: &Source,
    document: &DocumentMut,
    drafts: &Drafts,
    further: &[&Check<'_>],
) -> Result<Merged, Report> {
    let edited = edited(&drafts.base, &Entries::of(document));
    let mut refused = BTreeMap::new();
    loop {
        let mut merged = merge(document, drafts, &edited, &refused);
        if source.text.contains("\r\n") {
            let lines = merged.text.replace("\r\n", "\n");
            merged.text = lines.replace('\n', "\r\n");
        }
        let is_left = |told: &Told| matches!(told.what, What::LeftOut(_));
        if merged.told.iter().all(is_left) {
            // What stands there may be laid out as no program would.
            let text = source.text.clone();
            return Ok(Merged { text, ..merged });
        }
        let Err(report) = sonet_spec::parse_with(&source.name, &merged.text, further) else {
            return Ok(merged);
        };
        let blamed = blamed(&report, &merged);
        let before = refused.len();
        for (place, reason) in blamed {
            refused.entry(place).or_insert(reason);
        }
        if refused.len() == before {
            return Err(report);
        }
    }
}

fn merge(
    document: &DocumentMut,
    drafts: &Drafts,
    edited: &BTreeSet<String>,
    refused: &BTreeMap<Place, String>,
) -> Merged {
    let mut document = document.clone();
    let mut told = Vec::new();
    for now in &drafts.now.0 {
        let entries = &mut drafts.base.0.iter();
        let base = entries.find(|base| base.kind == now.kind && base.name() == now.name());
        let Some(base) = base.filter(|base| !same_table(&base.table, &now.table)) else {
            continue;
        };
        let place = Place {
            kind: now.kind,
            entry: now.name().to_owned(),
            steps: Vec::new(),
        };
        let Some(own) = find(&mut document, now.kind, now.name()) else {
            let what = What::LeftOut("its page says otherwise now".to_owned());
            told.push(Told { place, what });
            continue;
        };
        let mut merge = Merge {
            edited,
            ids: &drafts.ids,
            refused,
            place,
            told: Vec::new(),
        };
        merge.table(&base.table, own, &now.table);
        told.append(&mut merge.told);
    }
    told.extend(complete(&mut document, &drafts.now, &|place| {
        refused.contains_key(place)
    }));
    told.extend(tidy(&mut document, &drafts.base));
    note(&mut document, &told);
    Merged {
        text: document.to_string(),
        told,
    }
}

/// The types of a draft that a person changed or took away, and those that have one of them inside.
fn edited(base: &Entries, ours: &Entries) -> BTreeSet<String> {
    let is_edited = |name: &str| {
        let (drafted, own) = (base.ty(name), ours.ty(name));
        drafted.zip(own).is_none_or(|(drafted, own)| {
            !same_table(&drafted.table, &own.table) || has_comment(&own.table)
        })
    };
    let mut edited: BTreeSet<String> = base
        .types()
        .map(|entry| entry.name().to_owned())
        .filter(|name| is_edited(name))
        .collect();
    loop {
        let around = base.types().find(|entry| {
            let mut names = types(&entry.table)
                .into_iter()
                .filter_map(|(_, ty)| name_in(&ty));
            !edited.contains(entry.name()) && names.any(|name| edited.contains(&name))
        });
        match around {
            Some(entry) => edited.insert(entry.name().to_owned()),
            None => return edited,
        };
    }
}

/// What was written that mistakes are about, each with the first of its mistakes.
fn blamed(report: &Report, merged: &Merged) -> Vec<(Place, String)> {
    let entries = Entries::parse(&merged.text).unwrap_or_default();
    let written = merged.told.iter().filter(|told| told.is_written());
    let written: Vec<&Place> = written.map(|told| &told.place).collect();
    let mut blamed = Vec::new();
    for mistake in report.diagnostics() {
        let places = match place_of(mistake, &merged.text) {
            Some(place) => blamed_for(&place, &written, &entries),
            None => written.iter().copied().cloned().collect(),
        };
        blamed.extend(
            places
                .into_iter()
                .map(|place| (place, mistake.message.clone())),
        );
    }
    blamed
}

/// What was written in the same element as a mistake; or else in the entry, or in the types that it needs, or in what needs it,
/// or anywhere.
fn blamed_for(place: &Place, written: &[&Place], entries: &Entries) -> Vec<Place> {
    if let Some(about) = place
        .steps
        .first()
        .filter(|key| ABOUT.contains(&key.as_str()))
    {
        let steps = vec![about.clone()];
        return vec![Place {
            steps,
            ..place.clone()
        }];
    }
    let of = |is_meant: &dyn Fn(&Place) -> bool| -> Vec<Place> {
        let meant = written.iter().filter(|written| is_meant(written));
        meant.copied().cloned().collect()
    };
    let is_same_entry = |other: &Place| other.kind == place.kind && other.entry == place.entry;
    let mut candidates = [
        of(&|other| other.is_near(place)),
        of(&is_same_entry),
        of(&|other| entries.needs(&place.entry, &other.entry)),
        of(&|other| entries.needs(&other.entry, &place.entry)),
    ]
    .into_iter();
    let meant = candidates.find(|places| !places.is_empty());
    meant.unwrap_or_else(|| of(&|_| true))
}

/// The element of an entry that a mistake is in.
fn place_of(mistake: &Diagnostic, spec: &str) -> Option<Place> {
    let at = mistake.place();
    let document = Document::parse(spec).ok()?;
    let entries = KINDS.into_iter().filter_map(|kind| {
        let tables = document.get(kind).and_then(Item::as_array_of_tables)?;
        Some(tables.iter().map(move |table| (kind, table)))
    });
    let starts = entries
        .flatten()
        .filter_map(|(kind, table)| Some((table.span()?.start, kind, table)));
    let (_, kind, table) = starts
        .filter(|(start, ..)| *start <= at)
        .max_by_key(|(start, ..)| *start)?;
    let place = |steps| Place {
        kind,
        entry: text(table, "name").unwrap_or_default().to_owned(),
        steps,
    };
    let deepest = all(table)
        .into_iter()
        .filter(|steps| span(table, steps).is_some_and(|span| span.contains(&at)));
    Some(place(deepest.max_by_key(Vec::len).unwrap_or_default()))
}
