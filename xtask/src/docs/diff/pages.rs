//! Which page is whose: the pages that the spec names, those that moved, and those that it does not name.

use std::collections::BTreeSet;
use std::io;

use super::Subject;
use super::finding::{Effect, Finding};
use crate::docs::checkout::{Checkout, REFERENCE};
use crate::docs::markup::{Place, Problem};
use crate::docs::page::{self, Page};
use crate::spec::model::{FindingKind, Spec};

/// The pages of a checkout that the spec is held against.
pub(in crate::docs) struct Located<'s> {
    pub(in crate::docs) pages: Vec<(Subject<'s>, Page)>,
    pub(super) findings: Vec<Finding>,
    pub(in crate::docs) problems: Vec<Problem>,
}

pub(in crate::docs) fn locate<'s>(spec: &'s Spec, checkout: &Checkout) -> io::Result<Located<'s>> {
    let mut located = Located {
        pages: Vec::new(),
        findings: Vec::new(),
        problems: Vec::new(),
    };
    let mut read = Vec::new();
    let mut lost = Vec::new();
    for subject in Subject::all(spec) {
        let file = file_of(subject);
        match page::read(checkout, &file) {
            Ok(page) => {
                located.unnamed(&page);
                located.pages.push((subject, page));
                read.push(file);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => lost.push(subject),
            Err(error) => located.problems.push(unreadable(&file, &error)),
        }
    }
    if !lost.is_empty() {
        located.search(&lost, checkout, &mut read)?;
    }
    located.unknown(spec, checkout, &read)?;
    Ok(located)
}

/// The file of a page: the spec has its address on the web.
fn file_of(subject: Subject<'_>) -> String {
    let page = subject.page();
    let page = page.strip_suffix(".html").unwrap_or(page);
    format!("{REFERENCE}/{page}.md")
}

fn unreadable(file: &str, error: &io::Error) -> Problem {
    let at = Place {
        file: file.into(),
        line: 1,
    };
    Problem::new(&at, format!("the page can't be read: {error}"))
}

impl<'s> Located<'s> {
    /// A page of the spec must be about a method or event.
    fn unnamed(&mut self, page: &Page) {
        if page.name.is_none() {
            let message = "the title names no method or event";
            self.problems.push(Problem::new(&page.start(), message));
        }
    }

    /// Looks for pages everywhere in the checkout, by their titles.
    fn search(
        &mut self,
        lost: &[Subject<'s>],
        checkout: &Checkout,
        read: &mut Vec<String>,
    ) -> io::Result<()> {
        let mut names = Vec::new();
        for file in checkout.pages(REFERENCE, true)? {
            let text = checkout.read(&file);
            names.extend(
                text.ok()
                    .and_then(|text| page::name_of(&text))
                    .map(|name| (name, file)),
            );
        }
        for subject in lost {
            let found = names.iter().find(|(name, _)| *name == subject.name().value);
            let file = file_of(*subject);
            let place = |file: &str| Place {
                file: file.into(),
                line: 1,
            };
            let (kind, at, message) = match found {
                Some((_, other)) => (
                    FindingKind::Moved,
                    other.as_str(),
                    format!("the page is not `{file}` any more"),
                ),
                None => (
                    FindingKind::Missing,
                    file.as_str(),
                    "there is no such page, and no other one about it".to_owned(),
                ),
            };
            self.findings.push(Finding {
                entry: subject.name().value.clone(),
                on: "page".to_owned(),
                kind,
                effect: match kind {
                    FindingKind::Moved => Effect::Compatible,
                    _ => Effect::Breaking,
                },
                message,
                page: found.map_or_else(String::new, |(_, other)| other.clone()),
                at: vec![place(at)],
                spec: subject.page().span.clone(),
                notes: Vec::new(),
                row: None,
            });
            if let Some((_, other)) = found {
                self.pages.push((*subject, page::read(checkout, other)?));
                read.push(other.clone());
            }
        }
        Ok(())
    }

    /// Pages beside those of the spec and below them, about what it does not have. What the vendor calls outdated is no
    /// news.
    fn unknown(&mut self, spec: &Spec, checkout: &Checkout, read: &[String]) -> io::Result<()> {
        let mut folders: Vec<&str> = read
            .iter()
            .filter_map(|file| file.rsplit_once('/'))
            .map(|(folder, _)| folder)
            .collect();
        folders.sort_unstable();
        folders.dedup();
        let mut files = BTreeSet::new();
        for folder in folders {
            files.extend(checkout.pages(folder, true)?);
        }
        for file in files {
            if read.contains(&file) || file.contains("/outdated/") {
                continue;
            }
            let text = match checkout.read(&file) {
                Ok(text) => text,
                Err(error) => {
                    self.problems.push(unreadable(&file, &error));
                    continue;
                }
            };
            let Some(name) = page::name_of(&text) else {
                continue;
            };
            if Subject::all(spec).any(|subject| subject.name().value == name) {
                continue;
            }
            self.findings.push(new(name, &file));
        }
        Ok(())
    }
}

fn new(name: String, file: &str) -> Finding {
    Finding {
        on: "name".to_owned(),
        kind: FindingKind::New,
        effect: Effect::Compatible,
        message: format!("`{name}` is not in the spec"),
        page: name.clone(),
        at: vec![Place {
            file: file.into(),
            line: 1,
        }],
        spec: 0..0,
        notes: Vec::new(),
        row: None,
        entry: name,
    }
}
