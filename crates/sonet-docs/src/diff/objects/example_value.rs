//! The values in examples, each with where it stands.

use serde_json::{Map, Value};

use crate::markup::Location;
use crate::page::Example;

/// A value in an example.
#[derive(Clone)]
pub(crate) struct ExampleValue<'p> {
    pub(crate) value: &'p Value,
    pub(crate) example: &'p Example,
    /// The keys that lead to it.
    pub(crate) path: Vec<&'p str>,
}

impl<'p> ExampleValue<'p> {
    /// All of an example.
    pub(crate) fn whole(example: &'p Example) -> Self {
        Self {
            value: &example.json,
            example,
            path: Vec::new(),
        }
    }

    /// The objects in it: itself, or the elements of a list, or the values of a map.
    pub(super) fn objects(&self, is_map: bool) -> Vec<(&'p Map<String, Value>, Self)> {
        let inside = |value: &'p Value| Self {
            value,
            ..self.clone()
        };
        match self.value {
            Value::Object(map) if is_map || numbered_rows(map).is_some() => {
                let values = map.values();
                values
                    .flat_map(|value| inside(value).objects(false))
                    .collect()
            }
            Value::Object(map) => vec![(map, self.clone())],
            Value::Array(values) => {
                let values = values.iter();
                values
                    .flat_map(|value| inside(value).objects(is_map))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// What stands under a key.
    pub(crate) fn under(&self, key: &'p str, value: &'p Value) -> Self {
        let mut path = self.path.clone();
        path.push(key);
        Self {
            value,
            example: self.example,
            path,
        }
    }

    /// Where it stands.
    pub(crate) fn line(&self) -> Location {
        self.example.line_of(&self.path)
    }

    /// Where a key of it stands.
    pub(crate) fn line_of(&self, key: &str) -> Location {
        let mut path = self.path.clone();
        path.push(key);
        self.example.line_of(&path)
    }
}

/// The rows of a list with gaps, which is written as an object with numbers for keys.
pub(crate) fn numbered_rows(map: &Map<String, Value>) -> Option<Vec<&Map<String, Value>>> {
    let rows = map.values().map(Value::as_object);
    rows.collect::<Option<_>>().filter(|_| is_numbered(map))
}

/// Whether an object has numbers for keys: such a key is data.
pub(crate) fn is_numbered(map: &Map<String, Value>) -> bool {
    !map.is_empty() && map.keys().all(|key| key.parse::<u64>().is_ok())
}

/// The objects that examples show, each with where it stands.
pub(super) type Objects<'p> = Vec<(&'p Map<String, Value>, ExampleValue<'p>)>;
