//! Values that have begun, as deserializers.

use std::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};

/// A value that has begun. As an `Option` or a newtype it is what it would be at its beginning.
pub(super) struct Present<D>(pub(super) D);

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
pub(super) struct Null<E>(PhantomData<fn() -> E>);

impl<E> Null<E> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

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
    use serde::Deserialize;
    use serde::de::IntoDeserializer;
    use serde::de::value::Error;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Wrapped(i64);

    fn number(value: i64) -> Present<serde::de::value::I64Deserializer<Error>> {
        Present(value.into_deserializer())
    }

    #[test]
    fn a_value_that_is_there_is_some() {
        assert_eq!(Option::<i64>::deserialize(number(7)), Ok(Some(7)));
        assert_eq!(Wrapped::deserialize(number(7)), Ok(Wrapped(7)));
        assert!(<()>::deserialize(number(7)).is_err());
    }

    #[test]
    fn null_is_none() {
        let null = || Null::<Error>::new();
        assert_eq!(Option::<i64>::deserialize(null()), Ok(None));
        assert_eq!(<()>::deserialize(null()), Ok(()));
        assert!(Wrapped::deserialize(null()).is_err());
    }
}
