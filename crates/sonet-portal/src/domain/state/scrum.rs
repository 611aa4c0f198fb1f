//! What scrums have, and what happens to one part of it when another changes.

use crate::domain::model::{Backlog, Epic, ScrumTask, Sprint, SprintStatus, Stage, StageKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Backlogs, sprints, epics, stages and tasks of all groups, each by identifier.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Scrum {
    pub(crate) backlogs: BTreeMap<u64, Backlog>,
    pub(crate) sprints: BTreeMap<u64, Sprint>,
    pub(crate) epics: BTreeMap<u64, Epic>,
    pub(crate) stages: BTreeMap<u64, Stage>,
    pub(crate) tasks: BTreeMap<u64, ScrumTask>,
    last: Last,
}

/// The last identifiers that were given. What is deleted does not give its own back.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Last {
    /// Of backlogs and sprints.
    entity: u64,
    epic: u64,
    stage: u64,
    task: u64,
}

fn next(last: &mut u64) -> u64 {
    *last += 1;
    *last
}

impl Scrum {
    /// The backlog of a group.
    pub(crate) fn backlog_of(&self, group_id: u64) -> Option<&Backlog> {
        self.backlogs.values().find(|own| own.group_id == group_id)
    }

    /// The sprint of a group that is running.
    pub(crate) fn active_sprint(&self, group_id: u64) -> Option<&Sprint> {
        let mut sprints = self.sprints.values();
        sprints.find(|own| own.group_id == group_id && own.status == SprintStatus::Active)
    }

    /// The group of a backlog or sprint.
    pub(crate) fn group_of(&self, entity_id: u64) -> Option<u64> {
        let backlog = self.backlogs.get(&entity_id).map(|own| own.group_id);
        backlog.or_else(|| self.sprints.get(&entity_id).map(|own| own.group_id))
    }

    /// The tasks in a backlog or sprint.
    pub(crate) fn tasks_in(&self, entity_id: u64) -> impl Iterator<Item = &ScrumTask> {
        self.tasks
            .values()
            .filter(move |task| task.entity_id == Some(entity_id))
    }

    /// The stages of a sprint, the first one first.
    pub(crate) fn stages_of(&self, sprint_id: u64) -> Vec<&Stage> {
        let stages = self.stages.values();
        let mut stages: Vec<_> = stages.filter(|own| own.sprint_id == sprint_id).collect();
        stages.sort_by_key(|stage| (stage.sort, stage.id));
        stages
    }

    /// Adds a backlog and returns it.
    pub(crate) fn add_backlog(&mut self, group_id: u64, created_by: u64) -> Backlog {
        let backlog = Backlog {
            id: next(&mut self.last.entity),
            group_id,
            created_by,
            modified_by: 0,
        };
        self.backlogs.insert(backlog.id, backlog.clone());
        backlog
    }

    /// Adds a sprint under a new identifier, with a kanban if it is running, and returns it.
    pub(crate) fn add_sprint(&mut self, mut sprint: Sprint) -> Sprint {
        sprint.id = next(&mut self.last.entity);
        let status = std::mem::replace(&mut sprint.status, SprintStatus::Planned);
        let id = sprint.id;
        self.sprints.insert(id, sprint.clone());
        self.set_status(id, status);
        Sprint { status, ..sprint }
    }

    /// Adds an epic under a new identifier and returns it.
    pub(crate) fn add_epic(&mut self, mut epic: Epic) -> Epic {
        epic.id = next(&mut self.last.epic);
        self.epics.insert(epic.id, epic.clone());
        epic
    }

    /// Adds a stage under a new identifier and returns this.
    pub(crate) fn add_stage(&mut self, mut stage: Stage) -> u64 {
        stage.id = next(&mut self.last.stage);
        let id = stage.id;
        self.stages.insert(id, stage);
        id
    }

    /// The identifier that the next task gets.
    pub(super) fn next_task_id(&self) -> u64 {
        self.last.task + 1
    }

    /// Adds a task that isn't in the scrum yet, and returns its identifier.
    pub(crate) fn add_task(&mut self, group_id: u64, created_by: u64) -> u64 {
        let id = self.next_task_id();
        self.assign_task(id, group_id, created_by, false);
        id
    }

    /// Makes a task one of a group, 0 being none, whether it is new or not. One that comes from
    /// another group isn't in the scrum yet.
    pub(super) fn assign_task(&mut self, id: u64, group_id: u64, created_by: u64, completed: bool) {
        self.last.task = self.last.task.max(id);
        if group_id == 0 {
            self.tasks.remove(&id);
            return;
        }
        let stays = self.tasks.get(&id).filter(|own| own.group_id == group_id);
        let task = stays.cloned().unwrap_or_else(|| ScrumTask {
            id,
            group_id,
            entity_id: None,
            story_points: String::new(),
            epic_id: 0,
            sort: 1,
            created_by,
            modified_by: created_by,
            stage_id: None,
            completed,
        });
        self.tasks.insert(id, ScrumTask { completed, ..task });
    }

