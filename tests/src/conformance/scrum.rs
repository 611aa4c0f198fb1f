//! The Scrum methods: calls with every parameter.
//!
//! Nothing here is sent; [`super::coverage`] holds the calls against the spec, and [`super::scrums`] has scenarios. What the
//! suite still owes for them is listed here: most errors to provoke, and most fields to look at.

use chrono::DateTime;
use sonet_types::tasks::api::scrum::{backlog, epic, kanban, sprint, task};

use super::world::World;

/// The methods whose errors are not all provoked yet. To be taken away when they are.
pub(super) const METHODS: &str = "tasks.api.scrum.";

/// Where the objects are that only they answer.
pub(super) const MODULE: &str = "tasks::api::scrum";

pub(super) mod backlogs {
    use super::{World, backlog};

    pub(in super::super) fn add(_: &World) -> backlog::Add {
        backlog::Add::new(1, 1).modified_by(1)
    }

    pub(in super::super) fn update(_: &World) -> backlog::Update {
        backlog::Update::new(1)
            .group_id(1)
            .created_by(1)
            .modified_by(1)
    }

    pub(in super::super) fn get(_: &World) -> backlog::Get {
        backlog::Get::new(1)
    }

    pub(in super::super) fn delete(_: &World) -> backlog::Delete {
        backlog::Delete::new(1)
    }

    pub(in super::super) fn fields(_: &World) -> backlog::GetFields {
        backlog::GetFields::new()
    }
}

pub(super) mod epics {
    use super::epic::List;
    use super::{World, epic};

    pub(in super::super) fn add(_: &World) -> epic::Add {
        epic::Add::new("Payments", 1)
            .description("Cards")
            .color("#69dafc")
            .files(["n1"])
            .created_by(1)
            .modified_by(1)
    }

    pub(in super::super) fn update(_: &World) -> epic::Update {
        epic::Update::new(1)
            .name("Payments")
            .description("Cards")
            .group_id(1)
            .color("#69dafc")
            .files(["n1"])
            .created_by(1)
            .modified_by(1)
    }

    pub(in super::super) fn get(_: &World) -> epic::Get {
        epic::Get::new(1)
    }

    pub(in super::super) fn list(_: &World) -> List {
        List::new()
            .filter(List::GROUP_ID.eq(1))
            .order(List::ID.asc())
            .select(List::ID)
            .start(0)
    }

    pub(in super::super) fn delete(_: &World) -> epic::Delete {
        epic::Delete::new(1)
    }

    pub(in super::super) fn fields(_: &World) -> epic::GetFields {
        epic::GetFields::new()
    }
}

pub(super) mod sprints {
    use super::sprint::{List, SprintStatus};
    use super::{DateTime, World, sprint};

    pub(in super::super) fn add(_: &World) -> sprint::Add {
        sprint::Add::new(1, "First")
            .sort(1)
            .date_start(DateTime::UNIX_EPOCH)
            .date_end(DateTime::UNIX_EPOCH)
            .status(SprintStatus::Planned)
            .created_by(1)
            .modified_by(1)
    }

    pub(in super::super) fn update(_: &World) -> sprint::Update {
        sprint::Update::new(1)
            .group_id(1)
            .name("First")
            .sort(1)
            .date_start(DateTime::UNIX_EPOCH)
            .date_end(DateTime::UNIX_EPOCH)
            .status(SprintStatus::Planned)
            .created_by(1)
            .modified_by(1)
    }

    pub(in super::super) fn start(_: &World) -> sprint::Start {
        sprint::Start::new(1)
    }

    pub(in super::super) fn complete(_: &World) -> sprint::Complete {
        sprint::Complete::new(1)
    }

    pub(in super::super) fn get(_: &World) -> sprint::Get {
        sprint::Get::new(1)
    }

    pub(in super::super) fn list(_: &World) -> List {
        List::new()
            .filter(List::GROUP_ID.eq(1))
            .order(List::ID.asc())
            .select(List::ID)
            .start(0)
    }

    pub(in super::super) fn delete(_: &World) -> sprint::Delete {
        sprint::Delete::new(1)
    }

    pub(in super::super) fn fields(_: &World) -> sprint::GetFields {
        sprint::GetFields::new()
    }
}

pub(super) mod stages {
    use super::kanban::StageType;
    use super::{World, kanban};

    pub(in super::super) fn add(_: &World) -> kanban::AddStage {
        kanban::AddStage::new(1, "To do")
            .kind(StageType::New)
            .sort(100)
            .color("00C4FB")
    }

    pub(in super::super) fn update(_: &World) -> kanban::UpdateStage {
        kanban::UpdateStage::new(1)
            .sprint_id(1)
            .name("To do")
            .kind(StageType::New)
            .sort(100)
            .color("00C4FB")
    }

    pub(in super::super) fn get(_: &World) -> kanban::GetStages {
        kanban::GetStages::new(1)
    }

    pub(in super::super) fn delete(_: &World) -> kanban::DeleteStage {
        kanban::DeleteStage::new(1)
    }

    pub(in super::super) fn add_task(_: &World) -> kanban::AddTask {
        kanban::AddTask::new(1, 1, 1)
    }

    pub(in super::super) fn delete_task(_: &World) -> kanban::DeleteTask {
        kanban::DeleteTask::new(1, 1)
    }

    pub(in super::super) fn fields(_: &World) -> kanban::GetFields {
        kanban::GetFields::new()
    }
}

pub(super) mod tasks {
    use super::{World, task};

    pub(in super::super) fn get(_: &World) -> task::Get {
        task::Get::new(1)
    }

    pub(in super::super) fn update(_: &World) -> task::Update {
        task::Update::new(1)
            .entity_id(1)
            .story_points("8")
            .epic_id(1)
            .sort(1)
    }

    pub(in super::super) fn fields(_: &World) -> task::GetFields {
        task::GetFields::new()
    }
}
