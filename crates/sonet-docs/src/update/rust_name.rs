//! The names in Rust of what is new among what has names already.

use toml_edit::{Array, InlineTable, Value};

use super::toml::{put, text};
use sonet_spec::names;

/// Gives a parameter or a field a number, where something beside it is called like it in Rust.
pub(super) fn distinguish(element: &mut Value, list: &Array, key: &str) {
    let Some(table) = element
        .as_inline_table_mut()
        .filter(|_| has_rust_names(key))
    else {
        return;
    };
    let beside = list.iter().filter_map(Value::as_inline_table);
    let taken: Vec<String> = beside.map(rust_name).collect();
    let own = rust_name(table);
    if !taken.contains(&own) {
        return;
    }
    let mut numbered = (2..).map(|number| format!("{own}_{number}"));
    let free = numbered.find(|name| !taken.contains(name));
    let mut like = InlineTable::new();
    like.insert("name", "".into());
    like.insert("rust", "".into());
    put(table, "rust", &free.unwrap_or(own).into(), &like);
}

fn has_rust_names(list: &str) -> bool {
    matches!(list, "params" | "fields")
}

fn rust_name(table: &InlineTable) -> String {
    let given = text(table, "rust").map(str::to_owned);
    given.unwrap_or_else(|| names::snake(text(table, "name").unwrap_or_default()))
}
