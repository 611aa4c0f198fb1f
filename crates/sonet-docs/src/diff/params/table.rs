//! The table of parameters, and those of the parameters inside others.

use super::moved;
use crate::diff::comparison::Comparison;
use crate::diff::finding::{Effect, Row};
use crate::diff::names::Changes;
use crate::diff::row::required::{self, Required};
use crate::diff::row::{Declaration, compare_default, compare_values, outdated, types};
use crate::diff::site::{Entry, Quote};
use crate::diff::statement::Statement;
use crate::markup::Location;
use crate::page::{Item, is_mask};
use crate::words::requiredness;
use sonet_spec::model::{FindingKind, Input, Method, Param};

pub(crate) fn compare<'s>(cx: &mut Comparison<'s>, entry: Entry<'s>, method: &'s Method) {
    let page = cx.page;
    let start = page.start();
    match &page.params {
        Some(items) => {
            let items = moved::unwrap(cx, entry, method, items);
            let table = Table {
                entry,
                method: Some(method),
                list: "params",
                params: &method.params,
                rows: &items,
                open: false,
                at: items.first().map_or(&start, |item| &item.at),
            };
            table.compare(cx);
            moved::settle(cx);
        }
        None if method.params.is_empty() || page.incomplete => {}
        None => {
            let site = entry.site("params", &method.name.span);
            let message = "the page has no table of parameters";
            cx.compatible(&site, FindingKind::Missing, Quote::nothing(&start), message);
        }
    }
}

/// Compares an object of requests with the row of what is one, or has several.
fn compare_input<'s>(cx: &mut Comparison<'s>, input: &'s Input, row: &Item) {
    let entry = Entry::new(&input.name, &input.decisions);
    cx.visit(entry);
    if !row.fields.is_empty() {
        let table = Table {
            entry,
            method: None,
            list: "params",
            params: &input.params,
            rows: &row.fields,
            open: input.open,
            at: &row.fields[0].at,
        };
        table.compare(cx);
    } else if !row.absent {
        let site = entry.site("params", &input.name.span);
        let message = format!("the page has no table of what is in `{}`", input.name.value);
        cx.compatible(
            &site,
            FindingKind::Missing,
            Quote::nothing(&row.at),
            message,
        );
    }
}

/// A table of parameters, and what the spec has of it.
struct Table<'s, 't> {
    entry: Entry<'s>,
    /// The method, if they are its own.
    method: Option<&'s Method>,
    /// The path of the parameters in the entry.
    list: &'t str,
    params: &'s [Param],
    rows: &'t [Item],
    /// Whether others are taken than are listed.
    open: bool,
    at: &'t Location,
}

impl<'s> Table<'s, '_> {
    fn compare(&self, cx: &mut Comparison<'s>) {
        let is = |param: &Param, row: &Item| row.name == *param.name;
        for param in self.params {
            // A page may have a row twice, and say two things.
            for row in self.rows.iter().filter(|row| is(param, row)) {
                self.compare_row(cx, param, row);
            }
        }
        let params = self.params.iter();
        let missing = params.filter(|param| !self.rows.iter().any(|row| is(param, row)));
        let rows = self.rows.iter();
        // What stands for a portal's own is among what is open.
        let rows = rows.filter(|row| !self.open || !is_mask(&row.name));
        let new = rows.filter(|row| !self.params.iter().any(|param| is(param, row)));
        let new: Vec<&Item> = new.collect();
        let changes = Changes {
            entry: self.entry,
            list: self.list,
            what: "parameter",
            missing: missing.map(|param| &param.name).collect(),
            new: Changes::names_of(&new),
            at: self.at,
        };
        let renames = changes.renames();
        changes.report_missing(cx, &renames);
        for (index, row) in new.into_iter().enumerate() {
            if renames.is_new(index) {
                self.report_new(cx, row);
            }
        }
    }

    fn compare_row(&self, cx: &mut Comparison<'s>, param: &'s Param, row: &Item) {
        let on = format!("{}.{}", self.list, *param.name);
        let declaration = Declaration::param(self.entry, &on, param);
        let site = &declaration.site;
        cx.says(site, Statement::of(row));
        types::compare(cx, site, &param.ty, row, &format!("`{}`", row.name));
        // A sentence may say the opposite of a star.
        let sentence = requiredness(&row.text)
            .filter(|_| row.fields.is_empty() && row.alternatives.is_empty())
            .filter(|said| row.required != Some(*said));
        for page in row.required.into_iter().chain(sentence) {
            let spec = param.required;
            required::compare_sent(cx, site, Effect::Breaking, row, &Required { page, spec });
        }
        outdated::compare_sent(cx, site, row, param.deprecated.is_some());
        let default = param.default.as_deref();
        compare_default(cx, &declaration, default, row);
        compare_values(cx, &declaration, row);
        let unknown = row.absent && row.fields.is_empty();
        if !param.fields.is_empty() && !unknown {
            let inner = Table {
                list: &on,
                params: &param.fields,
                rows: &row.fields,
                open: param.open.value,
                at: row.fields.first().map_or(&row.at, |item| &item.at),
                ..*self
            };
            inner.compare(cx);
        }
        if let Some(input) = cx.symbols.input(param.ty.innermost()) {
            compare_input(cx, input, row);
        }
        types::compare_presence(cx, site, &param.ty, row, self.rows);
    }

    /// A parameter that the spec does not have here.
    fn report_new(&self, cx: &mut Comparison<'_>, row: &Item) {
        let (list, name) = (self.list, &row.name);
        let on = format!("{list}.{name}");
        let elsewhere = self
            .method
            .and_then(|method| moved::elsewhere(method, list, name));
        if let Some((other, param)) = elsewhere {
            let message = format!("the page has `{on}`, and the spec `{other}`");
            let site = self.entry.site(other, &param.name.span);
            let quote = Quote::new(on, &row.at);
            cx.breaking(&site, FindingKind::Moved, quote, message);
            return;
        }
        let (what, effect) = if row.required == Some(true) {
            ("required parameter", Effect::Breaking)
        } else {
            ("parameter", Effect::Compatible)
        };
        let site = self.entry.site(on, &self.entry.name.span);
        let message = format!("the {what} `{name}` is only on the page");
        let quote = Quote::new(name.as_str(), &row.at);
        cx.report(&site, FindingKind::New, effect, quote, message)
            .on_row(Row::Item(Box::new(row.clone())))
            .among(self.rows.iter().map(|row| row.name.as_str()), name);
    }
}
