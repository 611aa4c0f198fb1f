//! Dates: kept as Unix seconds, printed in each method's own form, in the portal's own zone.

use crate::rules::Language;
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime};
use std::ops::RangeInclusive;
use std::time::{SystemTime, UNIX_EPOCH};

/// The portal's zone: two hours east, as in the documentation's samples.
const ZONE_SECONDS: i32 = 2 * 60 * 60;

/// The Unix seconds of all dates that have a four-digit year in the portal's zone.
pub(crate) const REPRESENTABLE: RangeInclusive<i64> = -62_167_226_400..=253_402_293_599;

/// Seconds since 1970; a time before that is 1970.
pub(crate) fn unix_seconds(now: SystemTime) -> i64 {
    let passed = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    i64::try_from(passed).unwrap_or(i64::MAX)
}

/// `2026-03-19T15:01:27+02:00`.
pub(crate) fn iso(seconds: i64) -> String {
    local(seconds).map_or_else(String::new, |date| {
        date.format("%Y-%m-%dT%H:%M:%S%:z").to_string()
    })
}

/// `04/17/2025 19:37:55` or `17.04.2025 19:37:55`, which says nothing about its zone.
pub(crate) fn local_text(seconds: i64, language: Language) -> String {
    let form = match language {
        Language::English => "%m/%d/%Y %H:%M:%S",
        Language::Russian => "%d.%m.%Y %H:%M:%S",
    };
    local(seconds).map_or_else(String::new, |date| date.format(form).to_string())
}

/// `2026-03-19 15:01:27`, which says nothing about its zone either.
pub(crate) fn plain(seconds: i64) -> String {
    local(seconds).map_or_else(String::new, |date| {
        date.format("%Y-%m-%d %H:%M:%S").to_string()
    })
}

/// `today, 12:16`, `yesterday, 14:42`, `April 15, 14:42` or `June 11, 2024 15:08`.
pub(crate) fn readable(seconds: i64, now: i64) -> String {
    let (Some(date), Some(now)) = (local(seconds), local(now)) else {
        return String::new();
    };
    let days = now
        .date_naive()
        .signed_duration_since(date.date_naive())
        .num_days();
    let form = match days {
        0 => "today, %H:%M",
        1 => "yesterday, %H:%M",
        _ if date.year() == now.year() => "%B %-d, %H:%M",
        _ => "%B %-d, %Y %H:%M",
    };
    date.format(form).to_string()
}

/// Reads an ISO-8601 date: with an offset, or without one in the portal's zone, or a day alone.
pub(crate) fn parse(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(date) = DateTime::parse_from_rfc3339(text) {
        return Some(date.timestamp());
    }
    let naive = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .or_else(|| {
            NaiveDate::parse_from_str(text, "%Y-%m-%d")
                .ok()
                .and_then(|day| day.and_hms_opt(0, 0, 0))
        })?;
    naive
        .and_local_timezone(zone()?)
        .single()
        .map(|date| date.timestamp())
}

/// Reads a date that can be told again: one with a year of four digits.
pub(crate) fn parse_to_keep(text: &str) -> Option<i64> {
    parse(text).filter(|seconds| REPRESENTABLE.contains(seconds))
}

fn zone() -> Option<FixedOffset> {
    FixedOffset::east_opt(ZONE_SECONDS)
}

fn local(seconds: i64) -> Option<DateTime<FixedOffset>> {
    Some(DateTime::from_timestamp(seconds, 0)?.with_timezone(&zone()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_each_form() {
        assert_eq!(iso(1_773_921_687), "2026-03-19T14:01:27+02:00");
        let told = |language| local_text(1_773_921_687, language);
        assert_eq!(told(Language::English), "03/19/2026 14:01:27");
        assert_eq!(told(Language::Russian), "19.03.2026 14:01:27");
        assert_eq!(plain(1_773_921_687), "2026-03-19 14:01:27");
    }

    #[test]
    fn tells_years_of_four_digits() {
        let told = [*REPRESENTABLE.start(), *REPRESENTABLE.end()].map(iso);
        assert_eq!(told[0], "0000-01-01T00:00:00+02:00");
        assert_eq!(told[1], "9999-12-31T23:59:59+02:00");
    }

    #[test]
    fn reads_what_it_prints_and_days_alone() {
        assert_eq!(parse("2026-03-19T14:01:27+02:00"), Some(1_773_921_687));
        assert_eq!(parse("2026-03-19T12:01:27Z"), Some(1_773_921_687));
        assert_eq!(parse("2026-03-19T14:01:27"), Some(1_773_921_687));
        assert_eq!(
            parse("2026-03-19").map(iso).as_deref(),
            Some("2026-03-19T00:00:00+02:00")
        );
        assert!(parse("+12026-03-19").is_some() && parse_to_keep("+12026-03-19").is_none());
        for wrong in ["", "yesterday", "2026-13-01", "03/19/2026"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn tells_dates_in_words() {
        let now = parse("2026-03-19T12:00:00").unwrap();
        let told = |text: &str| readable(parse(text).unwrap(), now);
        assert_eq!(told("2026-03-19T00:05:00"), "today, 00:05");
        assert_eq!(told("2026-03-18T23:59:59"), "yesterday, 23:59");
        assert_eq!(told("2026-01-05T14:42:00"), "January 5, 14:42");
        assert_eq!(told("2024-06-11T15:08:00"), "June 11, 2024 15:08");
    }
}
