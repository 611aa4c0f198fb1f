//! Results that hold all they have in one key.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::Decode;

/// Decodes the value in one key of an object, by `A`: what is called `{"task": {…}}` on the wire is the task. Other keys are
/// passed over.
///
/// # Errors
///
/// If the result is no object, lacks the key, or `A` does not take the value.
pub fn within<'de, A: Decode<T>, T, D: Deserializer<'de>>(
    key: &'static str,
    result: D,
) -> Result<T, D::Error> {
    result.deserialize_any(Within::<T, A> {
        key,
        value: PhantomData,
    })
}

/// Decodes as [`within`] does, and nothing where the method says that there is nothing: `[]`, as PHP writes an object without
/// keys, `null`, an object without the key, or `null` in it.
///
/// # Errors
///
/// If the result is something else, or `A` does not take the value.
pub fn within_or_nothing<'de, A: Decode<T>, T, D: Deserializer<'de>>(
    key: &'static str,
    result: D,
) -> Result<Option<T>, D::Error> {
    result.deserialize_any(WithinOrNothing::<T, A>(Within {
        key,
        value: PhantomData,
    }))
}

struct Within<T, A> {
    key: &'static str,
    value: PhantomData<(T, A)>,
}

impl<T, A> Within<T, A> {
    /// What is in the key, if it is there.
    fn find<'de, S, M>(
        &self,
        seed: impl Fn() -> S,
        mut map: M,
    ) -> Result<Option<S::Value>, M::Error>
    where
        S: DeserializeSeed<'de>,
        M: MapAccess<'de>,
    {
        let mut found = None;
        while let Some(key) = map.next_key::<String>()? {
            if key == self.key {
                found = Some(map.next_value_seed(seed())?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

impl<'de, T, A: Decode<T>> Visitor<'de> for Within<T, A> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with `{}`", self.key)
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<T, M::Error> {
        let found = self.find(|| Seed::<T, A>(PhantomData), map)?;
        found.ok_or_else(|| M::Error::missing_field(self.key))
    }
}

struct WithinOrNothing<T, A>(Within<T, A>);

impl<'de, T, A: Decode<T>> Visitor<'de> for WithinOrNothing<T, A> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with `{}`, or an empty list", self.0.key)
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Option<T>, M::Error> {
        let found = self.0.find(|| OrNothing::<T, A>(PhantomData), map)?;
        Ok(found.flatten())
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Option<T>, S::Error> {
        match seq.next_element::<IgnoredAny>()? {
            None => Ok(None),
            Some(_) => Err(S::Error::invalid_length(1, &self)),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }
}

struct Seed<T, A>(PhantomData<(T, A)>);

impl<'de, T, A: Decode<T>> DeserializeSeed<'de> for Seed<T, A> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<T, D::Error> {
        A::decode(value)
    }
}

struct OrNothing<T, A>(PhantomData<(T, A)>);

impl<'de, T, A: Decode<T>> DeserializeSeed<'de> for OrNothing<T, A> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<Option<T>, D::Error> {
        value.deserialize_option(self)
    }
}

impl<'de, T, A: Decode<T>> Visitor<'de> for OrNothing<T, A> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value, or `null`")
    }

    fn visit_none<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, value: D) -> Result<Option<T>, D::Error> {
        A::decode(value).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Int, List};
    use super::*;

    fn decode(json: &str) -> Result<i64, serde_json::Error> {
        within::<Int, _, _>("count", &mut serde_json::Deserializer::from_str(json))
    }

    #[test]
    fn the_value_is_in_its_key() {
        assert_eq!(
            decode(r#"{"other":[{}],"count":"7","last":null}"#).unwrap(),
            7
        );
        let list = r#"{"ids":["1",2]}"#;
        let mut list = serde_json::Deserializer::from_str(list);
        let ids: Vec<i64> = within::<List<Int>, _, _>("ids", &mut list).unwrap();
        assert_eq!(ids, [1, 2]);
    }

    #[test]
    fn what_is_not_there_is_said() {
        for json in ["{}", r#"{"counts":1}"#] {
            let error = decode(json).unwrap_err().to_string();
            assert!(error.contains("missing field `count`"), "{error}");
        }
        for json in ["[]", "null", "7", r#""7""#] {
            let error = decode(json).unwrap_err().to_string();
            assert!(error.contains("an object with `count`"), "{error}");
        }
    }

    #[test]
    fn nothing_comes_in_several_forms() {
        let decode = |json: &str| {
            let mut json = serde_json::Deserializer::from_str(json);
            within_or_nothing::<Int, i64, _>("count", &mut json)
        };
        assert_eq!(decode(r#"{"count":"7","other":[]}"#).unwrap(), Some(7));
        for nothing in ["[]", "null", "{}", r#"{"other":7}"#, r#"{"count":null}"#] {
            assert_eq!(decode(nothing).unwrap(), None, "{nothing}");
        }
        for other in ["[7]", "7", "true", r#"{"count":"many"}"#] {
            assert!(decode(other).is_err(), "{other}");
        }
    }
}
