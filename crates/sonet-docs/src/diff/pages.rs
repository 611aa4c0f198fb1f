//! Which page is whose: the pages that the spec names, those that moved, and those that it does not name.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::finding::{Effect, Finding};
use super::site::{Entry, Quote};
use super::subject::Subject;
use crate::checkout::{Checkout, REFERENCE};
use crate::markup::{Location, Problem};
use crate::page::{self, Page};
use crate::progress::Reading;
use sonet_spec::model::{At, FindingKind, Spec};

/// The pages of a checkout that the spec is held against.
pub(crate) struct Located<'s> {
    pub(crate) pages: Vec<(Subject<'s>, Page)>,
    pub(super) findings: Vec<Finding>,
    pub(crate) problems: Vec<Problem>,
    /// Those whose page lies in a folder of which the spec has a part, and the checkout nothing.
    pub(super) absent: Vec<Subject<'s>>,
}

pub(crate) fn locate<'s>(spec: &'s Spec, checkout: &Checkout) -> io::Result<Located<'s>> {
    let mut located = Located {
        pages: Vec::new(),
        findings: Vec::new(),
        problems: Vec::new(),
        absent: Vec::new(),
    };
    let mut read = BTreeSet::new();
    let mut lost = Vec::new();
    let subjects: Vec<Subject<'_>> = Subject::all(spec).collect();
    let reading = checkout.reading();
    let pages = reading.each(&subjects, |subject| {
        page::read(checkout, &file_of(subject.page()))
    });
    for (subject, page) in subjects.into_iter().zip(pages) {
        let file = file_of(subject.page());
        match page {
            Ok(page) => {
                located.check_name(&page);
                located.pages.push((subject, page));
                read.insert(file);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if is_partial(spec, &file) && checkout.pages(folder_of(&file), false)?.is_empty() {
                    located.absent.push(subject);
                } else {
                    lost.push(subject);
                }
            }
            Err(error) => located.problems.push(unreadable(&file, &error)),
        }
    }
    if !lost.is_empty() {
        located.search(&lost, checkout, &reading, &mut read)?;
    }
    located.report_other_pages(spec, checkout, &reading, &read)?;
    Ok(located)
}

/// The file of a page of the spec, which has its address on the web.
#[must_use]
pub fn file_of(page: &str) -> String {
    let page = page.strip_suffix(".html").unwrap_or(page);
    format!("{REFERENCE}/{page}.md")
}

fn folder_of(file: &str) -> &str {
    file.rsplit_once('/').unwrap_or_default().0
}

/// Whether the spec has only a part of the folder that a file is in, or of one above it that is named with `/**`.
fn is_partial(spec: &Spec, file: &str) -> bool {
    let folder = folder_of(file);
    let mut partial = spec.partial_folders.iter();
    partial.any(|partial| match partial.strip_suffix("/**") {
        None => folder == format!("{REFERENCE}/{}", partial.value),
        Some(above) => format!("{folder}/").starts_with(&format!("{REFERENCE}/{above}/")),
    })
}

fn unreadable(file: &str, error: &io::Error) -> Problem {
    let message = format!("the page can't be read: {error}");
    Problem::new(&start_of(file), message)
}

impl<'s> Located<'s> {
    /// A page of the spec must be about a method or event.
    fn check_name(&mut self, page: &Page) {
        if page.name.is_none() {
            let message = "neither the title nor the examples name a method or event";
            self.problems.push(Problem::new(&page.start(), message));
        }
    }

