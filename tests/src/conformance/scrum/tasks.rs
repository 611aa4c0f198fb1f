//! Tasks of a Scrum.

use sonet_types::tasks::api::scrum::task;

use crate::conformance::world::World;

pub(in crate::conformance) fn get(_: &World) -> task::Get {
    task::Get::new(1)
}

pub(in crate::conformance) fn update(_: &World) -> task::Update {
    task::Update::new(1)
        .entity_id(1)
        .story_points("8")
        .epic_id(1)
        .sort(1)
}

pub(in crate::conformance) fn fields(_: &World) -> task::GetFields {
    task::GetFields::new()
}
