//! Values that may be missing, and the many ways to say so.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};

use super::Decode;

/// An `Option` of what `A` decodes: `null` is `None`, and so is whatever `N` says.
#[derive(Debug)]
pub struct Maybe<A, N = ()>(PhantomData<(A, N)>);

/// Which values besides `null` mean "no value": `()`, [`Blank`], [`Zero`], [`Empty`], [`False`], or a tuple of them.
pub trait Nothing {
    /// `0` and `"0"` mean nothing.
    const ZERO: bool = false;
    /// `""` means nothing.
    const EMPTY: bool = false;
    /// `false` means nothing.
    const FALSE: bool = false;
    /// `[]` means nothing.
    const LIST: bool = false;
}

impl Nothing for () {}

/// PHP's "empty", for values that are neither texts nor booleans: `""`, `false`.
#[derive(Debug)]
pub struct Blank;

impl Nothing for Blank {
    const EMPTY: bool = true;
    const FALSE: bool = true;
}

/// The same for objects, which PHP prints as `[]` when they are empty.
#[derive(Debug)]
pub struct BlankObject;

impl Nothing for BlankObject {
    const EMPTY: bool = true;
    const FALSE: bool = true;
    const LIST: bool = true;
}

/// `0`.
#[derive(Debug)]
pub struct Zero;

impl Nothing for Zero {
    const ZERO: bool = true;
}

/// `""`.
#[derive(Debug)]
pub struct Empty;

impl Nothing for Empty {
    const EMPTY: bool = true;
}

/// `false`.
#[derive(Debug)]
pub struct False;

impl Nothing for False {
    const FALSE: bool = true;
}

impl<A: Nothing, B: Nothing> Nothing for (A, B) {
    const ZERO: bool = A::ZERO || B::ZERO;
    const EMPTY: bool = A::EMPTY || B::EMPTY;
    const FALSE: bool = A::FALSE || B::FALSE;
    const LIST: bool = A::LIST || B::LIST;
}

impl<T, A: Decode<T>, N: Nothing> Decode<Option<T>> for Maybe<A, N> {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_any(MaybeVisitor::<T, A, N>(PhantomData))
    }
}

struct MaybeVisitor<T, A, N>(PhantomData<(T, A, N)>);

impl<'de, T, A: Decode<T>, N: Nothing> Visitor<'de> for MaybeVisitor<T, A, N> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Option<T>, E> {
        if N::FALSE && !value {
            return Ok(None);
        }
        A::decode(IntoDeserializer::<E>::into_deserializer(value)).map(Some)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Option<T>, E> {
        A::decode(IntoDeserializer::<E>::into_deserializer(value)).map(Some)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Option<T>, E> {
        if N::ZERO && value == 0 {
            return Ok(None);
        }
        A::decode(IntoDeserializer::<E>::into_deserializer(value)).map(Some)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Option<T>, E> {
        A::decode(IntoDeserializer::<E>::into_deserializer(value)).map(Some)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Option<T>, E> {
        if (N::EMPTY && value.is_empty()) || (N::ZERO && value == "0") {
            return Ok(None);
        }
        A::decode(IntoDeserializer::<E>::into_deserializer(value)).map(Some)
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Option<T>, E> {
        if (N::EMPTY && value.is_empty()) || (N::ZERO && value == "0") {
            return Ok(None);
        }
        A::decode(IntoDeserializer::<E>::into_deserializer(value)).map(Some)
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Option<T>, S::Error> {
        if !N::LIST {
            return A::decode(SeqAccessDeserializer::new(seq)).map(Some);
        }
        match seq.next_element::<serde::de::IgnoredAny>()? {
            None => Ok(None),
            Some(_) => Err(S::Error::invalid_type(
                serde::de::Unexpected::Seq,
                &"an object",
            )),
        }
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Option<T>, M::Error> {
        A::decode(MapAccessDeserializer::new(map)).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Int, List, Text};
    use super::*;

    fn decode<T, A: Decode<Option<T>>>(json: &str) -> Result<Option<T>, serde_json::Error> {
        A::decode(&mut serde_json::Deserializer::from_str(json))
    }

    #[test]
    fn null_is_nothing_and_the_rest_is_declared() {
        assert_eq!(decode::<_, Maybe<Text>>("null").unwrap(), None);
        assert_eq!(
            decode::<_, Maybe<Text>>(r#""""#).unwrap(),
            Some(String::new())
        );
        assert_eq!(decode::<_, Maybe<Text, Empty>>(r#""""#).unwrap(), None);
        assert_eq!(decode::<_, Maybe<Int, Blank>>("false").unwrap(), None);
        assert_eq!(decode::<_, Maybe<Int, Blank>>("0").unwrap(), Some(0));
        assert_eq!(decode::<_, Maybe<Int, (Blank, Zero)>>("0").unwrap(), None);
        assert_eq!(
            decode::<_, Maybe<Int, (Blank, Zero)>>(r#""0""#).unwrap(),
            None
        );
        assert_eq!(decode::<_, Maybe<Int>>(r#""77""#).unwrap(), Some(77));
        assert!(decode::<_, Maybe<Int>>("false").is_err());
    }

    #[test]
    fn a_missing_list_is_not_an_empty_one() {
        assert_eq!(decode::<_, Maybe<List<Int>>>("null").unwrap(), None);
        assert_eq!(decode::<_, Maybe<List<Int>>>("[]").unwrap(), Some(vec![]));
        assert_eq!(
            decode::<_, Maybe<List<Int>>>(r#"["1"]"#).unwrap(),
            Some(vec![1])
        );
    }

    #[test]
    fn an_empty_object_comes_as_a_list() {
        type Object = Maybe<super::super::Map<Int>, BlankObject>;
        assert_eq!(decode::<_, Object>("[]").unwrap(), None);
        assert_eq!(decode::<_, Object>(r#"{"a": 1}"#).unwrap().unwrap()["a"], 1);
        assert!(decode::<_, Object>("[1]").is_err());
    }
}
