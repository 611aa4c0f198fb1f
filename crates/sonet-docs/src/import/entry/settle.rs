//! What a draft decides because its page leaves it out, or says it in another form than the entry can have.

use std::collections::BTreeMap;

use super::ANYBODY;
use super::shown::sent_conditions;
use super::writer::Writer;
use crate::diff::{self, are_same_callers, condition, quote_row};
use crate::page::{Example, ExampleKind, Item, Page};

impl Writer<'_> {
    /// Settles what of the page, as it was `said`, can't be in the entry.
    pub(super) fn settle(&mut self, page: &Page, said: &Page) {
        self.settle_head(page);
        if said.params.is_none()
            && page
                .params
                .as_ref()
                .is_some_and(|params| !params.is_empty())
        {
            self.decide(("params", "missing"), "", "Only examples send them.");
        }
        let mut answers = examples(page, ExampleKind::Response);
        if answers.any(|example| example.json.get("result").is_none()) {
            let reason = "All answers have it; the example leaves it out.";
            self.decide(("result", "unwrapped"), "", reason);
        }
        self.settle_envelope(page);
        self.settle_case(page);
        for (list, said, kept) in [
            ("order_fields", &said.order_fields, &page.order_fields),
            ("select_fields", &said.select_fields, &page.select_fields),
        ] {
            self.settle_list(list, said.as_deref(), kept.as_deref());
        }
        self.settle_operators(page, said);
        self.settle_conditions(page, said);
    }

    fn settle_head(&mut self, page: &Page) {
        if let Some(doubt) = &page.name_doubt {
            self.decide(
                ("name", "text"),
                &doubt.title,
                "It is what the examples call.",
            );
        }
        let reason = "It is a guess.";
        match &page.scope {
            None => self.decide(("scope", "text"), "", reason),
            Some(said) => {
                let is_part =
                    |char: char| char.is_ascii_alphanumeric() || matches!(char, '_' | '.');
                if !said.text.chars().all(is_part) {
                    let reason = "An entry has one scope.";
                    self.decide(("scope", "text"), &said.text, reason);
                }
            }
        }
        match &page.who {
            None => self.decide(("who", "text"), "", reason),
            Some(said)
                if self.shapes.descriptions.of_callers(page).is_none()
                    && !are_same_callers(&said.text, ANYBODY) =>
            {
                self.decide(("who", "text"), &said.text, reason);
            }
            Some(_) => {}
        }
    }

    /// Settles what a page says in its own way of what is around every answer.
    fn settle_envelope(&mut self, page: &Page) {
        for status in page.statuses.iter().filter(|status| !status.error) {
            let code = &status.code.text;
            if *code != diff::SUCCESS {
                self.doubt(format!(
                    "its answer comes with the status {code}, the page says."
                ));
                let reason = "What is no error comes with one status.";
                self.decide(("result", "status"), code, reason);
            }
        }
        for row in page
            .envelope
            .iter()
            .filter(|row| !diff::is_in_envelope(row))
        {
            let on = format!("result.{}", row.name);
            let reason = "All answers have it in one form.";
            self.decide((&on, "type"), &row.ty(), reason);
        }
    }

    /// Settles parameters that an example writes in another case.
    fn settle_case(&mut self, page: &Page) {
        let params = page.params.as_deref().unwrap_or_default();
        let requests = examples(page, ExampleKind::Request).chain(&page.programs);
        let keys = requests.filter_map(|example| example.json.as_object());
        let mut others: Vec<&String> = keys
            .flat_map(|map| map.keys())
            .filter(|key| params.iter().all(|param| param.name != **key))
            .filter(|key| {
                params
                    .iter()
                    .any(|param| param.name.eq_ignore_ascii_case(key))
            })
            .collect();
        others.sort_unstable();
        others.dedup();
        for key in others {
            let on = format!("params.{key}");
            self.decide(
                (&on, "new"),
                key,
                "An example writes a name in another case.",
            );
        }
    }

    /// Settles fields of a list that the entry has, and that are left out of it.
    fn settle_list(&mut self, list: &str, said: Option<&[Item]>, kept: Option<&[Item]>) {
        let (Some(said), Some(kept)) = (said, kept) else {
            return;
        };
        for item in said {
            if kept.iter().all(|other| other.name != item.name) {
                let on = format!("{list}.{}", item.name);
                let page = quote_row(&item.name, item);
                self.decide(
                    (&on, "new"),
                    &page,
                    "The tables do not have it among the others.",
                );
            }
        }
    }
    /// Settles the operators that no field takes, or that the page has none of.
    fn settle_operators(&mut self, page: &Page, said: &Page) {
        if page.filter_fields.is_none() {
            return;
        }
        if said.filter_operators.is_none() {
            let reason = "Every filter takes what is equal.";
            self.decide(("filter_operators", "missing"), "", reason);
        }
        let kept = page.filter_operators.as_deref().unwrap_or_default();
        for operator in said.filter_operators.iter().flatten() {
            if kept.iter().all(|other| other.text != operator.text) {
                let on = format!("filter_operators.{}", operator.text);
                let reason = "No field of the table takes it.";
                self.decide((&on, "new"), &operator.text, reason);
            }
        }
    }
}

