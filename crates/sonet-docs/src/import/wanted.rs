//! Which pages are drafted: those that somebody names, and those of a folder or of names with a `*`.

use std::io;

use crate::checkout::{Checkout, REFERENCE};
use crate::page;

/// A page that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub(super) file: String,
    /// Whether it is one of many, and is passed over if it can't be drafted.
    pub(super) is_one_of_many: bool,
}

impl Wanted {
    /// A page that somebody names: it has to be one of a new method.
    #[must_use]
    pub fn one(file: String) -> Self {
        Self {
            file,
            is_one_of_many: false,
        }
    }

    /// One of many pages, of which some are of no method.
    #[must_use]
    pub fn all(file: String) -> Self {
        Self {
            file,
            is_one_of_many: true,
        }
    }
}

/// The pages of the methods with these names, in which `*` stands for anything. A name that no page has is an error, and so
/// is a page that can't be read, which may be about any of them. Of two pages about one method, the first that can be drafted
/// is. A page has to be of a new method only if it is the only one.
pub fn named(checkout: &Checkout, names: &[String]) -> io::Result<Vec<Wanted>> {
    let files = checkout.pages(REFERENCE, true)?;
    let of_pages = checkout.reading().each(&files, |file| {
        let text = checkout
            .read(file)
            .map_err(|error| io::Error::new(error.kind(), format!("{file}: {error}")))?;
        Ok(page::name_of(file, &text))
    });
    let of_pages: Vec<Option<String>> = of_pages.into_iter().collect::<io::Result<_>>()?;
    let known: Vec<(&String, String)> = files
        .iter()
        .zip(of_pages)
        .filter_map(|(file, name)| Some((file, name?)))
        .collect();
    let mut wanted: Vec<Wanted> = Vec::new();
    for name in names {
        let mut found = known
            .iter()
            .filter(|(_, known)| fits(name, known))
            .peekable();
        if found.peek().is_none() {
            let message = unknown(name, &known);
            return Err(io::Error::new(io::ErrorKind::NotFound, message));
        }
        let found: Vec<_> = found.map(|(file, _)| (*file).clone()).collect();
        let is_one_of_many = found.len() > 1 || names.len() > 1;
        for file in found {
            if wanted.iter().all(|other| other.file != file) {
                wanted.push(Wanted {
                    file,
                    is_one_of_many,
                });
            }
        }
    }
    Ok(wanted)
}

/// That no page is about a method, and what to name instead.
fn unknown(name: &str, known: &[(&String, String)]) -> String {
    if name.contains('*') {
        return format!(
            "no page is about a method like `{name}`: `*` stands for anything, and the rest is as pages have it"
        );
    }
    let of_file = |(file, _): &&(&String, String)| file.ends_with(name) && name.ends_with(".md");
    let of_page = known
        .iter()
        .find(of_file)
        .map(|(_, method)| method.as_str());
    let methods = known.iter().map(|(_, method)| method.as_str());
    match of_page.or_else(|| sonet_spec::nearest(name, methods)) {
        Some(meant) => format!("no page is about `{name}`: did you mean `{meant}`?"),
        None => format!(
            "no page is about `{name}`: name a method as its page does, or several with `*`"
        ),
    }
}

/// Whether a name is one of those that a pattern stands for.
fn fits(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = name.strip_prefix(parts.next().unwrap_or_default()) else {
        return false;
    };
    let mut parts: Vec<&str> = parts.collect();
    // Without a `*`, nothing may follow.
    let Some(last) = parts.pop() else {
        return rest.is_empty();
    };
    for part in parts {
        let Some(at) = rest.find(part) else {
            return false;
        };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, name) in [
            ("club.open", "club.open"),
            ("club.*", "club.room.open"),
            ("*.list", "club.room.list"),
            ("club.*.list", "club.room.list"),
            ("*", "club"),
            ("club*open", "clubopen"),
        ] {
            assert!(fits(pattern, name), "{pattern} {name}");
        }
        for (pattern, name) in [
            ("club", "club.open"),
            ("club.*", "choir.open"),
            ("club.*.list", "club.list"),
            ("*.list", "club.list.all"),
        ] {
            assert!(!fits(pattern, name), "{pattern} {name}");
        }
    }

    #[test]
    fn pages_are_found_by_the_names_of_their_methods() {
        let page = |name: &str| format!("# Call {name}\n\n## Method Parameters\n");
        let checkout = Checkout::from_files([
            ("api-reference/a.md", page("club.open")),
            ("api-reference/b.md", page("club.close")),
            ("api-reference/index.md", "# Overview\n".to_owned()),
        ]);
        let named = |names: &[&str]| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            named(&checkout, &names)
        };
        let one = Wanted::one("api-reference/b.md".to_owned());
        assert_eq!(named(&["club.close"]).unwrap(), [one]);
        assert_eq!(named(&["club.*", "club.open"]).unwrap().len(), 2);
        // Of several that somebody names, one that is known does not keep the others from being drafted.
        let all = ["a", "b"].map(|name| Wanted::all(format!("api-reference/{name}.md")));
        assert_eq!(named(&["club.open", "club.close"]).unwrap(), all);
        for (name, message) in [
            (
                "club.paint",
                "no page is about `club.paint`: name a method as its page does, or several with `*`",
            ),
            (
                "Club.opn",
                "no page is about `Club.opn`: did you mean `club.open`?",
            ),
            (
                "b.md",
                "no page is about `b.md`: did you mean `club.close`?",
            ),
            (
                "choir.*",
                "no page is about a method like `choir.*`: `*` stands for anything, and the rest is as pages have it",
            ),
        ] {
            let error = named(&[name]).unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    }
}
