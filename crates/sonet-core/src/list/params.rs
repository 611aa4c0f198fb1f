//! The parameters of a list, page by page.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// An object whose entries keep their order: sorting by name and then by owner is not sorting by owner and then by name.
#[derive(Debug, Default)]
pub(super) struct Entries(Vec<(String, Box<RawValue>)>);

impl Entries {
    /// The entries of an object; none, if it is something else.
    fn of(json: Option<&RawValue>) -> Self {
        json.and_then(|json| serde_json::from_str(json.get()).ok())
            .unwrap_or_default()
    }

    pub(super) fn parse(json: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }

    pub(super) fn get(&self, name: &str) -> Option<&RawValue> {
        let found = self.0.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| &**value)
    }

    /// An entry that is an object itself.
    pub(super) fn object(&self, name: &str) -> Self {
        Self::of(self.get(name))
    }

    pub(super) fn first(&self) -> Option<(&str, &RawValue)> {
        let (name, value) = self.0.first()?;
        Some((name, value))
    }

    /// The same with one entry replaced, or added.
    pub(super) fn with(
        &self,
        name: &str,
        value: &impl Serialize,
    ) -> Result<Self, serde_json::Error> {
        let value = serde_json::value::to_raw_value(value)?;
        let mut entries = self.without(name);
        entries.0.push((name.to_owned(), value));
        Ok(entries)
    }

    /// The same with one entry left out.
    pub(super) fn without(&self, name: &str) -> Self {
        let kept = self.0.iter().filter(|(other, _)| other != name);
        Self(kept.cloned().collect())
    }

    /// The same without an entry that has nothing in it, which a batch could not say, and which says nothing.
    pub(super) fn without_empty(self, name: &str) -> Self {
        let value = self.get(name).map(RawValue::get);
        let text: Option<String> = value.map(|json| json.split_whitespace().collect());
        if matches!(text.as_deref(), Some("{}" | "[]" | "null")) {
            self.without(name)
        } else {
            self
        }
    }

    pub(super) fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}

impl Serialize for Entries {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(Object)
    }
}