impl Writer<'_> {
    /// Settles what only examples filter by.
    fn settle_conditions(&mut self, page: &Page, said: &Page) {
        if page.filter_fields.is_none() {
            return;
        }
        let sent = sent_conditions(page).into_iter();
        let sent = sent.map(|(_, key, _)| condition(key));
        let (operators, fields): (Vec<_>, Vec<_>) = sent.unzip();
        let [kept, listed] = [page, said].map(|page| {
            let fields = page.filter_fields.iter().flatten();
            fields.map(|field| field.name.as_str()).collect::<Vec<_>>()
        });
        self.settle_sent("filter_fields", &fields, &kept, Some(&listed));
        let [kept, listed] = [page, said].map(|page| {
            let operators = page.filter_operators.as_ref()?.iter();
            Some(operators.map(|said| said.text.as_str()).collect::<Vec<_>>())
        });
        let kept = kept.unwrap_or_default();
        self.settle_sent("filter_operators", &operators, &kept, listed.as_deref());
    }

    /// Settles what examples send of a list of names, and what of it the entry has, that the page does not list. Without a
    /// list, that is settled already.
    fn settle_sent(&mut self, list: &str, sent: &[&str], kept: &[&str], listed: Option<&[&str]>) {
        let is_listed = |name: &str| listed.is_some_and(|listed| listed.contains(&name));
        for name in sent
            .iter()
            .filter(|name| !name.is_empty() && !is_listed(name))
        {
            let on = format!("{list}.{name}");
            if !kept.contains(name) {
                self.decide((&on, "new"), name, "An example writes it in another way.");
                continue;
            }
            let doubt = "only an example sends it: does the method take it?";
            self.doubts.add_on(&on, doubt);
            if listed.is_some() {
                self.decide((&on, "missing"), "", "An example sends it.");
            }
        }
    }
}

/// The defaults that rows say of the parameters with these paths, each once.
pub(super) fn defaults(path: &str, rows: &[Item], found: &mut BTreeMap<String, Vec<String>>) {
    for row in rows {
        let on = format!("{path}.{}", row.name);
        if let Some(default) = &row.default {
            let quotes = found.entry(on.clone()).or_default();
            let quote = default.quote();
            if !quotes.contains(&quote) {
                quotes.push(quote);
            }
        }
        defaults(&on, &row.fields, found);
    }
}

fn examples(page: &Page, kind: ExampleKind) -> impl Iterator<Item = &Example> {
    page.examples
        .iter()
        .filter(move |example| example.kind == kind)
}
