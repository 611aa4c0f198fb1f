//! The objects of requests that have entries of their own: what a table lists of something that is sent in a list, in a map, or
//! in another object.

use super::around::{Around, Inner, Level};
use super::form::{Form, OTHERWISE, objects};
use super::params::are_typed;
use super::sent::others;
use super::writer::Writer;
use crate::import::doubt::Doubts;
use crate::import::name::{RustNames, one_of};
use crate::import::shapes::{InputDraft, Place};
use crate::page::{Item, Page};
use crate::words::types;

/// The names that an object has for what no page lists, and for what builds it.
const TAKEN: [&str; 3] = ["key", "new", "unlisted"];

impl Writer<'_> {
    /// The type of a parameter with a table of its own.
    pub(super) fn structured(&mut self, param: &Item, inner: &Inner<'_>, page: &Page) -> String {
        match inner.form {
            Form::One => self.input(param, inner, page),
            Form::Many => format!("{}[]", self.input(param, inner, page)),
            Form::Keyed => format!("map<{}>", self.input(param, inner, page)),
            Form::Languages => self.by_language(param, inner),
            Form::Value => "json".to_owned(),
            Form::Other => self.unclear(inner.on, OTHERWISE),
            Form::Unclear(why) => self.unclear(inner.on, why),
        }
    }

    /// What takes anything, with the doubt about it.
    fn unclear(&mut self, on: &str, why: &str) -> String {
        self.doubt_on(on, Some(why.to_owned()));
        "json".to_owned()
    }

    /// A map of what all languages have in common.
    fn by_language(&mut self, param: &Item, inner: &Inner<'_>) -> String {
        let mut fields = param.fields.iter();
        let first = fields.next();
        let first = first.filter(|first| fields.all(|field| field.types == first.types));
        let ty = match first {
            Some(first) => {
                let said = self.shapes.scalar(first, Place::Param);
                self.sent_as(said, &objects(inner.form, inner.shown)).0
            }
            None => "json".to_owned(),
        };
        format!("map<{ty}>")
    }

    /// Settles what only some rows list, where a page describes the object more than once.
    fn twice(&mut self, rows: &[Item], fields: &[Item]) {
        let reason = "The page says elsewhere what is in it.";
        for row in rows {
            if row.fields.is_empty() {
                self.decide(("params", "missing"), "", reason);
                continue;
            }
            let has = |field: &&Item| row.fields.iter().any(|other| other.name == field.name);
            for field in fields.iter().filter(|field| !has(field)) {
                let on = format!("params.{}", field.name);
                self.decide((&on, "missing"), "", reason);
            }
        }
    }

    /// The name of the entry, which is written as the parameters of a method are.
    fn input(&mut self, param: &Item, inner: &Inner<'_>, page: &Page) -> String {
        let shown = objects(inner.form, inner.shown);
        let programs = objects(inner.form, inner.programs);
        let outer = Own::of(self);
        let mut unlisted: Vec<&String> = shown
            .iter()
            .chain(&programs)
            .flat_map(|value| others(param, value))
            .collect();
        unlisted.sort_unstable();
        unlisted.dedup();
        let around = Around {
            level: Level::Input,
            path: "params",
            said: inner.said,
            is_typed: are_typed(&param.fields),
            shown: &shown,
            programs: &programs,
            wrapped: &[],
            calls: &shown,
        };
        let mut taken = RustNames::beside(&TAKEN);
        for field in &param.fields {
            self.param(field, &around, page, &mut taken);
        }
        self.twice(&param.also, &param.fields);
        for key in &unlisted {
            let doubt = "only an example sends it: does the method take it?";
            self.doubts.add_on(&format!("params.{key}"), doubt);
        }
        let own = outer.back_to(self);
        let draft = InputDraft {
            name: name(param, inner.form),
            doc: self.shapes.doc(&param.sentences),
            open: param.open || !unlisted.is_empty(),
            params: own.out,
            decisions: own.decisions,
            doubts: own.doubts,
        };
        self.shapes.input(&draft)
    }
}

/// What is written of an entry.
#[derive(Default)]
struct Own {
    out: String,
    doubts: Doubts,
    decisions: Vec<String>,
}

impl Own {
    /// Takes what is written so far, so that another entry begins.
    fn of(writer: &mut Writer<'_>) -> Self {
        Self::default().back_to(writer)
    }

    /// Goes on with this, and gives what was written instead.
    fn back_to(self, writer: &mut Writer<'_>) -> Self {
        Self {
            out: std::mem::replace(&mut writer.out, self.out),
            doubts: std::mem::replace(&mut writer.doubts, self.doubts),
            decisions: std::mem::replace(&mut writer.decisions, self.decisions),
        }
    }
}

/// What the object may be called: by the vendor's own word, or as one of those that the parameter has.
fn name(param: &Item, form: Form) -> String {
    let words = param.types.iter().map(|word| word.trim_end_matches("[]"));
    let mut own = words.filter(|word| types::is_own(word));
    match own.next() {
        Some(word) => word.to_owned(),
        None if form == Form::One => param.name.clone(),
        None => one_of(&param.name),
    }
}
