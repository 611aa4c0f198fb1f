//! `user.current` and `user.get`

use crate::domain::dates;
use crate::domain::model::{User, UserKind};
use crate::domain::page::{PAGE_SIZE, Page};
use crate::methods::call::{Answer, Call, Outcome, objects};
use crate::rules::Language;
use crate::wire::output::{Json, Object};
use crate::wire::value::{Array, Value};

/// When all users of this portal joined: 24 August 2023.
const REGISTERED: i64 = 1_692_828_000;

/// The user who makes the call.
#[allow(clippy::unnecessary_wraps, reason = "all methods stand in one table")]
pub(crate) fn current(call: &mut Call<'_>) -> Outcome {
    Ok(Answer::from(row(&call.user, call.now)))
}

/// The users that fit a filter. Only what is equal is filtered for, and identifiers also by `>`.
#[allow(clippy::unnecessary_wraps, reason = "all methods stand in one table")]
pub(crate) fn get(call: &mut Call<'_>) -> Outcome {
    let filter = call.params.array("FILTER");
    let id = call.params.get("ID").map(|id| ("ID", id));
    let conditions: Vec<(&str, &Value)> =
        filter.into_iter().flat_map(Array::iter).chain(id).collect();
    let fits = |user: &&User| {
        let all = conditions.iter();
        all.copied().all(|(key, value)| matches(user, key, value))
    };
    let mut users: Vec<&User> = call.state.users.values().filter(fits).collect();
    let descending = call
        .params
        .text("order")
        .is_some_and(|order| order.eq_ignore_ascii_case("DESC"));
    match call.params.text("sort").as_deref() {
        Some("NAME") => users.sort_by_key(|user| &user.name),
        Some("LAST_NAME") => users.sort_by_key(|user| &user.last_name),
        _ => {}
    }
    if descending {
        users.reverse();
    }
    let start = call.params.get("start").and_then(Value::to_int);
    let start = start.unwrap_or_default();
    let offset = u64::try_from(start).unwrap_or_default() / PAGE_SIZE * PAGE_SIZE;
    let page = Page::cut(users, offset, call.rules.bogus_next);
    let rows = page.rows.iter().map(|user| row(user, call.now));
    let counts = start >= 0;
    Ok(Answer {
        result: objects(rows.collect()),
        total: call.total(counts, page.total),
        next: page.next.filter(|_| counts),
    })
}

/// Whether a user fits a condition. One that the portal doesn't know is dropped.
fn matches(user: &User, key: &str, value: &Value) -> bool {
    if let Some(field) = key.strip_prefix('>') {
        let bound = value.to_int().and_then(|bound| u64::try_from(bound).ok());
        return field != "ID" || bound.is_none_or(|bound| user.id > bound);
    }
    let own = match key.trim_start_matches('=') {
        "ID" => user.id.to_string(),
        "ACTIVE" => {
            let wanted = value.to_text().unwrap_or_default();
            return user.active == matches!(wanted.as_str(), "1" | "Y" | "true");
        }
        "NAME" => user.name.clone(),
        "LAST_NAME" => user.last_name.clone(),
        "EMAIL" => email(user),
        "WORK_POSITION" => user.position.clone(),
        "USER_TYPE" => kind(user).to_owned(),
        _ => return true,
    };
    let equals = |value: &Value| {
        let text = value.to_text();
        text.is_some_and(|text| text.trim().to_lowercase() == own.to_lowercase())
    };
    match value {
        Value::Array(any) => any.values().any(equals),
        scalar => equals(scalar),
    }
}

fn row(user: &User, now: i64) -> Object {
    Object::new()
        .with("ID", Json::digits(user.id))
        .with("XML_ID", Json::Null)
        .with("ACTIVE", user.active)
        .with("NAME", user.name.as_str())
        .with("LAST_NAME", user.last_name.as_str())
        .with("SECOND_NAME", "")
        .with("EMAIL", email(user))
        .with("LAST_LOGIN", dates::iso(now))
        .with("DATE_REGISTER", dates::iso(REGISTERED))
        .with("IS_ONLINE", Json::flag(user.active))
        // One row has dates in three forms.
        .with(
            "TIMESTAMP_X",
            dates::local_text(REGISTERED, Language::Russian),
        )
        .with("LAST_ACTIVITY_DATE", dates::plain(now))
        .with("PERSONAL_GENDER", "")
        .with("PERSONAL_BIRTHDAY", "")
        .with("WORK_POSITION", user.position.as_str())
        .with("UF_EMPLOYMENT_DATE", "")
        .with("UF_DEPARTMENT", departments(user))
        .with("USER_TYPE", kind(user))
}

fn email(user: &User) -> String {
    format!("user{}@example.com", user.id)
}

fn kind(user: &User) -> &'static str {
    match user.kind {
        UserKind::Employee => "employee",
        UserKind::Extranet => "extranet",
        UserKind::Other => "email",
    }
}

/// There is one department, and only employees belong to it.
fn departments(user: &User) -> Vec<i64> {
    match user.kind {
        UserKind::Employee => vec![1],
        _ => Vec::new(),
    }
}
