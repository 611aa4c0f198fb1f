//! Days without a time, as answers have them.

use std::fmt;

use chrono::{NaiveDate, NaiveTime};
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserializer, Serializer};

use super::datetime::parse as moment;
use super::{Decode, Encode};

/// A day from a date, `2026-03-19`, or from a moment in ISO 8601 with an offset, as some methods answer days.
///
/// Such a moment is midnight somewhere: in UTC, whatever offset it is written with (`2026-03-19T02:00:00+02:00`), or else where
/// it is written (`2026-03-19T00:00:00+02:00`).
#[derive(Debug)]
pub struct Date;

impl Decode<NaiveDate> for Date {
    fn decode<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
        deserializer.deserialize_str(DateVisitor)
    }
}

impl Encode<NaiveDate> for Date {
    fn encode<S: Serializer>(date: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(date)
    }
}

struct DateVisitor;

impl Visitor<'_> for DateVisitor {
    type Value = NaiveDate;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a date in ISO 8601")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<NaiveDate, E> {
        parse(value).ok_or_else(|| E::invalid_value(Unexpected::Str(value), &self))
    }
}

fn parse(text: &str) -> Option<NaiveDate> {
    // Both parts of a date may be shorter in general, and years longer: `2026-3-9` is a form that nobody documents.
    if text.len() == 10 {
        return NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    }
    let moment = moment(text)?;
    let utc = moment.naive_utc();
    Some(if utc.time() == NaiveTime::MIN {
        utc.date()
    } else {
        moment.date_naive()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(json: &str) -> Option<String> {
        let mut json = serde_json::Deserializer::from_str(json);
        let date = Date::decode(&mut json).ok()?;
        let written = Date::encode(&date, serde_json::value::Serializer).unwrap();
        Some(written.as_str().unwrap().to_owned())
    }

    #[test]
    fn a_day_comes_as_a_date_or_as_a_moment_at_midnight() {
        for json in [
            r#""2026-03-19""#,
            r#""2026-03-19T00:00:00+02:00""#,
            r#""2026-03-19T00:00:00-05:00""#,
            r#""2026-03-19T02:00:00+02:00""#,
            r#""2026-03-18T19:00:00-05:00""#,
            r#""2026-03-19T00:00:00Z""#,
            r#""2026-03-19T10:30:00+0100""#,
        ] {
            assert_eq!(date(json).as_deref(), Some("2026-03-19"), "{json}");
        }
    }

    #[test]
    fn what_is_no_day_is_none() {
        for json in [
            r#""2026-02-29""#,
            r#""0000-00-00""#,
            r#""2026-3-19""#,
            r#""2026-03-1x""#,
            r#""19.03.2026""#,
            r#""03/19/2026""#,
            r#""2026-03-19T00:00:00""#,
            r#""""#,
            "20260319",
            "null",
            "[]",
        ] {
            assert_eq!(date(json), None, "{json}");
        }
    }
}
