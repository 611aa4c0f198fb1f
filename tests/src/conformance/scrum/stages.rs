//! Kanban stages.

use sonet_types::tasks::api::scrum::kanban::{self, StageType};

use crate::conformance::world::World;

pub(in crate::conformance) fn add(_: &World) -> kanban::AddStage {
    kanban::AddStage::new(1, "To do")
        .kind(StageType::New)
        .sort(100)
        .color("00C4FB")
}

pub(in crate::conformance) fn update(_: &World) -> kanban::UpdateStage {
    kanban::UpdateStage::new(1)
        .sprint_id(1)
        .name("To do")
        .kind(StageType::New)
        .sort(100)
        .color("00C4FB")
}

pub(in crate::conformance) fn get(_: &World) -> kanban::GetStages {
    kanban::GetStages::new(1)
}

pub(in crate::conformance) fn delete(_: &World) -> kanban::DeleteStage {
    kanban::DeleteStage::new(1)
}

pub(in crate::conformance) fn add_task(_: &World) -> kanban::AddTask {
    kanban::AddTask::new(1, 1, 1)
}

pub(in crate::conformance) fn delete_task(_: &World) -> kanban::DeleteTask {
    kanban::DeleteTask::new(1, 1)
}

pub(in crate::conformance) fn fields(_: &World) -> kanban::GetFields {
    kanban::GetFields::new()
}
