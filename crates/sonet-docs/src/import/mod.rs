//! A draft of the spec's entry for a method that the spec does not have.
//!
//! Everything that a page says is in it, in the form of the spec. What a page can't say is a guess, and stands in
//! `doubts` of the entry: whether a write may be repeated, what an identifier identifies, what is in a list, what is described.

mod code;
mod description;
mod doubt;
mod drafting;
mod entry;
mod identity;
mod name;
mod rustdoc;
mod shapes;
mod wanted;

use std::fmt;
use std::io;

use crate::Checkout;
use crate::page::{self, Page};
use sonet_spec::diagnostics::Report;
use sonet_spec::model::Spec;

pub use code::Code;
pub use description::Descriptions;
pub use doubt::doubts;
pub use drafting::drafts_of;
pub use wanted::{Wanted, named};

/// A draft.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The page.
    pub file: String,
    /// The entries, to be appended to the spec.
    pub text: String,
    /// How many doubts are in it.
    pub doubts: usize,
    /// Why the spec with it is not valid.
    pub mistakes: Option<Report>,
}

/// What came of the pages that were wanted.
#[derive(Debug, Clone, Default)]
pub struct Drafts {
    /// Their drafts, in the order of the pages.
    pub drafts: Vec<Draft>,
    /// Why others of many have none, in sentences.
    pub passed_over: Vec<String>,
    /// The spec with all drafts that it takes.
    pub spec: Spec,
}

/// Drafts the entries of pages that have to be of new methods, as [`drafts_of`].
pub fn drafts(
    spec: Spec,
    source: &str,
    checkout: &Checkout,
    files: &[String],
    code: Code<'_>,
) -> io::Result<Vec<Draft>> {
    let wanted: Vec<Wanted> = files.iter().cloned().map(Wanted::one).collect();
    Ok(drafts_of(spec, source, checkout, &wanted, code)?.drafts)
}

/// Why a page is not drafted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It names no method.
    Unnamed,
    /// It is about this event.
    Event(String),
    /// The spec has this method.
    Known(String),
    /// It describes this method of REST 3.0, which has other addresses and answers.
    Rest3(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unnamed => f.write_str(
                "neither the title nor the examples name a method; pass a page about one",
            ),
            Self::Event(name) => write!(
                f,
                "`{name}` is an event, and only methods are drafted; write its `[[event]]` like the others"
            ),
            Self::Known(name) => write!(
                f,
                "`{name}` is in the spec already; compare its entry with the page"
            ),
            Self::Rest3(name) => write!(
                f,
                "`{name}` is called at `/rest/api/` here, which is REST 3.0; only methods of the older version are drafted"
            ),
        }
    }
}

/// The entry of a page, and those that it needs, for a spec.
///
/// `taken` says which names the code that is made of the spec has from elsewhere, so that no type is called so.
pub fn entry(
    spec: &Spec,
    page: &Page,
    taken: &dyn Fn(&str) -> bool,
    descriptions: Descriptions,
) -> Result<String, Refusal> {
    let Some(name) = page.name.as_ref().map(|said| said.text.as_str()) else {
        return Err(Refusal::Unnamed);
    };
    if page::is_event(name) {
        return Err(Refusal::Event(name.to_owned()));
    }
    if page.rest_3 {
        return Err(Refusal::Rest3(name.to_owned()));
    }
    if spec.methods.iter().any(|method| *method.name == *name) {
        return Err(Refusal::Known(name.to_owned()));
    }
    Ok(entry::write(spec, name, page, taken, descriptions))
}
