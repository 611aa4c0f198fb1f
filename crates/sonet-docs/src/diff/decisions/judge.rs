//! Whether a page bears a decision out.

use std::collections::BTreeMap;

use super::quote::{is_property, is_type, quote};
use crate::diff::finding::{Effect, Finding};
use crate::diff::head::roles;
use crate::diff::site::{Entry, Quote};
use crate::diff::statement::{Statement, has_words};
use crate::markup::inline;
use crate::page::Page;
use crate::words;
use sonet_spec::model::{Decision, FindingKind, Language};

/// What becomes of a decision.
pub(super) enum Verdict {
    /// The page still says so.
    Alive,
    /// The page can't be asked.
    Unknown,
    /// It does not, and this is why.
    Stale(String),
}

/// A decision, and what the page says where it is on.
pub(super) struct Judge<'j> {
    entry: Entry<'j>,
    decision: &'j Decision,
    statement: Option<&'j Statement>,
    page: &'j Page,
}

impl<'j> Judge<'j> {
    pub(super) fn new(
        entry: Entry<'j>,
        decision: &'j Decision,
        said: &'j BTreeMap<(String, String), Statement>,
        page: &'j Page,
    ) -> Self {
        let on = &decision.on;
        let get = |on: &str| said.get(&(entry.name.value.clone(), on.to_owned()));
        // It is said there, or where the property belongs to.
        let outer = on.rsplit_once('.').map(|(outer, _)| outer);
        let outer = outer.filter(|_| is_property(on));
        Self {
            entry,
            decision,
            statement: get(on).or_else(|| outer.and_then(get)),
            page,
        }
    }

    /// Whether the decision is about the finding.
    pub(super) fn settles(&self, finding: &Finding) -> bool {
        let decision = self.decision;
        if finding.entry != self.entry.name.value || !self.is_on(finding) || self.is_foreign() {
            return false;
        }
        match &decision.finding {
            Some(kind) => {
                let same = quote(finding) == inline::plain(&decision.page);
                // Where a page lists nothing, it may say it in a sentence, which is quoted then.
                let said = finding.page.is_empty() && self.holds() != Some(false);
                kind.value == finding.kind && (same || said || self.is_translated(finding))
            }
            None => decision.page == finding.page && !is_whole(finding),
        }
    }

    /// Whether the page says in Russian words what the decision may quote in English ones.
    fn is_translated(&self, finding: &Finding) -> bool {
        let quote = self.decision.page.as_str();
        self.page.russian && words::is_russian(&finding.page) && !words::is_russian(quote)
    }

    /// Whether the decision is about the pages of the other language.
    fn is_foreign(&self) -> bool {
        let russian = |language: Language| language == Language::Russian;
        let language = self.decision.language.as_ref();
        language.is_some_and(|language| russian(language.value) != self.page.russian)
    }

    /// Whether a finding is where the decision is on, or on what the decision names a property of.
    fn is_on(&self, finding: &Finding) -> bool {
        let on = self.decision.on.as_str();
        let property = on.rsplit_once('.').filter(|_| is_property(on));
        on == finding.on
            || property.is_some_and(|(outer, property)| {
                outer == finding.on && property == finding.kind.word()
            })
    }

    /// Whether the page says what the decision quotes. `None` if that can't be told: the quote is in another language, or
    /// the page has nothing there.
    fn holds(&self) -> Option<bool> {
        let quote = self.decision.page.as_str();
        let statement = self.statement?;
        if self.decision.on.as_str() == "who" {
            return Some(roles(quote) == roles(&statement.text));
        }
        let found = statement.words.iter().any(|word| word == quote)
            || has_words(&statement.text, &inline::plain(quote));
        // Decisions quote the English pages; types and codes are the same in both languages.
        let foreign = self.page.russian && !is_type(quote);
        // Old pages have neither types nor the texts of errors.
        let vague =
            !statement.precise && (is_type(quote) || self.decision.on.starts_with("errors."));
        if found || !(foreign || vague) {
            Some(found)
        } else {
            None
        }
    }

    /// What becomes of the decision, which settled something or nothing.
    pub(super) fn verdict(&self, settled: bool) -> Verdict {
        let decision = self.decision;
        if settled {
            return Verdict::Alive;
        }
        if self.is_foreign() {
            return Verdict::Unknown;
        }
        if let Some(kind) = &decision.finding {
            return self.verdict_on(kind.value);
        }
        if decision.page.is_empty() {
            // A remark on the whole of something quotes nothing.
            return match self.statement {
                Some(_) if decision.on.contains('.') => {
                    Verdict::Stale("the page says something about it now".to_owned())
                }
                _ => Verdict::Unknown,
            };
        }
        match self.holds() {
            Some(true) => Verdict::Alive,
            Some(false) => self.unsaid(),
            None => Verdict::Unknown,
        }
    }

    /// A decision on one finding that was not found.
    fn verdict_on(&self, kind: FindingKind) -> Verdict {
        let decision = self.decision;
        let quoted = !decision.page.is_empty();
        if kind == FindingKind::New && self.statement.is_none() && !self.page.incomplete {
            return Verdict::Stale(format!("the page has no `{}` any more", decision.on.value));
        }
        match self.statement {
            // Without the row there is another finding.
            None if decision.on.contains('.') => Verdict::Unknown,
            Some(_) if quoted && self.holds() == Some(false) => self.unsaid(),
            // What is not said precisely is not compared.
            Some(statement) if !statement.precise => Verdict::Unknown,
            _ => Verdict::Stale(format!("there is no finding `{kind}` to decide any more")),
        }
    }

    fn unsaid(&self) -> Verdict {
        Verdict::Stale(format!(
            "the page does not say `{}` any more",
            self.decision.page
        ))
    }

    /// Says it at a finding on the same place, if there is one, instead of a finding of its own.
    pub(super) fn explain(&self, findings: &mut [Finding], message: &str) -> bool {
        let mut same = findings
            .iter_mut()
            .filter(|finding| finding.entry == self.entry.name.value && self.is_on(finding));
        let Some(finding) = same.next() else {
            return false;
        };
        finding
            .notes
            .push(format!("the spec has a decision on it: {message}"));
        true
    }

    /// A finding of its own.
    pub(super) fn stale(&self, message: String) -> Finding {
        let site = self
            .entry
            .site(self.decision.on.as_str(), &self.decision.on.span);
        let start = self.page.start();
        let quote = Quote::nothing(&start);
        let (kind, effect) = (FindingKind::Decision, Effect::Compatible);
        let mut finding = Finding::new(&site, kind, effect, quote, message);
        let reason = self.decision.reason.trim();
        finding.notes.push(format!("the reason was: {reason}"));
        finding
    }
}

/// Findings about a whole table are settled only by a decision that names them.
fn is_whole(finding: &Finding) -> bool {
    matches!(
        finding.on.as_str(),
        "params" | "fields" | "errors" | "result"
    ) && matches!(finding.kind, FindingKind::Missing | FindingKind::Moved)
}
