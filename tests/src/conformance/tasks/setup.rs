//! What tests of tasks find in a portal.

use sonet_portal::Task;
use sonet_types::{TaskId, UserId};

use crate::conformance::world::{World, number};

impl World {
    /// Somebody who has nothing to do with the task of the scenarios.
    pub(super) fn outsider(&self) -> UserId {
        self.stranger(self.scrum())
    }

    /// The card of a task, as the portal has it.
    pub(super) fn card(&self, task: TaskId) -> Option<Task> {
        self.server().with(|portal| portal.task_card(number(task)))
    }

    /// Arranges the card of a task, past all checks.
    pub(super) fn change_card(&self, task: TaskId, change: impl FnOnce(&mut Task)) {
        let changed = self
            .server()
            .with(|portal| portal.change_task_card(number(task), change));
        assert!(changed, "there is no task {task}");
    }
}
