//! `decisions` and `doubts`: what was settled about the page, and what is left to settle.

use std::collections::BTreeMap;

use toml_edit::{Array, TableLike, Value};

use super::Merge;
use super::list::{elements, list_of, refs};
use crate::apply::insert;
use crate::update::pair::pairs;
use crate::update::place::{Place, identity, types};
use crate::update::told::What;
use crate::update::toml::{Keyed, is_commented, put, same_value, take};

impl Merge<'_> {
    /// Brings those of the draft that the page changed. What a person wrote or took away stays so: a decision of theirs that no
    /// longer holds is found when the entry is compared with the page.
    pub(super) fn about(
        &mut self,
        key: &str,
        base: &dyn TableLike,
        ours: &mut dyn Keyed,
        now: &dyn TableLike,
    ) {
        let (before, after) = (elements(base.get(key)), elements(now.get(key)));
        let own = elements(ours.get(key));
        let Some(mut list) = list_of(ours, key, now) else {
            return;
        };
        if self.refused.contains_key(&self.place) {
            return;
        }
        let unlike = self.unlike(ours.as_table_like(), now);
        let is_meant = |decision: &Value| {
            let on = decision.as_inline_table().and_then(|table| table.get("on"));
            let on = on.and_then(Value::as_str);
            on.is_none_or(|on| !unlike.iter().any(|place| place == on))
        };
        let drafted = pairs(key, &refs(&own), &refs(&before));
        let again = pairs(key, &refs(&before), &refs(&after));
        // From the end, so that places stay what they are.
        for (at, drafted) in drafted.iter().enumerate().rev() {
            let Some(drafted) = drafted.filter(|old| same_value(&own[at], &before[*old])) else {
                continue;
            };
            match again[drafted].map(|at| &after[at]) {
                Some(new) if is_meant(new) && !same_value(new, &own[at]) => {
                    replace(&mut list, at, new);
                    self.tell(What::Noted("changed", identity(key, new)));
                }
                None if !is_commented(&list, at) => {
                    take(&mut list, at);
                    self.tell(What::Noted("gone", identity(key, &own[at])));
                }
                _ => {}
            }
        }
        let was_there = pairs(key, &refs(&after), &refs(&before));
        let is_there = pairs(key, &refs(&after), &refs(&own));
        for (at, new) in after.iter().enumerate() {
            if was_there[at].is_none() && is_there[at].is_none() && is_meant(new) {
                append(&mut list, key, new.clone());
                self.tell(What::Noted("new", identity(key, new)));
            }
        }
        if list.is_empty() {
            ours.remove(key);
        } else {
            put(ours, key, &Value::Array(list), now);
        }
    }

    /// The paths of what has another type than the draft: what the draft settles about them is about something else.
    fn unlike(&self, ours: &dyn TableLike, now: &dyn TableLike) -> Vec<String> {
        let own: BTreeMap<_, _> = types(ours).into_iter().collect();
        let others = types(now).into_iter();
        let unlike = others.filter(|(steps, ty)| own.get(steps) != Some(ty));
        let path = |(mut steps, _): (Vec<String>, String)| {
            steps.pop();
            let place = Place {
                steps,
                ..self.place.clone()
            };
            place.path()
        };
        unlike.map(path).collect()
    }
}

/// Replaces an element.
fn replace(list: &mut Array, at: usize, new: &Value) {
    if let Some(element) = list.get_mut(at) {
        let decor = element.decor().clone();
        *element = new.clone();
        *element.decor_mut() = decor;
    }
}

/// Adds an element behind all others.
pub(in crate::update) fn append(list: &mut Array, key: &str, element: Value) {
    let before: Vec<String> = list
        .iter()
        .last()
        .map(|last| identity(key, last))
        .into_iter()
        .collect();
    insert(list, &before, element);
}
