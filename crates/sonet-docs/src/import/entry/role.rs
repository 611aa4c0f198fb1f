//! What a parameter is for: fields to filter by, to sort by or to select, or where a page begins.

use serde_json::Value;

use super::sent::are_conditions;
use crate::import::shapes::{is_empty, is_list};
use crate::page::{Item, Page};
use crate::words;

/// What a parameter is for, if it takes fields of the method, and whether the page lists these; as far as examples send such.
pub(super) fn sent_role(
    param: &Item,
    page: &Page,
    values: &[&Value],
) -> Option<(&'static str, bool)> {
    let role = role(param)?;
    let fields = match role {
        "filter" => &page.filter_fields,
        "order" => &page.order_fields,
        _ => &page.select_fields,
    };
    let is_listed = !param.operators.is_empty() || page.filter_fields.is_some();
    takes(role, values, is_listed).then_some((role, fields.is_some()))
}

/// Whether a parameter says where a page begins.
pub(super) fn is_page_start(param: &Item) -> bool {
    let is_number = |ty: &String| matches!(ty.as_str(), "integer" | "int" | "number");
    param.name == "start" && param.types.iter().all(is_number)
}

/// Whether a parameter can only be an object of fields: a list of names is a selection, and nothing else.
pub(super) fn is_keyed(param: &Item, role: &str) -> bool {
    let is_list = is_list(param) && !param.types.iter().any(|ty| ty == "object");
    (param.fields.is_empty() || role == "filter")
        && (!is_list || role == "select" || !param.types.iter().any(|ty| ty.ends_with("[]")))
}

/// Whether what is called by a role has the form of it in a documented call, or in none. What the page lists as fields of a filter
/// is one, whatever a call has under them.
fn takes(role: &str, values: &[&Value], is_listed: bool) -> bool {
    let mut telling = values.iter().filter(|value| !is_empty(value)).peekable();
    let is_shown = telling.peek().is_none()
        || telling.any(|value| match role {
            "select" => value.is_array(),
            _ => value.is_object(),
        });
    let is_filter = role == "filter" && !is_listed;
    is_shown && (!is_filter || values.iter().all(|value| are_conditions(value)))
}

/// What a parameter is for, if it takes fields of the method.
pub(super) fn role(param: &Item) -> Option<&'static str> {
    // A number called `sort` is a place in a row.
    let built = |ty: &String| ty == "object" || ty.starts_with("array") || ty == "string[]";
    let role = words::role(&param.name)?;
    // Whatever type it is said to have, what has operators or lists fields of a table is a filter.
    let is_filter = role == "filter" && (!param.operators.is_empty() || has_keys(param));
    let is_built = param.types.is_empty() || param.types.iter().any(built);
    // What has a direction for each field is an order. A place in a row may ascend.
    let text = param.text.to_lowercase();
    let words: Vec<&str> = text.split(|char: char| !char.is_alphabetic()).collect();
    let is_order = role == "order"
        && ["asc", "desc"]
            .iter()
            .all(|direction| words.contains(direction));
    // What is a text, or lists the directions themselves, is one.
    let is_text = param.types.iter().any(|ty| ty == "string");
    let is_order = is_order && !is_text && param.values.is_empty();
    (is_filter || is_built || is_order).then_some(role)
}

/// Whether the values that a parameter lists are names of columns.
fn has_keys(param: &Item) -> bool {
    let is_column = |text: &str| {
        let is_part =
            |char: char| char.is_ascii_uppercase() || char.is_ascii_digit() || char == '_';
        text.contains('_') && text.chars().all(is_part)
    };
    param.values.iter().any(|value| is_column(&value.text))
}
