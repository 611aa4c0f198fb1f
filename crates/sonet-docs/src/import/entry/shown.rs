//! What only examples send: parameters, and what they filter by.

use serde_json::Value;

use super::role::role;
use super::sent::{has_own_keys, sent};
use crate::diff::condition;
use crate::import::name::is_name;
use crate::import::shapes::{is_list, is_own};
use crate::page::{Example, ExampleKind, Item, Page, Said};

/// Adds the parameters that only examples have, and those in them. Where a page has no table either, its parameters stay unknown.
pub(super) fn params(page: &mut Page) {
    let has_table = page.params.is_some();
    let mut params = page.params.take().unwrap_or_default();
    for example in requests(page) {
        let sent = example.json.as_object().into_iter().flatten();
        // The credential is the client's.
        add(&mut params, sent.filter(|(key, _)| *key != "auth"), example);
    }
    let outer: Vec<String> = params.iter().map(|param| param.name.clone()).collect();
    let objects = params
        .iter_mut()
        .filter(|param| has_table && is_table(param));
    for object in objects {
        let all: Vec<&Value> = requests(page)
            .filter_map(|example| sent(&example.json, &object.name))
            .collect();
        // Keys that are data are no fields.
        if has_own_keys(object, &all) {
            continue;
        }
        for example in requests(page) {
            let inner = sent(&example.json, &object.name).and_then(Value::as_object);
            // What a portal has made is in no table, and what is sent once more at the wrong place belongs elsewhere.
            let inner = inner.into_iter().flatten().filter(|(key, _)| {
                let mut outer = outer.iter();
                !is_own(key) && !outer.any(|outer| outer.eq_ignore_ascii_case(key))
            });
            add(&mut object.fields, inner, example);
        }
    }
    page.params = (has_table || !params.is_empty()).then_some(params);
}

/// Whether a parameter is an object whose table has all that the vendor says of it.
fn is_table(param: &Item) -> bool {
    !param.fields.is_empty() && !param.open && role(param).is_none() && !is_list(param)
}

/// Adds what is sent and not known, with what the example shows of it.
fn add<'v>(
    known: &mut Vec<Item>,
    sent: impl Iterator<Item = (&'v String, &'v Value)>,
    example: &Example,
) {
    for (key, value) in sent {
        let mut names = known.iter().map(|item| &item.name);
        if is_name(key) && !names.any(|name| name.eq_ignore_ascii_case(key)) {
            known.push(sent_as(key, value, example));
        }
    }
}

/// Adds the fields and operators that only examples filter by, where the page lists those of the method.
pub(super) fn conditions(page: &mut Page) {
    let Some(mut fields) = page.filter_fields.take() else {
        return;
    };
    let mut operators = page.filter_operators.take();
    for (example, key, value) in sent_conditions(page) {
        let (operator, field) = condition(key);
        let is_like = |known: &Item| known.name.eq_ignore_ascii_case(field);
        if is_name(field) && !fields.iter().any(is_like) {
            fields.push(sent_as(field, value, example));
        }
        let mut known = operators.iter().flatten();
        if !operator.is_empty() && known.all(|known: &Said| known.text != operator) {
            // Without an operator, a filter takes what is equal.
            let equal = || vec![Said::new("", &example.at)];
            let operators = operators.get_or_insert_with(equal);
            operators.push(Said::new(operator, &example.at));
        }
    }
    page.filter_fields = Some(fields);
    page.filter_operators = operators;
}

/// The conditions that examples send, of a filter that takes what is listed alone, each with its example.
pub(super) fn sent_conditions(page: &Page) -> Vec<(&Example, &str, &Value)> {
    let mut params = page.params.iter().flatten();
    let Some(filter) = params.find(|param| role(param) == Some("filter") && !param.open) else {
        return Vec::new();
    };
    let filters = requests(page).filter_map(|example| {
        let filter = sent(&example.json, &filter.name)?.as_object()?;
        Some((example, filter))
    });
    let conditions = filters.flat_map(|(example, filter)| {
        let conditions = filter.iter();
        conditions.map(move |(key, value)| (example, key.as_str(), value))
    });
    conditions.collect()
}

/// What examples filter by in a field, whatever the filter takes beside those that are listed.
pub(super) fn filtered_by<'p>(page: &'p Page, field: &str) -> Vec<&'p Value> {
    let mut params = page.params.iter().flatten();
    let Some(filter) = params.find(|param| role(param) == Some("filter")) else {
        return Vec::new();
    };
    let filters =
        requests(page).filter_map(|example| sent(&example.json, &filter.name)?.as_object());
    let conditions = filters.flatten();
    conditions
        .filter(|(key, _)| condition(key).1.eq_ignore_ascii_case(field))
        .map(|(_, value)| value)
        .collect()
}

/// What examples send, programs among them.
fn requests(page: &Page) -> impl Iterator<Item = &Example> {
    let requests = page.examples.iter().chain(&page.programs);
    requests.filter(|example| example.kind == ExampleKind::Request)
}

/// What an example shows of something that it sends.
fn sent_as(name: &str, value: &Value, example: &Example) -> Item {
    let mut item = Item::new(name, &example.at);
    item.only_sent = true;
    if value.is_i64() {
        item.types.push("integer".to_owned());
    }
    item
}
