//! Tasks as groups, scrums and their cards make them up.

use super::State;
use crate::domain::model::{ScrumTask, Task, TaskStatus};

impl State {
    /// A task as it is now. Whether one of a group is done, its scrum says.
    pub(crate) fn task(&self, id: u64) -> Option<Task> {
        let mut task = self.tasks.get(id)?.clone();
        if let Some(item) = self.scrum.tasks.get(&id) {
            task.status = match task.status {
                _ if item.completed => TaskStatus::Completed,
                TaskStatus::Completed => TaskStatus::Pending,
                other => other,
            };
        }
        Some(task)
    }

    /// All tasks by identifier.
    pub(crate) fn all_tasks(&self) -> impl DoubleEndedIterator<Item = Task> {
        self.tasks.ids().filter_map(|id| self.task(id))
    }

    /// The group of a task, 0 if it has none.
    pub(crate) fn group_of_task(&self, id: u64) -> u64 {
        self.scrum.tasks.get(&id).map_or(0, |item| item.group_id)
    }

    /// Whether a task has parts.
    pub(crate) fn has_subtasks(&self, id: u64) -> bool {
        let mut cards = self.tasks.all();
        cards.any(|task| task.parent_id == Some(id))
    }

    /// Whether a task is another one, or a part of it, or a part of a part.
    pub(crate) fn is_within(&self, id: u64, whole: u64) -> bool {
        let mut at = Some(id);
        // No more steps than there are tasks, should they ever form a circle.
        for _ in 0..=self.tasks.all().count() {
            match at {
                Some(id) if id == whole => return true,
                Some(id) => at = self.tasks.get(id).and_then(|task| task.parent_id),
                None => return false,
            }
        }
        false
    }

    /// The identifier that the next task gets. A deleted task's is not given again.
    pub(crate) fn next_task_id(&self) -> u64 {
        self.scrum.next_task_id()
    }

    /// Puts a task into the place of the one with its identifier, or into a place of its own, and
    /// into a group; 0 is none.
    pub(crate) fn put_task(&mut self, task: Task, group_id: u64) {
        let done = task.status == TaskStatus::Completed;
        self.scrum
            .assign_task(task.id, group_id, task.created_by, done);
        self.tasks.put(task);
    }

    /// Removes a task. Its parts stay without a whole.
    pub(crate) fn remove_task(&mut self, id: u64) {
        self.scrum.tasks.remove(&id);
        self.tasks.remove(id);
    }

    /// Gives a card to each task of a group that has none.
    pub(crate) fn adopt_tasks(&mut self) {
        let bare: Vec<ScrumTask> = self
            .scrum
            .tasks
            .values()
            .filter(|item| self.tasks.get(item.id).is_none())
            .cloned()
            .collect();
        for item in bare {
            let group = self.groups.get(&item.group_id);
            let born = group.map_or(0, |group| group.date_create);
            let title = format!("Task {}", item.id);
            self.tasks
                .put(Task::new(item.id, title, item.created_by, born));
        }
    }

    /// Removes the cards of all tasks of a group.
    pub(super) fn remove_tasks_of(&mut self, group_id: u64) {
        let tasks = self.scrum.tasks.values();
        let tasks = tasks.filter(|item| item.group_id == group_id);
        let ids: Vec<u64> = tasks.map(|item| item.id).collect();
        for id in ids {
            self.remove_task(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::seed;

    #[test]
    fn each_task_of_a_scrum_has_a_card_and_loses_it_with_its_group() {
        let mut state = seed::state(30, 12, 1);
        let ids: Vec<u64> = state.scrum.tasks.keys().copied().collect();
        assert!(state.all_tasks().map(|task| task.id).eq(ids.clone()));
        let group = state.group_of_task(ids[0]);
        state.remove_group(group);
        assert!(state.task(ids[0]).is_none());
        assert!(
            state
                .all_tasks()
                .all(|task| state.group_of_task(task.id) != group)
        );
        assert!(state.all_tasks().count() > 0);
    }

    #[test]
    fn the_scrum_says_whether_a_task_is_done() {
        let mut state = seed::state(30, 12, 1);
        let id = *state.scrum.tasks.keys().next().unwrap();
        state.scrum.tasks.get_mut(&id).unwrap().completed = true;
        let mut task = state.task(id).unwrap();
        assert_eq!(task.status, TaskStatus::Completed);
        let group = state.group_of_task(id);
        state.put_task(task.clone(), group);
        assert!(state.scrum.tasks[&id].completed);
        task.status = TaskStatus::InProgress;
        state.put_task(task, group);
        assert!(!state.scrum.tasks[&id].completed);
    }

    #[test]
    fn a_task_is_within_itself_and_what_it_is_a_part_of() {
        let mut state = State::default();
        let parents = [(1, None), (2, Some(1)), (3, Some(2))];
        for (id, parent_id) in parents {
            let task = Task::new(id, String::new(), 1, 0);
            state.put_task(Task { parent_id, ..task }, 0);
        }
        assert!(state.is_within(3, 1) && state.is_within(2, 2));
        assert!(!state.is_within(1, 3));
        state.remove_task(2);
        assert_eq!(state.task(3).unwrap().parent_id, None);
        assert_eq!(state.next_task_id(), 4);
    }
}
