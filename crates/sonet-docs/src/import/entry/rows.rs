//! Where the rows of a list are, and by what they are walked.

use serde_json::Value;

use crate::diff::is_numbered;
use crate::import::shapes::is_list;
use crate::page::{ExampleKind, Item, Page};

/// Where the rows of a list are.
pub(super) struct Rows {
    /// The key of the result that they stand in, if they are not the result.
    pub(super) key: Option<String>,
}

/// Where the rows of a page are, as its table and its example say.
pub(super) fn rows(page: &Page, shown: Option<&Value>) -> Option<Rows> {
    if !page.answers_in_pages() {
        return None;
    }
    let result = page.result.as_ref();
    match shown {
        Some(shown) if holds_rows(shown) => return Some(Rows { key: None }),
        Some(Value::Object(map)) => {
            let mut lists = map.iter().filter(|(_, value)| holds_rows(value));
            if let (Some((key, _)), None) = (lists.next(), lists.next()) {
                return Some(Rows {
                    key: Some(key.clone()),
                });
            }
        }
        _ => {}
    }
    let result = result?;
    if is_list(result) && shown.is_none() {
        return Some(Rows { key: None });
    }
    let mut lists = result.fields.iter().filter(|field| is_list(field));
    let (list, other) = (lists.next()?, lists.next());
    other.is_none().then(|| Rows {
        key: Some(list.name.clone()),
    })
}

/// Whether a value is a list, be it one whose rows stand under their own numbers: a list is read from both.
fn holds_rows(value: &Value) -> bool {
    match value {
        Value::Array(_) => true,
        Value::Object(map) => is_numbered(map) && map.iter().all(|(key, row)| is_under(key, row)),
        _ => false,
    }
}

/// Whether a key is the number by which the row under it is known, so that nothing is lost without it.
fn is_under(key: &str, row: &Value) -> bool {
    let mut fields = row.as_object().into_iter().flatten();
    let own = fields.find(|(name, _)| name.eq_ignore_ascii_case("id"));
    own.is_some_and(|(_, own)| {
        let number = || own.as_i64().map(|own| own.to_string());
        own.as_str() == Some(key) || number().as_deref() == Some(key)
    })
}

/// What an example of an answer has as result. One without `result` around it is the result itself.
pub(super) fn result_of(answer: &Value) -> &Value {
    answer.get("result").unwrap_or(answer)
}

/// How a list is walked.
pub(super) struct Walk<'p> {
    /// The fields of a row.
    pub(super) fields: &'p [Item],
    pub(super) cursor: &'p str,
    pub(super) row_cursor: &'p str,
}

/// How the list of a page is walked, if it can be. Only identifiers can be walked by, so that is what is looked for.
pub(super) fn walk(page: &Page) -> Option<Walk<'_>> {
    if !page.answers_in_pages() {
        return None;
    }
    let result = page.result.as_ref()?;
    let fields = if is_list(result) || shows_list(page) {
        &result.fields
    } else {
        &result.fields.iter().find(|field| is_list(field))?.fields
    };
    let id = |items: &'_ [Item]| -> Option<usize> {
        items
            .iter()
            .position(|item| item.name.eq_ignore_ascii_case("id"))
    };
    let (orders, filters) = (
        page.order_fields.as_deref()?,
        page.filter_fields.as_deref()?,
    );
    let cursor = &orders[id(orders)?].name;
    let is_filtered = filters.iter().any(|field| field.name == *cursor);
    let mut operators = page.filter_operators.iter().flatten();
    let is_walked = is_filtered && operators.any(|operator| operator.text == ">");
    is_walked.then_some(Walk {
        fields,
        cursor,
        row_cursor: &fields[id(fields)?].name,
    })
}

/// Whether the first example of an answer is a list.
fn shows_list(page: &Page) -> bool {
    let mut examples = page.examples.iter();
    let example = examples.find(|example| example.kind == ExampleKind::Response);
    example.is_some_and(|example| holds_rows(result_of(&example.json)))
}
