//! What a person calls a type of a draft.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::value;

use super::entries::{Entries, name_in};
use super::place::{retype, types};

/// The names that a person gave types of a draft: where the spec has a type of the same kind wherever the draft has one that
/// the spec lacks.
pub(super) fn renames(base: &Entries, ours: &Entries) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let methods = base
        .methods()
        .map(|method| (&method.table, ours.method(method.name())));
    let mut open: Vec<_> = methods
        .filter_map(|(one, other)| Some((one, other?)))
        .collect();
    while let Some((before, own)) = open.pop() {
        let own: BTreeMap<_, _> = types(own).into_iter().collect();
        for (place, ty) in types(before) {
            let drafted = name_in(&ty).and_then(|name| base.ty(&name));
            let named = own.get(&place).and_then(|ty| ours.ty(&name_in(ty)?));
            let (Some(drafted), Some(named)) = (drafted, named) else {
                continue;
            };
            let others = found.entry(drafted.name().to_owned()).or_default();
            if drafted.kind == named.kind && others.insert(named.name().to_owned()) {
                open.push((&drafted.table, &named.table));
            }
        }
    }
    let only = found.into_iter().filter(|(_, names)| names.len() == 1);
    let only = only.filter_map(|(drafted, names)| Some((drafted, names.into_iter().next()?)));
    let is_new = |name: &str, entries: &Entries| entries.ty(name).is_none();
    // Of several that are one now, one can be it.
    let mut taken = BTreeSet::new();
    only.filter(|(drafted, named)| is_new(drafted, ours) && is_new(named, base))
        .filter(|(_, named)| taken.insert(named.clone()))
        .collect()
}

/// The entries with these names.
pub(super) fn renamed(mut entries: Entries, names: &BTreeMap<String, String>) -> Entries {
    if names.is_empty() {
        return entries;
    }
    for entry in &mut entries.0 {
        if let Some(name) = names.get(entry.name()).filter(|_| entry.kind != "method") {
            entry.table["name"] = value(name);
        }
        retype(&mut entry.table, &mut |_, ty| {
            let drafted = name_in(ty)?;
            let name = names.get(&drafted)?;
            Some(ty.replacen(&drafted, name, 1))
        });
    }
    entries
}
