//! Identifiers: newtypes, so that a user can't be passed for a group.

use std::fmt::{Debug, Display};
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

/// Declares an identifier: `id!(GroupId, "A group or project.")`.
///
/// It reads numbers and texts of digits, is sent as a number, and converts from and to integers.
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

        impl From<$name> for i64 {
            fn from(id: $name) -> i64 {
                id.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::num::ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
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
    fn ids_start_at_one() {
        assert!(ThingId::new(1).is_valid());
        assert!(!ThingId::new(0).is_valid());
        assert!(!ThingId::new(-1).is_valid());
    }
}
