//! `tasks.task.delete`

use super::{seen, task_id};
use crate::domain::task_access;
use crate::methods::call::{Answer, Call, Outcome};
use crate::methods::refusal::Refusal;
use crate::wire::output::Object;

pub(crate) fn run(call: &mut Call<'_>) -> Outcome {
    let id = task_id(call, "")?;
    let task = seen(call, id);
    let task = task.filter(|task| task_access::deletes(call.state, &call.user, task));
    if task.is_none() {
        let text = "No access to delete the task";
        return Err(Refusal::coded(400, "1048582", text));
    }
    call.state.remove_task(id);
    Ok(Answer::from(Object::new().with("task", true)))
}
