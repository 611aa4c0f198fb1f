//! The stages of `tasks.api.scrum.kanban.*`

use super::Checked;
use super::before_write;
use super::bound_fields;
use super::check_access;
use super::described;
use super::field;
use super::given;
use super::name;
use super::text;
use crate::domain::model::{Stage, StageKind};
use crate::methods::call::{Answer, Call, Outcome, objects};
use crate::methods::refusal::Refusal;
use crate::wire::output::{Json, Object};
use crate::wire::value::{Array, Value};

/// `.addStage`. It is meant for running sprints, but no error says so.
pub(crate) fn add(call: &mut Call<'_>) -> Outcome {
    let fields = bound_fields(call, ".")?;
    let sprint_id = field(fields, "sprintId").and_then(Value::to_id);
    let sprint_id = sprint_id.ok_or_else(|| Refusal::scrum("Sprint id not found"))?;
    let sprint = call.state.scrum.sprints.get(&sprint_id);
    let sprint = sprint.ok_or_else(|| Refusal::scrum("Sprint not found"))?;
    check_access(call, sprint.group_id)?;
    let name = name(fields).ok_or_else(|| Refusal::scrum("Incorrect name format"))?;
    before_write(call)?;
    let last = call.state.scrum.stages_of(sprint_id);
    let last = last.last().map_or(0, |stage| stage.sort);
    let kind = kind(fields).unwrap_or(StageKind::Work);
    let mut stage = Stage {
        id: 0,
        sprint_id,
        name,
        kind,
        sort: last.saturating_add(100),
        color: kind.color().to_owned(),
    };
    apply(&mut stage, fields);
    let id = call.state.scrum.add_stage(stage);
    Ok(Answer::from(Json::number(id)))
}

/// `.updateStage`
pub(crate) fn update(call: &mut Call<'_>) -> Outcome {
    let fields = bound_fields(call, ".")?;
    let mut stage = find(call)?;
    if let Some(value) = field(fields, "sprintId") {
        let sprint = value
            .to_id()
            .and_then(|id| call.state.scrum.sprints.get(&id));
        let sprint = sprint.filter(|own| check_access(call, own.group_id).is_ok());
        let sprint = sprint.ok_or_else(|| Refusal::scrum("Incorrect sprintId value"))?;
        stage.sprint_id = sprint.id;
    }
    let former = call.state.scrum.stages.get(&stage.id);
    check_sprint(call, former.map_or(0, |stage| stage.sprint_id))?;
    before_write(call)?;
    stage.name = name(fields).unwrap_or(stage.name);
    stage.kind = kind(fields).unwrap_or(stage.kind);
    apply(&mut stage, fields);
    call.state.scrum.put_stage(stage);
    Ok(Answer::from(true))
}

/// `.getStages`, where numbers are texts.
pub(crate) fn list(call: &mut Call<'_>) -> Outcome {
    let sprint_id = given(call, "sprintId", "Sprint id not found")?;
    let sprint = call.state.scrum.sprints.get(&sprint_id);
    let sprint = sprint.ok_or_else(|| Refusal::scrum("Sprint not found"))?;
    check_access(call, sprint.group_id)?;
    let stages = call.state.scrum.stages_of(sprint_id);
    Ok(Answer::from(objects(stages.into_iter().map(row).collect())))
}

/// `.deleteStage`
pub(crate) fn delete(call: &mut Call<'_>) -> Outcome {
    let stage = find(call)?;
    let mut tasks = call.state.scrum.tasks.values();
    if tasks.any(|task| task.stage_id == Some(stage.id)) {
        return Err(Refusal::scrum("Stage has tasks"));
    }
    check_sprint(call, stage.sprint_id)?;
    before_write(call)?;
    call.state.scrum.stages.remove(&stage.id);
    Ok(Answer::from(true))
}

/// `.getFields`
pub(crate) fn fields(_: &mut Call<'_>) -> Outcome {
    described(&[
        ("name", "string"),
        ("sort", "integer"),
        ("type", "string"),
        ("sprintId", "integer"),
        ("color", "string"),
    ])
}

fn find(call: &Call<'_>) -> Checked<Stage> {
    let id = given(call, "stageId", "Stage id not found")?;
    let stage = call.state.scrum.stages.get(&id).cloned();
    stage.ok_or_else(|| Refusal::scrum("Stage not found"))
}

fn check_sprint(call: &Call<'_>, sprint_id: u64) -> Checked<()> {
    let group_id = call.state.scrum.group_of(sprint_id);
    check_access(call, group_id.unwrap_or_default())
}

/// The type; an unknown one is as good as none.
fn kind(fields: &Array) -> Option<StageKind> {
    StageKind::from_code(&text(fields, "type")?)
}

/// Writes what any value will do for. A `sort` that is no multiple of 100 is taken as well, because
/// no error is there for it.
fn apply(stage: &mut Stage, fields: &Array) {
    if let Some(sort) = field(fields, "sort").and_then(Value::to_int) {
        stage.sort = sort;
    }
    if let Some(color) = text(fields, "color").filter(|color| !color.is_empty()) {
        stage.color = color;
    }
}

fn row(stage: &Stage) -> Object {
    Object::new()
        .with("id", Json::digits(stage.id))
        .with("name", stage.name.as_str())
        .with("sort", stage.sort.to_string())
        .with("type", stage.kind.code())
        .with("sprintId", Json::digits(stage.sprint_id))
        .with("color", stage.color.as_str())
}
