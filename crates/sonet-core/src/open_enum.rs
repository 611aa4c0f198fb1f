//! Enums that a newer server may extend.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

/// An enum of texts that keeps the ones it does not know.
pub trait OpenEnum: Sized + Clone + 'static {
    /// The known values and their texts on the wire.
    const KNOWN: &'static [(&'static str, Self)];

    /// The variant that keeps an unknown text.
    fn unknown(text: Unknown<Self>) -> Self;

    /// The text on the wire.
    fn as_str(&self) -> &str;

    /// The value with this text; an unknown text is kept.
    fn parse(text: &str) -> Self {
        Self::KNOWN
            .iter()
            .find(|(known, _)| *known == text)
            .map_or_else(
                || Self::unknown(Unknown::new(text)),
                |(_, value)| value.clone(),
            )
    }

    /// Whether this is one of the known values.
    fn is_known(&self) -> bool {
        Self::KNOWN.iter().any(|(known, _)| *known == self.as_str())
    }
}

/// A text that the enum `E` does not know.
///
/// Only parsing makes one, after it has looked among the known values: an `Unknown` can't mimic one of them.
pub struct Unknown<E> {
    text: Box<str>,
    owner: PhantomData<fn() -> E>,
}

impl<E> Unknown<E> {
    fn new(text: &str) -> Self {
        Self {
            text: text.into(),
            owner: PhantomData,
        }
    }

    /// The text, as the server gave it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<E> fmt::Debug for Unknown<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

impl<E> Clone for Unknown<E> {
    fn clone(&self) -> Self {
        Self::new(&self.text)
    }
}

impl<E> PartialEq for Unknown<E> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<E> Eq for Unknown<E> {}

impl<E> Hash for Unknown<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

/// Implements conversions, printing and serde for an [`OpenEnum`].
#[macro_export]
macro_rules! open_enum {
    ($name:ident) => {
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                $crate::OpenEnum::parse(text)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                $crate::OpenEnum::parse(&text)
            }
        }

        impl $crate::filter::Operand for $name {
            fn to_wire(&self) -> $crate::__private::Value {
                $crate::__private::Value::from($crate::OpenEnum::as_str(self))
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad($crate::OpenEnum::as_str(self))
            }
        }

        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::OpenEnum::as_str(self))
            }
        }

        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                <$crate::wire::Text as $crate::wire::Decode<String>>::decode(deserializer)
                    .map(Self::from)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, PartialEq, Eq, Hash)]
    enum Role {
        Owner,
        Unknown(Unknown<Role>),
    }

    impl OpenEnum for Role {
        const KNOWN: &'static [(&'static str, Self)] = &[("A", Self::Owner)];

        fn unknown(text: Unknown<Self>) -> Self {
            Self::Unknown(text)
        }

        fn as_str(&self) -> &str {
            match self {
                Self::Owner => "A",
                Self::Unknown(text) => text.as_str(),
            }
        }
    }

    crate::open_enum!(Role);

    #[test]
    fn an_unknown_text_is_kept() {
        let roles: Vec<Role> = serde_json::from_str(r#"["A", "X"]"#).unwrap();
        assert_eq!(roles[0], Role::Owner);
        assert!(!roles[1].is_known());
        assert_eq!(roles[1].to_string(), "X");
        assert_eq!(serde_json::to_string(&roles).unwrap(), r#"["A","X"]"#);
    }

    #[test]
    fn a_known_text_is_never_unknown() {
        assert_eq!(Role::from("A"), Role::Owner);
        assert!(Role::from(String::from("A")).is_known());
    }
}
