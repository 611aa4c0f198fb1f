//! Where a walk is.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Error;

/// Where a walk is: behind the last row that was given out.
///
/// It is text in the end, `id>1271`, and can be kept in a file, so that a walk that was broken off goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cursor(pub(super) Position);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Position {
    Begin,
    /// Rows with a greater identifier are left.
    After(i64),
    /// Rows with a smaller identifier are left.
    Before(i64),
    /// So many rows are done.
    Offset(u64),
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Position::Begin => f.write_str("begin"),
            Position::After(id) => write!(f, "id>{id}"),
            Position::Before(id) => write!(f, "id<{id}"),
            Position::Offset(rows) => write!(f, "offset={rows}"),
        }
    }
}

impl FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let read = |prefix: &str| text.strip_prefix(prefix);
        let position = if text == "begin" {
            Some(Position::Begin)
        } else if let Some(id) = read("id>") {
            id.parse().ok().map(Position::After)
        } else if let Some(id) = read("id<") {
            id.parse().ok().map(Position::Before)
        } else {
            read("offset=").and_then(|rows| rows.parse().ok().map(Position::Offset))
        };
        position.map(Self).ok_or_else(|| {
            Error::config("this is no cursor of a walk; give back the text that one was written as, like id>1271")
        })
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_as_text() {
        for text in ["begin", "id>1271", "id<-5", "offset=150"] {
            let cursor: Cursor = text.parse().unwrap();
            assert_eq!(cursor.to_string(), text);
            let json = serde_json::to_string(&cursor).unwrap();
            assert_eq!(serde_json::from_str::<Cursor>(&json).unwrap(), cursor);
        }
        for text in ["", "id>", "id=5", "offset=-1", "id>99999999999999999999"] {
            assert!(text.parse::<Cursor>().unwrap_err().is_config(), "{text}");
        }
    }
}
