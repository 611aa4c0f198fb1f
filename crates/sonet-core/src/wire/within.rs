//! Results that hold all they have in one key.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor};

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

struct Within<T, A> {
    key: &'static str,
    value: PhantomData<(T, A)>,
}

impl<'de, T, A: Decode<T>> Visitor<'de> for Within<T, A> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with `{}`", self.key)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<T, M::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<String>()? {
            if key == self.key {
                found = Some(map.next_value_seed(Seed::<T, A>(PhantomData))?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        found.ok_or_else(|| M::Error::missing_field(self.key))
    }
}

struct Seed<T, A>(PhantomData<(T, A)>);

impl<'de, T, A: Decode<T>> DeserializeSeed<'de> for Seed<T, A> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<T, D::Error> {
        A::decode(value)
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
}
