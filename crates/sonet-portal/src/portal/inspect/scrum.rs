//! What scrums have, from outside the wire.

use crate::domain::model::{
    Backlog, Epic, GroupKind, ScrumTask, Sprint, SprintStatus, Stage, Task,
};
use crate::domain::number::number;
use crate::portal::Portal;

impl Portal {
    /// Returns the first scrum that everything is in: sprints of each status, a kanban, epics, and
    /// a backlog with tasks. A portal with five groups has one.
    #[must_use]
    pub fn full_scrum(&self) -> Option<u64> {
        let sprints = self.sprints();
        let mut active = sprints.filter(|sprint| sprint.status == SprintStatus::Active);
        let full = active.find(|sprint| self.backlog(sprint.group_id).is_some());
        full.map(|sprint| sprint.group_id)
    }

    /// Returns the first scrum without a backlog. A portal with thirty groups has one.
    #[must_use]
    pub fn scrum_without_backlog(&self) -> Option<u64> {
        let mut scrums = self.groups().filter(|own| own.kind == GroupKind::Scrum);
        let bare = scrums.find(|group| self.backlog(group.id).is_none());
        bare.map(|group| group.id)
    }

    /// Returns the backlog of a group.
    #[must_use]
    pub fn backlog(&self, group_id: impl TryInto<u64>) -> Option<&Backlog> {
        let group_id = number(group_id);
        self.state.scrum.backlog_of(group_id)
    }

    /// Returns all backlogs by identifier.
    pub fn backlogs(&self) -> impl Iterator<Item = &Backlog> {
        self.state.scrum.backlogs.values()
    }

    /// Returns all sprints by identifier.
    pub fn sprints(&self) -> impl Iterator<Item = &Sprint> {
        self.state.scrum.sprints.values()
    }

    /// Returns a sprint.
    #[must_use]
    pub fn sprint(&self, id: impl TryInto<u64>) -> Option<&Sprint> {
        let id = number(id);
        self.state.scrum.sprints.get(&id)
    }

    /// Returns the sprint of a group that runs.
    #[must_use]
    pub fn active_sprint(&self, group_id: impl TryInto<u64>) -> Option<&Sprint> {
        let group_id = number(group_id);
        self.state.scrum.active_sprint(group_id)
    }

    /// Returns the first sprint of a group that is planned.
    #[must_use]
    pub fn planned_sprint(&self, group_id: impl TryInto<u64>) -> Option<&Sprint> {
        let group_id = number(group_id);
        self.sprints()
            .find(|own| own.group_id == group_id && own.status == SprintStatus::Planned)
    }

    /// Returns all epics by identifier.
    pub fn epics(&self) -> impl Iterator<Item = &Epic> {
        self.state.scrum.epics.values()
    }

    /// Returns an epic.
    #[must_use]
    pub fn epic(&self, id: impl TryInto<u64>) -> Option<&Epic> {
        let id = number(id);
        self.state.scrum.epics.get(&id)
    }

    /// Returns the stages of all sprints by identifier.
    pub fn all_stages(&self) -> impl Iterator<Item = &Stage> {
        self.state.scrum.stages.values()
    }

    /// Returns the stages of a sprint's kanban, the first one first.
    #[must_use]
    pub fn stages(&self, sprint_id: impl TryInto<u64>) -> Vec<&Stage> {
        let sprint_id = number(sprint_id);
        self.state.scrum.stages_of(sprint_id)
    }

    /// Returns a stage.
    #[must_use]
    pub fn stage(&self, id: impl TryInto<u64>) -> Option<&Stage> {
        let id = number(id);
        self.state.scrum.stages.get(&id)
    }

    /// Returns all tasks of groups by identifier, also those that aren't in a scrum yet.
    pub fn tasks(&self) -> impl Iterator<Item = &ScrumTask> {
        self.state.scrum.tasks.values()
    }

    /// Returns a task.
    #[must_use]
    pub fn task(&self, id: impl TryInto<u64>) -> Option<&ScrumTask> {
        let id = number(id);
        self.state.scrum.tasks.get(&id)
    }

    /// Returns a task to change, for example to complete. Methods move it.
    pub fn task_mut(&mut self, id: impl TryInto<u64>) -> Option<&mut ScrumTask> {
        let id = number(id);
        self.state.scrum.tasks.get_mut(&id)
    }

    /// Returns the card of a task: what it says beside its place in a scrum.
    #[must_use]
    pub fn task_card(&self, id: impl TryInto<u64>) -> Option<Task> {
        self.state.task(number(id))
    }

    /// Makes the backlog of a group that has none, as opening its planning does, and returns its
    /// identifier.
    pub fn open_planning(&mut self, group_id: impl TryInto<u64>) -> Option<u64> {
        let group_id = number(group_id);
        let owner_id = self.group(group_id)?.owner_id;
        let scrum = &mut self.state.scrum;
        let own = scrum.backlog_of(group_id).map(|own| own.id);
        Some(own.unwrap_or_else(|| scrum.add_backlog(group_id, owner_id).id))
    }

    /// Makes a task of a group without a call, and returns its identifier. It isn't in the scrum yet.
    pub fn insert_task(
        &mut self,
        group_id: impl TryInto<u64>,
        created_by: impl TryInto<u64>,
    ) -> u64 {
        let group_id = number(group_id);
        let created_by = number(created_by);
        let id = self.state.scrum.add_task(group_id, created_by);
        self.state.adopt_tasks();
        id
    }
}
