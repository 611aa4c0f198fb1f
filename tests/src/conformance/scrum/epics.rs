//! Epics.

use sonet_types::tasks::api::scrum::epic::{self, List};

use crate::conformance::world::World;

pub(in crate::conformance) fn add(_: &World) -> epic::Add {
    epic::Add::new("Payments", 1)
        .description("Cards")
        .color("#69dafc")
        .files(["n1"])
        .created_by(1)
        .modified_by(1)
}

pub(in crate::conformance) fn update(_: &World) -> epic::Update {
    epic::Update::new(1)
        .name("Payments")
        .description("Cards")
        .group_id(1)
        .color("#69dafc")
        .files(["n1"])
        .created_by(1)
        .modified_by(1)
}

pub(in crate::conformance) fn get(_: &World) -> epic::Get {
    epic::Get::new(1)
}

pub(in crate::conformance) fn list(_: &World) -> List {
    List::new()
        .filter(List::GROUP_ID.eq(1))
        .order(List::ID.asc())
        .select(List::ID)
        .start(0)
}

pub(in crate::conformance) fn delete(_: &World) -> epic::Delete {
    epic::Delete::new(1)
}

pub(in crate::conformance) fn fields(_: &World) -> epic::GetFields {
    epic::GetFields::new()
}
