//! Identifiers: newtypes, so that a user can't be passed for a group.

use std::error::Error;
use std::fmt::{self, Debug, Display};
use std::hash::Hash;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// An identifier of one kind of thing.
pub trait Id:
    Copy + Debug + Display + Eq + Ord + Hash + Serialize + DeserializeOwned + From<i64> + Into<i64>
{
    /// Whether it can identify anything: identifiers start at 1.
    fn is_valid(self) -> bool {
        self.into() > 0
    }
}

/// What an identifier can be given as: itself, a reference to it, or a number.
///
/// It is `Into<T>` by another name, under which the compiler says what is wrong with anything else. Whatever converts into an
/// identifier implements it:
///
/// ```
/// # extern crate sonet_core as sonet_async;
/// use sonet_async::IntoId;
///
/// sonet_async::id!(GroupId, "A group or project.");
///
/// fn open(group: impl IntoId<GroupId>) -> GroupId {
///     group.into()
/// }
///
/// assert_eq!(open(77), open(&GroupId::new(77)));
/// ```
#[diagnostic::on_unimplemented(
    message = "a `{Self}` can't be used as a `{T}`",
    label = "not a `{T}`",
    note = "a `{T}` is given as itself, by reference, or as a number: `i64`, `i32` or `u32`",
    note = "not every `u64`, `usize` or text is an identifier: convert one by `{T}::try_from(number)?` or `text.parse::<{T}>()?`"
)]
pub trait IntoId<T: Id>: Into<T> {}

// Or the compiler would speak of `From`, behind it, instead.
#[diagnostic::do_not_recommend]
impl<T: Id, S: Into<T>> IntoId<T> for S {}

/// A number or a text that can't be an identifier: identifiers are whole numbers from 1 to 2⁶³ − 1.
///
/// It says which identifier was asked for. A text isn't quoted: it may be anything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdError {
    kind: &'static str,
    /// The number, unless a text is none.
    given: Option<i128>,
}

impl IdError {
    /// The number, if it can be an identifier of this kind.
    #[doc(hidden)]
    pub fn check(kind: &'static str, given: impl TryInto<i128>) -> Result<i64, Self> {
        let given = given.try_into().ok();
        given
            .and_then(|number| i64::try_from(number).ok())
            .filter(|number| *number > 0)
            .ok_or(Self { kind, given })
    }

    /// The number in a text, if it can be an identifier of this kind.
    #[doc(hidden)]
    pub fn parse(kind: &'static str, text: &str) -> Result<i64, Self> {
        let given: i128 = text.parse().map_err(|_| Self { kind, given: None })?;
        Self::check(kind, given)
    }
}

impl Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.given {
            Some(number) => write!(f, "{number} is no {}", self.kind)?,
            None => write!(f, "the text is no {}", self.kind)?,
        }
        write!(f, ": identifiers are whole numbers from 1 to {}", i64::MAX)
    }
}

impl Error for IdError {}

/// Declares an identifier: `id!(GroupId, "A group or project.")`.
///
/// It reads numbers and texts of digits, is sent as a number, and converts from and to integers. Where a conversion can fail,
/// from `u64`, `usize` and texts and to `u64`, it gives only what can identify something, and an [`IdError`] otherwise.
#[macro_export]
macro_rules! id {
    ($name:ident, $doc:literal) => {
        #[doc = $doc]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// Names the identifier with this number.
            #[must_use]
            pub const fn new(number: i64) -> Self {
                Self(number)
            }

            /// The number.
            #[must_use]
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl $crate::Id for $name {}

        impl From<i64> for $name {
            fn from(number: i64) -> Self {
                Self(number)
            }
        }

        impl From<i32> for $name {
            fn from(number: i32) -> Self {
                Self(number.into())
            }
        }

        impl From<u32> for $name {
            fn from(number: u32) -> Self {
                Self(number.into())
            }
        }

        impl From<&$name> for $name {
            fn from(id: &$name) -> Self {
                *id
            }
        }

        impl TryFrom<u64> for $name {
            type Error = $crate::IdError;

            fn try_from(number: u64) -> Result<Self, Self::Error> {
                $crate::IdError::check(stringify!($name), number).map(Self)
            }
        }

        impl TryFrom<usize> for $name {
            type Error = $crate::IdError;

            fn try_from(number: usize) -> Result<Self, Self::Error> {
                $crate::IdError::check(stringify!($name), number).map(Self)
            }
        }

        impl From<$name> for i64 {
            fn from(id: $name) -> i64 {
                id.0
            }
        }

        impl TryFrom<$name> for u64 {
            type Error = $crate::IdError;

            fn try_from(id: $name) -> Result<u64, Self::Error> {
                $crate::IdError::check(stringify!($name), id.0).map(i64::unsigned_abs)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::IdError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::IdError::parse(stringify!($name), text).map(Self)
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.0)
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                <$crate::wire::Int as $crate::wire::Decode<i64>>::decode(deserializer).map(Self)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::Id as _;

    crate::id!(ThingId, "A thing.");

    #[test]
    fn ids_read_both_forms_and_are_sent_as_numbers() {
        let ids: Vec<ThingId> = serde_json::from_str(r#"[7, "7"]"#).unwrap();
        assert_eq!(ids, [ThingId::new(7), ThingId::from(7)]);
        assert_eq!(serde_json::to_string(&ids).unwrap(), "[7,7]");
        assert_eq!("7".parse::<ThingId>().unwrap().to_string(), "7");
    }

    #[test]
    fn ids_come_from_other_numbers() {
        let id = ThingId::new(7);
        assert_eq!(ThingId::try_from(7_u64), Ok(id));
        assert_eq!(ThingId::try_from([0; 7].len()), Ok(id));
        assert_eq!(ThingId::from(&id), id);
        assert_eq!(i64::from(id), 7);
        let greatest = ThingId::new(i64::MAX);
        assert_eq!(ThingId::try_from(i64::MAX.unsigned_abs()), Ok(greatest));
        assert_eq!(greatest.to_string().parse(), Ok(greatest));
    }

    #[test]
    fn what_is_no_id_is_told() {
        let rule = "identifiers are whole numbers from 1 to 9223372036854775807";
        for (outcome, problem) in [
            (
                ThingId::try_from(u64::MAX),
                "18446744073709551615 is no ThingId",
            ),
            (ThingId::try_from(0_usize), "0 is no ThingId"),
            ("-5".parse(), "-5 is no ThingId"),
            (
                "9223372036854775808".parse(),
                "9223372036854775808 is no ThingId",
            ),
            ("Ann".parse(), "the text is no ThingId"),
            (" 7".parse(), "the text is no ThingId"),
            ("".parse(), "the text is no ThingId"),
        ] {
            let error = outcome.unwrap_err().to_string();
            assert_eq!(error, format!("{problem}: {rule}"));
        }
    }

    #[test]
    fn an_id_is_an_unsigned_number_if_it_identifies_anything() {
        assert_eq!(
            u64::try_from(ThingId::new(i64::MAX)),
            Ok(i64::MAX.unsigned_abs())
        );
        let error = u64::try_from(ThingId::new(-5)).unwrap_err();
        assert!(error.to_string().starts_with("-5 is no ThingId"));
    }

    #[test]
    fn ids_start_at_one() {
        assert!(ThingId::new(1).is_valid());
        assert!(!ThingId::new(0).is_valid());
        assert!(!ThingId::new(-1).is_valid());
    }
}
