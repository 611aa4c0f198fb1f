//! Texts that must not be printed.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serializer};

use crate::wire::{Decode, Encode, Exposed, Text};

/// A text that never shows itself: a webhook's secret, a token.
///
/// `Debug` prints a placeholder, and there is neither `Display` nor `Serialize`: what has a secret in it serializes without
/// it. [`Secret::expose`] gives the text, at the caller's risk; what sends one on purpose names
/// [`wire::Exposed`](crate::wire::Exposed).
///
/// Texts that come from elsewhere, such as a server's error, are shown with `***` in the place of a secret. One of fewer than
/// 4 characters is not masked there: that would mask half of the text, and hide nothing. So a webhook's address with such a
/// secret is refused.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Secret(Arc<str>);

impl Secret {
    /// Keeps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into().into())
    }

    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl Encode<Secret> for Exposed {
    fn encode<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(secret.expose())
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text::decode(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_does_not_print() {
        let secret = Secret::new("canary");
        assert_eq!(format!("{secret:?}"), "Secret(***)");
        assert_eq!(secret.expose(), "canary");
        let sent = Exposed::encode(&secret, serde_json::value::Serializer);
        assert_eq!(sent.unwrap(), "canary");
    }
}
