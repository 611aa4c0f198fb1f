//! `tasks.task.delegate`

use super::action::Actions;
use super::{not_allowed, row, seen, task_id, unbound};
use crate::domain::model::TaskStatus;
use crate::methods::call::{Call, Outcome};

/// Makes somebody else responsible, for whom the task begins anew. Who was responsible watches it
/// from then on, as in the sample. A user that isn't there has no text on the page.
pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let user = call.params.get("userId");
    let id = task_id(call, "")?;
    let user = user.ok_or_else(|| unbound("Could not find value for parameter {userId}"))?;
    let heir = user.to_id().and_then(|id| call.state.active_user(id));
    let task = seen(call, id);
    let task = task.filter(|task| Actions::of(call, task).delegate);
    let (Some(mut task), Some(heir)) = (task, heir) else {
        return Err(not_allowed(""));
    };
    let heir = heir.id;
    let former = std::mem::replace(&mut task.responsible_id, heir);
    task.auditors.retain(|id| *id != heir);
    if former != heir && !task.auditors.contains(&former) {
        task.auditors.push(former);
        task.auditors.sort_unstable();
    }
    task.touch(call.user.id, call.now);
    task.set_status(TaskStatus::Pending, call.user.id, call.now);
    let group_id = call.state.group_of_task(id);
    call.state.put_task(task, group_id);
    Ok(row::answer(call, id))
}
