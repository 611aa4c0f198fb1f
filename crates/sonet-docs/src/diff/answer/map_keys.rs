//! The keys of an answer that is a map, where the page says which there are. Keys are data: nobody's code breaks by one.

use crate::diff::comparison::Comparison;
use crate::diff::objects::ExampleValue;
use crate::diff::site::{Quote, Site};
use crate::diff::statement::Statement;
use crate::markup::Location;
use crate::page::Item;
use sonet_spec::model::{FindingKind, Method, Object};

/// Compares the rows of a table with the spec's keys, or without a table those of the examples.
pub(super) fn compare(
    cx: &mut Comparison<'_>,
    result: &Site<'_>,
    method: &Method,
    rows: &[Item],
    shown: &[ExampleValue<'_>],
    object: &Object,
) {
    let Some(field) = object.around_map() else {
        return;
    };
    let mut said: Vec<(&str, Location)> = rows
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
    let Some((_, first)) = said.first() else {
        return;
    };
    let known = &method.result.keys;
    for (key, at) in &said {
        if known.iter().all(|known| known.value != *key) {
            let message = format!("the answer has a key `{key}` on the page");
            let quote = Quote::new(*key, at);
            cx.compatible(&site_of(result, key), FindingKind::New, quote, message);
        }
    }
    for key in known.iter().map(|key| key.as_str()) {
        if said.iter().all(|(said, _)| *said != key) {
            let message = format!("the answer has no key `{key}` on the page");
            let quote = Quote::nothing(first);
            cx.compatible(&site_of(result, key), FindingKind::Missing, quote, message);
        }
    }
}

/// The example of such an answer may say the type of each key, as the table does.
pub(super) fn compare_types(
    cx: &mut Comparison<'_>,
    result: &Site<'_>,
    rows: &[Item],
    shown: &[ExampleValue<'_>],
    object: &Object,
) {
    let Some(field) = object.around_map() else {
        return;
    };
    for row in rows.iter().filter(|row| !row.types.is_empty()) {
        let site = site_of(result, &row.name);
        cx.says(&site, Statement::of(row));
        let maps = shown
            .iter()
            .filter_map(|shown| shown.value.get(field.name.as_str()));
        let mut types = maps.filter_map(|map| map.get(&row.name)?.get("type")?.as_str());
        if let Some(ty) = types.find(|ty| !row.types.contains(&ty.to_lowercase())) {
            let said = row.ty();
            let message = format!(
                "`{}` is `{said}` in the table, and `{ty}` in an example",
                row.name
            );
            let quote = Quote::new(said, &row.at);
            cx.compatible(&site, FindingKind::Type, quote, message);
        }
    }
}

fn site_of<'s>(result: &Site<'s>, key: &str) -> Site<'s> {
    result.entry.site(format!("result.{key}"), result.span)
}
