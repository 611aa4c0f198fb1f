//! `tasks.api.scrum.backlog.*`

use super::Checked;
use super::before_write;
use super::bound_fields;
use super::check_access;
use super::denied;
use super::described;
use super::field;
use super::given;
use super::user;
use crate::domain::model::Backlog;
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;
use crate::wire::output::{Json, Object};
use crate::wire::value::Value;

/// `.add`, which is for any group, not for scrums only.
pub(crate) fn add(call: &mut Call<'_>) -> Outcome {
    let fields = bound_fields(call, ".")?;
    let group_id = field(fields, "groupId").and_then(Value::to_id);
    let group_id = group_id.ok_or_else(|| Refusal::scrum("Group id not found"))?;
    if call.state.scrum.backlog_of(group_id).is_some() {
        return Err(Refusal::scrum("Backlog already added"));
    }
    check_access(call, group_id)?;
    let created_by = user(call, fields, "createdBy")?;
    let created_by = created_by.ok_or_else(|| Refusal::scrum("createdBy user not found"))?;
    let modified_by = user(call, fields, "modifiedBy")?;
    before_write(call)?;
    let mut backlog = call.state.scrum.add_backlog(group_id, created_by);
    backlog.modified_by = modified_by.unwrap_or_default();
    Ok(put(call, backlog))
}

/// `.update`
pub(crate) fn update(call: &mut Call<'_>) -> Outcome {
    let fields = bound_fields(call, ".")?;
    let mut backlog = find(call)?;
    check_access(call, backlog.group_id)?;
    if let Some(value) = field(fields, "groupId") {
        let group_id = value.to_id().ok_or_else(denied)?;
        if group_id != backlog.group_id {
            check_access(call, group_id)?;
            if has_items(call, &backlog) {
                let text = "It is forbidden move a backlog with items";
                return Err(Refusal::scrum(text));
            }
            if call.state.scrum.backlog_of(group_id).is_some() {
                let text = "The target group already has a backlog";
                return Err(Refusal::scrum(text));
            }
            backlog.group_id = group_id;
        }
    }
    if let Some(id) = user(call, fields, "createdBy")? {
        backlog.created_by = id;
    }
    backlog.modified_by = user(call, fields, "modifiedBy")?.unwrap_or(call.user.id);
    before_write(call)?;
    Ok(put(call, backlog))
}

/// `.get`, whose `id` is the group's.
pub(crate) fn get(call: &mut Call<'_>) -> Outcome {
    let group_id = given(call, "id", "Group id not found")?;
    let backlog = call.state.scrum.backlog_of(group_id);
    let backlog = backlog.ok_or_else(|| Refusal::scrum("Backlog not found"))?;
    check_access(call, group_id)?;
    Ok(Answer::from(row(backlog)))
}

/// `.delete`
pub(crate) fn delete(call: &mut Call<'_>) -> Outcome {
    let backlog = find(call)?;
    check_access(call, backlog.group_id)?;
    if has_items(call, &backlog) {
        let text = "It is forbidden remove a backlog with items";
        return Err(Refusal::scrum(text));
    }
    before_write(call)?;
    call.state.scrum.backlogs.remove(&backlog.id);
    Ok(Answer::from(Json::List(Vec::new())))
}

/// `.getFields`
pub(crate) fn fields(_: &mut Call<'_>) -> Outcome {
    described(&[
        ("groupId", "integer"),
        ("createdBy", "integer"),
        ("modifiedBy", "integer"),
    ])
}

fn find(call: &Call<'_>) -> Checked<Backlog> {
    let id = given(call, "id", "Backlog id not found")?;
    let backlog = call.state.scrum.backlogs.get(&id).cloned();
    backlog.ok_or_else(|| Refusal::scrum("Backlog not found"))
}

fn has_items(call: &Call<'_>, backlog: &Backlog) -> bool {
    call.state.scrum.tasks_in(backlog.id).next().is_some()
}

fn put(call: &mut Call<'_>, backlog: Backlog) -> Answer {
    let answer = Answer::from(row(&backlog));
    call.state.scrum.backlogs.insert(backlog.id, backlog);
    answer
}

fn row(backlog: &Backlog) -> Object {
    Object::new()
        .with("id", Json::number(backlog.id))
        .with("groupId", Json::number(backlog.group_id))
        .with("createdBy", Json::number(backlog.created_by))
        .with("modifiedBy", Json::number(backlog.modified_by))
}
