//! A backlog.

use serde_json::json;
use sonet_types::tasks::api::scrum::backlog::{Add, Delete, Get, GetFields, Update};

use super::setup::{NOTHING, broken, by_admin, by_stranger, not_stored, with};
use crate::conformance::refusal::{Attempt, Unchecked};
use crate::conformance::world::World;

pub(in crate::conformance) fn add(_: &World) -> Add {
    Add::new(1, 1).modified_by(1)
}

pub(in crate::conformance) fn update(_: &World) -> Update {
    Update::new(1).group_id(1).created_by(1).modified_by(1)
}

pub(in crate::conformance) fn get(_: &World) -> Get {
    Get::new(1)
}

pub(in crate::conformance) fn delete(_: &World) -> Delete {
    Delete::new(1)
}

pub(in crate::conformance) fn fields(_: &World) -> GetFields {
    GetFields::new()
}

fn zero_is_no_scrum_to_plan(world: &World) -> Attempt<Unchecked<Add>> {
    by_admin(world, Unchecked::of(&Add::new(0, world.admin())))
}

fn a_scrum_has_one_backlog(world: &World) -> Attempt<Add> {
    by_admin(world, Add::new(world.scrum(), world.admin()))
}

fn a_stranger_adds_none(world: &World) -> Attempt<Add> {
    let scrum = world.bare_scrum();
    Attempt::by(world.stranger(scrum), Add::new(scrum, world.admin()))
}

fn a_new_one_has_a_creator_who_exists(world: &World) -> Attempt<Add> {
    by_admin(world, Add::new(world.bare_scrum(), NOTHING))
}

fn new(world: &World) -> Add {
    Add::new(world.bare_scrum(), world.admin())
}

fn a_new_one_has_a_modifier_who_exists(world: &World) -> Attempt<Add> {
    by_admin(world, new(world).modified_by(NOTHING))
}

fn a_new_one_is_not_stored(world: &World) -> Attempt<Add> {
    not_stored(world, new(world))
}

fn something_else_fails_while_adding(world: &World) -> Attempt<Add> {
    broken(world, new(world))
}

/// A call that is right but for what a test makes wrong in it.
fn change(world: &World) -> Update {
    Update::new(world.backlog()).created_by(world.admin())
}

fn nothing_says_what_to_change(world: &World) -> Attempt<Unchecked<Update>> {
    with(world, json!({ "id": world.backlog() }))
}

fn zero_is_no_backlog_to_change(world: &World) -> Attempt<Unchecked<Update>> {
    by_admin(world, Unchecked::of(&Update::new(0)))
}

fn one_that_does_not_exist_is_not_changed(world: &World) -> Attempt<Update> {
    by_admin(world, Update::new(NOTHING))
}

fn a_stranger_changes_none(world: &World) -> Attempt<Update> {
    by_stranger(world, change(world))
}

fn one_with_tasks_does_not_move(world: &World) -> Attempt<Update> {
    by_admin(world, change(world).group_id(world.bare_scrum()))
}

fn none_moves_to_where_one_is(world: &World) -> Attempt<Update> {
    let call = Update::new(world.empty_backlog()).group_id(world.scrum());
    by_admin(world, call)
}

fn a_changed_one_has_a_creator_who_exists(world: &World) -> Attempt<Update> {
    by_admin(world, change(world).created_by(NOTHING))
}

fn a_changed_one_has_a_modifier_who_exists(world: &World) -> Attempt<Update> {
    by_admin(world, change(world).modified_by(NOTHING))
}

fn a_change_is_not_stored(world: &World) -> Attempt<Update> {
    not_stored(world, change(world))
}

fn something_else_fails_while_changing(world: &World) -> Attempt<Update> {
    broken(world, change(world))
}

fn zero_is_no_scrum_to_look_into(world: &World) -> Attempt<Unchecked<Get>> {
    by_admin(world, Unchecked::of(&Get::new(0)))
}

fn a_scrum_without_one_shows_none(world: &World) -> Attempt<Get> {
    by_admin(world, Get::new(world.bare_scrum()))
}

fn a_stranger_sees_none(world: &World) -> Attempt<Get> {
    by_stranger(world, Get::new(world.scrum()))
}

fn something_else_fails_while_reading(world: &World) -> Attempt<Get> {
    broken(world, Get::new(world.scrum()))
}

fn zero_is_no_backlog_to_delete(world: &World) -> Attempt<Unchecked<Delete>> {
    by_admin(world, Unchecked::of(&Delete::new(0)))
}

fn one_that_does_not_exist_is_not_deleted(world: &World) -> Attempt<Delete> {
    by_admin(world, Delete::new(NOTHING))
}

fn a_stranger_deletes_none(world: &World) -> Attempt<Delete> {
    by_stranger(world, Delete::new(world.backlog()))
}

fn one_with_tasks_stays(world: &World) -> Attempt<Delete> {
    by_admin(world, Delete::new(world.backlog()))
}

fn an_empty_one_is_not_taken_out_of_the_storage(world: &World) -> Attempt<Delete> {
    not_stored(world, Delete::new(world.empty_backlog()))
}

fn something_else_fails_while_deleting(world: &World) -> Attempt<Delete> {
    broken(world, Delete::new(world.empty_backlog()))
}

refusals! {
    Add:
        WrongGroupId, "Group id not found" => zero_is_no_scrum_to_plan,
        BacklogExists, "Backlog already added" => a_scrum_has_one_backlog,
        NoPermission, "Access denied" => a_stranger_adds_none,
        CreatorNotFound, "createdBy user not found" => a_new_one_has_a_creator_who_exists,
        ModifierNotFound, "modifiedBy user not found" => a_new_one_has_a_modifier_who_exists,
        CannotCreate, "Unable to add backlog" => a_new_one_is_not_stored,
        UnknownError, "Unknown error" => something_else_fails_while_adding,
    ;
    Update:
        MissingParameter, "Could not find value for parameter {fields}" => nothing_says_what_to_change,
        WrongBacklogId, "Backlog id not found" => zero_is_no_backlog_to_change,
        BacklogNotFound, "Backlog not found" => one_that_does_not_exist_is_not_changed,
        NoPermission, "Access denied" => a_stranger_changes_none,
        BacklogNotEmpty, "It is forbidden move a backlog with items" => one_with_tasks_does_not_move,
        BacklogExists, "The target group already has a backlog" => none_moves_to_where_one_is,
        CreatorNotFound, "createdBy user not found" => a_changed_one_has_a_creator_who_exists,
        ModifierNotFound, "modifiedBy user not found" => a_changed_one_has_a_modifier_who_exists,
        CannotUpdate, "Unable to update backlog" => a_change_is_not_stored,
        UnknownError, "Unknown error" => something_else_fails_while_changing,
    ;
    Get:
        WrongGroupId, "Group id not found" => zero_is_no_scrum_to_look_into,
        BacklogNotFound, "Backlog not found" => a_scrum_without_one_shows_none,
        NoPermission, "Access denied" => a_stranger_sees_none,
        UnknownError, "Unknown error" => something_else_fails_while_reading,
    ;
    Delete:
        WrongBacklogId, "Backlog id not found" => zero_is_no_backlog_to_delete,
        BacklogNotFound, "Backlog not found" => one_that_does_not_exist_is_not_deleted,
        NoPermission, "Access denied" => a_stranger_deletes_none,
        BacklogNotEmpty, "It is forbidden remove a backlog with items" => one_with_tasks_stays,
        CannotDelete, "Backlog not deleted" => an_empty_one_is_not_taken_out_of_the_storage,
        UnknownError, "Unknown error" => something_else_fails_while_deleting,
}
