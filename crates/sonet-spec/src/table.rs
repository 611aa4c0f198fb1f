//! Reading one table of the spec, key by key.

mod values;

use std::cell::RefCell;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problems::{Problems, listed, nearest};
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
