//! The `fields` that `tasks.task.add` and `tasks.task.update` write.

use super::card::{self, text, value};
use super::{Checked, INTERNAL, not_allowed, unbound, wrong_field};
use crate::domain::dates;
use crate::domain::model::{Task, TaskStatus};
use crate::domain::task_access;
use crate::methods::call::Call;
use crate::wire::value::{Array, Value};
use indexmap::IndexSet;

/// The longest plan, in seconds, which no page tells: what a number of 32 bits holds.
const LONGEST_PLAN: i64 = i32::MAX as i64;

/// What a page says of wrong values.
pub(super) struct Texts {
    pub(super) no_responsible: &'static str,
    pub(super) status: &'static str,
    pub(super) no_parent: &'static str,
    pub(super) ends_early: &'static str,
    pub(super) too_long: &'static str,
}

/// The fields, which have to be there.
pub(super) fn given<'a>(call: &Call<'a>) -> Checked<&'a Array> {
    let text = format!("Could not find value for parameter {{fields}}{INTERNAL}");
    let fields = call.params.array("fields");
    fields
        .filter(|fields| !fields.is_empty())
        .ok_or_else(|| unbound(&text))
}

/// Who is to be responsible, if that is said.
pub(super) fn responsible(call: &Call<'_>, fields: &Array, texts: &Texts) -> Checked<Option<u64>> {
    let Some(value) = value(fields, "RESPONSIBLE_ID") else {
        return Ok(None);
    };
    if is_nothing(value) {
        return Ok(None);
    }
    let user = value.to_id().and_then(|id| call.state.users.get(&id));
    let user = user.ok_or_else(|| wrong_field(texts.no_responsible))?;
    Ok(Some(user.id))
}

/// Whether a value says that there is none.
fn is_nothing(value: &Value) -> bool {
    let text = value.to_text();
    text.is_some_and(|text| text.is_empty() || text == "0")
}

/// Puts the checked fields onto a card and returns the group that the task is to be in.
pub(super) fn apply(
    call: &Call<'_>,
    fields: &Array,
    texts: &Texts,
    task: &mut Task,
) -> Checked<u64> {
    let status = match value(fields, "STATUS") {
        Some(value) => {
            let status = value.to_int().and_then(TaskStatus::from_number);
            Some(status.ok_or_else(|| wrong_field(texts.status))?)
        }
        None => None,
    };
    if let Some(value) = value(fields, "PARENT_ID") {
        task.parent_id = if is_nothing(value) {
            None
        } else {
            Some(parent(call, value, texts)?)
        };
    }
    plan(fields, texts, task)?;
    let group_id = group(call, fields, task.id)?;
    people(call, fields, task);
    card::write(call.user.id, fields, task);
    if let Some(status) = status {
        task.set_status(status, call.user.id, call.now);
    }
    Ok(group_id)
}

fn parent(call: &Call<'_>, value: &Value, texts: &Texts) -> Checked<u64> {
    let parent = value.to_id().and_then(|id| call.state.task(id));
    let parent = parent.ok_or_else(|| wrong_field(texts.no_parent))?;
    Ok(parent.id)
}

/// The dates. The plan begins and ends, or it is none: one date without the other says nothing.
fn plan(fields: &Array, texts: &Texts, task: &mut Task) -> Checked<()> {
    let start = date(fields, "START_DATE_PLAN");
    let end = date(fields, "END_DATE_PLAN");
    if let (Some(Date(start)), Some(Date(end))) = (start, end) {
        if let (Some(start), Some(end)) = (start, end) {
            if end < start {
                return Err(wrong_field(texts.ends_early));
            }
            if end - start > LONGEST_PLAN {
                return Err(wrong_field(texts.too_long));
            }
        }
        (task.start_date_plan, task.end_date_plan) = (start, end);
    }
    if let Some(Date(deadline)) = date(fields, "DEADLINE") {
        task.deadline = deadline;
    }
    Ok(())
}

/// A date that was given, or with an empty text none.
struct Date(Option<i64>);

/// Reads a date. What is no date changes nothing.
fn date(fields: &Array, name: &str) -> Option<Date> {
    let text = text(fields, name)?;
    if text.is_empty() {
        return Some(Date(None));
    }
    dates::parse_to_keep(&text).map(|seconds| Date(Some(seconds)))
}

/// The group. That the user may not make tasks there has no text of its own.
fn group(call: &Call<'_>, fields: &Array, task_id: u64) -> Checked<u64> {
    let own = call.state.group_of_task(task_id);
    let wanted = value(fields, "GROUP_ID").and_then(Value::to_int);
    let wanted = wanted.and_then(|id| u64::try_from(id).ok()).unwrap_or(own);
    if wanted == own || task_access::adds(call.state, &call.user, wanted) {
        return Ok(wanted);
    }
    Err(not_allowed(INTERNAL))
}

/// Who takes part and who watches. Whose task it is, administrators say.
fn people(call: &Call<'_>, fields: &Array, task: &mut Task) {
    let known = |id: &u64| call.state.users.contains_key(id);
    let users = |name: &str| {
        let ids: IndexSet<u64> = match value(fields, name)? {
            Value::Array(list) => list.values().filter_map(Value::to_id).collect(),
            scalar => scalar.to_id().into_iter().collect(),
        };
        Some(ids.into_iter().filter(known).collect::<Vec<_>>())
    };
    if let Some(users) = users("ACCOMPLICES") {
        task.accomplices = users;
    }
    if let Some(users) = users("AUDITORS") {
        task.auditors = users;
    }
    let creator = value(fields, "CREATED_BY").and_then(Value::to_id);
    if let Some(id) = creator.filter(|id| known(id) && call.user.admin) {
        task.created_by = id;
    }
}
