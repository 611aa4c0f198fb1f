//! What tokens are encrypted with.

use std::fmt;
use std::str::FromStr;

use sonet_core::StoreError;
use zeroize::Zeroizing;

/// What [`RedisTokens`](super::RedisTokens) encrypts tokens with: 32 random bytes, such as `openssl rand -hex 32` gives.
///
/// It never shows itself, and is wiped from memory when it is dropped.
///
/// ```
/// use sonet_redis::TokenKey;
///
/// fn key() -> Result<TokenKey, Box<dyn std::error::Error + Send + Sync>> {
///     std::env::var("SONET_TOKEN_KEY")?.parse()
/// }
/// ```
#[derive(Clone)]
pub struct TokenKey(Zeroizing<[u8; Self::LENGTH]>);

impl TokenKey {
    const LENGTH: usize = 32;

    /// A key of these bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub(super) fn bytes(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }
}

/// Reads 64 hexadecimal digits. No error shows them.
impl FromStr for TokenKey {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let wrong = || {
            StoreError::from(
                "the key of the tokens: it must have 64 hexadecimal digits, as of `openssl rand -hex 32`",
            )
        };
        let text = text.trim().as_bytes();
        if text.len() != 2 * Self::LENGTH {
            return Err(wrong());
        }
        let mut bytes = Zeroizing::new([0; Self::LENGTH]);
        for (byte, digits) in bytes.iter_mut().zip(text.chunks_exact(2)) {
            for digit in digits {
                let digit = char::from(*digit).to_digit(16).ok_or_else(wrong)?;
                *byte = (*byte << 4) | u8::try_from(digit)?;
            }
        }
        Ok(Self(bytes))
    }
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenKey(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_and_not_shown() {
        let text = "00ff".repeat(16);
        let key: TokenKey = format!("{text}\n").parse().unwrap();
        assert_eq!(key.bytes()[..4], [0x00, 0xff, 0x00, 0xff]);
        assert_eq!(format!("{key:?}"), "TokenKey(***)");
        for wrong in [&text[1..], "", &text.replace('f', "g"), &"é".repeat(32)] {
            let error = wrong.parse::<TokenKey>().unwrap_err().to_string();
            assert!(error.contains("64") && !error.contains("00"), "{error}");
        }
    }
}
