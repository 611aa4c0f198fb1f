//! One type of several pages.
//!
//! Two methods that answer the same object share it, and their pages need not change on the same day. A shared object has what
//! any of the pages has. Where they disagree, it stays as it was as long as one of them still says so: following the other
//! would lose what that one describes. Only a field that may be missing on one of them may be missing.

use toml_edit::{Array, Item, Table, TableLike, Value};

use super::pair::pairs;
use super::place::{KEPT, identity};
use super::rust_name::distinguish;
use super::toml::{Keyed, put, same, same_value};
use crate::apply::insert;

/// A type as it was, with what several pages now say of it.
pub(super) fn combined(base: &Table, nows: &[Table]) -> Table {
    if let [only] = nows {
        return only.clone();
    }
    let mut table = base.clone();
    let nows: Vec<&dyn TableLike> = nows.iter().map(|now| now as &dyn TableLike).collect();
    combine(&mut table, &nows);
    table
}

/// Whether a page says all that a shared type has, in whatever order.
pub(super) fn agrees(now: &Table, combined: &Table) -> bool {
    let is_same = |one: &Item, other: &Item| match (one.as_array(), other.as_array()) {
        (Some(one), Some(other)) => {
            let has = |wanted: &Value| other.iter().any(|value| same_value(value, wanted));
            one.len() == other.len() && one.iter().all(has)
        }
        _ => same(Some(one), Some(other)),
    };
    let mut keys = now.iter();
    now.len() == combined.len()
        && keys.all(|(key, item)| combined.get(key).is_some_and(|other| is_same(item, other)))
}

fn combine(table: &mut dyn Keyed, nows: &[&dyn TableLike]) {
    let mut keys: Vec<String> = Vec::new();
    let own = table.iter().map(|(key, _)| key);
    for key in own.chain(nows.iter().flat_map(|now| now.iter().map(|(key, _)| key))) {
        if !keys.iter().any(|known| known == key) {
            keys.push(key.to_owned());
        }
    }
    for key in keys.iter().filter(|key| !KEPT.contains(&key.as_str())) {
        let said: Vec<Option<&Item>> = nows.iter().map(|now| now.get(key)).collect();
        if said.iter().all(|said| same(*said, table.get(key))) {
            continue;
        }
        if PRESENCE.contains(&key.as_str()) {
            match presence(key, &said) {
                Some(value) => put(table, key, value, nows[0]),
                None => drop(table.remove(key)),
            }
            continue;
        }
        let is_list = |item: Option<&Item>| item.is_none_or(Item::is_array);
        if is_list(table.get(key)) && said.iter().all(|said| is_list(*said)) {
            combine_list(table, key, nows);
        } else if said.iter().all(|other| same(*other, said[0])) {
            match said[0].and_then(Item::as_value) {
                Some(value) => put(table, key, value, nows[0]),
                None => drop(table.remove(key)),
            }
        }
    }
}

/// What says whether a field is there, or has to be.
const PRESENCE: [&str; 4] = ["essential", "nullable", "optional", REQUIRED];

/// What says whether a caller has to send something.
const REQUIRED: &str = "required";

/// A field is essential only where all pages say so, and may be missing where one says so. What one of them can do without, no
/// caller has to send.
fn presence<'t>(key: &str, said: &[Option<&'t Item>]) -> Option<&'t Value> {
    if matches!(key, "essential" | REQUIRED) && said.iter().any(Option::is_none) {
        return None;
    }
    let mut values = said.iter().flatten();
    values.find_map(|item| item.as_value())
}

fn combine_list(table: &mut dyn Keyed, key: &str, nows: &[&dyn TableLike]) {
    let lists = nows.iter().map(|now| now.get(key).and_then(Item::as_array));
    let lists: Vec<Vec<&Value>> = lists
        .map(|list| list.into_iter().flatten().collect())
        .collect();
    let Some(mut list) = base_list(table, key, nows) else {
        return;
    };
    let own: Vec<Value> = list.iter().cloned().collect();
    let own: Vec<&Value> = own.iter().collect();
    let matched: Vec<_> = lists.iter().map(|now| pairs(key, now, &own)).collect();
    let with = |at: usize| {
        let others = matched.iter().zip(&lists);
        others.filter_map(move |(matched, now)| {
            let place = matched.iter().position(|own| *own == Some(at));
            place.map(|place| now[place])
        })
    };
    let elements = list.iter_mut().enumerate();
    for (at, element) in elements {
        let tables = with(at).filter_map(Value::as_inline_table);
        let tables: Vec<&dyn TableLike> = tables.map(|table| table as &dyn TableLike).collect();
        if let Some(element) = element.as_inline_table_mut().filter(|_| !tables.is_empty()) {
            combine(element, &tables);
            if tables.len() < nows.len() {
                element.remove(REQUIRED);
            }
        }
    }
    let gone: Vec<usize> = (0..own.len())
        .filter(|at| with(*at).next().is_none())
        .collect();
    for at in gone.into_iter().rev() {
        list.remove(at);
    }
    for (matched, now) in matched.iter().zip(&lists) {
        let mut before: Vec<String> = Vec::new();
        for (element, own) in now.iter().zip(matched) {
            let name = identity(key, element);
            let is_known = list.iter().any(|other| identity(key, other) == name);
            if own.is_none() && !is_known {
                let mut element = (*element).clone();
                let has = |now: &Vec<&Value>| now.iter().any(|other| identity(key, other) == name);
                if let Some(param) = element
                    .as_inline_table_mut()
                    .filter(|_| !lists.iter().all(has))
                {
                    param.remove(REQUIRED);
                }
                distinguish(&mut element, &list, key);
                insert(&mut list, &before, element);
            }
            before.insert(0, name);
        }
    }
    if list.is_empty() {
        table.remove(key);
    } else {
        let like = nows.iter().find(|now| now.contains_key(key)).copied();
        let own = like.unwrap_or(nows[0]);
        put(table, key, &Value::Array(list), own);
    }
}

/// The list that is combined; an empty one in the form of another, where the table has none.
fn base_list(table: &dyn Keyed, key: &str, nows: &[&dyn TableLike]) -> Option<Array> {
    let own = table.get(key).and_then(Item::as_array).cloned();
    own.or_else(|| {
        let mut lists = nows.iter().filter_map(|now| now.get(key)?.as_array());
        let mut empty = lists.next()?.clone();
        empty.clear();
        Some(empty)
    })
}
