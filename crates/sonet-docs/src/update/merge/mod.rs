//! Three versions of an entry: as it was drafted, as a person has it, and as it would be drafted now.
//!
//! What only the page changed follows the page. What a person changed stays: where the page changed the same thing, that is a
//! conflict. Names in Rust stay as they are, since no page has them.

mod list;
mod settled;

pub(super) use settled::append;

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{Item, TableLike, Value};

use super::entries::name_in;
use super::place::{ABOUT, KEPT, Place};
use super::told::{Told, What};
use super::toml::{Keyed, put, same, shown, text};

/// What only has a meaning for some types.
const OF_TYPE: [&str; 4] = ["open", "values", "none", "fields"];

/// A merge of one entry.
pub(super) struct Merge<'m> {
    /// The types of the draft that a person changed or took away.
    pub(super) edited: &'m BTreeSet<String>,
    /// The identifiers of the spec.
    pub(super) ids: &'m BTreeSet<String>,
    /// What the spec does not take, with the reason.
    pub(super) refused: &'m BTreeMap<Place, String>,
    /// The entry, and how far into it.
    pub(super) place: Place,
    /// What was done and what was not.
    pub(super) told: Vec<Told>,
}

impl Merge<'_> {
    /// Brings what the page changed into what a person has.
    pub(super) fn table(
        &mut self,
        base: &dyn TableLike,
        ours: &mut dyn Keyed,
        now: &dyn TableLike,
    ) {
        let mut keys: Vec<String> = now.iter().map(|(key, _)| key.to_owned()).collect();
        for (key, _) in base.iter() {
            if !now.contains_key(key) {
                keys.push(key.to_owned());
            }
        }
        keys.retain(|key| !KEPT.contains(&key.as_str()));
        // What is about the rest comes last.
        let (about, keys): (Vec<_>, Vec<_>) = keys
            .into_iter()
            .partition(|key| ABOUT.contains(&key.as_str()));
        let (before, after) = (text(base, "type"), text(now, "type"));
        let own = text(ours.as_table_like(), "type");
        // Who gives something another type settles what goes with it, too.
        let is_own_type = own != before && own != after;
        for key in keys {
            if same(base.get(&key), now.get(&key)) {
                continue;
            }
            // Whoever described something described it well enough.
            if key == "doc" && !same(ours.get(&key), base.get(&key)) {
                continue;
            }
            if is_own_type && OF_TYPE.contains(&key.as_str()) {
                if before == after {
                    self.within(&key, Self::left_out);
                }
            } else {
                self.within(&key, |merge| merge.key(&key, base, ours, now));
            }
        }
        for key in about {
            if !same(base.get(&key), now.get(&key)) {
                self.within(&key, |merge| merge.about(&key, base, ours, now));
            }
        }
    }

    fn key(&mut self, key: &str, base: &dyn TableLike, ours: &mut dyn Keyed, now: &dyn TableLike) {
        let is_list = |item: Option<&Item>| item.is_none_or(Item::is_array);
        if [base.get(key), ours.get(key), now.get(key)]
            .into_iter()
            .all(is_list)
        {
            return self.list(key, base, ours, now);
        }
        let inner = |item: Option<&Item>| -> Option<toml_edit::InlineTable> {
            item.and_then(Item::as_inline_table).cloned()
        };
        if let (Some(base), Some(now)) = (inner(base.get(key)), inner(now.get(key))) {
            let ours = ours.get_mut(key).and_then(Item::as_inline_table_mut);
            if let Some(ours) = ours {
                return self.table(&base, ours, &now);
            }
        }
        self.value(key, base, ours, now);
    }

    /// A value that is one thing.
    fn value(
        &mut self,
        key: &str,
        base: &dyn TableLike,
        ours: &mut dyn Keyed,
        now: &dyn TableLike,
    ) {
        let (before, after) = (base.get(key), now.get(key));
        if same(ours.get(key), after) || (key == "type" && self.identifies(ours.get(key), after)) {
            return;
        }
        let is_own = !same(ours.get(key), before) || (key == "type" && self.is_edited(before));
        if let Some(reason) = self.refused_here() {
            self.tell(What::Conflict(format!(
                "{}{reason}",
                versions(before, after)
            )));
        } else if is_own {
            self.tell(What::Conflict(versions(before, after)));
        } else {
            let said = |item: Option<&Item>| item.map_or_else(|| "nothing".to_owned(), code);
            let said = format!("{} now, {} before", said(after), said(before));
            self.tell(What::Changed(said));
            match after.and_then(Item::as_value) {
                Some(value) => put(ours, key, value, now),
                None => drop(ours.remove(key)),
            }
        }
    }

    /// What a person left out, or gave a form in which it has no place.
    fn left_out(&mut self) {
        self.tell(What::LeftOut("the page says otherwise now".to_owned()));
    }

    /// Whether a type is one that a person changed.
    fn is_edited(&self, ty: Option<&Item>) -> bool {
        let name = ty.and_then(Item::as_str).and_then(name_in);
        name.is_some_and(|name| self.edited.contains(&name))
    }

    /// Whether a person gave a number of the page a type of its own.
    fn identifies(&self, own: Option<&Item>, now: Option<&Item>) -> bool {
        let own = own.and_then(Item::as_str).unwrap_or_default();
        let id = name_in(own).filter(|name| self.ids.contains(name));
        let number = id.map(|id| own.replacen(&id, "integer", 1));
        number.is_some() && number.as_deref() == now.and_then(Item::as_str)
    }

    /// Why the spec does not take what the page says of this place.
    fn refused_here(&self) -> Option<String> {
        let reason = self.refused.get(&self.place)?;
        Some(format!(
            " The spec does not take that beside the rest: {reason}."
        ))
    }

    fn tell(&mut self, what: What) {
        let place = self.place.clone();
        self.told.push(Told { place, what });
    }

    /// Does something one step further in.
    fn within(&mut self, step: &str, then: impl FnOnce(&mut Self)) {
        self.place.steps.push(step.to_owned());
        then(self);
        self.place.steps.pop();
    }
}

/// What the page says and said, as a doubt has it.
fn versions(before: Option<&Item>, after: Option<&Item>) -> String {
    let before = before.map_or_else(|| "nothing of it".to_owned(), code);
    let after = after.map_or_else(|| "nothing of it".to_owned(), code);
    format!("the page now says {after}, and said {before} before.")
}

fn code(item: &Item) -> String {
    match item.as_value() {
        Some(Value::String(text)) if text.value().is_empty() => "an empty text".to_owned(),
        Some(Value::Array(list)) => format!("a list of {}", list.len()),
        _ => format!("`{}`", shown(item).replace('`', "")),
    }
}
