//! One change of a page for every kind of fact, in both languages: what `docs diff` says of it.
//!
//! Each change is seen as exactly one finding, makes the page unread, or is of a kind that `CONTRIBUTING.md` lists as not
//! compared. That list is held true in both directions.

mod answers;
mod events;
mod files;
mod head;
mod params;
mod undetected;
mod wording;

use std::collections::BTreeSet;
use std::path::Path;

use sonet_docs::apply;
use sonet_docs::diff::{self, Effect, Outcome};

use crate::fixtures::{Clubs, of_code};

const ADD: &str = "choir-add.md";
const LIST: &str = "choir-list.md";
const FIELDS: &str = "choir-get-fields.md";
const EVENT: &str = "on-choir-add.md";
const AUTH: &str = "auth-params-in-events.md";
const SYSTEM: &str = "system-errors.md";

/// What stands on a page, and what stands there instead.
type Edit = (&'static str, &'static str, &'static str);

/// A change of the pages.
struct Mutation {
    what: &'static str,
    english: Vec<Edit>,
    russian: Vec<Edit>,
    seen: Seen,
    /// The finding where it quotes Russian words.
    quoted: Option<&'static str>,
}

/// What comes of it.
#[derive(Clone, Copy)]
enum Seen {
    /// This finding, as `entry on kind page`.
    Found(&'static str, Effect),
    /// The page could not be read.
    Unread,
    /// Nothing, as the guide says below this title.
    Not(&'static str),
}

/// A finding that breaks consumers, if it is followed.
const fn breaking(finding: &'static str) -> Seen {
    Seen::Found(finding, Effect::Breaking)
}

/// One that does not.
const fn compatible(finding: &'static str) -> Seen {
    Seen::Found(finding, Effect::Compatible)
}

/// The same change in both languages.
fn both(what: &'static str, edit: Edit, seen: Seen) -> Mutation {
    each(what, edit, edit, seen)
}

/// A change whose words differ.
fn each(what: &'static str, english: Edit, russian: Edit, seen: Seen) -> Mutation {
    Mutation {
        what,
        english: vec![english],
        russian: vec![russian],
        seen,
        quoted: None,
    }
}

fn all() -> Vec<Mutation> {
    let mut all = head::all();
    all.extend(params::all());
    all.extend(wording::all());
    all.extend(answers::all());
    all.extend(events::all());
    all.extend(undetected::all());
    all
}

impl Mutation {
    /// Also changes this, in both languages.
    fn and(mut self, edit: Edit) -> Self {
        self.english.push(edit);
        self.russian.push(edit);
        self
    }

    /// The finding on the Russian pages, which quotes them.
    fn in_russian(self, finding: &'static str) -> Self {
        Self {
            quoted: Some(finding),
            ..self
        }
    }

    /// What comes of it in a language.
    fn seen(&self, language: &str) -> Seen {
        match (self.seen, self.quoted) {
            (Seen::Found(_, effect), Some(quoted)) if language == "ru" => {
                Seen::Found(quoted, effect)
            }
            (seen, _) => seen,
        }
    }

    /// The pages of each language after the change.
    fn pages(&self) -> [Clubs; 2] {
        let change = |language: &str, edits: &[Edit]| {
            let edits = edits.iter();
            edits.fold(Clubs::choirs(language), |pages, (page, from, to)| {
                pages.page(page, from, to)
            })
        };
        [change("en", &self.english), change("ru", &self.russian)]
    }
}

/// The findings, as `entry on kind page`, and how each affects consumers.
fn found(outcome: &Outcome) -> Vec<(String, Effect)> {
    let found = outcome.findings.iter().map(|finding| {
        let words = [
            &finding.entry,
            &finding.on,
            finding.kind.word(),
            &finding.page,
        ];
        (words.join(" ").trim_end().to_owned(), finding.effect)
    });
    found.collect()
}

#[test]
fn the_pages_of_choirs_are_quiet() {
    for language in ["en", "ru"] {
        let pages = Clubs::choirs(language);
        let (outcome, source, checkout) = pages.compare();
        let report = diff::human(&outcome, &source, &checkout, false);
        assert!(outcome.findings.is_empty(), "{report}");
        assert!(outcome.problems.is_empty(), "{report}");
    }
}

#[test]
fn every_change_of_a_fact_is_one_finding() {
    let mut wrong = Vec::new();
    for mutation in all() {
        for (pages, language) in mutation.pages().iter().zip(["en", "ru"]) {
            let (outcome, ..) = pages.compare();
            let found = found(&outcome);
            let right = match mutation.seen(language) {
                Seen::Found(finding, effect) => {
                    found == [(finding.to_owned(), effect)] && !outcome.is_unread()
                }
                Seen::Unread => outcome.is_unread(),
                Seen::Not(_) => found.is_empty() && !outcome.is_unread(),
            };
            if !right {
                let what = mutation.what;
                wrong.push(format!("{language}: {what}: {found:?}\n{}", pages.report()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// The titles of the guide's list are those of the changes that are not seen.
#[test]
fn the_guide_lists_what_is_not_compared() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../CONTRIBUTING.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let (_, list) = guide.split_once("Not compared, and why:").unwrap();
    let lines = list.lines().skip_while(|line| line.is_empty());
    let lines = lines.take_while(|line| !line.is_empty());
    let titles = lines.filter_map(|line| line.strip_prefix("- **")?.split_once("**: "));
    let listed: BTreeSet<&str> = titles.map(|(title, _)| title).collect();
    let all = all();
    let unseen = all.iter().filter_map(|mutation| match mutation.seen {
        Seen::Not(title) => Some(title),
        _ => None,
    });
    assert_eq!(listed, unseen.collect());
}

/// What `docs apply` writes of a change is no finding any more, and brings none.
#[test]
fn nothing_is_found_about_what_was_written() {
    for mutation in all() {
        for pages in mutation.pages() {
            let (outcome, source, checkout) = pages.compare();
            let applied = apply::apply(&source, &checkout, &outcome.findings, &[&of_code]).unwrap();
            let left = applied.left.len();
            let written = Clubs {
                spec: applied.text,
                files: pages.files,
            };
            let (after, ..) = written.compare();
            assert_eq!(
                after.findings.len(),
                left,
                "{}: {}",
                mutation.what,
                written.report()
            );
        }
    }
}
