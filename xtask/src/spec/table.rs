//! Reading one table of the spec, key by key.

use std::cell::RefCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::model::{At, Text};
use super::problems::{Problems, listed, nearest};
use super::types::Type;
use crate::diagnostics::Diagnostic;

/// What the table of the whole file is; its lists are written with `[[…]]`.
pub(super) const SPEC: &str = "the spec";

/// A table whose keys are known. Every mistake in it is reported, and something harmless stands in for the value.
pub(super) struct TableReader<'t> {
    problems: &'t Problems,
    table: &'t DeTable<'t>,
    /// Where the table starts.
    span: Range<usize>,
    /// What it is, such as `a method`.
    what: &'static str,
    missing: RefCell<Vec<&'static str>>,
    /// Known keys, and the unknown ones that were probably meant to be them.
    misspelt: Vec<(&'static str, &'t str)>,
}

impl<'t> TableReader<'t> {
    /// Starts reading, and reports the keys that are not `allowed`.
    pub(super) fn new(
        problems: &'t Problems,
        what: &'static str,
        table: &'t DeTable<'t>,
        span: Range<usize>,
        allowed: &[&'static str],
    ) -> Self {
        let mut misspelt = Vec::new();
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if allowed.contains(&name) {
                continue;
            }
            let diagnostic = Diagnostic::new(format!("{what} has no key `{name}`"))
                .at(&key.span(), "unknown key");
            let Some(meant) = nearest(name, allowed.iter().copied()) else {
                let keys = listed(allowed.iter().copied(), "and");
                problems.lost(diagnostic.help(format!("{what} has {keys}")));
                continue;
            };
            let diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
            if table.contains_key(meant) {
                problems.lost(diagnostic);
            } else {
                // It is read as what it was meant to be.
                misspelt.push((meant, name));
                problems.report(diagnostic);
            }
        }
        Self {
            problems,
            table,
            span,
            what,
            missing: RefCell::default(),
            misspelt,
        }
    }

    /// Reports a mistake of a value that the caller read by itself.
    pub(super) fn problem(&self, diagnostic: Diagnostic) {
        self.problems.report(diagnostic);
    }

    /// Where to point for a key that isn't there: the name of the entry, or where the table starts.
    fn place(&self) -> Range<usize> {
        match self.get("name") {
            Some(name) => name.span(),
            None => self.span.clone(),
        }
    }

