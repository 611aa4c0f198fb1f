//! Which bytes of a spec something stands in.

use std::ops::Range;

use toml_edit::{Array, InlineTable, Item, Table, Value};

use super::place::identity;

/// The bytes of what steps lead to in an entry that was read with its places; of the nearest thing around it, if it is not
/// there.
pub(super) fn span(entry: &Table, steps: &[String]) -> Option<Range<usize>> {
    let name = entry.get("name").and_then(Item::span);
    let Some((first, rest)) = steps.split_first() else {
        return name;
    };
    in_item(entry.get(first), first, rest).or(name)
}

fn in_item(item: Option<&Item>, key: &str, steps: &[String]) -> Option<Range<usize>> {
    let value = item?.as_value()?;
    let inner = match (value, steps.split_first()) {
        (Value::Array(list), Some((step, rest))) => in_list(list, key, step, rest),
        (Value::InlineTable(table), Some((step, rest))) => in_table(table, step, rest),
        _ => None,
    };
    inner.or_else(|| value.span())
}

fn in_table(table: &InlineTable, step: &str, rest: &[String]) -> Option<Range<usize>> {
    in_item(table.get_key_value(step).map(|(_, item)| item), step, rest)
}

fn in_list(list: &Array, key: &str, step: &str, rest: &[String]) -> Option<Range<usize>> {
    let mut elements = list.iter();
    let element = elements.find(|element| identity(key, element) == step)?;
    let inner = match (element, rest.split_first()) {
        (Value::InlineTable(table), Some((step, rest))) => in_table(table, step, rest),
        _ => None,
    };
    inner.or_else(|| element.span())
}
