//! What a user may do with a task, as `action` tells it and as the methods allow it.

use crate::domain::model::{Task, TaskStatus};
use crate::domain::task_access as access;
use crate::methods::call::Call;
use crate::wire::output::Object;

/// What a user may do with a task as it is now.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools, reason = "each is a key on the wire")]
pub(super) struct Actions {
    pub(super) complete: bool,
    approve: bool,
    pub(super) start: bool,
    pause: bool,
    pub(super) delegate: bool,
    remove: bool,
    pub(super) edit: bool,
    defer: bool,
    renew: bool,
    pub(super) change_deadline: bool,
    favorite: bool,
}

impl Actions {
    pub(super) fn of(call: &Call<'_>, task: &Task) -> Self {
        let (state, user) = (&*call.state, &call.user);
        let works = access::works_on(state, user, task);
        let edit = access::edits(state, user, task);
        let is = |status| task.status == status;
        let pending = is(TaskStatus::Pending);
        let open = pending || is(TaskStatus::InProgress) || is(TaskStatus::Deferred);
        Self {
            // No method of this portal adds a result.
            complete: works && open && !task.wants_result(),
            approve: edit && is(TaskStatus::AwaitingControl),
            start: works && (pending || is(TaskStatus::Deferred)),
            pause: works && is(TaskStatus::InProgress),
            delegate: access::delegates(state, user, task) && !task.status.rests(),
            remove: access::deletes(state, user, task),
            edit,
            defer: works && pending,
            renew: works && task.status.rests(),
            change_deadline: access::moves_deadline(state, user, task),
            favorite: task.favorite_of.contains(&user.id),
        }
    }

    pub(super) fn print(self) -> Object {
        Object::new()
            .with("accept", false)
            .with("decline", false)
            .with("complete", self.complete)
            .with("approve", self.approve)
            .with("disapprove", self.approve)
            .with("start", self.start)
            .with("pause", self.pause)
            .with("delegate", self.delegate)
            .with("remove", self.remove)
            .with("edit", self.edit)
            .with("defer", self.defer)
            .with("renew", self.renew)
            .with("create", true)
            .with("changeDeadline", self.change_deadline)
            .with("checklistAddItems", self.edit)
            .with("addFavorite", !self.favorite)
            .with("deleteFavorite", self.favorite)
            .with("rate", self.edit)
            .with("take", false)
            .with("edit.originator", false)
            .with("checklist.reorder", self.edit)
            .with("elapsedtime.add", true)
            .with("dayplan.timer.toggle", false)
            .with("edit.plan", self.edit)
            .with("checklist.add", self.edit)
            .with("favorite.add", !self.favorite)
            .with("favorite.delete", self.favorite)
    }
}
