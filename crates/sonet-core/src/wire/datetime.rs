//! Dates and times.

use std::fmt;

use chrono::{DateTime, FixedOffset, SecondsFormat};
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serializer};

use super::{Decode, Text};

/// A moment from ISO 8601 with an offset: `2026-03-19T15:01:27+02:00`, or `+0200` without the colon.
#[derive(Debug)]
pub struct Iso;

impl Decode<DateTime<FixedOffset>> for Iso {
    fn decode<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<DateTime<FixedOffset>, D::Error> {
        deserializer.deserialize_str(IsoVisitor)
    }
}

struct IsoVisitor;

impl Visitor<'_> for IsoVisitor {
    type Value = DateTime<FixedOffset>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date and time in ISO 8601 with an offset")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        parse(value).ok_or_else(|| E::invalid_value(Unexpected::Str(value), &self))
    }
}

fn parse(text: &str) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%z"))
        .ok()
}

/// Prints a moment as the pages ask for it, whole seconds and an offset.
pub(crate) fn print(moment: &DateTime<FixedOffset>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// Encodes a moment in ISO 8601, for `#[serde(serialize_with)]`.
pub fn iso<S: Serializer>(
    moment: &Option<DateTime<FixedOffset>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match moment {
        Some(moment) => serializer.serialize_str(&print(moment)),
        None => serializer.serialize_none(),
    }
}

/// A date and time whose form no page shows: a moment where the text is ISO 8601, the text itself where it is not.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Timestamp {
    /// ISO 8601 with an offset.
    At(DateTime<FixedOffset>),
    /// Any other text, as the server gave it.
    Text(String),
}

impl Timestamp {
    /// The moment, if the server gave one.
    #[must_use]
    pub fn at(&self) -> Option<DateTime<FixedOffset>> {
        match self {
            Self::At(moment) => Some(*moment),
            Self::Text(_) => None,
        }
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Text::decode(deserializer)?;
        Ok(parse(&text).map_or_else(|| Self::Text(text), Self::At))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_with_and_without_a_colon() {
        let colon = parse("2026-03-19T15:01:27+02:00").unwrap();
        assert_eq!(parse("2026-03-19T15:01:27+0200").unwrap(), colon);
        assert_eq!(print(&colon), "2026-03-19T15:01:27+02:00");
        assert_eq!(parse("03/19/2026 15:01:27"), None);
    }

    #[test]
    fn a_text_that_is_no_moment_is_kept() {
        let moment: Timestamp = serde_json::from_str(r#""2026-03-19T15:01:27+02:00""#).unwrap();
        assert_eq!(moment.at().map(|at| at.timestamp()), Some(1_773_925_287));
        let text: Timestamp = serde_json::from_str(r#""19.03.2026 15:01:27""#).unwrap();
        assert_eq!(text, Timestamp::Text("19.03.2026 15:01:27".into()));
    }
}
