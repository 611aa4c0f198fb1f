//! The value of a parameter, whichever way it was sent.
//!
//! The portal's own language knows one kind of array for lists and maps alike, so `[]` and `{}` are
//! the same to it, and a list is a map with the keys 0, 1, 2 and so on. Every reader of parameters
//! leans on that, which is why form fields and JSON end up in this one type.

use indexmap::IndexMap;

use super::output::Json;

/// A parameter's value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    Array(Array),
}

/// An ordered array: a list, a map, or a mix of both. Finding a key takes the same time in a large one.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Array {
    entries: IndexMap<String, Value>,
    next_index: u64,
}

impl Array {
    /// The value under a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.entries.get(key)
    }

    /// Sets a key; an existing one keeps its place and takes the new value.
    pub(crate) fn set(&mut self, key: &str, value: Value) {
        self.append(key.to_owned(), value);
    }

    /// Adds a value under the next free number.
    pub(crate) fn push(&mut self, value: Value) {
        let index = self.next_index;
        self.next_index = index.saturating_add(1);
        self.entries.insert(index.to_string(), value);
    }

    /// Removes a key and returns its value.
    pub(crate) fn remove(&mut self, key: &str) -> Option<Value> {
        self.entries.shift_remove(key)
    }

    /// The array under a key, made if the key is missing or holds something else.
    pub(crate) fn array_at(&mut self, key: &str) -> &mut Array {
        self.note(key);
        self.entries
            .entry(key.to_owned())
            .or_insert(Value::Null)
            .make_array()
    }

    /// A new array under the next free number.
    pub(crate) fn push_array(&mut self) -> &mut Array {
        let index = self.next_index;
        self.next_index = index.saturating_add(1);
        self.entries
            .entry(index.to_string())
            .or_insert(Value::Null)
            .make_array()
    }

    /// Adds an entry, or gives an existing one a new value.
    pub(crate) fn append(&mut self, key: String, value: Value) {
        self.note(&key);
        self.entries.insert(key, value);
    }

    /// Counts a number that is a key, so that the next free one is behind it.
    fn note(&mut self, key: &str) {
        if let Some(index) = index(key) {
            self.next_index = self.next_index.max(index.saturating_add(1));
        }
    }

    /// Replaces the value at a position.
    pub(crate) fn replace_at(&mut self, at: usize, value: Value) {
        if let Some((_, entry)) = self.entries.get_index_mut(at) {
            *entry = value;
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether the keys are 0, 1, 2 and so on. An empty array is a list, too.
    pub(crate) fn is_list(&self) -> bool {
        self.entries
            .keys()
            .enumerate()
            .all(|(n, key)| index(key) == u64::try_from(n).ok())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.entries
            .iter()
            .map(|(key, value)| (key.as_str(), value))
    }

    pub(crate) fn into_entries(self) -> impl Iterator<Item = (String, Value)> {
        self.entries.into_iter()
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &Value> {
        self.entries.values()
    }
}

/// The number that a key is; `007` is a name, not the number 7. Large bodies have many keys, so most
/// are told by their first character.
fn index(key: &str) -> Option<u64> {
    match key.as_bytes() {
        [b'0'] => Some(0),
        [b'1'..=b'9', rest @ ..] if rest.iter().all(u8::is_ascii_digit) => key.parse().ok(),
        _ => None,
    }
}

impl Value {
    pub(crate) fn as_array(&self) -> Option<&Array> {
        match self {
            Value::Array(array) => Some(array),
            _ => None,
        }
    }

    /// The scalar as text, as the portal would print it; `None` for an array.
    pub(crate) fn to_text(&self) -> Option<String> {
        Some(match self {
            Value::Null | Value::Bool(false) => String::new(),
            Value::Bool(true) => "1".to_owned(),
            Value::Int(number) => number.to_string(),
            Value::Float(number) => number.to_string(),
            Value::Text(text) => text.clone(),
            Value::Array(_) => return None,
        })
    }

    /// The whole number that the value is: a number, or its decimal text.
    pub(crate) fn to_int(&self) -> Option<i64> {
        match self {
            Value::Int(number) => Some(*number),
            // Beyond 2^53 a float no longer says which number was meant.
            #[allow(clippy::cast_possible_truncation)]
            Value::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
                Some(*number as i64)
            }
            Value::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// The identifier that the value is; `None` unless it is a positive whole number.
    pub(crate) fn to_id(&self) -> Option<u64> {
        self.to_int()
            .and_then(|number| u64::try_from(number).ok())
            .filter(|id| *id > 0)
    }

    /// What a method answered, as a parameter of another one.
    fn from_entries<'a>(entries: impl Iterator<Item = (String, &'a Json)>) -> Self {
        let mut array = Array::default();
        for (key, value) in entries {
            array.append(key, Value::from(value));
        }
        Value::Array(array)
    }

    fn make_array(&mut self) -> &mut Array {
        if !matches!(self, Value::Array(_)) {
            *self = Value::Array(Array::default());
        }
        match self {
            Value::Array(array) => array,
            _ => unreachable!("the line above made it an array"),
        }
    }
}

impl From<&Json> for Value {
    fn from(json: &Json) -> Self {
        match json {
            Json::Null => Value::Null,
            Json::Bool(flag) => Value::Bool(*flag),
            Json::Int(number) => Value::Int(*number),
            Json::Float(number) => Value::Float(*number),
            Json::Text(text) => Value::Text(text.clone()),
            Json::List(items) => {
                let entries = items.iter().enumerate();
                Value::from_entries(entries.map(|(n, item)| (n.to_string(), item)))
            }
            Json::Object(object) => {
                Value::from_entries(object.entries().map(|(key, value)| (key.to_owned(), value)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// With a search from the front for every key, this would take minutes.
    #[test]
    fn a_large_array_is_no_slower_than_a_small_one() {
        let mut array = Array::default();
        for n in 0..300_000 {
            array.set(&format!("key{n}"), Value::Int(n));
        }
        array.set("key7", Value::Null);
        assert_eq!(
            (array.len(), array.get("key7")),
            (300_000, Some(&Value::Null))
        );
    }

    #[test]
    fn appends_after_the_highest_number() {
        let mut array = Array::default();
        array.set("5", Value::Int(1));
        array.push(Value::Int(2));
        array.set("name", Value::Int(3));
        array.set("09", Value::Int(4));
        array.push(Value::Int(5));
        array.set("+9", Value::Int(6));
        array.set("99999999999999999999", Value::Int(7));
        let keys: Vec<_> = array.iter().map(|(key, _)| key).collect();
        assert_eq!(
            keys,
            ["5", "6", "name", "09", "7", "+9", "99999999999999999999"]
        );
        array.push(Value::Null);
        assert_eq!(array.iter().last().map(|(key, _)| key), Some("8"));
        assert!(!array.is_list());
    }

    #[test]
    fn reads_identifiers_from_numbers_and_texts_only() {
        assert_eq!(Value::Int(7).to_id(), Some(7));
        assert_eq!(Value::Text(" 12 ".into()).to_id(), Some(12));
        assert_eq!(Value::Float(3.0).to_id(), Some(3));
        for wrong in [
            Value::Text("12abc".into()),
            Value::Text(String::new()),
            Value::Int(0),
            Value::Int(-1),
            Value::Float(1.5),
            Value::Bool(true),
            Value::Null,
            Value::Array(Array::default()),
        ] {
            assert_eq!(wrong.to_id(), None, "{wrong:?}");
        }
    }
}
