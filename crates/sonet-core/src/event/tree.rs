//! Fields with brackets in their names, put together.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// A text, or values under names.
///
/// As in PHP, the later of two fields that can't both stand takes the other's place.
#[derive(Default)]
pub(super) struct Node {
    /// The text; none where there is something below.
    text: Option<String>,
    below: BTreeMap<String, Node>,
    /// The index that `[]` stands for, kept because looking for it each time is quadratic.
    next: u64,
}

impl Node {
    /// Puts a text where the names lead to, one below the other. An empty name is the next index.
    pub(super) fn set(&mut self, path: &[&str], text: String) {
        let mut node = self;
        for name in path {
            node = node.enter(name);
        }
        *node = Self {
            text: Some(text),
            ..Self::default()
        };
    }

    fn enter(&mut self, name: &str) -> &mut Self {
        self.text = None;
        let index = if name.is_empty() {
            Some(self.next)
        } else {
            index(name)
        };
        self.next = index.map_or(self.next, |index| self.next.max(index + 1));
        let name = match index {
            Some(index) => index.to_string(),
            None => name.to_owned(),
        };
        self.below.entry(name).or_default()
    }

    /// Names that count from 0 without a gap make a list, as where PHP prints JSON.
    pub(super) fn into_value(self) -> Value {
        if let Some(text) = self.text {
            return Value::String(text);
        }
        let length = self.below.len();
        let place = |name: &str| index(name).and_then(|index| usize::try_from(index).ok());
        let is_list = |name: &String| place(name).is_some_and(|place| place < length);
        if length == 0 || !self.below.keys().all(is_list) {
            let below = self.below.into_iter();
            let object: Map<_, _> = below
                .map(|(name, node)| (name, node.into_value()))
                .collect();
            return Value::Object(object);
        }
        // The tree has them in the order of texts: 0, 1, 10, 2.
        let mut list = vec![Value::Null; length];
        for (name, node) in self.below {
            if let Some(item) = place(&name).and_then(|place| list.get_mut(place)) {
                *item = node.into_value();
            }
        }
        Value::Array(list)
    }
}

/// The index that a name is: digits without a zero before them, and few enough to count on from.
fn index(name: &str) -> Option<u64> {
    let is_index = name == "0"
        || (name.len() <= 18
            && !name.starts_with('0')
            && name.bytes().all(|byte| byte.is_ascii_digit()));
    is_index.then(|| name.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn tree(fields: &[(&[&str], &str)]) -> Value {
        let mut root = Node::default();
        for (path, text) in fields {
            root.set(path, (*text).to_owned());
        }
        root.into_value()
    }

    #[test]
    fn names_lead_down() {
        assert_eq!(
            tree(&[(&["a", "b"], "1"), (&["a", "c", "d"], "2"), (&["e"], "3")]),
            json!({"a": {"b": "1", "c": {"d": "2"}}, "e": "3"})
        );
        assert_eq!(tree(&[]), json!({}));
    }

    #[test]
    fn indexes_without_a_gap_are_a_list() {
        let counted: Vec<_> = (0..12).map(|index: u8| index.to_string()).collect();
        let mut root = Node::default();
        for name in counted.iter().rev() {
            root.set(&["a", name], name.clone());
        }
        assert_eq!(root.into_value(), json!({ "a": counted }));

        for name in ["1", "-1", "00", "15010", "999999999999999999", "1.0", "x"] {
            assert_eq!(tree(&[(&["a", name], "v")]), json!({"a": {name: "v"}}));
        }
        assert_eq!(
            tree(&[(&["a", "0"], "1"), (&["a", "x"], "2")]),
            json!({"a": {"0": "1", "x": "2"}})
        );
    }

    #[test]
    fn empty_names_count_on() {
        assert_eq!(
            tree(&[(&["a", ""], "1"), (&["a", "", ""], "2"), (&["a", ""], "3")]),
            json!({"a": ["1", ["2"], "3"]})
        );
        assert_eq!(
            tree(&[(&["a", "7"], "1"), (&["a", ""], "2")]),
            json!({"a": {"7": "1", "8": "2"}})
        );
        let large = "9999999999999999999999";
        assert_eq!(
            tree(&[(&["a", large], "1"), (&["a", ""], "2")]),
            json!({"a": {large: "1", "0": "2"}})
        );
    }

    #[test]
    fn the_last_one_counts() {
        assert_eq!(tree(&[(&["a"], "1"), (&["a"], "2")]), json!({"a": "2"}));
        assert_eq!(
            tree(&[(&["a"], "1"), (&["a", "b"], "2")]),
            json!({"a": {"b": "2"}})
        );
        assert_eq!(
            tree(&[(&["a", "b"], "1"), (&["a"], "2")]),
            json!({"a": "2"})
        );
    }
}
