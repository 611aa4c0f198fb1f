//! Tasks of a Scrum.

use sonet_types::tasks::api::scrum::task::{Get, GetFields, Update};

use super::setup::{
    NOTHING, by_admin, by_stranger, not_stored, with_a_word_for_the_id, without_parameters,
};
use crate::conformance::refusal::{Attempt, Unchecked};
use crate::conformance::world::World;

pub(in crate::conformance) fn get(_: &World) -> Get {
    Get::new(1)
}

pub(in crate::conformance) fn update(_: &World) -> Update {
    Update::new(1)
        .entity_id(1)
        .story_points("8")
        .epic_id(1)
        .sort(1)
}

pub(in crate::conformance) fn fields(_: &World) -> GetFields {
    GetFields::new()
}

fn one_that_does_not_exist_is_not_seen(world: &World) -> Attempt<Get> {
    by_admin(world, Get::new(NOTHING))
}

fn a_stranger_sees_none(world: &World) -> Attempt<Get> {
    by_stranger(world, Get::new(world.waiting_task()))
}

fn nothing_says_which_one_to_show(world: &World) -> Attempt<Unchecked<Get>> {
    without_parameters(world)
}

fn a_word_says_not_which_one_to_show(world: &World) -> Attempt<Unchecked<Get>> {
    with_a_word_for_the_id(world)
}

/// A call that is right but for what a test makes wrong in it.
fn change(world: &World) -> Update {
    Update::new(world.waiting_task()).story_points("XXL")
}

fn an_epic_that_does_not_exist_has_no_task(world: &World) -> Attempt<Update> {
    by_admin(world, change(world).epic_id(NOTHING))
}

fn one_that_does_not_exist_is_not_changed(world: &World) -> Attempt<Update> {
    by_admin(world, Update::new(NOTHING).sort(1))
}

fn a_stranger_changes_none(world: &World) -> Attempt<Update> {
    by_stranger(world, change(world))
}

fn one_is_not_put_into_what_does_not_exist(world: &World) -> Attempt<Update> {
    by_admin(world, change(world).entity_id(NOTHING))
}

fn a_change_is_not_stored(world: &World) -> Attempt<Update> {
    not_stored(world, change(world))
}

refusals! {
    Get:
        TaskNotFound, "Task not found" => one_that_does_not_exist_is_not_seen,
        TaskNotFound, "Task not found" => a_stranger_sees_none,
        MissingParameter, "Could not find value for parameter {id}" => nothing_says_which_one_to_show,
        WrongParameter, "Invalid value {stringValue} to match with parameter {id}. Should be value of type int."
            => a_word_says_not_which_one_to_show,
    ;
    Update:
        EpicNotFound, "Epic not found" => an_epic_that_does_not_exist_has_no_task,
        TaskNotFound, "Task not found" => one_that_does_not_exist_is_not_changed,
        NoPermission, "Access denied" => a_stranger_changes_none,
        TaskNotAdded, "Item not created" => one_is_not_put_into_what_does_not_exist,
        TaskNotAdded, "Item not created" => a_change_is_not_stored,
}
