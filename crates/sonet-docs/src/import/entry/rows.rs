//! Where the rows of a list are, and by what they are walked.

use serde_json::Value;

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
        Some(Value::Array(_)) => return Some(Rows { key: None }),
        Some(Value::Object(map)) => {
            let mut lists = map.iter().filter(|(_, value)| value.is_array());
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
    let result = example.and_then(|example| example.json.get("result"));
    result.is_some_and(Value::is_array)
}
