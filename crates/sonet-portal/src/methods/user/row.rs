//! A user on the wire.

use super::field::{Datum, FIELDS};
use crate::domain::dates;
use crate::domain::model::User;
use crate::methods::call::Call;
use crate::wire::output::{Json, Object};

/// A user whom a call is about.
pub(super) struct Subject<'a> {
    pub(super) user: &'a User,
    /// When the user was last there: whoever makes the call is there now.
    pub(super) last_seen: Option<i64>,
    pub(super) online: bool,
}

impl<'a> Subject<'a> {
    pub(super) fn new(call: &Call<'_>, user: &'a User) -> Self {
        let calls = user.id == call.user.id;
        Self {
            user,
            last_seen: if calls {
                Some(call.now)
            } else {
                user.profile.last_seen
            },
            online: calls || user.profile.online,
        }
    }
}

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It is the whole answer of `user.current`.
    Alone,
    /// It is a row of a list, in which some dates are objects without content.
    Listed,
}

/// A row of those fields that are told. What was never filled in is missing.
pub(super) fn print(subject: &Subject<'_>, place: Place, told: impl Fn(&str) -> bool) -> Object {
    let mut row = Object::new();
    for field in FIELDS.iter().filter(|field| told(field.code)) {
        if let Some(value) = json((field.of)(subject), place) {
            row.set(field.code, value);
        }
    }
    row
}

fn json(datum: Datum, place: Place) -> Option<Json> {
    Some(match datum {
        Datum::Absent => return None,
        Datum::Id(id) => Json::digits(id),
        Datum::Truth(truth) => truth.into(),
        Datum::Flag(flag) => Json::flag(flag),
        Datum::Text(text) => text.into(),
        Datum::Moment(seconds) => seconds.map_or_else(String::new, dates::iso).into(),
        Datum::Bare(_) if place == Place::Listed => Object::new().into(),
        Datum::Bare(seconds) => seconds.map_or(Json::Null, |at| dates::plain(at).into()),
        Datum::Ids(ids) => Json::List(ids.into_iter().map(Json::number).collect()),
    })
}