    /// Looks for pages everywhere in the checkout, by their titles.
    fn search(
        &mut self,
        lost: &[Subject<'s>],
        checkout: &Checkout,
        reading: &Reading<'_>,
        read: &mut BTreeSet<String>,
    ) -> io::Result<()> {
        let files = checkout.pages(REFERENCE, true)?;
        let titles = reading.each(&files, |file| {
            let text = checkout.read(file).ok()?;
            page::name_of(file, &text)
        });
        let mut by_name: BTreeMap<String, &str> = BTreeMap::new();
        for (name, file) in titles.into_iter().zip(&files) {
            // Of two pages with the same title, the first one is meant.
            if let Some(name) = name {
                by_name.entry(name).or_insert(file);
            }
        }
        let mut moved = Vec::new();
        for subject in lost {
            let found = by_name.get(&subject.name().value).copied();
            self.findings.push(missing_page(*subject, found));
            if let Some(other) = found {
                moved.push((*subject, other));
            }
        }
        let pages = reading.each(&moved, |(_, file)| page::read(checkout, file));
        for ((subject, file), page) in moved.into_iter().zip(pages) {
            self.pages.push((subject, page?));
            read.insert(file.to_owned());
        }
        Ok(())
    }

    /// Pages beside those of the spec and below them, about what it does not have, or has another page for. What the
    /// vendor calls outdated is no news, unless the spec has it.
    fn report_other_pages(
        &mut self,
        spec: &Spec,
        checkout: &Checkout,
        reading: &Reading<'_>,
        read: &BTreeSet<String>,
    ) -> io::Result<()> {
        let own: BTreeSet<String> = Subject::all(spec)
            .map(|subject| file_of(subject.page()))
            .collect();
        let mut folders: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
        for file in read {
            if let Some((folder, _)) = file.rsplit_once('/') {
                folders.entry(folder).or_default().push(file);
            }
        }
        let mut files = BTreeSet::new();
        for (folder, pages) in folders {
            // A page that moved among others does not bring them; a section that moved does.
            let all = checkout.pages(folder, false)?.len();
            if pages.iter().any(|page| own.contains(*page)) || pages.len() * 2 >= all {
                files.extend(checkout.pages(folder, true)?);
            }
        }
        files.retain(|file| !read.contains(file) && !is_partial(spec, file));
        let files: Vec<String> = files.into_iter().collect();
        let names = reading.each(&files, |file| {
            let text = checkout.read(file)?;
            Ok::<_, io::Error>(page::name_of(file, &text))
        });
        let known: BTreeMap<&str, Subject<'_>> = Subject::all(spec)
            .map(|subject| (subject.name().as_str(), subject))
            .collect();
        for (file, name) in files.iter().zip(names) {
            match name {
                Ok(Some(name)) => match known.get(name.as_str()) {
                    Some(subject) => self.findings.push(second_page(*subject, file)),
                    None if is_outdated(file) => {}
                    None => self.findings.push(new_page(name, file)),
                },
                Ok(None) => {}
                Err(error) => self.problems.push(unreadable(file, &error)),
            }
        }
        Ok(())
    }
}

fn is_outdated(file: &str) -> bool {
    file.contains("/outdated/")
}

/// A page that is not where the spec has it.
fn missing_page(subject: Subject<'_>, found: Option<&str>) -> Finding {
    let file = file_of(subject.page());
    let (kind, effect, message) = match found {
        Some(other) if is_outdated(other) => (
            FindingKind::Outdated,
            Effect::Compatible,
            format!("the page is not `{file}` any more, and is among what is outdated"),
        ),
        Some(_) => (
            FindingKind::Moved,
            Effect::Compatible,
            format!("the page is not `{file}` any more"),
        ),
        None => (
            FindingKind::Missing,
            Effect::Breaking,
            "there is no such page, and no other one about it".to_owned(),
        ),
    };
    let site = subject.entry().site("page", &subject.page().span);
    let at = start_of(found.unwrap_or(&file));
    let quote = Quote::new(found.unwrap_or_default(), &at);
    Finding::new(&site, kind, effect, quote, message)
}

/// A second page about what the spec has one for.
fn second_page(subject: Subject<'_>, file: &str) -> Finding {
    let kind = if is_outdated(file) {
        FindingKind::Outdated
    } else {
        FindingKind::New
    };
    let site = subject.entry().site("page", &subject.page().span);
    let message = format!("there is another page about `{}`", subject.name().value);
    let at = start_of(file);
    let quote = Quote::new(file, &at);
    Finding::new(&site, kind, Effect::Compatible, quote, message)
}

/// A page about what the spec does not have.
fn new_page(name: String, file: &str) -> Finding {
    let message = format!("`{name}` is not in the spec");
    let name = At::nowhere(name);
    let site = Entry::new(&name, &[]).site("name", &name.span);
    let at = start_of(file);
    let quote = Quote::new(name.as_str(), &at);
    Finding::new(&site, FindingKind::New, Effect::Compatible, quote, message)
}

/// The first line of a file.
fn start_of(file: &str) -> Location {
    Location {
        file: file.into(),
        line: 1,
    }
}
