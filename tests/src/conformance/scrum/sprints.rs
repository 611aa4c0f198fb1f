//! Sprints.

use chrono::DateTime;
use serde_json::json;
use sonet_core::PageStart;
use sonet_types::tasks::api::scrum::sprint::{
    Add, Complete, Delete, Get, GetFields, List, SprintStatus, Start, Update,
};

use super::setup::{
    NOTHING, by_admin, by_stranger, not_stored, with, with_a_word_for_the_fields,
    with_a_word_for_the_id, without_parameters,
};
use crate::conformance::refusal::{Attempt, Unchecked};
use crate::conformance::world::World;

pub(in crate::conformance) fn add(_: &World) -> Add {
    Add::new(1, "First")
        .sort(1)
        .date_start(DateTime::UNIX_EPOCH)
        .date_end(DateTime::UNIX_EPOCH)
        .status(SprintStatus::Planned)
        .created_by(1)
        .modified_by(1)
}

pub(in crate::conformance) fn update(_: &World) -> Update {
    Update::new(1)
        .group_id(1)
        .name("First")
        .sort(1)
        .date_start(DateTime::UNIX_EPOCH)
        .date_end(DateTime::UNIX_EPOCH)
        .status(SprintStatus::Planned)
        .created_by(1)
        .modified_by(1)
}

pub(in crate::conformance) fn start(_: &World) -> Start {
    Start::new(1)
}

pub(in crate::conformance) fn complete(_: &World) -> Complete {
    Complete::new(1)
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
    Add::new(world.scrum(), "Fifth")
}

/// The same with a field that its type can't have.
fn new_with(world: &World, field: &str, value: &str) -> Attempt<Unchecked<Add>> {
    let mut params = serde_json::to_value(new(world)).unwrap();
    params["fields"][field] = value.into();
    with(world, params)
}

fn a_stranger_adds_none(world: &World) -> Attempt<Add> {
    by_stranger(world, new(world))
}

fn a_new_one_is_not_stored(world: &World) -> Attempt<Add> {
    not_stored(world, new(world))
}

fn a_second_active_one_is_not_added(world: &World) -> Attempt<Add> {
    by_admin(world, new(world).status(SprintStatus::Active))
}

fn a_new_one_begins_at_a_date(world: &World) -> Attempt<Unchecked<Add>> {
    new_with(world, "dateStart", "soon")
}

fn a_new_one_ends_at_a_date(world: &World) -> Attempt<Unchecked<Add>> {
    new_with(world, "dateEnd", "later")
}

fn a_new_one_has_a_creator_who_exists(world: &World) -> Attempt<Add> {
    by_admin(world, new(world).created_by(NOTHING))
}

fn a_new_one_has_a_modifier_who_exists(world: &World) -> Attempt<Add> {
    by_admin(world, new(world).modified_by(NOTHING))
}

fn nothing_says_what_to_add(world: &World) -> Attempt<Unchecked<Add>> {
    without_parameters(world)
}

fn a_word_says_not_what_to_add(world: &World) -> Attempt<Unchecked<Add>> {
    with_a_word_for_the_fields(world)
}

/// A call that is right but for what a test makes wrong in it.
fn change(world: &World) -> Update {
    Update::new(world.planned_sprint()).name("Sixth")
}

/// The same with a field that its type can't have.
fn change_to(world: &World, field: &str, value: &str) -> Attempt<Unchecked<Update>> {
    let mut params = serde_json::to_value(change(world)).unwrap();
    params["fields"][field] = value.into();
    with(world, params)
}

fn a_stranger_changes_none(world: &World) -> Attempt<Update> {
    by_stranger(world, change(world))
}

fn a_change_is_not_stored(world: &World) -> Attempt<Update> {
    not_stored(world, change(world))
}

fn a_changed_one_begins_at_a_date(world: &World) -> Attempt<Unchecked<Update>> {
    change_to(world, "dateStart", "soon")
}

fn a_changed_one_ends_at_a_date(world: &World) -> Attempt<Unchecked<Update>> {
    change_to(world, "dateEnd", "later")
}

fn a_changed_one_has_a_creator_who_exists(world: &World) -> Attempt<Update> {
    by_admin(world, change(world).created_by(NOTHING))
}

fn a_changed_one_has_a_modifier_who_exists(world: &World) -> Attempt<Update> {
    by_admin(world, change(world).modified_by(NOTHING))
}

fn two_are_not_active(world: &World) -> Attempt<Update> {
    by_admin(world, change(world).status(SprintStatus::Active))
}

fn a_status_is_one_of_three(world: &World) -> Attempt<Unchecked<Update>> {
    change_to(world, "status", "paused")
}

fn one_that_does_not_exist_is_not_changed(world: &World) -> Attempt<Update> {
    by_admin(world, Update::new(NOTHING).name("Sixth"))
}

fn nothing_says_what_to_change(world: &World) -> Attempt<Unchecked<Update>> {
    with(world, json!({ "id": world.planned_sprint() }))
}

fn a_word_says_not_what_to_change(world: &World) -> Attempt<Unchecked<Update>> {
    with_a_word_for_the_fields(world)
}

fn a_stranger_starts_none(world: &World) -> Attempt<Start> {
    by_stranger(world, Start::new(world.planned_sprint()))
}

fn one_that_does_not_exist_is_not_started(world: &World) -> Attempt<Start> {
    by_admin(world, Start::new(NOTHING))
}

fn one_that_runs_is_not_started(world: &World) -> Attempt<Start> {
    by_admin(world, Start::new(world.active_sprint()))
}

