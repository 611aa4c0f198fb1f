//! Where a walk is.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Error;

/// Where a walk is: behind the last row that was given out.
///
/// It is text in the end, `id>1271`, and can be kept in a file, so that a walk that was broken off goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cursor {
    pub(super) at: Position,
    /// By offset: what shows that the rows before are still the same.
    pub(super) mark: Option<Mark>,
}

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

/// How many rows there were in all, and the identifier of the last one that was given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Mark {
    pub(super) total: u64,
    pub(super) last: i64,
}

impl From<Position> for Cursor {
    fn from(at: Position) -> Self {
        Self { at, mark: None }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Position::Begin => f.write_str("begin"),
            Position::After(id) => write!(f, "id>{id}"),
            Position::Before(id) => write!(f, "id<{id}"),
            Position::Offset(rows) => write!(f, "offset={rows}"),
        }?;
        match self.mark {
            Some(Mark { total, last }) => write!(f, "/{total}@{last}"),
            None => Ok(()),
        }
    }
}

impl FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let cursor = if text == "begin" {
            Some(Position::Begin.into())
        } else if let Some(id) = text.strip_prefix("id>") {
            id.parse().ok().map(|id| Position::After(id).into())
        } else if let Some(id) = text.strip_prefix("id<") {
            id.parse().ok().map(|id| Position::Before(id).into())
        } else {
            text.strip_prefix("offset=").and_then(by_offset)
        };
        cursor.ok_or_else(|| {
            Error::config("cursor: this is not one of a walk; give the text that a cursor was printed as, like id>1271")
        })
    }
}

/// `120`, or `120/300@77`.
fn by_offset(text: &str) -> Option<Cursor> {
    // No list is as long as this allows, and so nothing overflows.
    let number = |text: &str| text.parse::<u32>().ok().map(u64::from);
    let (rows, mark) = match text.split_once('/') {
        None => (number(text)?, None),
        Some((rows, mark)) => {
            let (total, last) = mark.split_once('@')?;
            let (total, last) = (number(total)?, last.parse().ok()?);
            (number(rows)?, Some(Mark { total, last }))
        }
    };
    let at = Position::Offset(rows);
    Some(Cursor { at, mark })
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
        for text in [
            "begin",
            "id>1271",
            "id<-5",
            "offset=150",
            "offset=150/300@77",
        ] {
            let cursor: Cursor = text.parse().unwrap();
            assert_eq!(cursor.to_string(), text);
            let json = serde_json::to_string(&cursor).unwrap();
            assert_eq!(serde_json::from_str::<Cursor>(&json).unwrap(), cursor);
        }
        for text in [
            "",
            "id>",
            "id=5",
            "offset=-1",
            "offset=5/7",
            "offset=18446744073709551615",
            "id>99999999999999999999",
        ] {
            assert!(text.parse::<Cursor>().unwrap_err().is_config(), "{text}");
        }
    }
}
