//! A page as it was answered: its rows, and whether they were a list at all.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{DeserializeSeed, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};

use crate::Paged;

/// The result of a page.
///
/// `null` and `false` decode as no rows, since PHP writes them for nothing. They prove less than an empty list does: a
/// method that failed halfway answers them, too.
pub struct PageOutput<M: Paged> {
    output: M::Output,
    is_list: bool,
}

impl<M: Paged> PageOutput<M> {
    /// The rows, and whether they came as a list.
    pub(super) fn into_rows(self) -> (Vec<M::Item>, bool) {
        (M::rows(self.output), self.is_list)
    }
}

impl<M: Paged> fmt::Debug for PageOutput<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PageOutput({})", M::NAME)
    }
}

impl<'de, M: Paged> Deserialize<'de> for PageOutput<M> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let is_list = Cell::new(false);
        let seed = TrackedSeed {
            seed: OutputSeed::<M>(PhantomData),
            keys: M::PAGING.rows.get(1..).unwrap_or_default(),
            is_list: &is_list,
        };
        let output = seed.deserialize(deserializer)?;
        Ok(Self {
            output,
            is_list: is_list.get(),
        })
    }
}

/// The whole result, in the form that its method gives it.
struct OutputSeed<M>(PhantomData<fn() -> M>);

impl<'de, M: Paged> DeserializeSeed<'de> for OutputSeed<M> {
    type Value = M::Output;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<M::Output, D::Error> {
        M::decode(deserializer)
    }
}

/// A value in which the rows stand under these keys, noted where they are a list. It decodes as it would untracked.
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
        self.seed.deserialize(Null::<E>(PhantomData))
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

/// A value that has begun. As an `Option` or a newtype it is what it would be at its beginning.
struct Present<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Present<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// `null`. As an `Option` it is `None`.
struct Null<E>(PhantomData<fn() -> E>);

impl<'de, E: Error> Deserializer<'de> for Null<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_none()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, E> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde::de::DeserializeOwned;

    use super::*;
    use crate::wire::{Decode as _, List};
    use crate::{Effect, Method, Paging};

    /// A list whose rows are numbers, decoded as `T`, under the key `rows` or at the root.
    #[derive(Serialize)]
    struct Numbers<T, const WRAPPED: bool>(PhantomData<fn() -> T>);

    impl<T: DeserializeOwned, const WRAPPED: bool> Method for Numbers<T, WRAPPED> {
        const NAME: &'static str = "numbers";
        const EFFECT: Effect = Effect::Read;
        type Output = T;
    }

    trait Counts {
        fn numbers(self) -> Vec<i64>;
    }

    impl<T: DeserializeOwned + Counts, const WRAPPED: bool> Paged for Numbers<T, WRAPPED> {
        type Item = i64;
        const PAGING: Paging = Paging {
            rows: if WRAPPED {
                &["result", "rows"]
            } else {
                &["result"]
            },
            filter: "filter",
            order: "order",
            cursor: "ID",
            row_cursor: "ID",
            uncounted: false,
        };

        fn rows(output: T) -> Vec<i64> {
            output.numbers()
        }

        fn cursor(item: &i64) -> i64 {
            *item
        }
    }

    #[derive(Deserialize)]
    struct Lenient(#[serde(deserialize_with = "List::<crate::wire::Int>::decode")] Vec<i64>);

    impl Counts for Lenient {
        fn numbers(self) -> Vec<i64> {
            self.0
        }
    }

    impl Counts for Option<Vec<i64>> {
        fn numbers(self) -> Vec<i64> {
            self.unwrap_or_default()
        }
    }

    #[derive(Deserialize)]
    struct Wrapped {
        #[serde(default, deserialize_with = "List::<crate::wire::Int>::decode")]
        rows: Vec<i64>,
        #[serde(default)]
        other: Option<Box<serde_json::value::RawValue>>,
    }

    impl Counts for Wrapped {
        fn numbers(self) -> Vec<i64> {
            assert!(
                self.other
                    .is_none_or(|other| other.get() == "{\"rows\":[]}")
            );
            self.rows
        }
    }

    fn read<T: DeserializeOwned + Counts, const WRAPPED: bool>(
        json: &str,
    ) -> Result<(Vec<i64>, bool), serde_json::Error> {
        let listed: PageOutput<Numbers<T, WRAPPED>> = serde_json::from_str(json)?;
        Ok(listed.into_rows())
    }

    #[test]
    fn a_list_is_one_in_every_form_that_php_gives_it() {
        for (json, rows) in [
            ("[]", vec![]),
            ("{}", vec![]),
            (r#"[1,"2"]"#, vec![1, 2]),
            (r#"{"3":1,"7":2}"#, vec![1, 2]),
        ] {
            assert_eq!(
                read::<Lenient, false>(json).unwrap(),
                (rows, true),
                "{json}"
            );
        }
        for json in ["null", "false", r#""""#] {
            assert_eq!(
                read::<Lenient, false>(json).unwrap(),
                (vec![], false),
                "{json}"
            );
        }
        for json in ["true", "7", r#""x""#, r#"["x"]"#, "[1"] {
            assert!(read::<Lenient, false>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn a_type_decodes_as_it_would_by_itself() {
        let read = read::<Option<Vec<i64>>, false>;
        assert_eq!(read("[1,2]").unwrap(), (vec![1, 2], true));
        assert_eq!(read("null").unwrap(), (vec![], false));
        assert!(read("false").is_err());
        assert!(read("{}").is_err());
    }

    #[test]
    fn rows_may_stand_within_an_object() {
        let read = read::<Wrapped, true>;
        for (json, rows, is_list) in [
            (r#"{"rows":[1,2]}"#, vec![1, 2], true),
            (r#"{"rows":{"5":1},"other":{"rows":[]}}"#, vec![1], true),
            (r#"{"other":null,"rows":[]}"#, vec![], true),
            (r#"{"rows":null}"#, vec![], false),
            (r#"{"rows":false}"#, vec![], false),
            ("{}", vec![], false),
        ] {
            assert_eq!(read(json).unwrap(), (rows, is_list), "{json}");
        }
        assert!(read("null").is_err());
    }
}