fn nothing_says_which_one_to_start(world: &World) -> Attempt<Unchecked<Start>> {
    without_parameters(world)
}

fn a_word_says_not_which_one_to_start(world: &World) -> Attempt<Unchecked<Start>> {
    with_a_word_for_the_id(world)
}

fn a_stranger_completes_none(world: &World) -> Attempt<Complete> {
    by_stranger(world, Complete::new(world.scrum()))
}

fn where_none_runs_none_is_completed(world: &World) -> Attempt<Complete> {
    by_admin(world, Complete::new(world.bare_scrum()))
}

fn nothing_says_which_one_to_complete(world: &World) -> Attempt<Unchecked<Complete>> {
    without_parameters(world)
}

fn a_word_says_not_which_one_to_complete(world: &World) -> Attempt<Unchecked<Complete>> {
    with_a_word_for_the_id(world)
}

fn a_stranger_sees_none(world: &World) -> Attempt<Get> {
    by_stranger(world, Get::new(world.active_sprint()))
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
    by_stranger(world, Delete::new(world.planned_sprint()))
}

fn one_that_does_not_exist_is_not_deleted(world: &World) -> Attempt<Delete> {
    by_admin(world, Delete::new(NOTHING))
}

/// The page says in one place that it stays, and in another that its tasks move.
fn one_with_tasks_stays_if_the_portal_keeps_to_that(world: &World) -> Attempt<Delete> {
    world.rule(|rules| rules.sprint_with_tasks_stays = true);
    by_admin(world, Delete::new(world.planned_sprint()))
}

fn tasks_are_not_moved(world: &World) -> Attempt<Delete> {
    not_stored(world, Delete::new(world.planned_sprint()))
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
        CannotCreate, "Sprint not created" => a_new_one_is_not_stored,
        CannotCreate, "Sprint not created" => a_second_active_one_is_not_added,
        WrongDateStart, "Incorrect dateStart format" => a_new_one_begins_at_a_date,
        WrongDateEnd, "Incorrect dateEnd format" => a_new_one_ends_at_a_date,
        CreatorNotFound, "createdBy user not found" => a_new_one_has_a_creator_who_exists,
        ModifierNotFound, "modifiedBy user not found" => a_new_one_has_a_modifier_who_exists,
        MissingParameter, "Could not find value for parameter {fields}" => nothing_says_what_to_add,
        WrongParameter, "Invalid value {stringValue} to match with parameter {fields}. Should be value of type array"
            => a_word_says_not_what_to_add,
    ;
    Update:
        NoPermission, "Access denied" => a_stranger_changes_none,
        CannotUpdate, "Sprint not created" => a_change_is_not_stored,
        WrongDateStart, "Incorrect dateStart format" => a_changed_one_begins_at_a_date,
        WrongDateEnd, "Incorrect dateEnd format" => a_changed_one_ends_at_a_date,
        CreatorNotFound, "createdBy user not found" => a_changed_one_has_a_creator_who_exists,
        ModifierNotFound, "modifiedBy user not found" => a_changed_one_has_a_modifier_who_exists,
        AnotherIsActive, "Unable to add two active sprint" => two_are_not_active,
        WrongStatus, "Incorrect sprint status" => a_status_is_one_of_three,
        SprintNotFound, "Sprint not found" => one_that_does_not_exist_is_not_changed,
        MissingParameter, "Could not find value for parameter {fields}" => nothing_says_what_to_change,
        WrongParameter, "Invalid value {stringValue} to match with parameter {fields}. Should be value of type array"
            => a_word_says_not_what_to_change,
    ;
    Start:
        NoPermission, "Access denied" => a_stranger_starts_none,
        SprintNotFound, "Sprint not found" => one_that_does_not_exist_is_not_started,
        SprintNotPlanned, "Sprint must be planned" => one_that_runs_is_not_started,
        MissingParameter, "Could not find value for parameter {id}" => nothing_says_which_one_to_start,
        WrongParameter, "Invalid value {stringValue} to match with parameter {id}. Should be value of type int"
            => a_word_says_not_which_one_to_start,
    ;
    Complete:
        NoPermission, "Access denied" => a_stranger_completes_none,
        SprintNotFound, "Sprint not found" => where_none_runs_none_is_completed,
        MissingParameter, "Could not find value for parameter {id}" => nothing_says_which_one_to_complete,
        WrongParameter, "Invalid value {stringValue} to match with parameter {id}. Should be value of type int"
            => a_word_says_not_which_one_to_complete,
    ;
    Get:
        NoPermission, "Access denied" => a_stranger_sees_none,
        SprintNotFound, "Sprint not found" => one_that_does_not_exist_is_not_seen,
        MissingParameter, "Could not find value for parameter {id}" => nothing_says_which_one_to_show,
        WrongParameter, "Invalid value {stringValue} to match with parameter {id}. Should be value of type int"
            => a_word_says_not_which_one_to_show,
    ;
    List:
        NothingFound, "Could not load list" => a_list_has_no_rows,
    ;
    Delete:
        NoPermission, "Access denied" => a_stranger_deletes_none,
        SprintNotFound, "Sprint not found" => one_that_does_not_exist_is_not_deleted,
        SprintNotEmpty, "It is forbidden remove a sprint with items" => one_with_tasks_stays_if_the_portal_keeps_to_that,
        TasksNotMoved, "Sprint items have not been moved to backlog" => tasks_are_not_moved,
        MissingParameter, "Could not find value for parameter {id}" => nothing_says_which_one_to_delete,
        WrongParameter, "Invalid value {stringValue} to match with parameter {id}. Should be value of type int"
            => a_word_says_not_which_one_to_delete,
}