    /// The value of a key, or of the one that it was probably misspelt as.
    fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        let misspelt = self.misspelt.iter().find(|(meant, _)| *meant == key);
        let written = misspelt.map_or(key, |(_, written)| *written);
        self.table.get(written)
    }

    fn lacks(&self, key: &'static str) {
        self.missing.borrow_mut().push(key);
    }

    fn mistyped(&self, key: &str, wanted: &str, value: &Spanned<DeValue<'_>>, help: String) {
        let found = kind(value.get_ref());
        let message = format!("`{key}` must be {wanted}, and this is {found}");
        let diagnostic = Diagnostic::new(message).at(&value.span(), found).help(help);
        self.problems.unread(&value.span(), diagnostic);
    }

    fn any_text(&self, key: &'static str) -> Option<Text> {
        let value = self.get(key)?;
        let text = if let Some(text) = value.get_ref().as_str() {
            text.to_owned()
        } else {
            self.mistyped(key, "a text", value, format!("write `{key} = \"…\"`"));
            String::new()
        };
        Some(At::new(text, value.span()))
    }

    /// A text that may be left out, but not be empty.
    pub(super) fn optional_text(&self, key: &'static str) -> Option<Text> {
        let text = self.any_text(key)?;
        if text.trim().is_empty() && self.problems.was_read(&text) {
            self.problems.unread(
                &text.span,
                Diagnostic::new(format!("`{key}` is empty"))
                    .at(&text.span, "nothing here")
                    .help(format!("write something, or take `{key}` away")),
            );
        }
        Some(text)
    }

    /// A text that must be there and say something.
    pub(super) fn text(&self, key: &'static str) -> Text {
        let text = self.text_or_empty(key);
        if text.trim().is_empty() && self.problems.was_read(&text) {
            self.problems.unread(
                &text.span,
                Diagnostic::new(format!("`{key}` is empty"))
                    .at(&text.span, "nothing here")
                    .help(format!("{} needs its `{key}`", self.what)),
            );
        }
        text
    }

    /// A text that must be there, and may be empty.
    pub(super) fn text_or_empty(&self, key: &'static str) -> Text {
        self.any_text(key).unwrap_or_else(|| {
            self.lacks(key);
            At::nowhere(String::new())
        })
    }

    /// A type expression.
    pub(super) fn ty(&self, key: &'static str) -> At<Type> {
        let text = self.text(key);
        if !self.problems.was_read(&text) {
            return At::new(Type::String, text.span);
        }
        let ty = Type::parse(&text).unwrap_or_else(|error| {
            self.problems.unread(
                &text.span,
                Diagnostic::new(error.message)
                    .at(&text.span, "not a type")
                    .help(error.help),
            );
            Type::String
        });
        At::new(ty, text.span)
    }

    /// A word out of a few. `None` where there is none of them, which has been reported.
    pub(super) fn word<T: Copy>(&self, key: &'static str, words: &[(&str, T)]) -> Option<At<T>> {
        let text = self.text(key);
        if !self.problems.was_read(&text) {
            return None;
        }
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == *text) {
            return Some(At::new(*meaning, text.span));
        }
        let known = || words.iter().map(|(word, _)| *word);
        let help = match nearest(&text, known()) {
            Some(meant) => format!("write `{key} = \"{meant}\"`"),
            None => format!("write {}", listed(known(), "or")),
        };
        let message = format!("`{}` is not {}", text.value, listed(known(), "or"));
        self.problems.unread(
            &text.span,
            Diagnostic::new(message)
                .at(&text.span, format!("no such `{key}`"))
                .help(help),
        );
        None
    }

    /// `true` or `false`; `false` when left out.
    pub(super) fn switch(&self, key: &'static str) -> At<bool> {
        let Some(value) = self.get(key) else {
            return At::nowhere(false);
        };
        let switch = value.get_ref().as_bool().unwrap_or_else(|| {
            let help = format!("write `{key} = true`, or take it away");
            self.mistyped(key, "`true` or `false`", value, help);
            false
        });
        At::new(switch, value.span())
    }

    /// A whole number that must be there.
    pub(super) fn integer(&self, key: &'static str) -> At<i64> {
        let Some(value) = self.get(key) else {
            self.lacks(key);
            return At::nowhere(0);
        };
        let number = value.get_ref().as_integer().and_then(|number| {
            let digits = number.as_str().replace('_', "");
            i64::from_str_radix(&digits, number.radix()).ok()
        });
        let number = number.unwrap_or_else(|| {
            let help = "write its digits, without quotes".to_owned();
            self.mistyped(key, "a whole number", value, help);
            0
        });
        At::new(number, value.span())
    }

    /// The elements of a list; none when left out.
    pub(super) fn list(&self, key: &'static str, element: &str) -> Vec<&'t Spanned<DeValue<'t>>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        if let Some(array) = value.get_ref().as_array() {
            return array.iter().collect();
        }
        let help = match self.what {
            SPEC => format!("write `[[{key}]]`"),
            _ => format!("write `{key} = [{element}]`"),
        };
        self.mistyped(key, "a list", value, help);
        Vec::new()
    }

    /// A list of texts; empty when left out.
    pub(super) fn texts(&self, key: &'static str) -> Vec<Text> {
        let mut texts = Vec::new();
        for value in self.list(key, "\"…\"") {
            if let Some(text) = value.get_ref().as_str() {
                texts.push(At::new(text.to_owned(), value.span()));
            } else {
                let help = "put it between quotes".to_owned();
                self.mistyped(key, "a list of texts", value, help);
            }
        }
        texts
    }

    /// A list of tables, each read by `read`; empty when left out.
    pub(super) fn tables<T>(
        &self,
        key: &'static str,
        what: &'static str,
        allowed: &[&'static str],
        read: impl Fn(&TableReader<'t>) -> T,
    ) -> Vec<T> {
        let values = self.list(key, "{ … }");
        let tables = values
            .into_iter()
            .filter_map(|value| self.inner(key, "a list of tables", what, value, allowed));
        tables.map(|table| table.read(&read)).collect()
    }

    /// A table that may be left out.
    pub(super) fn table<T>(
        &self,
        key: &'static str,
        what: &'static str,
        allowed: &[&'static str],
        read: impl FnOnce(&TableReader<'t>) -> T,
    ) -> Option<T> {
        let value = self.get(key)?;
        let table = self.inner(key, "a table", what, value, allowed)?;
        Some(table.read(read))
    }

    /// Says that a table is missing.
    pub(super) fn needs(&self, key: &'static str) {
        if self.get(key).is_none() {
            self.lacks(key);
        }
    }

    /// Says that a list is missing or empty.
    pub(super) fn needs_some(&self, key: &'static str, help: &str) {
        self.needs(key);
        let Some(value) = self.get(key) else { return };
        let array = value.get_ref().as_array();
        if array.is_some_and(|array| array.iter().next().is_none()) {
            self.problems.report(
                Diagnostic::new(format!("{} has no {key}", self.subject()))
                    .at(&value.span(), "empty")
                    .help(help),
            );
        }
    }

    /// The name of the entry, or what it is.
    fn subject(&self) -> String {
        let name = self.get("name");
        match name.and_then(|name| name.get_ref().as_str()) {
            Some(name) if !name.is_empty() => format!("`{name}`"),
            _ => self.what.to_owned(),
        }
    }

    fn inner(
        &self,
        key: &'static str,
        wanted: &str,
        what: &'static str,
        value: &'t Spanned<DeValue<'t>>,
        allowed: &[&'static str],
    ) -> Option<TableReader<'t>> {
        let Some(table) = value.get_ref().as_table() else {
            self.mistyped(key, wanted, value, format!("write {what} as `{{ … }}`"));
            return None;
        };
        let reader = TableReader::new(self.problems, what, table, value.span(), allowed);
        Some(reader)
    }

    /// Reads with `read`, then reports the keys that it missed.
    pub(super) fn read<T>(self, read: impl FnOnce(&Self) -> T) -> T {
        let value = read(&self);
        let missing = self.missing.borrow();
        if !missing.is_empty() {
            let keys = listed(missing.iter().copied(), "and");
            let subject = self.subject();
            self.problems.lost(
                Diagnostic::new(format!("{subject} lacks {keys}"))
                    .at(&self.place(), format!("{} without {keys}", self.what))
                    .help(format!("add {keys}")),
            );
        }
        drop(missing);
        value
    }
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
