//! The types of two drafts, brought together.
//!
//! A draft names an object or an enum after where it is needed first, and has one for whatever looks the same. So another
//! page, or another order, gives the same thing another name. What stands at the same places of the same methods is the same
//! thing: the newer draft is rewritten so that it has the names of the older one.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{Table, value};

use super::combine::{agrees, combined};
use super::entries::{Entries, Entry, name_in};
use super::place::{retype, types};

/// A newer draft with the names of the older one.
pub(super) struct Aligned {
    pub(super) entries: Entries,
    /// The methods whose page says something of a shared type that other pages do not follow yet.
    pub(super) disputed: BTreeSet<String>,
}

/// Gives the newer draft the names of the older one. Methods that are steady have no newer draft. What is new is not called
/// like what is another thing in the spec as it is.
pub(super) fn align(
    base: &Entries,
    now: &Entries,
    is_other: &dyn Fn(&str, &Entry) -> bool,
    is_steady: &dyn Fn(&str) -> bool,
) -> Aligned {
    let steady = base.reached(is_steady);
    let mut pairs = Pairs::default();
    for method in now.methods().filter(|method| !is_steady(method.name())) {
        if let Some(before) = base.method(method.name()) {
            pairs.of_tables((base, before), (now, &method.table));
        }
    }
    pairs.keep_similar(base, now, &steady);
    pairs.name_others(now, &|new, name| {
        base.ty(name).is_some() || is_other(name, new)
    });
    let mut entries = Entries::default();
    let mut disputed = BTreeSet::new();
    for known in base.types() {
        let newer = pairs.versions(known, now);
        let own = steady.contains(known.name()).then(|| known.table.clone());
        let all: Vec<Table> = newer.iter().cloned().chain(own).collect();
        if !all.is_empty() {
            let table = combined(&known.table, &all);
            if newer.iter().any(|newer| !agrees(newer, &table)) {
                disputed.insert(known.name().to_owned());
            }
            let kind = known.kind;
            entries.0.push(Entry { kind, table });
        }
    }
    entries.0.extend(pairs.others(now));
    for method in base.methods() {
        let newer = now.method(method.name());
        let table = match newer.filter(|_| !is_steady(method.name())) {
            Some(newer) => pairs.renamed(Some(&method.table), newer.clone()),
            None => method.table.clone(),
        };
        let kind = method.kind;
        entries.0.push(Entry { kind, table });
    }
    let is_disputed = |method: &str| {
        let reached = || entries.reached(&|name| name == method);
        !disputed.is_empty() && !is_steady(method) && !reached().is_disjoint(&disputed)
    };
    let methods = entries.methods().map(Entry::name);
    let methods = methods.filter(|method| is_disputed(method));
    Aligned {
        disputed: methods.map(str::to_owned).collect(),
        entries: entries.only(&|_| true),
    }
}

/// Types that stand at the same places, the older one first.
#[derive(Default)]
struct Pairs {
    pairs: Vec<(String, String)>,
    /// What the others of the newer draft are called.
    new: BTreeMap<String, String>,
}

impl Pairs {
    /// Adds those of two tables, and of what they consist of.
    fn of_tables(&mut self, (base, before): (&Entries, &Table), (now, after): (&Entries, &Table)) {
        let older: BTreeMap<_, _> = types(before).into_iter().collect();
        for (place, ty) in types(after) {
            let known = older.get(&place).and_then(|ty| base.ty(&name_in(ty)?));
            let newer = name_in(&ty).and_then(|name| now.ty(&name));
            let (Some(known), Some(newer)) = (known, newer) else {
                continue;
            };
            let pair = (known.name().to_owned(), newer.name().to_owned());
            if known.kind == newer.kind && !self.pairs.contains(&pair) {
                self.pairs.push(pair);
                self.of_tables((base, &known.table), (now, &newer.table));
            }
        }
    }

    /// Of several types where there was one, those that have much in common with it are meant. If none has, the first is it.
    fn keep_similar(&mut self, base: &Entries, now: &Entries, steady: &BTreeSet<String>) {
        let is_similar = |(known, newer): &(String, String)| {
            let (known, newer) = (base.ty(known), now.ty(newer));
            known
                .zip(newer)
                .is_some_and(|(known, newer)| known.is_like(newer))
        };
        let mut kept: Vec<_> = self
            .pairs
            .iter()
            .filter(|pair| is_similar(pair))
            .cloned()
            .collect();
        for pair in &self.pairs {
            let is_settled =
                kept.iter().any(|(known, _)| *known == pair.0) || steady.contains(&pair.0);
            if !is_settled {
                kept.push(pair.clone());
            }
        }
        self.pairs = kept;
    }

    /// Names what is new.
    fn name_others(&mut self, now: &Entries, is_taken: &dyn Fn(&Entry, &str) -> bool) {
        for entry in now.types() {
            let name = entry.name();
            if self.pairs.iter().any(|(_, newer)| newer == name) {
                continue;
            }
            let numbered = (2..).map(|number| format!("{name}{number}"));
            let mut candidates = std::iter::once(name.to_owned()).chain(numbered);
            let is_free = |name: &String| {
                !is_taken(entry, name) && self.new.values().all(|other| other != name)
            };
            let free = candidates.find(is_free).unwrap_or_else(|| name.to_owned());
            self.new.insert(name.to_owned(), free);
        }
    }

    /// What the newer draft has of a type of the older one, under its name.
    fn versions(&self, known: &Entry, now: &Entries) -> Vec<Table> {
        let pairs = self.pairs.iter().filter(|(other, _)| other == known.name());
        let newer = pairs.filter_map(|(_, newer)| now.ty(newer));
        let renamed = newer.map(|newer| {
            let mut table = self.renamed(Some(&known.table), newer.table.clone());
            table["name"] = value(known.name());
            table
        });
        renamed.collect()
    }

    /// What the older draft has nothing of.
    fn others(&self, now: &Entries) -> Vec<Entry> {
        let new = now.types().filter_map(|entry| {
            let name = self.new.get(entry.name())?;
            let mut table = self.renamed(None, entry.table.clone());
            table["name"] = value(name);
            let kind = entry.kind;
            Some(Entry { kind, table })
        });
        new.collect()
    }

    /// An entry of the newer draft with names of the older one: at the same places, where they stand there as well.
    fn renamed(&self, before: Option<&Table>, mut table: Table) -> Table {
        let older: BTreeMap<_, _> = before
            .map(|before| types(before))
            .into_iter()
            .flatten()
            .collect();
        retype(&mut table, &mut |place, ty| {
            let newer = name_in(ty)?;
            let known = older.get(place).and_then(|ty| name_in(ty));
            let mut others = self.pairs.iter().filter(|(_, other)| *other == newer);
            let here = others.clone().find(|(one, _)| Some(one) == known.as_ref());
            let pair = here.or_else(|| others.next());
            let name = pair.map(|(known, _)| known);
            let name = name.or_else(|| self.new.get(&newer))?;
            Some(ty.replacen(&newer, name, 1))
        });
        table
    }
}
