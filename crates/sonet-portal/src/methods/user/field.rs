//! What a user has in each field.

use super::row::Subject;
use super::title::TITLES;
use crate::domain::filter::FieldValue;

/// A field of users.
pub(super) struct UserField {
    pub(super) code: &'static str,
    pub(super) of: fn(&Subject<'_>) -> Datum,
}

/// What stands in a field.
pub(super) enum Datum {
    /// It was never filled in.
    Absent,
    Id(u64),
    Truth(bool),
    Flag(bool),
    Text(String),
    /// A date in ISO 8601; an empty text if there is none.
    Moment(Option<i64>),
    /// A date without a zone.
    Bare(Option<i64>),
    Ids(Vec<u64>),
}

/// The fields that users of this portal have, in the order of the samples. Filters and orders know
/// the others as well, but nobody has anything in them.
pub(super) static FIELDS: [UserField; 20] = [
    field("ID", |own| Datum::Id(own.user.id)),
    field("ACTIVE", |own| Datum::Truth(own.user.active)),
    field("NAME", |own| text(&own.user.name)),
    field("LAST_NAME", |own| text(&own.user.last_name)),
    field("SECOND_NAME", |own| {
        perhaps(own.user.profile.second_name.as_ref())
    }),
    field("EMAIL", |own| text(&own.user.profile.email)),
    field("LAST_LOGIN", |own| Datum::Moment(own.last_seen)),
    field("DATE_REGISTER", |own| {
        Datum::Moment(Some(own.user.profile.registered))
    }),
    field("IS_ONLINE", |own| Datum::Flag(own.online)),
    field("TIMESTAMP_X", |own| {
        Datum::Bare(Some(own.user.profile.registered))
    }),
    field("LAST_ACTIVITY_DATE", |own| Datum::Bare(own.last_seen)),
    field("PERSONAL_GENDER", |own| text(&own.user.profile.gender)),
    field("PERSONAL_BIRTHDAY", |own| {
        Datum::Moment(own.user.profile.birthday)
    }),
    field("PERSONAL_MOBILE", |own| {
        perhaps(own.user.profile.mobile.as_ref())
    }),
    field("PERSONAL_CITY", |own| {
        perhaps(own.user.profile.city.as_ref())
    }),
    field("WORK_PHONE", |own| {
        perhaps(own.user.profile.work_phone.as_ref())
    }),
    field("WORK_POSITION", |own| text(&own.user.position)),
    field("UF_EMPLOYMENT_DATE", |own| {
        Datum::Moment(own.user.profile.employed)
    }),
    field("UF_DEPARTMENT", |own| {
        Datum::Ids(own.user.profile.departments.clone())
    }),
    field("USER_TYPE", |own| text(own.user.kind.code())),
];

/// A field in which nobody has anything.
static EMPTY: UserField = field("", |_| Datum::Absent);

const fn field(code: &'static str, of: fn(&Subject<'_>) -> Datum) -> UserField {
    UserField { code, of }
}

fn text(text: &str) -> Datum {
    Datum::Text(text.to_owned())
}

fn perhaps(value: Option<&String>) -> Datum {
    value.map_or(Datum::Absent, |own| text(own))
}

/// A field by its code.
pub(super) fn find(code: &str) -> Option<&'static UserField> {
    let known = TITLES.iter().any(|(own, _)| *own == code);
    let field = FIELDS.iter().find(|field| field.code == code);
    field.or(known.then_some(&EMPTY))
}

impl UserField {
    /// What a user has here, in the form that conditions compare with.
    pub(super) fn value(&self, subject: &Subject<'_>) -> FieldValue {
        match (self.of)(subject) {
            Datum::Absent => FieldValue::none(),
            Datum::Id(id) => FieldValue::id(id),
            // It is asked for in several ways.
            Datum::Truth(truth) => {
                let words: [&str; 3] = if truth {
                    ["y", "1", "true"]
                } else {
                    ["n", "0", "false"]
                };
                let plain = (!truth).then_some("");
                let words = words.into_iter().chain(plain);
                FieldValue::Any(words.map(FieldValue::text).collect())
            }
            Datum::Flag(flag) => FieldValue::flag(flag),
            Datum::Text(text) => FieldValue::text(&text),
            Datum::Moment(seconds) | Datum::Bare(seconds) => FieldValue::date(seconds),
            Datum::Ids(ids) => FieldValue::ids(&ids),
        }
    }
}