    /// Moves a task to a backlog or sprint. In a running sprint it stands on the first stage, and
    /// elsewhere on none.
    pub(crate) fn move_task(&mut self, task_id: u64, entity_id: u64) {
        let group_id = self.group_of(entity_id);
        let sprint = self.sprints.get(&entity_id);
        let runs = sprint.is_some_and(|own| own.status == SprintStatus::Active);
        let stages = if runs {
            self.stages_of(entity_id)
        } else {
            Vec::new()
        };
        let first = stages.iter().find(|stage| stage.kind == StageKind::New);
        let first = first.or(stages.first()).map(|stage| stage.id);
        let Some(task) = self.tasks.get_mut(&task_id) else {
            return;
        };
        if task.entity_id != Some(entity_id) {
            task.entity_id = Some(entity_id);
            task.stage_id = first;
        }
        let group_id = group_id.unwrap_or(task.group_id);
        if task.group_id != group_id {
            task.group_id = group_id;
            task.epic_id = 0;
        }
    }

    /// Sets how far a sprint is, with what that brings along: a kanban at the start, and at the
    /// end the way back to the backlog for what isn't done.
    pub(crate) fn set_status(&mut self, sprint_id: u64, status: SprintStatus) {
        let Some(sprint) = self.sprints.get_mut(&sprint_id) else {
            return;
        };
        let former = std::mem::replace(&mut sprint.status, status);
        if former == status {
            return;
        }
        match status {
            SprintStatus::Planned => {}
            SprintStatus::Active => self.start(sprint_id),
            SprintStatus::Completed => self.empty(sprint_id, |task| !task.completed),
        }
    }

    /// Gives a sprint the stages of the last completed one, or three of its own, and puts its
    /// tasks on the first. Who was done before goes back to the backlog.
    fn start(&mut self, sprint_id: u64) {
        self.empty(sprint_id, |task| task.completed);
        if self.stages_of(sprint_id).is_empty() {
            for stage in self.stages_for(sprint_id) {
                self.add_stage(stage);
            }
        }
        let tasks: Vec<u64> = self.tasks_in(sprint_id).map(|task| task.id).collect();
        for id in tasks {
            if let Some(task) = self.tasks.get_mut(&id) {
                task.entity_id = None;
            }
            self.move_task(id, sprint_id);
        }
    }

    fn stages_for(&self, sprint_id: u64) -> Vec<Stage> {
        let group_id = self.group_of(sprint_id);
        let completed =
            self.sprints.values().rev().find(|own| {
                Some(own.group_id) == group_id && own.status == SprintStatus::Completed
            });
        let carried = completed.map_or_else(Vec::new, |own| self.stages_of(own.id));
        if !carried.is_empty() {
            let own = |stage: &Stage| Stage {
                sprint_id,
                ..stage.clone()
            };
            return carried.into_iter().map(own).collect();
        }
        let first = [
            ("New", StageKind::New, 100),
            ("In Progress", StageKind::Work, 200),
            ("Done", StageKind::Finish, 300),
        ];
        let stages = first.map(|(name, kind, sort)| Stage {
            id: 0,
            sprint_id,
            name: name.to_owned(),
            kind,
            sort,
            color: kind.color().to_owned(),
        });
        stages.to_vec()
    }

    /// Moves some tasks of a sprint to the backlog, which is made if there is none.
    fn empty(&mut self, sprint_id: u64, which: fn(&ScrumTask) -> bool) {
        let tasks = self.tasks_in(sprint_id).filter(|task| which(task));
        let tasks: Vec<u64> = tasks.map(|task| task.id).collect();
        let Some(sprint) = self.sprints.get(&sprint_id) else {
            return;
        };
        let (group_id, created_by) = (sprint.group_id, sprint.created_by);
        for id in tasks {
            let backlog = self.backlog_of(group_id).map(|own| own.id);
            let backlog = backlog.unwrap_or_else(|| self.add_backlog(group_id, created_by).id);
            self.move_task(id, backlog);
        }
    }

    /// Removes a sprint and its stages. Its tasks go to the backlog.
    pub(crate) fn remove_sprint(&mut self, sprint_id: u64) {
        self.empty(sprint_id, |_| true);
        self.sprints.remove(&sprint_id);
        self.stages.retain(|_, own| own.sprint_id != sprint_id);
    }

    /// Removes an epic. Its tasks stay without one.
    pub(crate) fn remove_epic(&mut self, epic_id: u64) {
        self.epics.remove(&epic_id);
        self.free_of_epic(epic_id);
    }

