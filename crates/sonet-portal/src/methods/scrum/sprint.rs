//! `tasks.api.scrum.sprint.*`

use super::super::workgroup_list::SPRINT_SECONDS;
use super::Checked;
use super::before_write;
use super::bound_fields;
use super::bound_id;
use super::check_access;
use super::denied;
use super::described;
use super::field;
use super::list;
use super::name;
use super::sprint_row;
use super::user;
use crate::domain::dates;
use crate::domain::filter::print;
use crate::domain::model::{Sprint, SprintStatus};
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;
use crate::wire::output::Json;
use crate::wire::value::{Array, Value};

/// What these pages have at the end of the text about a wrong type: no full stop.
const END: &str = "";

const TWO_ACTIVE: &str = "Unable to add two active sprint";

/// `.add`. A second active sprint has no text of its own here.
pub(crate) fn add(call: &mut Call<'_>) -> Outcome {
    let fields = bound_fields(call, END)?;
    let group_id = field(fields, "groupId").and_then(Value::to_id);
    let group_id = group_id.ok_or_else(denied)?;
    check_access(call, group_id)?;
    let failed = || Refusal::scrum("Sprint not created");
    let name = name(fields).ok_or_else(failed)?;
    let status = match field(fields, "status") {
        Some(value) => status(value).ok_or_else(failed)?,
        None => SprintStatus::Planned,
    };
    if status == SprintStatus::Active && call.state.scrum.active_sprint(group_id).is_some() {
        return Err(failed());
    }
    let date_start = date(fields, "dateStart")?.unwrap_or(call.now);
    let date_end = date(fields, "dateEnd")?;
    let created_by = user(call, fields, "createdBy")?.unwrap_or(call.user.id);
    let modified_by = user(call, fields, "modifiedBy")?.unwrap_or(created_by);
    before_write(call)?;
    let length = i64::try_from(SPRINT_SECONDS).unwrap_or_default();
    let sprint = call.state.scrum.add_sprint(Sprint {
        id: 0,
        group_id,
        name,
        goal: String::new(),
        sort: field(fields, "sort").and_then(Value::to_int).unwrap_or(1),
        created_by,
        modified_by,
        date_start,
        date_end: date_end
            .unwrap_or_else(|| (date_start + length).min(*dates::REPRESENTABLE.end())),
        status,
    });
    Ok(Answer::from(print(&sprint_row::COLUMNS, &sprint)))
}

/// `.update`
pub(crate) fn update(call: &mut Call<'_>) -> Outcome {
    let id = bound_id(call, "id", END)?;
    let fields = bound_fields(call, END)?;
    let mut sprint = find(call, id)?;
    if let Some(value) = field(fields, "groupId") {
        sprint.group_id = value.to_id().ok_or_else(denied)?;
        check_access(call, sprint.group_id)?;
    }
    if field(fields, "name").is_some() {
        // The page has no other text for what can't be stored.
        sprint.name = name(fields).ok_or_else(|| Refusal::scrum("Sprint not created"))?;
    }
    sprint.date_start = date(fields, "dateStart")?.unwrap_or(sprint.date_start);
    sprint.date_end = date(fields, "dateEnd")?.unwrap_or(sprint.date_end);
    if let Some(id) = user(call, fields, "createdBy")? {
        sprint.created_by = id;
    }
    sprint.modified_by = user(call, fields, "modifiedBy")?.unwrap_or(call.user.id);
    let status = match field(fields, "status") {
        Some(value) => status(value).ok_or_else(|| Refusal::scrum("Incorrect sprint status"))?,
        None => sprint.status,
    };
    if status == SprintStatus::Active {
        check_no_other(call, &sprint)?;
    }
    if let Some(sort) = field(fields, "sort").and_then(Value::to_int) {
        sprint.sort = sort;
    }
    before_write(call)?;
    call.state.scrum.put_sprint(sprint);
    Ok(turn(call, id, status))
}

/// `.start`
pub(crate) fn start(call: &mut Call<'_>) -> Outcome {
    let id = bound_id(call, "id", END)?;
    let sprint = find(call, id)?;
    if sprint.status != SprintStatus::Planned {
        return Err(Refusal::scrum("Sprint must be planned"));
    }
    // The page doesn't speak of this; the text is the one of `.update`.
    check_no_other(call, &sprint)?;
    note_change(call, id);
    Ok(turn(call, id, SprintStatus::Active))
}

