//! What the spec's decisions settle, and which of them settle nothing any more.

use super::compare::{Comparison, Entry, Saying};
use super::finding::{self, Effect, Finding, Row};
use super::who;
use crate::markup::inline;
use crate::page::Page;
use crate::words;
use sonet_spec::model::{Decision, FindingKind, Language};

/// A decision: its entry, and where it stands in the spec.
type Key = (String, usize);

/// The findings of a page after the decisions.
pub(super) struct Settled {
    pub(super) findings: Vec<Finding>,
    /// Decisions that the page does not bear out.
    pub(super) stale: Vec<(Key, Finding)>,
    /// Decisions that it does.
    pub(super) alive: Vec<Key>,
    /// The findings that were settled.
    pub(super) quiet: Vec<finding::Key>,
}

/// Takes away what is decided.
pub(super) fn settle(cx: Comparison<'_>, page: &Page) -> Settled {
    let mut settled = Settled {
        findings: Vec::new(),
        stale: Vec::new(),
        alive: Vec::new(),
        quiet: Vec::new(),
    };
    let mut findings = cx.findings;
    for entry in cx.entries.values() {
        for decision in entry.decisions {
            let judge = Judge {
                entry: *entry,
                decision,
                saying: saying(&cx.said, entry, decision),
                page,
            };
            let before = settled.quiet.len();
            findings.retain(|finding| {
                let settles = judge.settles(finding);
                settled.quiet.extend(settles.then(|| finding.key()));
                !settles
            });
            let count = settled.quiet.len() - before;
            let key = (entry.name.value.clone(), decision.on.span.start);
            match judge.verdict(count) {
                Verdict::Alive => settled.alive.push(key),
                Verdict::Unknown => {}
                Verdict::Stale(message) => {
                    if !judge.explained(&mut findings, &message) {
                        settled.stale.push((key, judge.stale(message)));
                    }
                }
            }
        }
    }
    settled.findings = findings;
    settled
}

/// What the page says where a decision is on: there, or where the property belongs to.
fn saying<'c>(
    said: &'c std::collections::BTreeMap<(String, String), Saying>,
    entry: &Entry<'_>,
    decision: &Decision,
) -> Option<&'c Saying> {
    let get = |on: &str| said.get(&(entry.name.value.clone(), on.to_owned()));
    let outer = decision.on.rsplit_once('.').map(|(outer, _)| outer);
    get(&decision.on).or_else(|| outer.filter(|_| is_property(&decision.on)).and_then(get))
}

/// Whether a path ends with what a parameter or field has, such as its type.
fn is_property(on: &str) -> bool {
    let last = on.rsplit('.').next().unwrap_or_default();
    matches!(
        last,
        "type"
            | "required"
            | "default"
            | "values"
            | "nullable"
            | "optional"
            | "none"
            | "doc"
            | "text"
            | "code"
    )
}

enum Verdict {
    /// The page still says so.
    Alive,
    /// The page can't be asked.
    Unknown,
    /// It does not, and this is why.
    Stale(String),
}

struct Judge<'j> {
    entry: Entry<'j>,
    decision: &'j Decision,
    saying: Option<&'j Saying>,
    page: &'j Page,
}

impl Judge<'_> {
    /// Whether the decision is about the finding.
    fn settles(&self, finding: &Finding) -> bool {
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
        let saying = self.saying?;
        if self.decision.on.as_str() == "who" {
            return Some(who::who(quote) == who::who(&saying.text));
        }
        let found = saying.words.iter().any(|word| word == quote)
            || has_words(&saying.text, &inline::plain(quote));
        // Decisions quote the English pages; types and codes are the same in both languages.
        let foreign = self.page.russian && !is_type(quote);
        // Old pages have neither types nor the texts of errors.
        let vague = !saying.precise && (is_type(quote) || self.decision.on.starts_with("errors."));
        if found || !(foreign || vague) {
            Some(found)
        } else {
            None
        }
    }

    fn verdict(&self, count: usize) -> Verdict {
        let decision = self.decision;
        if count > 0 {
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
            return match self.saying {
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
        if kind == FindingKind::New && self.saying.is_none() && !self.page.incomplete {
            return Verdict::Stale(format!("the page has no `{}` any more", decision.on.value));
        }
        match self.saying {
            // Without the row there is another finding.
            None if decision.on.contains('.') => Verdict::Unknown,
            Some(_) if quoted && self.holds() == Some(false) => self.unsaid(),
            // What is not said precisely is not compared.
            Some(saying) if !saying.precise => Verdict::Unknown,
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
    fn explained(&self, findings: &mut [Finding], message: &str) -> bool {
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

    fn stale(&self, message: String) -> Finding {
        Finding {
            entry: self.entry.name.value.clone(),
            on: self.decision.on.value.clone(),
            kind: FindingKind::Decision,
            effect: Effect::Compatible,
            message,
            page: String::new(),
            at: vec![self.page.start()],
            spec: self.decision.on.span.clone(),
            notes: vec![format!("the reason was: {}", self.decision.reason.trim())],
            row: None,
            preceding: Vec::new(),
        }
    }
}

/// What the page says of a finding, as a decision quotes it. A row that only the page has is quoted with its star and its
/// type, so that they are watched as those of any other row.
pub(super) fn quote(finding: &Finding) -> String {
    let Some(Row::Item(item)) = finding
        .row
        .as_ref()
        .filter(|_| finding.kind == FindingKind::New)
    else {
        return finding.page.clone();
    };
    let star = if item.required == Some(true) { "*" } else { "" };
    let ty = Some(item.ty()).filter(|ty| !ty.is_empty());
    let ty = ty.map_or_else(String::new, |ty| format!(": {ty}"));
    format!("{}{star}{ty}", finding.page)
}

/// Whether a text has these words, one after the other.
pub(super) fn has_words(text: &str, words: &str) -> bool {
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (text, words) = (squeezed(text), squeezed(words));
    let inside =
        |char: Option<char>| char.is_some_and(|char| char.is_alphanumeric() || char == '_');
    text.match_indices(&words).any(|(at, found)| {
        let cut_before = inside(text[..at].chars().next_back()) && inside(found.chars().next());
        let after = text[at + found.len()..].chars().next();
        let cut_after = inside(found.chars().next_back()) && inside(after);
        !cut_before && !cut_after
    })
}

/// Findings about a whole table are settled only by a decision that names them.
fn is_whole(finding: &Finding) -> bool {
    matches!(
        finding.on.as_str(),
        "params" | "fields" | "errors" | "result"
    ) && matches!(finding.kind, FindingKind::Missing | FindingKind::Moved)
}

/// Whether a quote is a type, or a word of the comparison.
fn is_type(quote: &str) -> bool {
    let words = [
        "string",
        "text",
        "integer",
        "boolean",
        "array",
        "object",
        "any",
        "datetime",
        "date",
        "enum",
        "user",
        "file",
        "timestamp",
        "required",
        "optional",
        "double",
        "char",
    ];
    let mut parts = quote.split(" | ").map(|part| part.trim_end_matches("[]"));
    parts.all(|part| words.contains(&part))
}
