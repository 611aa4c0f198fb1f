//! What stands in an answer at the top, without reading it.

use std::fmt;

use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// Whether there are an error and a result.
#[derive(Deserialize)]
pub(super) struct Outline {
    #[serde(default)]
    error: Option<IgnoredAny>,
    #[serde(default)]
    result: Something,
}

impl Outline {
    /// Whether the answer says that there is a result, and nothing against it.
    pub(super) fn of(text: &str) -> Option<Self> {
        if super::is_object(text) {
            serde_json::from_str(text).ok()
        } else {
            None
        }
    }

    /// Whether there is a key `result`.
    pub(super) fn has_result(&self) -> bool {
        !matches!(self.result, Something::Absent)
    }

    /// Whether the answer shows that the method ran: a result that says something, and no error beside it.
    pub(super) fn shows_success(&self) -> bool {
        self.error.is_none() && matches!(self.result, Something::Value)
    }
}

/// How much a value says.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Something {
    /// There is no such key.
    #[default]
    Absent,
    /// `null` or `false`.
    Nothing,
    /// Anything else.
    Value,
}

impl<'de> Deserialize<'de> for Something {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SomethingVisitor)
    }
}

struct SomethingVisitor;

impl<'de> Visitor<'de> for SomethingVisitor {
    type Value = Something;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("anything")
    }

    fn visit_unit<E: Error>(self) -> Result<Something, E> {
        Ok(Something::Nothing)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Something, E> {
        Ok(if value {
            Something::Value
        } else {
            Something::Nothing
        })
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Something, E> {
        Ok(Something::Value)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Something, E> {
        Ok(Something::Value)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Something, E> {
        Ok(Something::Value)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Something, E> {
        Ok(Something::Value)
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Something, S::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Something::Value)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Something, M::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Something::Value)
    }
}
