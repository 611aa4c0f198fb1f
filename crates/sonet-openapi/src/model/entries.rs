//! Objects whose keys are data.

use serde::{Serialize, Serializer};

/// The entries of an object, in the order that they were added.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entries<T>(Vec<(String, T)>);

impl<T> Entries<T> {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn push(&mut self, key: impl Into<String>, value: T) {
        self.0.push((key.into(), value));
    }

    pub(crate) fn push_first(&mut self, key: impl Into<String>, value: T) {
        self.0.insert(0, (key.into(), value));
    }

    pub(crate) fn get(&self, key: &str) -> Option<&T> {
        let mut entries = self.0.iter();
        let found = entries.find(|(own, _)| own == key);
        found.map(|(_, value)| value)
    }

    pub(crate) fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, value)| value)
    }

    pub(crate) fn keep(&mut self, mut keeps: impl FnMut(&str) -> bool) {
        self.0.retain(|(key, _)| keeps(key));
    }
}

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> FromIterator<(String, T)> for Entries<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl<T: Serialize> Serialize for Entries<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}
