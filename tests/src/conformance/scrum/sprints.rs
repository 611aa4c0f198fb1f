//! Sprints.

use chrono::DateTime;
use sonet_types::tasks::api::scrum::sprint::{self, List, SprintStatus};

use crate::conformance::world::World;

pub(in crate::conformance) fn add(_: &World) -> sprint::Add {
    sprint::Add::new(1, "First")
        .sort(1)
        .date_start(DateTime::UNIX_EPOCH)
        .date_end(DateTime::UNIX_EPOCH)
        .status(SprintStatus::Planned)
        .created_by(1)
        .modified_by(1)
}

pub(in crate::conformance) fn update(_: &World) -> sprint::Update {
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

pub(in crate::conformance) fn start(_: &World) -> sprint::Start {
    sprint::Start::new(1)
}

pub(in crate::conformance) fn complete(_: &World) -> sprint::Complete {
    sprint::Complete::new(1)
}

pub(in crate::conformance) fn get(_: &World) -> sprint::Get {
    sprint::Get::new(1)
}

pub(in crate::conformance) fn list(_: &World) -> List {
    List::new()
        .filter(List::GROUP_ID.eq(1))
        .order(List::ID.asc())
        .select(List::ID)
        .start(0)
}

pub(in crate::conformance) fn delete(_: &World) -> sprint::Delete {
    sprint::Delete::new(1)
}

pub(in crate::conformance) fn fields(_: &World) -> sprint::GetFields {
    sprint::GetFields::new()
}
