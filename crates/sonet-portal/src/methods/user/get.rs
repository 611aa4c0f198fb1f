//! `user.get`, and what `user.search` has in common with it.

use super::field::{self, UserField};
use super::listed;
use super::row::{self, Place, Subject};
use super::search;
use crate::domain::access;
use crate::domain::filter::{Conditions, Direction, Sorting, TableDialect};
use crate::domain::model::{User, UserKind};
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::paging::Paged;
use crate::wire::value::{Array, Value};

/// The users that fit a filter.
#[allow(clippy::unnecessary_wraps, reason = "all methods stand in one table")]
pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let filter = filter(call);
    Ok(list(call, &filter, |_| true))
}

/// The filter: the page's table has it as `FILTER`, samples have `filter`, and others have its
/// fields beside it.
pub(super) fn filter(call: &Call<'_>) -> Vec<(String, Value)> {
    let given = either(call, "FILTER").and_then(Value::as_array);
    let given = given.into_iter().flat_map(Array::iter);
    let beside = call.params.fields().iter();
    let beside = beside.filter(|(key, value)| **value != Value::Null && field::find(key).is_some());
    let all = given.chain(beside);
    all.map(|(key, value)| (key.to_owned(), value.clone()))
        .collect()
}

/// A text that a filter asks for.
pub(super) fn text(filter: &[(String, Value)], name: &str) -> Option<String> {
    let (_, value) = filter.iter().find(|(key, _)| key == name)?;
    value.to_text()
}

/// A page of the users that fit a filter, and what else is asked of them.
pub(super) fn list(
    call: &Call<'_>,
    filter: &[(String, Value)],
    fits: impl Fn(&Subject<'_>) -> bool,
) -> Answer {
    let words = text(filter, "NAME_SEARCH");
    let entries = filter.iter().map(|(key, value)| (key.as_str(), value));
    let conditions = Conditions::read(TableDialect::Users, entries, field::find);
    let asks_for_mail = filter
        .iter()
        .any(|(key, value)| key.trim_start_matches(['=', '@']) == "USER_TYPE" && names_mail(value));
    let shown = |user: &&User| {
        // Who only writes by mail is no part of the list, unless that is what is asked for.
        let listed = user.kind != UserKind::Other || asks_for_mail || reads_all(call);
        listed && (reads_all(call) || access::knows(call.state, &call.user, user))
    };
    let subjects = call.state.users.values().filter(shown);
    let subjects = subjects.map(|user| Subject::new(call, user));
    let fitting = subjects.filter(|subject| {
        conditions.hold(|field| field.value(subject))
            && words
                .as_ref()
                .is_none_or(|words| search::finds(subject, words))
            && fits(subject)
    });
    let sorted = sorting(call).sort(fitting.collect(), |subject, field| field.value(subject));
    let select = selection(call);
    let told = |code: &str| select.has(code) && listed::tells(call.credential, code);
    let page = Paged::cut(call, sorted, either(call, "START"));
    page.answer(None, |subject| row::print(subject, Place::Listed, told))
}

/// A parameter in upper or in lower case, as the page has both.
fn either<'a>(call: &Call<'a>, name: &str) -> Option<&'a Value> {
    let params = call.params;
    params
        .get(name)
        .or_else(|| params.get(&name.to_ascii_lowercase()))
}

/// Whether the call is made in the mode of an administrator, which is for administrators only.
fn reads_all(call: &Call<'_>) -> bool {
    let mode = either(call, "ADMIN_MODE").and_then(Value::to_text);
    let mode = mode.unwrap_or_default().to_ascii_lowercase();
    call.user.admin && matches!(mode.as_str(), "1" | "y" | "true")
}

fn names_mail(value: &Value) -> bool {
    match value {
        Value::Array(all) => all.values().any(names_mail),
        scalar => scalar
            .to_text()
            .is_some_and(|text| text == UserKind::Other.code()),
    }
}

/// The order: by one field, upwards unless it is said otherwise.
fn sorting(call: &Call<'_>) -> Sorting<&'static UserField> {
    let order = either(call, "ORDER").and_then(Value::to_text);
    let down = order.is_some_and(|order| order.eq_ignore_ascii_case("DESC"));
    let direction = if down {
        Direction::Descending
    } else {
        Direction::Ascending
    };
    let sort = either(call, "SORT").and_then(Value::to_text);
    let field = sort.and_then(|sort| field::find(&sort));
    Sorting::by(field.unwrap_or(&field::FIELDS[0]), direction)
}

/// Which fields rows have.
enum Selection {
    All,
    /// Codes, and `UF_*` for all that begin with it.
    Some(Vec<String>),
}

impl Selection {
    fn has(&self, code: &str) -> bool {
        let Self::Some(codes) = self else {
            return true;
        };
        let is = |own: &String| own == code || own == "UF_*" && code.starts_with("UF_");
        codes.iter().any(is)
    }
}

fn selection(call: &Call<'_>) -> Selection {
    let Some(select) = either(call, "SELECT").and_then(Value::as_array) else {
        return Selection::All;
    };
    let codes: Vec<String> = select.values().filter_map(Value::to_text).collect();
    let is_known = |code: &String| code == "UF_*" || field::find(code).is_some();
    // Of unknown names only, all are told, as in other lists.
    if !codes.iter().any(is_known) || codes.iter().any(|code| code == "*") {
        Selection::All
    } else {
        Selection::Some(codes)
    }
}
