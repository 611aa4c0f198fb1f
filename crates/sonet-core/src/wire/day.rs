//! Days, as parameters take them.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone};
use serde::{Serialize, Serializer};

use super::datetime::print;

/// A day, for a parameter of which the server keeps no time: it comes [`From`] a date or a moment.
///
/// | from | what is sent | the day that the server keeps |
/// |---|---|---|
/// | [`NaiveDate`] | `2026-03-19` | that day: the server reads it as midnight in its own time zone |
/// | [`DateTime`], of any time zone | `2026-03-19T23:30:00+02:00` | the day that it is at that moment in the server's time zone |
///
/// A day that a person has chosen is a [`NaiveDate`]. As a moment, the same day can become the one before or after: midnight
/// in Berlin is the evening before in London.
///
/// ```
/// # mod sonet_async {
/// #     pub(crate) mod values { pub(crate) use sonet_core::wire::Day; }
/// #     pub(crate) use chrono;
/// # }
/// use sonet_async::chrono::NaiveDate;
/// use sonet_async::values::Day;
///
/// let end_of_year = NaiveDate::from_ymd_opt(2026, 12, 31).map(Day::from);
/// # assert_eq!(serde_json::to_value(end_of_year).ok(), Some("2026-12-31".into()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Day(Form);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    Date(NaiveDate),
    Moment(DateTime<FixedOffset>),
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(Form::Date(date))
    }
}

impl<Zone: TimeZone> From<DateTime<Zone>> for Day {
    fn from(moment: DateTime<Zone>) -> Self {
        Self(Form::Moment(moment.fixed_offset()))
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Form::Date(date) => serializer.collect_str(date),
            Form::Moment(moment) => serializer.serialize_str(&print(moment)),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Utc;

    use super::*;

    fn sent(day: impl Into<Day>) -> String {
        let value = serde_json::to_value(day.into()).unwrap();
        value.as_str().unwrap().to_owned()
    }

    #[test]
    fn a_date_has_no_time_and_a_moment_keeps_its_offset() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 9).unwrap();
        assert_eq!(sent(date), "2026-03-09");
        let moment = DateTime::parse_from_rfc3339("2026-03-19T23:30:00.5+02:00").unwrap();
        assert_eq!(sent(moment), "2026-03-19T23:30:00+02:00");
        assert_eq!(
            sent(moment.with_timezone(&Utc)),
            "2026-03-19T21:30:00+00:00"
        );
    }
}
