//! `tasks.task.start` and `tasks.task.complete`

use super::action::Actions;
use super::{not_allowed, row, seen, task_id};
use crate::domain::model::{TaskFlag, TaskStatus};
use crate::methods::call::{Call, Outcome};

/// Begins the work.
pub(crate) fn start(call: &mut Call<'_>) -> Outcome {
    change(call, |actions| actions.start, TaskStatus::InProgress)
}

/// Ends the work. A task whose result is controlled waits for its creator then, unless it is the
/// creator who ends it.
pub(crate) fn complete(call: &mut Call<'_>) -> Outcome {
    change(call, |actions| actions.complete, TaskStatus::Completed)
}

fn change(call: &mut Call<'_>, may: fn(&Actions) -> bool, status: TaskStatus) -> Outcome {
    let id = task_id(call, "")?;
    let task = seen(call, id);
    let task = task.filter(|task| may(&Actions::of(call, task)));
    let mut task = task.ok_or_else(|| not_allowed(""))?;
    let controlled = task.flags.contains(&TaskFlag::TaskControl);
    let waits = status == TaskStatus::Completed && controlled;
    let status = if waits && task.created_by != call.user.id {
        TaskStatus::AwaitingControl
    } else {
        status
    };
    task.touch(call.user.id, call.now);
    task.set_status(status, call.user.id, call.now);
    let group_id = call.state.group_of_task(id);
    call.state.put_task(task, group_id);
    Ok(row::answer(call, id))
}
