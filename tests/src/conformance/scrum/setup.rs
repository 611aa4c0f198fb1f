//! What tests of Scrum find in a portal, and the calls that every kind of thing there is refused.

use serde_json::{Value, json};
use sonet_core::Method;
use sonet_portal::{Backlog, ScrumTask, Sprint, SprintStatus, Stage};
use sonet_types::{BacklogId, EpicId, GroupId, SprintId, StageId, TaskId, UserId};

pub(super) use crate::conformance::refusal::by_admin;
use crate::conformance::refusal::{Attempt, Unchecked};
pub(super) use crate::conformance::world::NOTHING;
use crate::conformance::world::{World, group_id, number};

/// What the pages put into the place of a wrong value.
const WORD: &str = "stringValue";

impl World {
    /// A scrum that everything is in.
    pub(in crate::conformance) fn scrum(&self) -> GroupId {
        group_id(self.server().with(|portal| portal.full_scrum()).unwrap())
    }

    /// A scrum without a backlog.
    pub(super) fn bare_scrum(&self) -> GroupId {
        let bare = self.server().with(|portal| portal.scrum_without_backlog());
        group_id(bare.unwrap())
    }

    /// The backlog of a scrum as the portal has it.
    pub(super) fn kept_backlog(&self, scrum: GroupId) -> Option<Backlog> {
        self.server().with(|portal| portal.backlog(scrum).cloned())
    }

    /// The backlog of the scrum that everything is in, with tasks.
    pub(in crate::conformance) fn backlog(&self) -> BacklogId {
        id(self.kept_backlog(self.scrum()).unwrap().id)
    }

    /// A backlog without tasks, which this makes in the scrum that has none.
    pub(in crate::conformance) fn empty_backlog(&self) -> BacklogId {
        let bare = number(self.bare_scrum());
        let made = self.server().with(|portal| portal.open_planning(bare));
        id(made.unwrap())
    }

    /// An epic of that scrum.
    pub(in crate::conformance) fn epic(&self) -> EpicId {
        let scrum = number(self.scrum());
        let found = self.server().with(|portal| {
            let mut epics = portal.epics();
            epics.find(|epic| epic.group_id == scrum).cloned()
        });
        id(found.unwrap().id)
    }

    /// Its sprint that is running.
    pub(in crate::conformance) fn active_sprint(&self) -> SprintId {
        self.find_sprint(SprintStatus::Active)
    }

    /// A sprint of it that is planned, with tasks.
    pub(in crate::conformance) fn planned_sprint(&self) -> SprintId {
        self.find_sprint(SprintStatus::Planned)
    }

    fn find_sprint(&self, status: SprintStatus) -> SprintId {
        let (scrum, sprints) = (number(self.scrum()), self.kept_sprints());
        let found = sprints
            .iter()
            .find(|own| own.group_id == scrum && own.status == status);
        id(found.unwrap().id)
    }

    pub(super) fn kept_sprints(&self) -> Vec<Sprint> {
        self.server()
            .with(|portal| portal.sprints().cloned().collect())
    }

    /// A sprint as the portal has it.
    pub(super) fn kept_sprint(&self, sprint: SprintId) -> Option<Sprint> {
        self.server().with(|portal| portal.sprint(sprint).cloned())
    }

    /// A sprint of another scrum, which a user has nothing to do with.
    pub(super) fn foreign_sprint(&self, user: UserId) -> SprintId {
        let (scrum, sprints) = (number(self.scrum()), self.kept_sprints());
        let foreign = sprints
            .iter()
            .find(|own| own.group_id != scrum && self.role(group_id(own.group_id), user).is_none());
        id(foreign.unwrap().id)
    }

    /// The kanban of the sprint that is running, as the portal has it.
    pub(super) fn kept_stages(&self) -> Vec<Stage> {
        let sprint = number(self.active_sprint());
        self.server()
            .with(|portal| portal.stages(sprint).into_iter().cloned().collect())
    }

    /// A stage of it that tasks are on.
    pub(in crate::conformance) fn stage(&self) -> StageId {
        self.find_stage(true)
    }

    /// A stage of it that no task is on.
    pub(in crate::conformance) fn empty_stage(&self) -> StageId {
        self.find_stage(false)
    }

    fn find_stage(&self, with_tasks: bool) -> StageId {
        let tasks = self.kept_tasks();
        let used = |stage: &Stage| tasks.iter().any(|task| task.stage_id == Some(stage.id));
        let stages = self.kept_stages();
        let found = stages.iter().find(|stage| used(stage) == with_tasks);
        id(found.unwrap().id)
    }

    fn kept_tasks(&self) -> Vec<ScrumTask> {
        self.server()
            .with(|portal| portal.tasks().cloned().collect())
    }

    /// A task as the portal has it.
    pub(super) fn kept_task(&self, task: TaskId) -> ScrumTask {
        self.server()
            .with(|portal| portal.task(task).cloned())
            .unwrap()
    }

    /// A task in the backlog of that scrum.
    pub(in crate::conformance) fn waiting_task(&self) -> TaskId {
        let backlog = number(self.backlog());
        self.find_task(|task| task.entity_id == Some(backlog))
    }

    /// A task on the kanban of the sprint that is running.
    pub(in crate::conformance) fn task_on_stage(&self) -> TaskId {
        let sprint = number(self.active_sprint());
        self.find_task(|task| task.entity_id == Some(sprint) && task.stage_id.is_some())
    }

    /// A task of the scrum's group that is not in the scrum.
    pub(in crate::conformance) fn loose_task(&self) -> TaskId {
        let scrum = number(self.scrum());
        self.find_task(|task| task.group_id == scrum && task.entity_id.is_none())
    }

    /// A task of another group.
    pub(super) fn foreign_task(&self) -> TaskId {
        let scrum = number(self.scrum());
        self.find_task(|task| task.group_id != scrum)
    }

    fn find_task(&self, wanted: impl Fn(&ScrumTask) -> bool) -> TaskId {
        let tasks = self.kept_tasks();
        id(tasks.iter().find(|task| wanted(task)).unwrap().id)
    }
}

/// The client's identifier of a number.
pub(super) fn id<T: From<i64>>(number: u64) -> T {
    T::from(i64::try_from(number).unwrap())
}

/// A call about the scrum that everything is in, by somebody who has nothing to do with it.
pub(super) fn by_stranger<M>(world: &World, call: M) -> Attempt<M> {
    Attempt::by(world.stranger(world.scrum()), call)
}

/// A call that gets as far as to write, which fails.
pub(super) fn not_stored<M: Method>(world: &World, call: M) -> Attempt<M> {
    world.fail_next(M::NAME);
    by_admin(world, call)
}

/// A call in which something goes wrong that the page has no other text for.
pub(super) fn broken<M: Method>(world: &World, call: M) -> Attempt<M> {
    world.break_next(M::NAME);
    by_admin(world, call)
}

/// A call with parameters that its type can't have.
pub(super) fn with<M>(world: &World, params: Value) -> Attempt<Unchecked<M>> {
    by_admin(world, Unchecked::new(params))
}

pub(super) fn without_parameters<M>(world: &World) -> Attempt<Unchecked<M>> {
    with(world, json!({}))
}

/// A call with a word for the identifier.
pub(super) fn with_a_word_for_the_id<M>(world: &World) -> Attempt<Unchecked<M>> {
    with(world, json!({ "id": WORD, "fields": {} }))
}

/// A call with a word for the fields.
pub(super) fn with_a_word_for_the_fields<M>(world: &World) -> Attempt<Unchecked<M>> {
    with(world, json!({ "id": 1, "fields": WORD }))
}
