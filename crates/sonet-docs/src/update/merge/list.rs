//! Lists of parameters, fields, values and errors: element by element.

use std::collections::BTreeSet;

use toml_edit::{Array, Item, TableLike, Value};

use super::Merge;
use crate::apply::insert;
use crate::update::pair::pairs;
use crate::update::place::{KEPT, identity};
use crate::update::rust_name::distinguish;
use crate::update::told::What;
use crate::update::toml::{Keyed, is_commented, put, same_value, take};

/// A list, as each of the three has it.
struct Lists<'l> {
    key: &'l str,
    base: Vec<Value>,
    now: Vec<Value>,
    /// For each of `now`, the one of `base`.
    known: Vec<Option<usize>>,
    /// For each of `base`, the one of the person's.
    own: Vec<Option<usize>>,
    /// For each of `now` that is new, the one of the person's.
    added: Vec<Option<usize>>,
}

impl<'l> Lists<'l> {
    fn new(key: &'l str, base: Option<&Item>, ours: &[Value], now: Option<&Item>) -> Self {
        let (base, now) = (elements(base), elements(now));
        let known = pairs(key, &refs(&now), &refs(&base));
        let own = pairs(key, &refs(&base), &refs(ours));
        let free: Vec<usize> = (0..ours.len())
            .filter(|at| !own.contains(&Some(*at)))
            .collect();
        let others: Vec<&Value> = free.iter().map(|at| &ours[*at]).collect();
        let new: Vec<&Value> = now
            .iter()
            .zip(&known)
            .filter_map(|(element, known)| known.is_none().then_some(element))
            .collect();
        let mut found = pairs(key, &new, &others).into_iter();
        let added = known.iter().map(|known| match known {
            Some(_) => None,
            None => found.next().flatten().map(|at| free[at]),
        });
        let added = added.collect();
        Self {
            key,
            base,
            now,
            known,
            own,
            added,
        }
    }
}

/// The elements of a list; none, if it is not there.
pub(super) fn elements(item: Option<&Item>) -> Vec<Value> {
    let list = item.and_then(Item::as_array);
    list.into_iter().flatten().cloned().collect()
}

pub(super) fn refs(values: &[Value]) -> Vec<&Value> {
    values.iter().collect()
}

impl Merge<'_> {
    pub(super) fn list(
        &mut self,
        key: &str,
        base: &dyn TableLike,
        ours: &mut dyn Keyed,
        now: &dyn TableLike,
    ) {
        let own = elements(ours.get(key));
        let lists = Lists::new(key, base.get(key), &own, now.get(key));
        let Some(mut list) = list_of(ours, key, now) else {
            return;
        };
        for (at, element) in lists.now.iter().enumerate() {
            match (lists.known[at], lists.added[at]) {
                (Some(known), _) => self.known(&lists, known, element, &mut list),
                (None, Some(own)) => self.both_new(key, element, &mut list, own),
                (None, None) => {}
            }
        }
        self.remove(&lists, &mut list);
        self.add(&lists, &own, &mut list);
        let is_all_new = own.is_empty() && list.len() == lists.now.len();
        match now.get(key).and_then(Item::as_value) {
            _ if list.is_empty() => drop(ours.remove(key)),
            Some(all) if is_all_new => put(ours, key, all, now),
            _ => put(ours, key, &Value::Array(list), now),
        }
    }

    /// What was and is on the page.
    fn known(&mut self, lists: &Lists<'_>, known: usize, element: &Value, list: &mut Array) {
        let before = &lists.base[known];
        let name = identity(lists.key, before);
        let own = lists.own[known].and_then(|at| list.get_mut(at));
        let name = own.as_ref().map_or(name, |own| identity(lists.key, own));
        self.within(&name, |merge| match (own, before, element) {
            (
                Some(Value::InlineTable(own)),
                Value::InlineTable(before),
                Value::InlineTable(after),
            ) => merge.table(before, own, after),
            (None, ..) if !same_value(before, element) => {
                merge.left_out();
            }
            _ => {}
        });
    }

    /// What a person wrote before the page had it: what both say has to be the same.
    fn both_new(&mut self, key: &str, element: &Value, list: &mut Array, own: usize) {
        let own = list.get_mut(own).and_then(Value::as_inline_table_mut);
        let (Some(own), Some(now)) = (own, element.as_inline_table()) else {
            return;
        };
        let nothing = toml_edit::InlineTable::new();
        self.within(&identity(key, element), |merge| {
            let told = now
                .iter()
                .filter(|(key, _)| !KEPT.contains(key) && *key != "doc");
            for (key, _) in told {
                if own.contains_key(key) {
                    merge.within(key, |merge| merge.key(key, &nothing, own, now));
                }
            }
        });
    }

    /// Takes away what the page no longer has.
    fn remove(&mut self, lists: &Lists<'_>, list: &mut Array) {
        let mut gone = BTreeSet::new();
        for (at, before) in lists.base.iter().enumerate() {
            let Some(own) = lists.own[at].filter(|_| !lists.known.contains(&Some(at))) else {
                continue;
            };
            let Some(element) = list.get(own) else {
                continue;
            };
            let is_own = !same_value(before, element)
                || is_commented(list, own)
                || self.needs_edited(element);
            self.within(&identity(lists.key, element), |merge| {
                let said = "the page now lacks it.".to_owned();
                if let Some(reason) = merge.refused_here() {
                    merge.tell(What::Conflict(said + &reason));
                } else if is_own {
                    merge.tell(What::Conflict(said));
                } else {
                    gone.insert(own);
                    merge.tell(What::Removed);
                }
            });
        }
        for at in gone.into_iter().rev() {
            take(list, at);
        }
    }

    /// Adds what is new on the page, behind what stands before it there.
    fn add(&mut self, lists: &Lists<'_>, own: &[Value], list: &mut Array) {
        let mut before: Vec<String> = Vec::new();
        for (at, element) in lists.now.iter().enumerate() {
            let there = match lists.known[at] {
                Some(known) => lists.own[known],
                None => lists.added[at],
            };
            let name = identity(lists.key, there.map_or(element, |at| &own[at]));
            if lists.known[at].is_none() && there.is_none() {
                self.within(&name, |merge| {
                    if let Some(reason) = merge.refused_here() {
                        let said = format!("the page now has it.{reason}");
                        merge.tell(What::Conflict(said));
                    } else {
                        let mut element = element.clone();
                        distinguish(&mut element, list, lists.key);
                        insert(list, &before, element);
                        merge.tell(What::Added);
                    }
                });
            }
            before.insert(0, name);
        }
    }

    /// Whether an element names a type that a person changed.
    fn needs_edited(&self, element: &Value) -> bool {
        let Some(table) = element.as_inline_table() else {
            return false;
        };
        self.is_edited(table.get_key_value("type").map(|(_, ty)| ty))
            || table
                .iter()
                .filter_map(|(_, value)| value.as_array())
                .flatten()
                .any(|inner| self.needs_edited(inner))
    }
}

/// A person's list; an empty one in the form of the page's, where there is none.
pub(super) fn list_of(ours: &dyn Keyed, key: &str, now: &dyn TableLike) -> Option<Array> {
    let own = ours.get(key).and_then(Item::as_array).cloned();
    own.or_else(|| {
        let mut empty = now.get(key)?.as_array()?.clone();
        empty.clear();
        Some(empty)
    })
}
