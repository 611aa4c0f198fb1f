//! The keys of an answer that is a map, where the page says which there are.

use super::compare::{Comparison, Entry, Found, Saying};
use super::finding::Effect;
use super::shown::Shown;
use crate::markup::Place;
use crate::page::Item;
use sonet_spec::model::{FindingKind, Method, Object, Text};

/// Compares the rows of a table with the spec's keys, or without a table those of the examples.
pub(super) fn compare(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    method: &Method,
    rows: &[Item],
    shown: &[Shown<'_>],
    object: &Object,
) {
    let Some(field) = object.around_map() else {
        return;
    };
    let mut said: Vec<(&str, Place)> = rows
        .iter()
        .map(|row| (row.name.as_str(), row.at.clone()))
        .collect();
    if said.is_empty() {
        for shown in shown {
            let map = shown.value.get(field.name.as_str());
            let keys = map.and_then(|map| map.as_object()).into_iter();
            let keys = keys.flat_map(|map| map.keys());
            said.extend(keys.map(|key| (key.as_str(), shown.line_of(key))));
        }
    }
    let Some((_, first)) = said.first().cloned() else {
        return;
    };
    let known: &[Text] = &method.result.keys;
    for (key, at) in &said {
        if known.iter().all(|known| known.value != *key) {
            let message = format!("the answer has a key `{key}` on the page");
            find(cx, entry, method, key, FindingKind::New, at, message);
        }
    }
    for key in known {
        if said.iter().all(|(said, _)| *said != key.value) {
            let message = format!("the answer has no key `{}` on the page", key.value);
            find(
                cx,
                entry,
                method,
                key,
                FindingKind::Missing,
                &first,
                message,
            );
        }
    }
}

/// The example of such an answer may say the type of each key, as the table does.
pub(super) fn types(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    method: &Method,
    rows: &[Item],
    shown: &[Shown<'_>],
    object: &Object,
) {
    let Some(field) = object.around_map() else {
        return;
    };
    for row in rows.iter().filter(|row| !row.types.is_empty()) {
        let on = format!("result.{}", row.name);
        cx.says(entry, &on, Saying::of(row));
        let maps = shown
            .iter()
            .filter_map(|shown| shown.value.get(field.name.as_str()));
        let mut types = maps.filter_map(|map| map.get(&row.name)?.get("type")?.as_str());
        let Some(ty) = types.find(|ty| !row.types.contains(&ty.to_lowercase())) else {
            continue;
        };
        let message = format!(
            "`{}` is `{}` in the table, and `{ty}` in an example",
            row.name,
            row.ty()
        );
        cx.found(
            entry,
            Found {
                on,
                kind: FindingKind::Type,
                effect: Effect::Compatible,
                page: row.ty(),
                at: &row.at,
                spec: &method.result.ty.span,
                message,
            },
        );
    }
}

/// Keys are data: nobody's code breaks by one.
fn find(
    cx: &mut Comparison<'_>,
    entry: Entry<'_>,
    method: &Method,
    key: &str,
    kind: FindingKind,
    at: &Place,
    message: String,
) {
    let is_new = kind == FindingKind::New;
    cx.found(
        entry,
        Found {
            on: format!("result.{key}"),
            kind,
            effect: Effect::Compatible,
            page: if is_new {
                key.to_owned()
            } else {
                String::new()
            },
            at,
            spec: &method.result.ty.span,
            message,
        },
    );
}
