//! A backlog.

use sonet_types::tasks::api::scrum::backlog;

use crate::conformance::world::World;

pub(in crate::conformance) fn add(_: &World) -> backlog::Add {
    backlog::Add::new(1, 1).modified_by(1)
}

pub(in crate::conformance) fn update(_: &World) -> backlog::Update {
    backlog::Update::new(1)
        .group_id(1)
        .created_by(1)
        .modified_by(1)
}

pub(in crate::conformance) fn get(_: &World) -> backlog::Get {
    backlog::Get::new(1)
}

pub(in crate::conformance) fn delete(_: &World) -> backlog::Delete {
    backlog::Delete::new(1)
}

pub(in crate::conformance) fn fields(_: &World) -> backlog::GetFields {
    backlog::GetFields::new()
}
