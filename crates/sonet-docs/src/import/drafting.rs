//! Drafts of many pages, each of which may use what those before it bring.

use std::io;

use super::wanted::Wanted;
use super::{Code, Draft, Drafts, doubts, entry};
use crate::Checkout;
use crate::page::{self, Page};
use sonet_spec::model::Spec;
use sonet_spec::names::RustPath;

/// So many drafts are checked at once. Nearly all are valid, and a check goes over the whole spec.
const TOGETHER: usize = 32;

/// Drafts the entries of pages. One of many that is refused is passed over; one that can't be read is an error.
///
/// Each may use what the drafts before it bring. The spec with them is checked as the language
/// says and as the code asks that is made of it.
pub fn drafts_of(
    spec: Spec,
    source: &str,
    checkout: &Checkout,
    wanted: &[Wanted],
    code: Code<'_>,
) -> io::Result<Drafts> {
    let pages = checkout.reading().each(wanted, |wanted| {
        let file = &wanted.file;
        page::read(checkout, file)
            .map_err(|error| io::Error::new(error.kind(), format!("{file}: {error}")))
    });
    let pages: Vec<Page> = pages.into_iter().collect::<io::Result<_>>()?;
    let known = spec.methods.iter().map(|method| method.name.value.clone());
    let names = known.chain(pages.iter().filter_map(name_of));
    let mut drafting = Drafting {
        names: names.map(Named::new).collect(),
        source: source.trim_end(),
        code,
        drafts: Drafts {
            spec,
            ..Drafts::default()
        },
    };
    for (wanted, pages) in wanted.chunks(TOGETHER).zip(pages.chunks(TOGETHER)) {
        drafting.some(wanted, pages)?;
    }
    Ok(drafting.drafts)
}

/// Drafts in the making.
struct Drafting<'d> {
    /// The methods that there are or will be.
    names: Vec<Named>,
    /// The text of the spec before them.
    source: &'d str,
    code: Code<'d>,
    drafts: Drafts,
}

impl Drafting<'_> {
    /// Drafts pages as if each were valid, and one by one if that turns out to be wrong.
    fn some(&mut self, wanted: &[Wanted], pages: &[Page]) -> io::Result<()> {
        let before = self.drafts.clone();
        let mut all = wanted.iter().zip(pages);
        let is_read = all.all(|(wanted, page)| {
            let added = self.add(wanted, page, sonet_spec::append);
            added.is_ok() && self.drafts.drafts.last().is_none_or(is_taken_over)
        });
        if is_read && sonet_spec::is_valid(&self.drafts.spec, self.code.further) {
            return Ok(());
        }
        self.drafts = before;
        let further = self.code.further;
        for (wanted, page) in wanted.iter().zip(pages) {
            self.add(wanted, page, |spec, text| {
                sonet_spec::extend(spec, text, further)
            })?;
        }
        Ok(())
    }

    /// Drafts a page, which becomes part of the spec if `extend` takes it.
    fn add(
        &mut self,
        wanted: &Wanted,
        page: &Page,
        extend: impl FnOnce(&mut Spec, &str) -> bool,
    ) -> io::Result<()> {
        let own = name_of(page).map(Named::new);
        let is_taken = |name: &str| {
            (self.code.taken)(name) || own.as_ref().is_some_and(|own| self.has(own, name))
        };
        let text = match entry(&self.drafts.spec, page, &is_taken, self.code.descriptions) {
            Ok(text) => text,
            Err(refusal) => {
                let message = format!("{}: {refusal}", wanted.file);
                if wanted.is_one_of_many {
                    self.drafts.passed_over.push(message);
                    return Ok(());
                }
                return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
            }
        };
        let mistakes = if extend(&mut self.drafts.spec, &text) {
            None
        } else {
            // It is left out of the spec of the next, which would have the same mistakes.
            let appended = format!("{}\n\n{text}", self.text());
            sonet_spec::parse_with(sonet_spec::FILE, &appended, self.code.further).err()
        };
        self.drafts.drafts.push(Draft {
            file: wanted.file.clone(),
            doubts: doubts(&text).len(),
            text,
            mistakes,
        });
        Ok(())
    }

    /// The text of the spec with the drafts that it takes.
    fn text(&self) -> String {
        let mut text = self.source.to_owned();
        for draft in self
            .drafts
            .drafts
            .iter()
            .filter(|draft| is_taken_over(draft))
        {
            text.push_str("\n\n");
            text.push_str(draft.text.trim_end());
        }
        text
    }

    /// Whether a method can't have a type of this name because of other methods: another one in its module has it, or a
    /// module is called so, since another method's name begins with its own.
    fn has(&self, own: &Named, name: &str) -> bool {
        let is_own = own.path.type_name == name;
        self.names.iter().any(|other| {
            if is_own {
                let rest = other.name.strip_prefix(&own.name);
                rest.is_some_and(|rest| rest.starts_with('.'))
            } else {
                other.path.type_name == name && other.path.modules == own.path.modules
            }
        })
    }
}

/// A method, and where its type would be.
struct Named {
    name: String,
    path: RustPath,
}

impl Named {
    fn new(name: String) -> Self {
        let path = RustPath::of_method(&name, None);
        Self { name, path }
    }
}

fn name_of(page: &Page) -> Option<String> {
    page.name.as_ref().map(|said| said.text.clone())
}

fn is_taken_over(draft: &Draft) -> bool {
    draft.mistakes.is_none()
}
