//! Values that may be missing.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserializer, Serializer};

use super::essential::{pass, pass_over, whole_map, whole_seq};
use super::{Decode, Encode};

/// An `Option` of what `A` decodes: `null` is `None`, and so is whatever `N` says, and what `A` can't decode.
///
/// Nothing that is not essential ends a call: one row with a date that is none must not end a walk of thousands. It does not
/// look like a value either, which a default would.
#[derive(Debug)]
pub struct Optional<A, N = ()>(PhantomData<(A, N)>);

/// Which values besides `null` mean "no value": `()`, [`Blank`], [`BlankObject`], [`Zero`], [`Empty`], or a tuple of them.
///
/// They count where `A` would make a value of them: an empty text, the identifier 0, an object without anything in it.
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

/// PHP's "empty", for everything but booleans: `""`, `false`.
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

impl<A: Nothing, B: Nothing> Nothing for (A, B) {
    const ZERO: bool = A::ZERO || B::ZERO;
    const EMPTY: bool = A::EMPTY || B::EMPTY;
    const FALSE: bool = A::FALSE || B::FALSE;
    const LIST: bool = A::LIST || B::LIST;
}

impl<T, A: Decode<T>, N: Nothing> Decode<Option<T>> for Optional<A, N> {
    #[inline]
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_any(OptionalVisitor::<T, A, N>(PhantomData))
    }
}

impl<T, A: Encode<T>, N: Nothing> Encode<Option<T>> for Optional<A, N> {
    fn encode<S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => A::encode(value, serializer),
            None => serializer.serialize_none(),
        }
    }
}

/// Both directions of a field, for `#[serde(with)]`.
impl<A, N: Nothing> Optional<A, N> {
    /// Decodes the value, where there is one.
    pub fn deserialize<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
    where
        A: Decode<T>,
        D: Deserializer<'de>,
    {
        Self::decode(deserializer)
    }

    /// Encodes the value, and `null` where there is none.
    pub fn serialize<T, S>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error>
    where
        A: Encode<T>,
        S: Serializer,
    {
        Self::encode(value, serializer)
    }
}

struct OptionalVisitor<T, A, N>(PhantomData<(T, A, N)>);

/// A value that is in memory already, unless it says that there is none.
fn taken<'de, T, A, E>(nothing: bool, value: impl IntoDeserializer<'de, E>) -> Result<Option<T>, E>
where
    A: Decode<T>,
    E: Error,
{
    if nothing {
        Ok(None)
    } else {
        some(A::decode(value.into_deserializer()))
    }
}

/// The value, if it could be decoded.
fn some<T, E>(decoded: Result<T, E>) -> Result<Option<T>, E> {
    match decoded {
        Ok(value) => Ok(Some(value)),
        Err(error) => pass(error).map(|()| None),
    }
}

