//! Lists that PHP prints as objects, whose keys are the places of the rows.

use serde::de::value::StringDeserializer;
use serde::de::{DeserializeSeed, IntoDeserializer, MapAccess};

/// Whether a key is the place of a row in a list that PHP prints as an object.
pub(crate) fn is_place(key: &str) -> bool {
    key.parse::<u64>().is_ok()
}

/// An object whose first key has been read.
pub(crate) struct Keyed<M> {
    first: Option<String>,
    map: M,
}

impl<M> Keyed<M> {
    pub(crate) fn new(first: String, map: M) -> Self {
        Self {
            first: Some(first),
            map,
        }
    }
}

impl<'de, M: MapAccess<'de>> MapAccess<'de> for Keyed<M> {
    type Error = M::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, M::Error> {
        match self.first.take() {
            Some(first) => {
                let first: StringDeserializer<M::Error> = first.into_deserializer();
                seed.deserialize(first).map(Some)
            }
            None => self.map.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, M::Error> {
        self.map.next_value_seed(seed)
    }
}
