//! A newer documentation brought into a spec that a person has edited.
//!
//! There are three versions of each entry: as it was drafted ([`Records`] keep that), as it stands in the spec, and as it would
//! be drafted of the page as it is now. What differs between the drafts is what the page changed (`align` makes them
//! comparable); `merge` brings that into the entry, as far as nobody has edited the same thing.
//!
//! A page that is as it was changes nothing, whatever a newer version of this crate would draft of it.

mod align;
mod combine;
mod document;
mod drafted;
mod entries;
mod fingerprint;
mod merge;
mod pair;
mod place;
mod records;
mod renames;
mod rust_name;
mod span;
mod told;
mod toml;
mod valid;

use std::io;

use crate::Checkout;
use crate::import::Code;
use entries::{Entries, Entry};
use sonet_spec::diagnostics::{Report, Source};
use toml_edit::DocumentMut;

pub use records::Records;
pub use told::Line;

/// What came of an update.
#[derive(Debug, Clone)]
pub struct Update {
    /// The spec, which is valid.
    pub text: String,
    /// What its drafts are now, for the next update.
    pub records: Records,
    /// What follows the pages now.
    pub written: Vec<Line>,
    /// What a person and a page both changed. It stays, and is noted in `doubts` of its entry.
    pub conflicts: Vec<Line>,
    /// What a person left out and a page changed. It stays left out.
    pub left_out: Vec<Line>,
    /// Methods whose pages were not followed, and why.
    pub not_followed: Vec<(String, String)>,
    /// Methods of whose draft nothing is recorded.
    pub unrecorded: Vec<String>,
}

/// Brings the pages of a checkout into a spec of which there are records.
///
/// # Errors
///
/// If a page can't be read; and, inside, what is wrong with the spec that would come of it.
pub fn update(
    source: &Source,
    records: &Records,
    checkout: &Checkout,
    code: Code<'_>,
) -> io::Result<Result<Update, Report>> {
    let invalid = |error: toml_edit::TomlError| io::Error::new(io::ErrorKind::InvalidData, error);
    let document: DocumentMut = source.text.parse().map_err(invalid)?;
    let ours = Entries::of(&document);
    let base = records.entries().only(&|name| ours.method(name).is_some());
    let newer = records.drafted_again(&base, checkout, code)?;
    let is_steady = |name: &str| records.is_steady(name, &newer);
    let ids = document::ids(&document);
    // What is there already was written by an update before.
    let is_other = |name: &str, new: &Entry| {
        let own = ours.ty(name);
        ids.contains(name) || own.is_some_and(|own| !own.is_like(new))
    };
    let aligned = align::align(&base, &newer.entries, &is_other, &is_steady);
    let followed = records.followed_by(&aligned, &newer, code);
    let names = renames::renames(&base, &ours);
    let drafts = valid::Drafts {
        base: renames::renamed(base, &names),
        now: renames::renamed(aligned.entries, &names),
        ids,
    };
    let merged = match valid::merged(source, &document, &drafts, code.further) {
        Ok(merged) => merged,
        Err(report) => return Ok(Err(report)),
    };
    let text = Source {
        name: source.name.clone(),
        text: merged.text.clone(),
    };
    let lines = |is_meant: &dyn Fn(&told::Told) -> bool| {
        told::lines(&text, merged.told.iter().filter(|told| is_meant(told)))
    };
    let recorded = records.entries();
    let names = ours.methods().map(Entry::name);
    let unrecorded = names.filter(|name| recorded.method(name).is_none());
    Ok(Ok(Update {
        written: lines(&|told| told.is_written()),
        conflicts: lines(&|told| matches!(told.what, told::What::Conflict(_))),
        left_out: lines(&|told| matches!(told.what, told::What::LeftOut(_))),
        text: merged.text,
        records: followed,
        not_followed: newer.missing,
        unrecorded: unrecorded.map(str::to_owned).collect(),
    }))
}