    /// Puts an epic into the place of the one with its identifier. Tasks do not follow it to another
    /// group.
    pub(crate) fn put_epic(&mut self, epic: Epic) {
        let (id, group_id) = (epic.id, epic.group_id);
        let former = self.epics.insert(id, epic);
        if former.is_some_and(|former| former.group_id != group_id) {
            self.free_of_epic(id);
        }
    }

    /// Puts a sprint into the place of the one with its identifier. Its tasks follow it to another
    /// group, and the epics stay behind.
    pub(crate) fn put_sprint(&mut self, sprint: Sprint) {
        let (id, group_id) = (sprint.id, sprint.group_id);
        self.sprints.insert(id, sprint);
        for task in self.tasks.values_mut() {
            if task.entity_id == Some(id) && task.group_id != group_id {
                task.group_id = group_id;
                task.epic_id = 0;
            }
        }
    }

    /// Puts a stage into the place of the one with its identifier. Tasks do not follow it to another
    /// sprint.
    pub(crate) fn put_stage(&mut self, stage: Stage) {
        let (id, sprint_id) = (stage.id, stage.sprint_id);
        let former = self.stages.insert(id, stage);
        if former.is_some_and(|former| former.sprint_id != sprint_id) {
            for task in self.tasks.values_mut() {
                task.stage_id = task.stage_id.filter(|own| *own != id);
            }
        }
    }

    fn free_of_epic(&mut self, epic_id: u64) {
        for task in self.tasks.values_mut() {
            if task.epic_id == epic_id {
                task.epic_id = 0;
            }
        }
    }

    /// Removes all that a group has.
    pub(super) fn remove_group(&mut self, group_id: u64) {
        self.backlogs.retain(|_, own| own.group_id != group_id);
        let sprints = self.sprints.values();
        let sprints = sprints.filter(|own| own.group_id == group_id);
        let sprints: Vec<u64> = sprints.map(|own| own.id).collect();
        self.stages
            .retain(|_, own| !sprints.contains(&own.sprint_id));
        self.sprints.retain(|_, own| own.group_id != group_id);
        self.epics.retain(|_, own| own.group_id != group_id);
        self.tasks.retain(|_, own| own.group_id != group_id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::seed;

    /// A scrum with everything, and another one.
    fn scrum() -> (Scrum, u64, u64) {
        let state = seed::state(30, 12, 1);
        let scrums = state.groups.values().filter(|own| own.scrum_master_id != 0);
        let groups: Vec<u64> = scrums.map(|group| group.id).collect();
        (state.scrum, groups[0], groups[1])
    }

    #[test]
    fn what_belongs_together_stays_in_one_group() {
        let (mut scrum, group, other) = scrum();
        let epic = scrum.epics.values().find(|own| own.group_id == group);
        let mut epic = epic.unwrap().clone();
        let task = scrum.tasks.values().find(|own| own.stage_id.is_some());
        let task = task.unwrap().id;
        scrum.tasks.get_mut(&task).unwrap().epic_id = epic.id;
        epic.name = "Renamed".to_owned();
        scrum.put_epic(epic.clone());
        assert_eq!(scrum.tasks[&task].epic_id, epic.id);
        epic.group_id = other;
        scrum.put_epic(epic);
        assert_eq!(scrum.tasks[&task].epic_id, 0);
        let mut sprint = scrum.active_sprint(group).unwrap().clone();
        sprint.group_id = other;
        let id = sprint.id;
        scrum.put_sprint(sprint);
        assert!(scrum.tasks_in(id).all(|task| task.group_id == other));
    }

    #[test]
    fn tasks_do_not_follow_a_stage_to_another_sprint() {
        let (mut scrum, group, _) = scrum();
        let sprint = scrum.active_sprint(group).unwrap().id;
        let mut stage = scrum.stages_of(sprint)[0].clone();
        let on = |scrum: &Scrum, id| {
            let mut tasks = scrum.tasks.values();
            tasks.any(|task| task.stage_id == Some(id))
        };
        stage.name = "First".to_owned();
        scrum.put_stage(stage.clone());
        assert!(on(&scrum, stage.id));
        stage.sprint_id += 1;
        scrum.put_stage(stage.clone());
        assert!(!on(&scrum, stage.id));
    }

    #[test]
    fn an_identifier_is_not_given_twice() {
        let (mut scrum, group, other) = scrum();
        let backlog = scrum.add_backlog(other, 1).id;
        scrum.remove_group(other);
        assert_eq!(scrum.backlog_of(other), None);
        assert_eq!(scrum.add_backlog(other, 1).id, backlog + 1);
        let sprint = scrum.active_sprint(group).unwrap().clone();
        assert_eq!(scrum.add_sprint(sprint).id, backlog + 2);
    }
}