impl<'de, T, A: Decode<T>, N: Nothing> Visitor<'de> for OptionalVisitor<T, A, N> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Option<T>, E> {
        taken::<T, A, E>(N::FALSE && !value, value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Option<T>, E> {
        taken::<T, A, E>(false, value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Option<T>, E> {
        taken::<T, A, E>(N::ZERO && value == 0, value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Option<T>, E> {
        taken::<T, A, E>(N::ZERO && value == 0.0, value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Option<T>, E> {
        taken::<T, A, E>(says_nothing::<N>(value), value)
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Option<T>, E> {
        taken::<T, A, E>(says_nothing::<N>(&value), value)
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Option<T>, S::Error> {
        if N::LIST {
            // Empty, it is an object with nothing in it; with anything in it, it is none.
            if seq.next_element::<IgnoredAny>()?.is_some() {
                pass_over(&mut seq)?;
                pass(S::Error::invalid_type(Unexpected::Seq, &"an object"))?;
            }
            return Ok(None);
        }
        some(whole_seq::<T, A, S>(seq)?)
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Option<T>, M::Error> {
        some(whole_map::<T, A, M>(map)?)
    }
}

fn says_nothing<N: Nothing>(text: &str) -> bool {
    (N::EMPTY && text.is_empty()) || (N::ZERO && text == "0")
}

#[cfg(test)]
mod tests {
    use serde::Deserialize as _;

    use super::super::{Essential, Int, List, Object, Text, from_json, strictly};
    use super::*;

    fn decode<T, A: Decode<Option<T>>>(json: &str) -> Result<Option<T>, serde_json::Error> {
        A::decode(&mut serde_json::Deserializer::from_str(json))
    }

    #[test]
    fn null_is_nothing_and_the_rest_is_declared() {
        assert_eq!(decode::<_, Optional<Text>>("null").unwrap(), None);
        assert_eq!(
            decode::<_, Optional<Text>>(r#""""#).unwrap(),
            Some(String::new())
        );
        assert_eq!(decode::<_, Optional<Text, Empty>>(r#""""#).unwrap(), None);
        assert_eq!(decode::<_, Optional<Int, Blank>>("false").unwrap(), None);
        assert_eq!(decode::<_, Optional<Int, Blank>>("0").unwrap(), Some(0));
        assert_eq!(
            decode::<_, Optional<Int, (Blank, Zero)>>("0").unwrap(),
            None
        );
        assert_eq!(
            decode::<_, Optional<Int, (Blank, Zero)>>(r#""0""#).unwrap(),
            None
        );
        assert_eq!(decode::<_, Optional<Int>>(r#""77""#).unwrap(), Some(77));
        assert_eq!(decode::<_, Optional<Int>>("false").unwrap(), None);
    }

    #[test]
    fn a_missing_list_is_not_an_empty_one() {
        assert_eq!(decode::<_, Optional<List<Int>>>("null").unwrap(), None);
        assert_eq!(
            decode::<_, Optional<List<Int>>>("[]").unwrap(),
            Some(vec![])
        );
        assert_eq!(
            decode::<_, Optional<List<Int>>>(r#"["1"]"#).unwrap(),
            Some(vec![1])
        );
    }

    #[test]
    fn an_empty_object_comes_as_a_list() {
        type OfInts = Optional<super::super::Map<Int>, BlankObject>;
        assert_eq!(decode::<_, OfInts>("[]").unwrap(), None);
        assert_eq!(decode::<_, OfInts>(r#"{"a": 1}"#).unwrap().unwrap()["a"], 1);
        assert_eq!(decode::<_, OfInts>("[1]").unwrap(), None);
    }

    #[test]
    fn what_cannot_be_decoded_is_none() {
        for json in [
            r#""many""#,
            "1.5",
            "true",
            "[1]",
            r#"{"a": [1]}"#,
            "[[{}]]",
            "1e300",
        ] {
            assert_eq!(decode::<_, Optional<Int>>(json).unwrap(), None, "{json}");
        }
        for json in [
            r#"[1, "x", {"a": [2]}, 3]"#,
            "[[[1]]]",
            r#"{"0": {}, "1": 1}"#,
        ] {
            assert_eq!(
                decode::<_, Optional<List<Int>>>(json).unwrap(),
                None,
                "{json}"
            );
        }
    }

    #[test]
    fn who_is_strict_is_told() {
        type OfInts = Optional<super::super::Map<Int>, BlankObject>;

        let error = strictly(|| decode::<_, Optional<Int>>(r#""many""#)).unwrap_err();
        assert!(error.to_string().contains("an integer"), "{error}");
        assert!(strictly(|| decode::<_, OfInts>("[1]")).is_err());
        assert_eq!(strictly(|| decode::<_, OfInts>("[]")).unwrap(), None);
        assert_eq!(decode::<_, Optional<Int>>(r#""many""#).unwrap(), None);
    }

    /// A value that can't be decoded is passed over, at any depth, and what stands behind it is read.
    #[test]
    fn the_rest_is_read() {
        #[derive(Debug, PartialEq, serde::Deserialize)]
        struct Inner {
            #[serde(deserialize_with = "Essential::<Int>::decode")]
            id: i64,
        }

        #[derive(Debug, PartialEq, serde::Deserialize)]
        struct Outer {
            #[serde(default, deserialize_with = "Optional::<List<Object>, Blank>::decode")]
            inner: Option<Vec<Inner>>,
            #[serde(default, deserialize_with = "Optional::<Object, BlankObject>::decode")]
            one: Option<Inner>,
            #[serde(deserialize_with = "Essential::<Int>::decode")]
            last: i64,
        }

        for broken in [
            r#"[{"id": 1}, {"id": [1, {"x": 2}], "more": [3]}, {"id": 3}]"#,
            r#"[{"id": 1, "id": 2, "x": 3}, {"id": 3}]"#,
            r#"[{"id": {"ID": 1}, "x": {"y": "z"}}]"#,
            r#"[{}, 5, "x", [[]]]"#,
            r#"{"a": {"id": "x"}, "b": {"id": 2}}"#,
            "7",
        ] {
            let json = format!(r#"{{"inner": {broken}, "one": {broken}, "last": 5}}"#);
            let outer: Outer = serde_json::from_str(&json).unwrap();
            let nothing = Outer {
                inner: None,
                one: None,
                last: 5,
            };
            assert_eq!(outer, nothing, "{broken}");
            let value: serde_json::Value = serde_json::from_str(&json).unwrap();
            if !broken.contains(r#""id": 1, "id""#) {
                assert_eq!(Outer::deserialize(value).unwrap(), nothing, "{broken}");
            }
        }
        for no_json in [
            r#"[{"id": 1}, {"id": [1, {"x": 2]}]"#,
            "[{]",
            "[tru,,1]",
            r#"{"a" 1}"#,
            "[1",
            "[1, x]",
            r#""\q""#,
        ] {
            let json = format!(r#"{{"inner": {no_json}, "last": 5}}"#);
            assert!(from_json::<Outer>(&json).is_err(), "{no_json}");
        }
    }
}
