//! How values look on the wire: decoders as lenient as PHP is loose, and encoders as strict as the pages ask.
//!
//! What was decoded is written in the wire's own form, and read back equal: a flag as `Y` or `N`, a moment in ISO 8601. Most
//! types of an answer serialize themselves so. Where a type of Rust has another form, [`Encode`] stands beside [`Decode`],
//! and `#[serde(with = "wire::Optional::<wire::Flag>")]` names both.
//!
//! A decoder is a type that implements [`Decode`] and composes, so that one name says what a field accepts:
//! `Optional<List<Int>>` is a list of integers that may be missing. Generated objects name one for each field, in
//! [`ReadFields`]; a type of your own can name them in `deserialize_with`.
//!
//! What may end a call is [`Essential`], and the spec says what that is. Everything else is [`Optional`]: absent, `null`, or of
//! a form that nobody expects, it is `None`, and the rest of the answer is as good as ever.

mod accepted;
mod collection;
mod date;
mod datetime;
mod day;
mod decimal;
mod essential;
mod fields;
mod file;
mod flag;
mod forms;
mod id;
mod number;
mod object;
mod optional;
mod secret;
mod text;
mod total;
mod within;

pub use accepted::{Accepted, EmptyList};
pub use collection::{List, Map};
pub(crate) use collection::{ListVisitor, PAGE_ROWS};
pub use date::Date;
pub(crate) use datetime::print;
pub use datetime::{Iso, IsoSeconds, Timestamp, iso};
pub use day::Day;
pub use decimal::{Decimal, NotADecimal};
pub(crate) use essential::from_json;
pub use essential::{Essential, strictly};
pub use fields::{FieldValue, ReadFields, WriteFields, read_fields};
pub use file::File;
pub(crate) use flag::letter;
pub use flag::{Flag, flag};
pub use forms::{
    EssentialId, OptionalFlag, OptionalId, OptionalInt, OptionalIso, OptionalObject, OptionalPlain,
    OptionalText,
};
pub use id::{IdOrObject, Valid};
pub use number::{Float, Int};
pub use object::{NonEmptyObject, Object};
pub use optional::{Blank, BlankObject, Empty, Nothing, Optional, Zero};
pub use secret::Exposed;
pub use text::Text;
pub(crate) use total::Total;
pub use within::{within, within_or_nothing};

use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Decodes a `T` from one of the forms that the server gives it.
pub trait Decode<T> {
    /// Decodes the value.
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;
}

/// Encodes a `T` in the form that it is decoded from.
pub trait Encode<T> {
    /// Encodes the value.
    fn encode<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;
}

/// A value inside of another one, with the encoder that writes it.
struct Encoded<'a, T, A>(&'a T, PhantomData<A>);

impl<'a, T, A> Encoded<'a, T, A> {
    fn new(value: &'a T) -> Self {
        Self(value, PhantomData)
    }
}

impl<T, A: Encode<T>> Serialize for Encoded<'_, T, A> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        A::encode(self.0, serializer)
    }
}

/// A value that decodes itself: an id, an enum, an object.
#[derive(Debug)]
pub struct Plain;

impl<T: for<'de> Deserialize<'de>> Decode<T> for Plain {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

/// Whether a value is its type's default, for `#[serde(skip_serializing_if)]`.
pub fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
