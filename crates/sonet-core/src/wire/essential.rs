//! Values that are read to their end, whether they can be decoded or not.

use std::cell::Cell;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, Error, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess};
use serde::{Deserializer, Serializer};

use super::{Decode, Encode};

/// What a value can't do without, decoded by `A`: an identifier, the rows of a list.
///
/// Where it can't be decoded, neither can what it belongs to. It is read to its end all the same, so that a larger value,
/// which can do without the whole, goes on behind it.
#[derive(Debug)]
pub struct Essential<A>(PhantomData<A>);

impl<T, A: Decode<T>> Decode<T> for Essential<A> {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(EssentialVisitor::<T, A>(PhantomData))
    }
}

impl<T, A: Encode<T>> Encode<T> for Essential<A> {
    fn encode<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        A::encode(value, serializer)
    }
}

/// Both directions of a field, for `#[serde(with)]`.
impl<A> Essential<A> {
    /// Decodes the value.
    pub fn deserialize<'de, T, D>(deserializer: D) -> Result<T, D::Error>
    where
        A: Decode<T>,
        D: Deserializer<'de>,
    {
        Self::decode(deserializer)
    }

    /// Encodes the value.
    pub fn serialize<T, S>(value: &T, serializer: S) -> Result<S::Ok, S::Error>
    where
        A: Encode<T>,
        S: Serializer,
    {
        A::encode(value, serializer)
    }
}

/// The same for an element of a list, or an entry of a map.
pub(super) struct Element<T, A>(PhantomData<(T, A)>);

impl<T, A> Element<T, A> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'de, T, A: Decode<T>> DeserializeSeed<'de> for Element<T, A> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        Essential::<A>::decode(deserializer)
    }
}

struct EssentialVisitor<T, A>(PhantomData<(T, A)>);

impl<'de, T, A: Decode<T>> serde::de::Visitor<'de> for EssentialVisitor<T, A> {
    type Value = T;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        A::decode(IntoDeserializer::<E>::into_deserializer(()))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        A::decode(IntoDeserializer::<E>::into_deserializer(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        A::decode(IntoDeserializer::<E>::into_deserializer(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        A::decode(IntoDeserializer::<E>::into_deserializer(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        A::decode(IntoDeserializer::<E>::into_deserializer(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        A::decode(IntoDeserializer::<E>::into_deserializer(value))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<T, E> {
        A::decode(IntoDeserializer::<E>::into_deserializer(value))
    }

    fn visit_seq<S: SeqAccess<'de>>(self, seq: S) -> Result<T, S::Error> {
        whole_seq::<T, A, S>(seq)?
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<T, M::Error> {
        // As `whole_map`, but a row, which may have half a kilobyte, is not moved into a result and out again.
        let mut entries = Entries::new(map);
        let decoded = A::decode(MapAccessDeserializer::new(&mut entries));
        if decoded.is_err() {
            // Where it can't be read to its end, the first error says why all the same.
            let _ = entries.pass_over();
        }
        decoded
    }
}

thread_local! {
    /// How many values were passed over in what this thread decodes.
    static PASSED_OVER: Cell<u32> = const { Cell::new(0) };
    /// Whether it passes over none.
    static STRICT: Cell<bool> = const { Cell::new(false) };
}

/// Passes over a value that can't be decoded, and that nothing depends on.
pub(super) fn pass<E>(error: E) -> Result<(), E> {
    if STRICT.get() {
        return Err(error);
    }
    PASSED_OVER.set(PASSED_OVER.get().saturating_add(1));
    Ok(())
}

/// Decodes in a way that whatever can't be decoded is an error, on this thread and as long as the function runs: for whoever
/// holds types against answers that they are made from.
pub fn strictly<T>(decode: impl FnOnce() -> T) -> T {
    /// Goes back to what was before, also where the function panics.
    struct StrictGuard(bool);

    impl Drop for StrictGuard {
        fn drop(&mut self) {
            STRICT.set(self.0);
        }
    }

    let _guard = StrictGuard(STRICT.replace(true));
    decode()
}

/// Decodes a text of JSON.
///
/// A value that is passed over may be so because it is no JSON, which a decoder can't tell: serde has one kind of error for
/// both. So a text with such a value in it is read once more, for its form alone.
pub(crate) fn from_json<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    PASSED_OVER.set(0);
    let value = serde_json::from_str(text)?;
    if PASSED_OVER.get() > 0 {
        serde_json::from_str::<IgnoredAny>(text)?;
    }
    Ok(value)
}

/// A value that was read to its end, or why it could not be decoded; or why nothing behind it can be read either.
pub(super) type Read<T, E> = Result<Result<T, E>, E>;

/// Decodes a list, and reads what is left of it where that fails.
pub(super) fn whole_seq<'de, T, A: Decode<T>, S: SeqAccess<'de>>(mut seq: S) -> Read<T, S::Error> {
    let decoded = A::decode(SeqAccessDeserializer::new(&mut seq));
    let Err(error) = decoded else {
        return Ok(decoded);
    };
    match pass_over(&mut seq) {
        Ok(()) => Ok(Err(error)),
        Err(_) => Err(error),
    }
}

/// Decodes an object, and reads what is left of it where that fails.
pub(super) fn whole_map<'de, T, A: Decode<T>, M: MapAccess<'de>>(map: M) -> Read<T, M::Error> {
    let mut entries = Entries::new(map);
    let decoded = A::decode(MapAccessDeserializer::new(&mut entries));
    let Err(error) = decoded else {
        return Ok(decoded);
    };
    match entries.pass_over() {
        Ok(()) => Ok(Err(error)),
        Err(_) => Err(error),
    }
}

/// Reads what is left of a list.
pub(super) fn pass_over<'de, S: SeqAccess<'de>>(seq: &mut S) -> Result<(), S::Error> {
    while seq.next_element::<IgnoredAny>()?.is_some() {}
    Ok(())
}

/// The entries of an object, which know whether they stand between a key and its value.
pub(super) struct Entries<M> {
    map: M,
    at_value: bool,
    /// Whether there was any.
    pub(super) any: bool,
}

impl<'de, M: MapAccess<'de>> Entries<M> {
    pub(super) fn new(map: M) -> Self {
        Self {
            map,
            at_value: false,
            any: false,
        }
    }

    /// Reads what is left.
    fn pass_over(mut self) -> Result<(), M::Error> {
        if self.at_value {
            self.map.next_value::<IgnoredAny>()?;
        }
        while self.map.next_key::<IgnoredAny>()?.is_some() {
            self.map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

impl<'de, M: MapAccess<'de>> MapAccess<'de> for Entries<M> {
    type Error = M::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, M::Error> {
        let key = self.map.next_key_seed(seed)?;
        self.at_value = key.is_some();
        self.any |= self.at_value;
        Ok(key)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, M::Error> {
        self.at_value = false;
        self.map.next_value_seed(seed)
    }

    fn size_hint(&self) -> Option<usize> {
        self.map.size_hint()
    }
}
