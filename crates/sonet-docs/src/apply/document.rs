//! Finding an entry in the document, and adding to its lists.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value};

/// The `[[method]]`, `[[event]]`, `[[object]]`, `[[input]]` or `[[enum]]` of this name.
pub(super) fn find<'d>(document: &'d mut DocumentMut, name: &str) -> Option<&'d mut Table> {
    let kinds = ["method", "event", "object", "input", "enum"];
    let kind = kinds.into_iter().find(|kind| {
        let entries = document.get(kind).and_then(Item::as_array_of_tables);
        entries.is_some_and(|entries| entries.iter().any(|entry| is_named(entry, name)))
    })?;
    let entries = document.get_mut(kind)?.as_array_of_tables_mut()?;
    entries.iter_mut().find(|entry| is_named(entry, name))
}

fn is_named(entry: &Table, name: &str) -> bool {
    entry.get("name").and_then(Item::as_str) == Some(name)
}

/// A list of an entry, which is made if there is none.
pub(crate) fn list<'t>(entry: &'t mut Table, key: &str) -> Result<&'t mut Array, String> {
    let list = entry.entry(key).or_insert_with(|| {
        let mut list = Array::new();
        list.set_trailing("\n");
        list.set_trailing_comma(true);
        Item::Value(Value::Array(list))
    });
    list.as_array_mut()
        .ok_or_else(|| format!("`{key}` is not a list"))
}

/// The table of a list that has this under a key.
pub(super) fn element<'a>(
    list: &'a mut Array,
    key: &str,
    value: &str,
) -> Option<&'a mut InlineTable> {
    let tables = list.iter_mut().filter_map(Value::as_inline_table_mut);
    let mut found = tables.filter(|table| table.get(key).and_then(Value::as_str) == Some(value));
    found.next()
}

/// The parameters at a path such as `params.params`.
pub(super) fn params<'t>(entry: &'t mut Table, path: &str) -> Result<&'t mut Array, String> {
    let mut names = path.split('.');
    let first = names.next().unwrap_or_default();
    let mut here = list(entry, first)?;
    for name in names {
        let param = element(here, "name", name).ok_or_else(|| format!("there is no `{name}`"))?;
        let fields = param.get_mut("fields").and_then(Value::as_array_mut);
        here = fields.ok_or_else(|| format!("`{name}` has no parameters inside"))?;
    }
    Ok(here)
}

/// Adds to a list behind what stands before it on the page, in the form of what is there; to the end, if the list has
/// nothing of that.
pub(crate) fn insert(list: &mut Array, preceding: &[String], value: impl Into<Value>) {
    let at = place(list, preceding);
    let neighbour = list.get(at.saturating_sub(1));
    let before = neighbour.map(prefix_of);
    let prefix = match &before {
        // A comment before its neighbour is not one of the new one.
        Some(prefix) => match prefix.rfind('\n') {
            Some(at) => prefix[at..].to_owned(),
            None if at == 0 => prefix.clone(),
            None => " ".to_owned(),
        },
        None => "\n    ".to_owned(),
    };
    let mut own = prefix;
    if let Some(next) = list.get_mut(at) {
        let there = prefix_of(next);
        // What is written behind the comma of the one before stays there.
        let (behind, rest) = there.split_at(there.find('\n').unwrap_or(0));
        if behind.contains('#') {
            own.insert_str(0, behind);
            next.decor_mut().set_prefix(rest.to_owned());
        } else if at == 0 && !there.contains('\n') {
            next.decor_mut().set_prefix(" ");
        }
    }
    let mut value = value.into();
    *value.decor_mut() = toml_edit::Decor::new(own, "");
    list.insert_formatted(at, value);
}

fn prefix_of(value: &Value) -> String {
    let prefix = value.decor().prefix().and_then(|prefix| prefix.as_str());
    prefix.unwrap_or_default().to_owned()
}

/// Where something goes that stands behind these on the page.
fn place(list: &Array, preceding: &[String]) -> usize {
    if preceding.is_empty() {
        return 0;
    }
    let is = |value: &Value, name: &String| match value {
        Value::String(text) => text.value() == name,
        Value::InlineTable(table) => ["name", "wire", "text", "code"]
            .iter()
            .any(|key| table.get(key).and_then(Value::as_str) == Some(name)),
        _ => false,
    };
    let mut names = preceding.iter();
    let found = names.find_map(|name| list.iter().position(|value| is(value, name)));
    found.map_or(list.len(), |at| at + 1)
}

/// `{ name = "…", … }`
pub(super) fn table(pairs: &[(&str, Value)]) -> InlineTable {
    let mut table = InlineTable::new();
    for (key, value) in pairs {
        table.insert(*key, value.clone());
    }
    table
}
