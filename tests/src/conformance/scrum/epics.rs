//! Epics.

use serde_json::json;
use sonet_core::PageStart;
use sonet_types::tasks::api::scrum::epic::{Add, Delete, Get, GetFields, List, Update};

use super::setup::{
    NOTHING, by_admin, by_stranger, not_stored, with, with_a_word_for_the_id, without_parameters,
};
use crate::conformance::refusal::{Attempt, Unchecked};
use crate::conformance::world::World;

pub(in crate::conformance) fn add(_: &World) -> Add {
    Add::new("Payments", 1)
        .description("Cards")
        .color("#69dafc")
        .files(["n1"])
        .created_by(1)
        .modified_by(1)
}

pub(in crate::conformance) fn update(_: &World) -> Update {
    Update::new(1)
        .name("Payments")
        .description("Cards")
        .group_id(1)
        .color("#69dafc")
        .files(["n1"])
        .created_by(1)
        .modified_by(1)
}

pub(in crate::conformance) fn get(_: &World) -> Get {
    Get::new(1)
}

pub(in crate::conformance) fn list(_: &World) -> List {
    List::new()
        .filter(List::GROUP_ID.eq(1))
        .order(List::ID.asc())
        .select(List::ID)
        .start(PageStart::at_row(0))
}

pub(in crate::conformance) fn delete(_: &World) -> Delete {
    Delete::new(1)
}

pub(in crate::conformance) fn fields(_: &World) -> GetFields {
    GetFields::new()
}

/// A call that is right but for what a test makes wrong in it.
fn new(world: &World) -> Add {
    Add::new("Payments", world.scrum())
}

fn a_stranger_adds_none(world: &World) -> Attempt<Add> {
    by_stranger(world, new(world))
}

fn a_new_one_is_not_stored(world: &World) -> Attempt<Add> {
    not_stored(world, new(world))
}

fn a_new_one_has_a_creator_who_exists(world: &World) -> Attempt<Add> {
    by_admin(world, new(world).created_by(NOTHING))
}

fn a_new_one_has_a_modifier_who_exists(world: &World) -> Attempt<Add> {
    by_admin(world, new(world).modified_by(NOTHING))
}

fn a_group_that_does_not_exist_gets_none(world: &World) -> Attempt<Add> {
    by_admin(world, Add::new("Payments", world.no_group()))
}

fn a_new_one_has_a_name(world: &World) -> Attempt<Unchecked<Add>> {
    with(world, json!({ "fields": { "groupId": world.scrum() } }))
}

/// A call that is right but for what a test makes wrong in it.
fn change(world: &World) -> Update {
    Update::new(world.epic()).name("Refunds")
}

fn a_stranger_changes_none(world: &World) -> Attempt<Update> {
    by_stranger(world, change(world))
}

fn one_that_does_not_exist_is_not_changed(world: &World) -> Attempt<Update> {
    by_admin(world, Update::new(NOTHING).name("Refunds"))
}

fn a_change_is_not_stored(world: &World) -> Attempt<Update> {
    not_stored(world, change(world))
}

fn a_changed_one_has_a_creator_who_exists(world: &World) -> Attempt<Update> {
    by_admin(world, change(world).created_by(NOTHING))
}

fn a_changed_one_has_a_modifier_who_exists(world: &World) -> Attempt<Update> {
    by_admin(world, change(world).modified_by(NOTHING))
}

fn nothing_says_which_one_to_change(world: &World) -> Attempt<Unchecked<Update>> {
    without_parameters(world)
}

fn a_word_says_not_which_one_to_change(world: &World) -> Attempt<Unchecked<Update>> {
    with_a_word_for_the_id(world)
}

fn a_stranger_sees_none(world: &World) -> Attempt<Get> {
    by_stranger(world, Get::new(world.epic()))
}

fn one_that_does_not_exist_is_not_seen(world: &World) -> Attempt<Get> {
    by_admin(world, Get::new(NOTHING))
}

fn nothing_says_which_one_to_show(world: &World) -> Attempt<Unchecked<Get>> {
    without_parameters(world)
}

fn a_word_says_not_which_one_to_show(world: &World) -> Attempt<Unchecked<Get>> {
    with_a_word_for_the_id(world)
}

/// To the method itself it is an empty list. What has only its errors gets this one.
fn a_list_has_no_rows(world: &World) -> Attempt<Unchecked<List>> {
    with(world, json!({ "filter": { "ID": NOTHING } }))
}

fn a_stranger_deletes_none(world: &World) -> Attempt<Delete> {
    by_stranger(world, Delete::new(world.epic()))
}

fn one_that_does_not_exist_is_not_deleted(world: &World) -> Attempt<Delete> {
    by_admin(world, Delete::new(NOTHING))
}

fn nothing_says_which_one_to_delete(world: &World) -> Attempt<Unchecked<Delete>> {
    without_parameters(world)
}

fn a_word_says_not_which_one_to_delete(world: &World) -> Attempt<Unchecked<Delete>> {
    with_a_word_for_the_id(world)
}

refusals! {
    Add:
        NoPermission, "Access denied" => a_stranger_adds_none,
        CannotCreate, "Epic not created" => a_new_one_is_not_stored,
        CreatorNotFound, "createdBy user not found" => a_new_one_has_a_creator_who_exists,
        ModifierNotFound, "modifiedBy user not found" => a_new_one_has_a_modifier_who_exists,
        GroupNotFound, "Group is not found" => a_group_that_does_not_exist_gets_none,
        MissingName, "Name is not found" => a_new_one_has_a_name,
    ;
    Update:
        NoPermission, "Access denied" => a_stranger_changes_none,
        EpicNotFound, "Epic not found" => one_that_does_not_exist_is_not_changed,
        CannotUpdate, "Epic not updated" => a_change_is_not_stored,
        CreatorNotFound, "createdBy user not found" => a_changed_one_has_a_creator_who_exists,
        ModifierNotFound, "modifiedBy user not found" => a_changed_one_has_a_modifier_who_exists,
        MissingParameter, "Could not find value for parameter {id}" => nothing_says_which_one_to_change,
        WrongParameter, "Invalid value {stringValue} to match with parameter {id}. Should be value of type int."
            => a_word_says_not_which_one_to_change,
    ;
    Get:
        NoPermission, "Access denied" => a_stranger_sees_none,
        EpicNotFound, "Epic not found" => one_that_does_not_exist_is_not_seen,
        MissingParameter, "Could not find value for parameter {id}" => nothing_says_which_one_to_show,
        WrongParameter, "Invalid value {stringValue} to match with parameter {id}. Should be value of type int."
            => a_word_says_not_which_one_to_show,
    ;
    List:
        NothingFound, "Could not load list" => a_list_has_no_rows,
    ;
    Delete:
        NoPermission, "Access denied" => a_stranger_deletes_none,
        EpicNotFound, "Epic not found" => one_that_does_not_exist_is_not_deleted,
        MissingParameter, "Could not find value for parameter {id}" => nothing_says_which_one_to_delete,
        WrongParameter, "Invalid value {stringValue} to match with parameter {id}. Should be value of type int."
            => a_word_says_not_which_one_to_delete,
}
