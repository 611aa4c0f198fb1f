//! Who sees tasks, and who does what with them.
//!
//! The pages say that administrators see all tasks, and others those that are available to them.
//! These are, in this portal, those that one has a part in, and those of one's groups. Nobody leads a
//! department here, so that nobody sees the tasks of others as their head.

use crate::domain::access;
use crate::domain::model::{Task, TaskFlag, User};
use crate::domain::state::State;

/// Whether a user sees a task.
pub(crate) fn sees(state: &State, user: &User, task: &Task) -> bool {
    user.admin || task.involves(user.id) || operates(state, user, task, "view_all")
}

/// Whether a user may change all of a task.
pub(crate) fn edits(state: &State, user: &User, task: &Task) -> bool {
    user.admin || task.created_by == user.id || operates(state, user, task, "edit_tasks")
}

/// Whether a user may change the deadline of a task.
pub(crate) fn moves_deadline(state: &State, user: &User, task: &Task) -> bool {
    let allowed = task.flags.contains(&TaskFlag::AllowChangeDeadline);
    edits(state, user, task) || allowed && task.responsible_id == user.id
}

/// Whether a user may delete a task.
pub(crate) fn deletes(state: &State, user: &User, task: &Task) -> bool {
    user.admin || task.created_by == user.id || operates(state, user, task, "delete_tasks")
}

/// Whether a user may say how far a task is.
pub(crate) fn works_on(state: &State, user: &User, task: &Task) -> bool {
    edits(state, user, task)
        || task.responsible_id == user.id
        || task.accomplices.contains(&user.id)
}

/// Whether a user may hand a task over to somebody else.
pub(crate) fn delegates(state: &State, user: &User, task: &Task) -> bool {
    edits(state, user, task) || task.responsible_id == user.id
}

/// Whether a user may make tasks in a group, 0 being none.
pub(crate) fn adds(state: &State, user: &User, group_id: u64) -> bool {
    let group = state.groups.get(&group_id);
    group_id == 0 || access::may_operate(state, user, group, "create_tasks")
}

/// Whether a user may do an operation with the tasks of a task's group.
fn operates(state: &State, user: &User, task: &Task, operation: &str) -> bool {
    let group = state.groups.get(&state.group_of_task(task.id));
    access::may_operate(state, user, group, operation)
}
