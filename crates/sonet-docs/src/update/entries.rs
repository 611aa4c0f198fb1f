//! The entries of a spec, as tables.

use std::collections::BTreeSet;

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, TomlError};

use super::place::{identity, types};
use super::toml::text;
use sonet_spec::types::Type;

/// The kinds of entries that a draft has.
pub(super) const KINDS: [&str; 5] = ["enum", "id", "object", "input", "method"];

/// An entry.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// One of [`KINDS`].
    pub(super) kind: &'static str,
    pub(super) table: Table,
}

impl Entry {
    pub(super) fn name(&self) -> &str {
        text(&self.table, "name").unwrap_or_default()
    }

    /// Whether two types have half of what is in the smaller one in common.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let (own, others) = (self.parts(), other.parts());
        let common = own.intersection(&others).count();
        self.kind == other.kind && common > 0 && common * 2 >= own.len().min(others.len())
    }

    /// The names of fields, parameters or values.
    fn parts(&self) -> BTreeSet<String> {
        let lists = ["fields", "params", "values"].into_iter();
        let lists = lists.filter_map(|key| Some((key, self.table.get(key)?.as_array()?)));
        let parts = lists.flat_map(|(key, list)| list.iter().map(move |part| identity(key, part)));
        parts.collect()
    }

    fn is_type(&self) -> bool {
        self.kind != "method"
    }
}

/// The methods of a spec, with the enums, objects and inputs that they use, in the order in which they stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Entries(pub(super) Vec<Entry>);

impl Entries {
    pub(super) fn parse(text: &str) -> Result<Self, TomlError> {
        Ok(Self::of(&text.parse()?))
    }

    pub(super) fn of(document: &DocumentMut) -> Self {
        let mut entries = Vec::new();
        for kind in KINDS {
            let tables = document.get(kind).and_then(Item::as_array_of_tables);
            let tables = tables.into_iter().flatten().cloned();
            entries.extend(tables.map(|table| Entry { kind, table }));
        }
        entries.sort_by_key(|entry| entry.table.position());
        Self(entries)
    }

    /// The entries as a spec has them, without what stands before them.
    pub(super) fn text(&self) -> String {
        let mut document = DocumentMut::new();
        for (entry, position) in self.0.iter().zip(0..) {
            let kind = document
                .entry(entry.kind)
                .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
            let mut table = entry.table.clone();
            table.set_position(Some(position));
            table.decor_mut().set_prefix("\n");
            if let Some(tables) = kind.as_array_of_tables_mut() {
                tables.push(table);
            }
        }
        document.to_string()
    }

    pub(super) fn methods(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter().filter(|entry| !entry.is_type())
    }

    pub(super) fn method(&self, name: &str) -> Option<&Table> {
        let mut methods = self.methods();
        let found = methods.find(|entry| entry.name() == name);
        found.map(|entry| &entry.table)
    }

    pub(super) fn types(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter().filter(|entry| entry.is_type())
    }

    /// The enum or object of this name.
    pub(super) fn ty(&self, name: &str) -> Option<&Entry> {
        self.types().find(|entry| entry.name() == name)
    }

    /// These methods, with the types that they need, each before the first that needs it.
    pub(super) fn only(&self, is_kept: &dyn Fn(&str) -> bool) -> Self {
        let mut kept = Self::default();
        let mut done = BTreeSet::new();
        for method in self.methods().filter(|method| is_kept(method.name())) {
            self.needed(&method.table, &mut done, &mut kept.0);
            kept.0.push(method.clone());
        }
        kept
    }

    /// The names of the types that these methods need.
    pub(super) fn reached(&self, is_kept: &dyn Fn(&str) -> bool) -> BTreeSet<String> {
        let kept = self.only(is_kept);
        kept.types().map(|entry| entry.name().to_owned()).collect()
    }

    /// Whether an entry needs a type.
    pub(super) fn needs(&self, entry: &str, ty: &str) -> bool {
        let entry = self.0.iter().find(|other| other.name() == entry);
        let mut needed = Vec::new();
        if let Some(entry) = entry {
            self.needed(&entry.table, &mut BTreeSet::new(), &mut needed);
        }
        needed.iter().any(|needed| needed.name() == ty)
    }

    /// Adds the types that a table needs and that were not met before, those inside others first.
    fn needed(&self, table: &Table, done: &mut BTreeSet<String>, into: &mut Vec<Entry>) {
        for (_, ty) in types(table) {
            let Some(entry) = name_in(&ty).and_then(|name| self.ty(&name)) else {
                continue;
            };
            if done.insert(entry.name().to_owned()) {
                self.needed(&entry.table, done, into);
                into.push(entry.clone());
            }
        }
    }
}

/// The name of the spec in a type: `Deal` of `Deal[]`.
pub(super) fn name_in(ty: &str) -> Option<String> {
    Type::parse(ty).ok()?.name().map(str::to_owned)
}
