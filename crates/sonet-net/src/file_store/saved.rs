//! A pair of tokens as it is in a file.

use std::fs::Metadata;
use std::time::SystemTime;

use serde::{Deserialize, Deserializer, Serialize};
use sonet_core::{Secret, Tokens};

/// A pair of tokens that was read from a file.
pub(super) struct Saved {
    pub(super) tokens: Tokens,
    replaces: Replaces,
    modified: Option<SystemTime>,
}

/// What a file has in it that is no pair.
pub(super) enum Unreadable {
    /// The beginning of a pair, or nothing yet.
    Unfinished,
    /// Something else: where it stops to be a pair, which is told instead of what stands there.
    Other { line: usize, column: usize },
}

/// Which pair was there before.
#[derive(Default)]
enum Replaces {
    /// The file does not say: somebody else wrote it.
    #[default]
    Unknown,
    Nothing,
    /// The one with this refresh token.
    Pair(Secret),
}

#[derive(Serialize)]
struct Content<'a> {
    #[serde(flatten)]
    tokens: &'a Tokens,
    replaces: Option<&'a str>,
}

#[derive(Deserialize)]
struct Marker {
    #[serde(default)]
    replaces: Replaces,
}

impl<'de> Deserialize<'de> for Replaces {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let replaced = Option::deserialize(deserializer)?;
        Ok(replaced.map_or(Self::Nothing, Self::Pair))
    }
}

impl Saved {
    /// What is written for a pair that replaces another.
    pub(super) fn content(tokens: &Tokens, before: Option<&Self>) -> serde_json::Result<Vec<u8>> {
        let replaces = before.map(|before| before.tokens.refresh_token.expose());
        let mut bytes = serde_json::to_vec_pretty(&Content { tokens, replaces })?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    pub(super) fn read(bytes: &[u8], metadata: &Metadata) -> Result<Self, Unreadable> {
        let tokens: Tokens = serde_json::from_slice(bytes).map_err(|error| {
            if error.is_eof() {
                Unreadable::Unfinished
            } else {
                Unreadable::Other {
                    line: error.line(),
                    column: error.column(),
                }
            }
        })?;
        let marker = serde_json::from_slice::<Marker>(bytes);
        Ok(Self {
            tokens,
            replaces: marker.map(|marker| marker.replaces).unwrap_or_default(),
            modified: metadata.modified().ok(),
        })
    }

    /// Whether both tokens are there.
    pub(super) fn is_whole(&self) -> bool {
        [&self.tokens.access_token, &self.tokens.refresh_token]
            .iter()
            .all(|token| !token.expose().is_empty())
    }

    /// When it was written, as far as the file system knows.
    pub(super) fn modified(&self) -> Option<SystemTime> {
        self.modified
    }

    /// Whether this pair was to take the other's place. It says so itself, where this version of the store wrote it, and no
    /// clock is asked.
    pub(super) fn is_newer_than(&self, kept: Option<&Self>) -> bool {
        let Some(kept) = kept else {
            return true;
        };
        match &self.replaces {
            Replaces::Pair(replaced) => *replaced == kept.tokens.refresh_token,
            Replaces::Nothing => false,
            Replaces::Unknown => self.modified >= kept.modified,
        }
    }
}
