//! The tasks of `tasks.api.scrum.kanban.*`

use super::Checked;
use super::before_write;
use super::check_access;
use super::given;
use crate::domain::model::{ScrumTask, Sprint};
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;

const NO_SPRINT_ID: &str = "Sprint id not found";
const NO_TASK_ID: &str = "TaskId id not found";

/// `.addTask`, which also brings a task of the group into the sprint.
pub(crate) fn add_task(call: &mut Call<'_>) -> Outcome {
    let sprint_id = given(call, "sprintId", NO_SPRINT_ID)?;
    let task_id = given(call, "taskId", NO_TASK_ID)?;
    let stage_id = given(call, "stageId", "StageId id not found")?;
    let sprint = sprint(call, sprint_id)?;
    let stage = call.state.scrum.stages.get(&stage_id);
    if stage.is_none_or(|stage| stage.sprint_id != sprint_id) {
        return Err(Refusal::scrum("Stage not found"));
    }
    let group_id = task(call, task_id, sprint)?.group_id;
    check_access(call, group_id)?;
    before_write(call)?;
    let scrum = &mut call.state.scrum;
    scrum.move_task(task_id, sprint_id);
    if let Some(task) = scrum.tasks.get_mut(&task_id) {
        task.stage_id = Some(stage_id);
    }
    Ok(Answer::from(true))
}

/// `.deleteTask`, which leaves the task in the sprint.
pub(crate) fn delete_task(call: &mut Call<'_>) -> Outcome {
    let sprint_id = given(call, "sprintId", NO_SPRINT_ID)?;
    let task_id = given(call, "taskId", NO_TASK_ID)?;
    let sprint = sprint(call, sprint_id)?;
    let group_id = task(call, task_id, sprint)?.group_id;
    check_access(call, group_id)?;
    before_write(call)?;
    let scrum = &mut call.state.scrum;
    if let Some(task) = scrum.tasks.get_mut(&task_id) {
        // A task that is on another sprint's kanban stays there.
        task.stage_id = task.stage_id.filter(|id| {
            scrum
                .stages
                .get(id)
                .is_some_and(|own| own.sprint_id != sprint_id)
        });
    }
    Ok(Answer::from(true))
}

fn sprint<'a>(call: &'a Call<'_>, id: u64) -> Checked<&'a Sprint> {
    let sprint = call.state.scrum.sprints.get(&id);
    sprint.ok_or_else(|| Refusal::scrum("Sprint not found"))
}

/// A task of the sprint's group.
fn task<'a>(call: &'a Call<'_>, id: u64, sprint: &Sprint) -> Checked<&'a ScrumTask> {
    let task = call.state.scrum.tasks.get(&id);
    let task = task.filter(|task| task.group_id == sprint.group_id);
    task.ok_or_else(|| Refusal::scrum("Task not found. The task must be with GROUP_ID"))
}
