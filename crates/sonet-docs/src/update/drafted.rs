//! Drafts of methods of which there is a spec.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::entries::Entries;
use super::fingerprint::fingerprint;
use crate::checkout::{Checkout, REFERENCE};
use crate::diff::{Subject, locate};
use crate::import::{self, Code, Drafts, Wanted};
use sonet_spec::model::Spec;

/// Methods as they would be drafted of the pages of a checkout.
#[derive(Debug, Default)]
pub(super) struct Drafted {
    pub(super) entries: Entries,
    /// What their pages are known by.
    pub(super) pages: BTreeMap<String, String>,
    /// Those without a draft, and why.
    pub(super) missing: Vec<(String, String)>,
}

/// Drafts methods of a spec anew, in their order, as if nothing were there but `known`, a spec and its text.
pub(super) fn drafted(
    spec: &Spec,
    is_wanted: &dyn Fn(&str) -> bool,
    known: (Spec, &str),
    checkout: &Checkout,
    code: Code<'_>,
) -> io::Result<Drafted> {
    let located = locate(spec, checkout)?;
    let files: BTreeMap<&str, &str> = located
        .pages
        .iter()
        .filter_map(|(subject, page)| match subject {
            Subject::Method(method) => Some((method.name.as_str(), page.file.as_str())),
            Subject::Event(_) => None,
        })
        .collect();
    let methods: Vec<_> = spec
        .methods
        .iter()
        .filter(|method| is_wanted(&method.name))
        .collect();
    let mut seen = BTreeSet::new();
    let wanted: Vec<Wanted> = methods
        .iter()
        .filter_map(|method| files.get(method.name.as_str()))
        .filter(|file| seen.insert(**file))
        .map(|file| Wanted::all((*file).to_owned()))
        .collect();
    let (known, text) = known;
    let drafts = import::drafts_of(known, text, checkout, &wanted, code)?;
    let mut drafted = Drafted::default();
    for draft in drafts
        .drafts
        .iter()
        .filter(|draft| draft.mistakes.is_none())
    {
        drafted
            .entries
            .0
            .extend(Entries::parse(&draft.text).unwrap_or_default().0);
    }
    for method in methods {
        let name = method.name.as_str();
        let file = files.get(name).copied();
        if drafted.entries.method(name).is_none() {
            let why = why_not(file, &drafts);
            let unread = || {
                let page = method.page.trim_end_matches(".html");
                let own = format!("{REFERENCE}/{page}.md");
                let mut problems = located.problems.iter();
                let problem = problems.find(|problem| *problem.at.file == *own);
                problem.map(|problem| problem.message.clone())
            };
            let why = why.or_else(unread);
            let why = why.unwrap_or_else(|| "no page is about it any more".to_owned());
            drafted.missing.push((name.to_owned(), why));
        } else if let Some(file) = file {
            drafted
                .pages
                .insert(name.to_owned(), fingerprint(checkout, file)?);
        }
    }
    Ok(drafted)
}

/// Why a page has no draft.
fn why_not(file: Option<&str>, drafts: &Drafts) -> Option<String> {
    let file = file?;
    let start = format!("{file}: ");
    let mut passed_over = drafts.passed_over.iter();
    if let Some(why) = passed_over.find(|why| why.starts_with(&start)) {
        return Some(why.clone());
    }
    let draft = drafts.drafts.iter().find(|draft| draft.file == file)?;
    let mistake = draft
        .mistakes
        .as_ref()
        .and_then(|report| report.diagnostics().first());
    Some(match mistake {
        Some(mistake) => format!("{file}: the draft has a mistake: {}", mistake.message),
        None => format!("{file} is about another method now"),
    })
}
