//! The text of an entry: what a page says, and what it leaves in doubt.

mod answer;
mod around;
mod errors;
mod form;
mod inputs;
mod lists;
mod paging;
mod params;
mod role;
mod rows;
mod said;
mod sent;
mod settle;
mod shown;
mod tidy;
mod writer;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::description::Descriptions;
use super::doubt::Doubts;
use super::shapes::Shapes;
use crate::checkout::REFERENCE;
use crate::page::{Page, Said};
use crate::words::{self, verbs};
use sonet_spec::model::Spec;
use sonet_spec::names;
use writer::Writer;

/// The entry of a method, behind those of the objects that it brings.
pub(super) fn write(
    spec: &Spec,
    name: &str,
    page: &Page,
    taken: &dyn Fn(&str) -> bool,
    descriptions: Descriptions,
) -> String {
    let (tidied, left_out) = tidy::tidied(page);
    let (said, page) = (page, &tidied);
    let mut writer = Writer {
        shapes: Shapes::new(spec, name, &page.structures, taken, descriptions),
        out: String::new(),
        doubts: Doubts::default(),
        defaults: BTreeMap::new(),
        decisions: Vec::new(),
    };
    let rows = said.params.as_deref().unwrap_or_default();
    settle::defaults("params", rows, &mut writer.defaults);
    writer.only_sent("", page.params.as_deref().unwrap_or_default());
    writer.method(name, page, said, taken);
    for left_out in left_out {
        writer.doubt(left_out);
    }
    let doubts = writer.doubts.entry();
    let entries = format!("{}{}{doubts}", writer.shapes.text(), writer.out);
    writer.shapes.ids_in(&entries) + &entries
}

/// What is true of every write of which nobody has said more.
const LOST_ANSWER: &str = "It may have run: look for what it changes before you call it again.";

/// What to use instead of a method that the vendor calls outdated.
fn instead(successors: &[String]) -> String {
    let names: Vec<String> = successors.iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => "The vendor no longer develops it.".to_owned(),
        names => format!("Use {}.", names.join(" or ")),
    }
}

/// Who may call a method of which nobody has said more.
const ANYBODY: &str = "any user";

impl Writer<'_> {
    fn method(&mut self, name: &str, page: &Page, said: &Page, taken: &dyn Fn(&str) -> bool) {
        self.out.push_str("[[method]]\n");
        if let Some(doubt) = &page.name_doubt {
            self.doubt(format!("{}.", doubt.text));
        }
        self.pair("name", name);
        self.rust(name, taken);
        let file = page
            .file
            .strip_prefix(REFERENCE)
            .and_then(|file| file.strip_prefix('/'))
            .unwrap_or(&page.file);
        self.pair("page", &format!("{}.html", file.trim_end_matches(".md")));
        if page.scope.is_none() {
            self.doubt("the page has no scope.");
        }
        let scope = page.scope.as_ref().map(|said| said.text.as_str());
        self.scope(scope.unwrap_or("unknown"));
        self.effect(name, page);
        let callers = self.shapes.descriptions.of_callers(page);
        if callers.is_none() {
            self.doubt("who may call it is not said in English.");
        }
        self.pair("who", callers.unwrap_or(ANYBODY));
        let doc = self.shapes.descriptions.of_method(page, name);
        self.pair("doc", &doc);
        if let Some(successors) = &page.successors {
            self.pair("deprecated", &instead(successors));
        }
        self.params(page);
        self.lists(page);
        self.result(page);
        self.errors(
            page.errors.as_deref().unwrap_or_default(),
            said.errors.as_deref(),
            &page.statuses,
        );
        self.settle(page, said);
        self.decisions(page);
        // An include that no fact can stand in is missed by nobody.
        for problem in page.problems.iter().filter(|problem| !problem.absent) {
            self.doubt(format!("{}: {}.", problem.at, problem.message));
        }
    }

    /// What is decided, and that what the vendor calls outdated works until it is taken away.
    fn decisions(&mut self, page: &Page) {
        let is_said = |said: &&Said| page.successors.is_some() && words::is_of_method(&said.text);
        for said in page.outdated.iter().filter(|said| !is_said(said)) {
            let reason = "It works until the vendor takes it away.";
            self.doubt("the vendor calls it outdated, or something of it.");
            self.decide(("name", "outdated"), &said.text, reason);
        }
        if !self.decisions.is_empty() {
            let decisions = self.decisions.concat();
            let _ = write!(self.out, "decisions = [\n{decisions}]\n");
        }
    }

    /// A name of its own for a method whose type could not be called as its last word.
    fn rust(&mut self, name: &str, taken: &dyn Fn(&str) -> bool) {
        let derived = names::RustPath::of_method(name, None).type_name;
        let is_free = !taken(&derived)
            && !names::is_reserved(&names::snake(&derived))
            && names::is_upper_camel(&derived);
        if is_free {
            return;
        }
        let before = name.rsplit_once('.').map_or("call", |(before, _)| before);
        let noun = before.rsplit('.').next().unwrap_or_default();
        let last = name.rsplit('.').next().unwrap_or_default();
        let mut longer = [noun, before]
            .map(|before| names::upper_camel(&format!("{before}_{last}")))
            .into_iter();
        let is_free = |name: &String| !taken(name) && !self.shapes.precedents.has(name);
        let own = longer
            .clone()
            .find(is_free)
            .or_else(|| longer.next_back())
            .unwrap_or_default();
        self.pair("rust", &own);
        self.shapes.keep_free(own);
    }

    /// The scope, which is one word: what a page says beside it is not.
    fn scope(&mut self, said: &str) {
        let is_part = |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '.');
        let end = said.find(|char| !is_part(char)).unwrap_or(said.len());
        if end == said.len() {
            return self.pair("scope", said);
        }
        self.doubt(format!("the page says of the scope: {said}."));
        self.pair("scope", if end == 0 { "unknown" } else { &said[..end] });
    }

    /// A read, where both the name and the title say so. What is not settled is a write.
    fn effect(&mut self, name: &str, page: &Page) {
        let mut parts = name.rsplit('.').map(names::snake);
        let last = parts.next().unwrap_or_default();
        let by_name = verbs::reads_by_name(&last) && !parts.any(|part| verbs::is_write(&part));
        let by_title = verbs::reads_by_title(&page.title);
        let params = page.params.iter().flatten();
        let mut writers = params.filter(|param| verbs::writes_by_param(&param.name));
        let writer = writers.next().map(|param| format!("`{}`", param.name));
        let mut lines = page.introduction.iter();
        let deed = lines.find_map(|line| verbs::deed(line));
        let deed = deed.map(|deed| format!("the introduction, by the word \"{deed}\","));
        let other = writer.or(deed);
        if by_name && by_title && other.is_none() {
            self.shapes.reads = true;
            return self.pair("effect", "read");
        }
        if let Some(other) = other.filter(|_| by_name && by_title) {
            self.doubt(format!(
                "it seems to read, and {other} to change something."
            ));
        } else if by_name || by_title {
            let (reader, other) = if by_name {
                ("name", "title")
            } else {
                ("title", "name")
            };
            self.doubt(format!(
                "it seems to read, by its {reader}, and not by its {other}."
            ));
        }
        self.pair("effect", "write");
        self.pair("lost_answer", LOST_ANSWER);
    }
}
