//! The `fields` that `tasks.task.add` and `tasks.task.update` write.

use super::{Checked, INTERNAL, not_allowed, unbound, wrong_field};
use crate::domain::dates;
use crate::domain::model::{Task, TaskFlag, TaskStatus};
use crate::domain::task_access;
use crate::methods::call::Call;
use crate::wire::value::{Array, Value};

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

/// The value of a field. A `null` is as good as nothing.
pub(super) fn value<'a>(fields: &'a Array, name: &str) -> Option<&'a Value> {
    fields.get(name).filter(|value| **value != Value::Null)
}

/// The text of a field, unless it is an array.
pub(super) fn text(fields: &Array, name: &str) -> Option<String> {
    value(fields, name).and_then(Value::to_text)
}

/// Who is to be responsible, if that is said.
pub(super) fn responsible(call: &Call<'_>, fields: &Array, texts: &Texts) -> Checked<Option<u64>> {
    let Some(value) = value(fields, "RESPONSIBLE_ID") else {
        return Ok(None);
    };
    if value
        .to_text()
        .is_some_and(|text| text.is_empty() || text == "0")
    {
        return Ok(None);
    }
    let user = value.to_id().and_then(|id| call.state.users.get(&id));
    let user = user.ok_or_else(|| wrong_field(texts.no_responsible))?;
    Ok(Some(user.id))
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
        task.parent_id = match value.to_int() {
            Some(0) => None,
            _ => Some(parent(call, value, texts)?),
        };
    }
    plan(fields, texts, task)?;
    let group_id = group(call, fields, task.id)?;
    people(call, fields, task);
    texts_of(fields, task);
    switches(call, fields, task);
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
    dates::parse(&text).map(|seconds| Date(Some(seconds)))
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
        let ids: Vec<u64> = match value(fields, name)? {
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

fn texts_of(fields: &Array, task: &mut Task) {
    let texts = |name: &str| {
        let list = match value(fields, name)? {
            Value::Array(list) => list.values().filter_map(Value::to_text).collect(),
            scalar => vec![scalar.to_text()?],
        };
        Some(
            list.into_iter()
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>(),
        )
    };
    if let Some(title) = text(fields, "TITLE").filter(|title| !title.trim().is_empty()) {
        task.title = title;
    }
    if let Some(text) = text(fields, "DESCRIPTION") {
        task.description = text;
    }
    if let Some(text) = text(fields, "XML_ID") {
        task.xml_id = Some(text).filter(|text| !text.is_empty());
    }
    if let Some(text) = text(fields, "SITE_ID").filter(|text| !text.is_empty()) {
        task.site_id = text;
    }
    if let Some(text) = text(fields, "DURATION_TYPE").filter(|text| !text.is_empty()) {
        task.duration_type = text;
    }
    if let Some(mark) = text(fields, "MARK") {
        task.mark = Some(mark).filter(|mark| matches!(mark.as_str(), "P" | "N"));
    }
    if let Some(tags) = texts("TAGS") {
        task.tags = tags;
    }
    if let Some(bindings) = texts("UF_CRM_TASK") {
        task.crm = bindings;
    }
    if let Some(files) = texts("UF_TASK_WEBDAV_FILES") {
        let ids = files
            .iter()
            .filter_map(|file| file.trim_start_matches('n').parse().ok());
        task.files = ids.collect();
    }
    for (name, value) in fields.iter() {
        let custom = name.starts_with("UF_") && !name.starts_with("UF_TASK_");
        if let Some(text) = value.to_text().filter(|_| custom && name != "UF_CRM_TASK") {
            task.custom.insert(name.to_owned(), text);
        }
    }
}

/// Numbers, flags and parameters.
fn switches(call: &Call<'_>, fields: &Array, task: &mut Task) {
    let number = |name: &str| value(fields, name).and_then(Value::to_int);
    if let Some(priority) = number("PRIORITY").and_then(|own| u8::try_from(own).ok()) {
        task.priority = priority.min(2);
    }
    if let Some(seconds) = number("TIME_ESTIMATE") {
        task.time_estimate = seconds;
    }
    if let Some(duration) = number("DURATION_PLAN") {
        task.duration_plan = Some(duration);
    }
    for flag in TaskFlag::ALL {
        match text(fields, flag.code()).as_deref() {
            Some("Y") => drop(task.flags.insert(flag)),
            Some(_) => drop(task.flags.remove(&flag)),
            None => {}
        }
    }
    match text(fields, "FAVORITE").as_deref() {
        Some("Y") => drop(task.favorite_of.insert(call.user.id)),
        Some(_) => drop(task.favorite_of.remove(&call.user.id)),
        None => {}
    }
    let parameters = value(fields, "SE_PARAMETER").and_then(Value::as_array);
    for parameter in parameters.into_iter().flat_map(Array::values) {
        let parameter = parameter.as_array();
        let text = |name: &str| parameter.and_then(|own| text(own, name));
        if let (Some(code), Some(value)) = (text("CODE"), text("VALUE")) {
            task.parameters.insert(code, value);
        }
    }
}
