//! What only examples send: parameters, and what they filter by.

use serde_json::Value;

use super::role::role;
use super::sent::sent;
use crate::diff::condition;
use crate::import::name::is_name;
use crate::page::{Example, ExampleKind, Item, Page, Said};

/// Adds the parameters that only examples have. Where a page has no table either, its parameters stay unknown.
pub(super) fn params(page: &mut Page) {
    let has_table = page.params.is_some();
    let mut params = page.params.take().unwrap_or_default();
    for example in requests(page) {
        let keys = example.json.as_object().into_iter().flatten();
        for (key, value) in keys {
            let is_known = params
                .iter()
                .any(|param| param.name.eq_ignore_ascii_case(key));
            // The credential is the client's.
            if is_known || !is_name(key) || key == "auth" {
                continue;
            }
            params.push(sent_as(key, value, example));
        }
    }
    page.params = (has_table || !params.is_empty()).then_some(params);
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

/// What examples send, programs among them.
fn requests(page: &Page) -> impl Iterator<Item = &Example> {
    let requests = page.examples.iter().chain(&page.programs);
    requests.filter(|example| example.kind == ExampleKind::Request)
}

/// What an example shows of something that it sends.
fn sent_as(name: &str, value: &Value, example: &Example) -> Item {
    let mut item = Item::new(name, &example.at);
    if value.is_i64() {
        item.types.push("integer".to_owned());
    }
    item
}
