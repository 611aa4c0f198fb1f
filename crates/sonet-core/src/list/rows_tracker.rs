//! Whether the rows of an answer are a list, noted while they are decoded.

use std::cell::Cell;
use std::fmt;

use serde::Deserializer;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};

use super::present::{Null, Present};

/// Decodes a value with rows under these keys, as it would be decoded by itself, and says whether they are a list.
pub(super) fn track_rows<'de, S: DeserializeSeed<'de>, D: Deserializer<'de>>(
    seed: S,
    keys: &'static [&'static str],
    deserializer: D,
) -> Result<(S::Value, bool), D::Error> {
    let is_list = Cell::new(false);
    let tracked = TrackedSeed {
        seed,
        keys,
        is_list: &is_list,
    };
    let value = tracked.deserialize(deserializer)?;
    Ok((value, is_list.get()))
}

/// A value in which the rows stand under these keys.
struct TrackedSeed<'a, S> {
    seed: S,
    keys: &'static [&'static str],
    is_list: &'a Cell<bool>,
}

impl<S> TrackedSeed<'_, S> {
    fn scalar<'de, E: Error>(self, value: impl IntoDeserializer<'de, E>) -> Result<S::Value, E>
    where
        S: DeserializeSeed<'de>,
    {
        self.seed.deserialize(Present(value.into_deserializer()))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for TrackedSeed<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, S: DeserializeSeed<'de>> Visitor<'de> for TrackedSeed<'_, S> {
    type Value = S::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_unit<E: Error>(self) -> Result<S::Value, E> {
        self.seed.deserialize(Null::<E>::new())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<S::Value, E> {
        self.scalar(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<S::Value, E> {
        self.scalar(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<S::Value, E> {
        self.scalar(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<S::Value, E> {
        self.scalar(value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<S::Value, E> {
        self.scalar(value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<S::Value, A::Error> {
        self.is_list.set(self.keys.is_empty());
        self.seed
            .deserialize(Present(SeqAccessDeserializer::new(seq)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<S::Value, A::Error> {
        let Self {
            seed,
            keys,
            is_list,
        } = self;
        let Some((key, keys)) = keys.split_first() else {
            // PHP prints a list with gaps as an object.
            is_list.set(true);
            return seed.deserialize(Present(MapAccessDeserializer::new(map)));
        };
        let map = TrackedMap {
            map,
            key,
            keys,
            is_here: Cell::new(false),
            is_list,
        };
        seed.deserialize(Present(MapAccessDeserializer::new(map)))
    }
}

/// An object with the rows in one of its values.
struct TrackedMap<'a, A> {
    map: A,
    key: &'static str,
    keys: &'static [&'static str],
    /// Whether the value at hand is that one.
    is_here: Cell<bool>,
    is_list: &'a Cell<bool>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for TrackedMap<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        let Some(key) = self.map.next_key::<String>()? else {
            return Ok(None);
        };
        self.is_here.set(key == self.key);
        seed.deserialize(key.into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        if !self.is_here.get() {
            return self.map.next_value_seed(seed);
        }
        self.map.next_value_seed(TrackedSeed {
            seed,
            keys: self.keys,
            is_list: self.is_list,
        })
    }

    fn size_hint(&self) -> Option<usize> {
        self.map.size_hint()
    }
}
