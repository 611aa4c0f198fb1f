//! What examples show of an object.

use serde_json::{Map, Value};

use crate::markup::Place;
use crate::page::Example;
use sonet_spec::model::Field;

/// A value in an example.
#[derive(Clone)]
pub(super) struct Shown<'p> {
    pub(super) value: &'p Value,
    pub(super) example: &'p Example,
    /// The keys that lead to it.
    pub(super) path: Vec<&'p str>,
}

impl<'p> Shown<'p> {
    /// The objects in it: itself, or the elements of a list, or the values of a map.
    pub(super) fn objects(&self, is_map: bool) -> Vec<(&'p Map<String, Value>, Self)> {
        let inside = |value: &'p Value| Self {
            value,
            ..self.clone()
        };
        match self.value {
            Value::Object(map) if is_map => {
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
    pub(super) fn under(&self, key: &'p str, value: &'p Value) -> Self {
        let mut path = self.path.clone();
        path.push(key);
        Self {
            value,
            example: self.example,
            path,
        }
    }

    pub(super) fn line_of(&self, key: &str) -> Place {
        let mut path = self.path.clone();
        path.push(key);
        self.example.line_of(&path)
    }
}

/// The objects that examples show, each with where it stands.
pub(super) type Objects<'p> = Vec<(&'p Map<String, Value>, Shown<'p>)>;

/// Where examples have the key of a field.
pub(super) struct Keys {
    pub(super) some: bool,
    pub(super) all: bool,
    pub(super) null: Option<Place>,
    pub(super) lacking: Option<Place>,
}

impl Keys {
    pub(super) fn of(field: &Field, shown: &Objects<'_>) -> Self {
        let key = field.name.as_str();
        let has = |(map, _): &&(&Map<String, Value>, Shown<'_>)| map.contains_key(key);
        let null = shown
            .iter()
            .find(|(map, _)| map.get(key).is_some_and(Value::is_null));
        let lacking = shown.iter().find(|one| !has(one));
        Self {
            some: shown.iter().any(|one| has(&one)),
            all: shown.iter().all(|one| has(&one)),
            null: null.map(|(_, shown)| shown.line_of(key)),
            lacking: lacking.map(|(_, shown)| shown.example.line_of(&shown.path)),
        }
    }
}
