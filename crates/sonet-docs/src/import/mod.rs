//! A draft of the spec's entry for a method that the spec does not have.
//!
//! Everything that a page says is in it, in the form of the spec. What a page can't say is a guess, and stands in
//! `doubts` of the entry: whether a write may be repeated, what an identifier identifies, what is in a list, what is described.

mod description;
mod doubt;
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
use sonet_spec::Check;
use sonet_spec::diagnostics::Report;
use sonet_spec::model::Spec;
use sonet_spec::names::RustPath;

pub use description::Descriptions;
pub use doubt::doubts;
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
    further: &[&Check<'_>],
    taken: &dyn Fn(&str) -> bool,
    descriptions: Descriptions,
) -> io::Result<Vec<Draft>> {
    let wanted: Vec<Wanted> = files.iter().cloned().map(Wanted::one).collect();
    let drafts = drafts_of(
        spec,
        source,
        checkout,
        &wanted,
        further,
        taken,
        descriptions,
    )?;
    Ok(drafts.drafts)
}

/// Drafts the entries of pages. One of many that is refused is passed over; one that can't be read is an error.
///
/// Each may use what the drafts before it bring. The spec with them is checked as the language
/// says and as `further` does; `taken` says which names the code that is made of it has from elsewhere.
pub fn drafts_of(
    mut spec: Spec,
    source: &str,
    checkout: &Checkout,
    wanted: &[Wanted],
    further: &[&Check<'_>],
    taken: &dyn Fn(&str) -> bool,
    descriptions: Descriptions,
) -> io::Result<Drafts> {
    let mut source = source.trim_end().to_owned();
    let mut drafts = Drafts::default();
    let pages = checkout.reading().each(wanted, |wanted| {
        let file = &wanted.file;
        page::read(checkout, file)
            .map_err(|error| io::Error::new(error.kind(), format!("{file}: {error}")))
    });
    let pages: Vec<Page> = pages.into_iter().collect::<io::Result<_>>()?;
    let known = spec.methods.iter().map(|method| method.name.value.clone());
    let names: Vec<String> = known.chain(pages.iter().filter_map(name_of)).collect();
    for (wanted, page) in wanted.iter().zip(&pages) {
        let file = &wanted.file;
        let around = module_around(page, &names);
        let beside = types_beside(page, &names);
        let is_taken = |name: &str| {
            taken(name)
                || around.as_deref() == Some(name)
                || beside.iter().any(|other| other == name)
        };
        let text = match entry(&spec, page, &is_taken, descriptions) {
            Ok(text) => text,
            Err(refusal) => {
                let message = format!("{file}: {refusal}");
                if wanted.is_one_of_many {
                    drafts.passed_over.push(message);
                    continue;
                }
                return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
            }
        };
        let mistakes = if sonet_spec::extend(&mut spec, &text, further) {
            source = format!("{source}\n\n{}", text.trim_end());
            None
        } else {
            // It is left out of the spec of the next, which would have the same mistakes.
            let appended = format!("{source}\n\n{text}");
            sonet_spec::parse_with(sonet_spec::FILE, &appended, further).err()
        };
        drafts.drafts.push(Draft {
            file: file.clone(),
            doubts: doubts(&text).len(),
            text,
            mistakes,
        });
    }
    drafts.spec = spec;
    Ok(drafts)
}

fn name_of(page: &Page) -> Option<String> {
    page.name.as_ref().map(|said| said.text.clone())
}

/// The types of the other methods in the module of a method, by which nothing else there can be called.
fn types_beside(page: &Page, names: &[String]) -> Vec<String> {
    let path = |name: &str| RustPath::of_method(name, None);
    let Some(own) = name_of(page).map(|name| path(&name)) else {
        return Vec::new();
    };
    let others = names.iter().map(|name| path(name));
    others
        .filter(|other| other.modules == own.modules && other.type_name != own.type_name)
        .map(|other| other.type_name)
        .collect()
}

/// The type that a method can't have because a module is called so: another method's name begins with its own.
fn module_around(page: &Page, names: &[String]) -> Option<String> {
    let name = name_of(page)?;
    let below = format!("{name}.");
    let is_module = names.iter().any(|other| other.starts_with(&below));
    is_module.then(|| RustPath::of_method(&name, None).type_name)
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
