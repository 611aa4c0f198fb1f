//! Moments.

use chrono::{DateTime, FixedOffset};

/// A moment from ISO 8601.
pub(super) fn moment(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

/// A moment of the portal, in its zone.
pub(super) fn at(seconds: i64) -> DateTime<FixedOffset> {
    DateTime::from_timestamp(seconds, 0)
        .unwrap()
        .with_timezone(&FixedOffset::east_opt(2 * 60 * 60).unwrap())
}

/// A moment of the portal as `workgroup.get` prints it, without a zone.
pub(super) fn local(seconds: i64) -> String {
    at(seconds).format("%m/%d/%Y %H:%M:%S").to_string()
}
