//! The cards of tasks, for tests that arrange them.

use super::number;
use crate::domain::model::Task;
use crate::portal::Portal;

impl Portal {
    /// Returns the cards of all tasks by identifier, also of those in no group.
    pub fn task_cards(&self) -> impl Iterator<Item = Task> {
        self.state.all_tasks()
    }

    /// Changes the card of a task without a call. Returns whether there is one.
    pub fn change_task_card(
        &mut self,
        id: impl TryInto<u64>,
        change: impl FnOnce(&mut Task),
    ) -> bool {
        let id = number(id);
        let Some(mut task) = self.state.task(id) else {
            return false;
        };
        change(&mut task);
        let group_id = self.state.group_of_task(id);
        self.state.put_task(task, group_id);
        true
    }
}
