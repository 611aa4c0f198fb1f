//! `tasks.api.scrum.task.*`

use super::before_write;
use super::bound_fields;
use super::bound_id;
use super::check_access;
use super::described;
use super::field;
use super::text;
use super::user;
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;
use crate::wire::output::{Json, Object};
use crate::wire::value::Value;

/// `.update`, which also brings a task into the scrum. The task itself is made elsewhere.
pub(crate) fn update(call: &mut Call<'_>) -> Outcome {
    let id = bound_id(call, "id", ".")?;
    let fields = bound_fields(call, ".")?;
    let no_epic = || Refusal::scrum("Epic not found");
    let not_created = || Refusal::scrum("Item not created");
    let scrum = &call.state.scrum;
    let epic_id = field(fields, "epicId").map(|value| value.to_int().unwrap_or(-1));
    let epic_id = epic_id.map(|id| u64::try_from(id).unwrap_or(u64::MAX));
    // The number 0 takes the task out of its epic.
    let epic = epic_id.filter(|id| *id != 0).map(|id| scrum.epics.get(&id));
    if epic == Some(None) {
        return Err(no_epic());
    }
    let task = scrum.tasks.get(&id).cloned();
    let mut task = task.ok_or_else(|| Refusal::scrum("Task not found"))?;
    check_access(call, task.group_id)?;
    let entity_id = match field(fields, "entityId") {
        Some(value) => value.to_id(),
        None => task
            .entity_id
            .or_else(|| scrum.backlog_of(task.group_id).map(|own| own.id)),
    };
    let entity = entity_id.and_then(|id| Some((id, scrum.group_of(id)?)));
    let (entity_id, group_id) = entity.ok_or_else(not_created)?;
    check_access(call, group_id)?;
    if epic.flatten().is_some_and(|epic| epic.group_id != group_id) {
        return Err(no_epic());
    }
    if let Some(id) = user(call, fields, "createdBy")? {
        task.created_by = id;
    }
    task.modified_by = user(call, fields, "modifiedBy")?.unwrap_or(call.user.id);
    if let Some(text) = text(fields, "storyPoints") {
        task.story_points = text;
    }
    if let Some(sort) = field(fields, "sort").and_then(Value::to_int) {
        task.sort = sort;
    }
    before_write(call)?;
    let scrum = &mut call.state.scrum;
    scrum.tasks.insert(id, task);
    scrum.move_task(id, entity_id);
    if let (Some(task), Some(epic_id)) = (scrum.tasks.get_mut(&id), epic_id) {
        task.epic_id = epic_id;
    }
    if call.rules.bare_task_update {
        return Ok(Answer::from(true));
    }
    let told = Object::new()
        .with("status", "success")
        .with("data", true)
        .with("errors", Json::List(Vec::new()));
    Ok(Answer::from(told))
}

/// `.get`, whose error comes with status 200. Who may not see a task is told that there is none,
/// and so is who asks for one that isn't in the scrum.
pub(crate) fn get(call: &mut Call<'_>) -> Outcome {
    let id = bound_id(call, "id", ".")?;
    let task = call.state.scrum.tasks.get(&id);
    let task = task.filter(|task| check_access(call, task.group_id).is_ok());
    let found = task.and_then(|task| Some((task, task.entity_id?)));
    let (task, entity_id) = found.ok_or_else(|| Refusal {
        status: 200,
        ..Refusal::scrum("Task not found")
    })?;
    let row = Object::new()
        .with("entityId", Json::number(entity_id))
        .with("storyPoints", task.story_points.as_str())
        .with("epicId", Json::number(task.epic_id))
        .with("sort", task.sort)
        .with("createdBy", Json::number(task.created_by))
        .with("modifiedBy", Json::number(task.modified_by));
    Ok(Answer::from(row))
}

/// `.getFields`
pub(crate) fn fields(_: &mut Call<'_>) -> Outcome {
    described(&[
        ("entityId", "integer"),
        ("storyPoints", "string"),
        ("epicId", "integer"),
        ("sort", "integer"),
        ("createdBy", "integer"),
        ("modifiedBy", "integer"),
    ])
}
