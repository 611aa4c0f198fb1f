//! Values of TOML, whatever comments and spaces stand around them.

use toml_edit::{Array, InlineTable, Item, Table, TableLike, Value};

/// A table whose keys can be put in an order.
pub(super) trait Keyed: TableLike {
    /// Puts the keys in this order.
    fn arrange(&mut self, order: &[String]);

    /// The table, to read. (A cast from one trait to the other is newer than the oldest Rust.)
    fn as_table_like(&self) -> &dyn TableLike;
}

impl Keyed for Table {
    fn as_table_like(&self) -> &dyn TableLike {
        self
    }

    fn arrange(&mut self, order: &[String]) {
        self.sort_values_by(|one, _, other, _| {
            rank(order, one.get()).cmp(&rank(order, other.get()))
        });
    }
}

impl Keyed for InlineTable {
    fn as_table_like(&self) -> &dyn TableLike {
        self
    }

    /// What stands before the closing brace stays there.
    fn arrange(&mut self, order: &[String]) {
        let mut before = String::new();
        for (_, value) in self.iter_mut() {
            before.push_str(&suffix_of(value));
            value.decor_mut().set_suffix("");
        }
        self.sort_values_by(|one, _, other, _| {
            rank(order, one.get()).cmp(&rank(order, other.get()))
        });
        if let Some((_, last)) = self.iter_mut().last() {
            last.decor_mut().set_suffix(before);
        }
    }
}

fn rank(order: &[String], key: &str) -> usize {
    let place = order.iter().position(|other| other == key);
    place.unwrap_or(order.len())
}

fn suffix_of(value: &Value) -> String {
    let suffix = value.decor().suffix().and_then(|suffix| suffix.as_str());
    suffix.unwrap_or_default().to_owned()
}

/// Whether two items are the same, or neither is there.
pub(super) fn same(one: Option<&Item>, other: Option<&Item>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => match (one.as_value(), other.as_value()) {
            (Some(one), Some(other)) => same_value(one, other),
            _ => false,
        },
        (None, None) => true,
        _ => false,
    }
}

/// Whether two values are the same.
pub(super) fn same_value(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::InlineTable(one), Value::InlineTable(other)) => same_table(one, other),
        (Value::Array(one), Value::Array(other)) => {
            let mut pairs = one.iter().zip(other);
            one.len() == other.len() && pairs.all(|(one, other)| same_value(one, other))
        }
        (Value::String(one), Value::String(other)) => one.value() == other.value(),
        (Value::Integer(one), Value::Integer(other)) => one.value() == other.value(),
        (Value::Boolean(one), Value::Boolean(other)) => one.value() == other.value(),
        _ => false,
    }
}

/// Whether two tables have the same under the same keys, in whatever order.
pub(super) fn same_table(one: &dyn TableLike, other: &dyn TableLike) -> bool {
    one.len() == other.len()
        && one
            .iter()
            .all(|(key, item)| same(Some(item), other.get(key)))
}

/// A value as a person reads it: a text without quotes.
pub(super) fn shown(item: &Item) -> String {
    match item.as_value() {
        Some(Value::String(text)) => text.value().clone(),
        Some(value) => value.clone().decorated("", "").to_string(),
        None => "a table".to_owned(),
    }
}

/// The text under a key.
pub(super) fn text<'t>(table: &'t dyn TableLike, key: &str) -> Option<&'t str> {
    table.get(key).and_then(Item::as_str)
}

/// Puts a value under a key: in the place of what is there, or where another table has the key among others.
pub(super) fn put(table: &mut dyn Keyed, key: &str, value: &Value, like: &dyn TableLike) {
    let mut value = value.clone();
    if let Some(old) = table.get_mut(key).and_then(Item::as_value_mut) {
        *value.decor_mut() = old.decor().clone();
        *old = value;
        return;
    }
    let mut order: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
    let others: Vec<&str> = like.iter().map(|(key, _)| key).collect();
    let own = others.iter().position(|other| *other == key);
    let (before, after) = others.split_at(own.unwrap_or(others.len()));
    let known = |other: &&&str| order.iter().position(|known| known == **other);
    let at = before.iter().rev().find_map(|other| known(&other));
    let at = at.map(|at| at + 1);
    let at = at.or_else(|| after.iter().find_map(|other| known(&other)));
    order.insert(at.unwrap_or(order.len()), key.to_owned());
    value.decor_mut().clear();
    table.insert(key, Item::Value(value));
    table.arrange(&order);
}

/// Whether a person wrote a comment at an element of a list, or in it.
pub(super) fn is_commented(list: &Array, at: usize) -> bool {
    let Some(value) = list.get(at) else {
        return false;
    };
    let above = prefix_of(value);
    let above = above.split_once('\n').map_or("", |(_, above)| above);
    let next = list.get(at + 1).map(prefix_of);
    let next = next.unwrap_or_else(|| list.trailing().as_str().unwrap_or_default().to_owned());
    let behind = next.lines().next().unwrap_or_default();
    let inside = value.to_string();
    let mut inside = inside.lines().skip(1).map(str::trim_start);
    above.contains('#') || behind.contains('#') || inside.any(|line| line.starts_with('#'))
}

/// Whether a person wrote a comment in a list of a table.
pub(super) fn has_comment(table: &dyn TableLike) -> bool {
    let mut lists = table.iter().filter_map(|(_, item)| item.as_array());
    lists.any(|list| (0..list.len()).any(|at| is_commented(list, at)))
}

/// Takes an element out of a list. A comment behind the one before it stays.
pub(super) fn take(list: &mut Array, at: usize) {
    let removed = list.remove(at);
    let prefix = prefix_of(&removed);
    let Some((behind, _)) = prefix.split_once('\n').filter(|(one, _)| one.contains('#')) else {
        return;
    };
    if let Some(next) = list.get_mut(at) {
        let joined = format!("{behind}{}", prefix_of(next));
        next.decor_mut().set_prefix(joined);
    } else {
        let trailing = list.trailing().as_str().unwrap_or_default();
        list.set_trailing(format!("{behind}{trailing}"));
    }
}

fn prefix_of(value: &Value) -> String {
    let prefix = value.decor().prefix().and_then(|prefix| prefix.as_str());
    prefix.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use toml_edit::DocumentMut;

    #[test]
    fn a_key_goes_where_the_other_table_has_it() {
        let mut document: DocumentMut =
            "a = { name = \"A\", doc = \"D\" } # why\n".parse().unwrap();
        let like: DocumentMut = "a = { name = \"A\", type = \"T\", doc = \"D\", z = 1 }\n"
            .parse()
            .unwrap();
        let like = like["a"].as_inline_table().unwrap();
        let table = document["a"].as_inline_table_mut().unwrap();
        put(table, "type", &"T".into(), like);
        put(table, "z", &1.into(), like);
        put(table, "name", &"B".into(), like);
        assert_eq!(
            document.to_string(),
            "a = { name = \"B\", type = \"T\", doc = \"D\", z = 1 } # why\n"
        );
    }

    #[test]
    fn comments_stay_where_an_element_goes() {
        let text = "a = [\n    1, # one\n    2,\n    3, # three\n    # of four\n    4,\n]\n";
        let mut document: DocumentMut = text.parse().unwrap();
        let list = document["a"].as_array_mut().unwrap();
        let commented: Vec<bool> = (0..4).map(|at| is_commented(list, at)).collect();
        assert_eq!(commented, [true, false, true, true]);
        take(list, 1);
        assert_eq!(document.to_string(), text.replace("    2,\n", ""));
    }
}