/// `.complete`, whose `id` is the group's.
pub(crate) fn complete(call: &mut Call<'_>) -> Outcome {
    let group_id = bound_id(call, "id", END)?;
    check_access(call, group_id)?;
    let sprint = call.state.scrum.active_sprint(group_id);
    let id = sprint.ok_or_else(not_found)?.id;
    note_change(call, id);
    Ok(turn(call, id, SprintStatus::Completed))
}

/// `.get`. The table of parameters calls it `sprintId`, the samples and the errors `id`.
pub(crate) fn get(call: &mut Call<'_>) -> Outcome {
    let id = bound_id(call, "id", END)?;
    let sprint = find(call, id)?;
    Ok(Answer::from(print(&sprint_row::COLUMNS, &sprint)))
}

/// `.list`
pub(crate) fn list(call: &mut Call<'_>) -> Outcome {
    let sprints = &call.state.scrum.sprints;
    list::answer(call, &sprint_row::COLUMNS, sprints, |sprint| {
        sprint.group_id
    })
}

/// `.delete`
pub(crate) fn delete(call: &mut Call<'_>) -> Outcome {
    let id = bound_id(call, "id", END)?;
    find(call, id)?;
    let has_tasks = call.state.scrum.tasks_in(id).next().is_some();
    if has_tasks && call.rules.sprint_with_tasks_stays {
        let text = "It is forbidden remove a sprint with items";
        return Err(Refusal::scrum(text));
    }
    before_write(call)?;
    call.state.scrum.remove_sprint(id);
    Ok(Answer::from(Json::List(Vec::new())))
}

/// `.getFields`
pub(crate) fn fields(_: &mut Call<'_>) -> Outcome {
    described(&[
        ("groupId", "integer"),
        ("name", "string"),
        ("sort", "integer"),
        ("createdBy", "integer"),
        ("modifiedBy", "integer"),
        ("dateStart", "string"),
        ("dateEnd", "string"),
        ("status", "string"),
    ])
}

fn not_found() -> Refusal {
    Refusal::scrum("Sprint not found")
}

/// A sprint that the user may work with.
fn find(call: &Call<'_>, id: u64) -> Checked<Sprint> {
    let sprint = call.state.scrum.sprints.get(&id).cloned();
    let sprint = sprint.ok_or_else(not_found)?;
    check_access(call, sprint.group_id)?;
    Ok(sprint)
}

/// Refuses if another sprint of the same group runs.
fn check_no_other(call: &Call<'_>, sprint: &Sprint) -> Checked<()> {
    match call.state.scrum.active_sprint(sprint.group_id) {
        Some(other) if other.id != sprint.id => Err(Refusal::scrum(TWO_ACTIVE)),
        _ => Ok(()),
    }
}

/// Notes who has changed a sprint.
fn note_change(call: &mut Call<'_>, id: u64) {
    let user_id = call.user.id;
    if let Some(sprint) = call.state.scrum.sprints.get_mut(&id) {
        sprint.modified_by = user_id;
    }
}

/// Sets how far a sprint is, and answers it.
fn turn(call: &mut Call<'_>, id: u64, status: SprintStatus) -> Answer {
    call.state.scrum.set_status(id, status);
    let sprint = call.state.scrum.sprints.get(&id);
    sprint.map_or(Answer::from(Json::Null), |sprint| {
        Answer::from(print(&sprint_row::COLUMNS, sprint))
    })
}

fn status(value: &Value) -> Option<SprintStatus> {
    SprintStatus::from_code(&value.to_text()?)
}

/// A date in ISO 8601 or as Unix seconds, which can also be told.
fn date(fields: &Array, name: &str) -> Checked<Option<i64>> {
    let Some(value) = field(fields, name) else {
        return Ok(None);
    };
    let date = value.to_int().or_else(|| dates::parse(&value.to_text()?));
    match date.filter(|date| dates::REPRESENTABLE.contains(date)) {
        Some(date) => Ok(Some(date)),
        None => Err(Refusal::scrum(&format!("Incorrect {name} format"))),
    }
}
