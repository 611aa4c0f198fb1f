//! Kanban stages.

use serde_json::json;
use sonet_portal::Role;
use sonet_types::tasks::api::scrum::kanban::{
    AddStage, DeleteStage, GetFields, GetStages, StageType, UpdateStage,
};

use super::setup::{NOTHING, broken, by_admin, by_stranger, not_stored, with};
use crate::conformance::refusal::{Attempt, Unchecked};
use crate::conformance::world::World;

pub(in crate::conformance) fn add(_: &World) -> AddStage {
    AddStage::new(1, "To do")
        .kind(StageType::New)
        .sort(100)
        .color("00C4FB")
}

pub(in crate::conformance) fn update(_: &World) -> UpdateStage {
    UpdateStage::new(1)
        .sprint_id(1)
        .name("To do")
        .kind(StageType::New)
        .sort(100)
        .color("00C4FB")
}

pub(in crate::conformance) fn get(_: &World) -> GetStages {
    GetStages::new(1)
}

pub(in crate::conformance) fn delete(_: &World) -> DeleteStage {
    DeleteStage::new(1)
}

pub(in crate::conformance) fn fields(_: &World) -> GetFields {
    GetFields::new()
}

/// A call that is right but for what a test makes wrong in it.
fn new(world: &World) -> AddStage {
    AddStage::new(world.active_sprint(), "Review")
}

fn zero_is_no_sprint_for_a_stage(world: &World) -> Attempt<Unchecked<AddStage>> {
    by_admin(world, Unchecked::of(&AddStage::new(0, "Review")))
}

fn a_sprint_that_does_not_exist_gets_no_stage(world: &World) -> Attempt<AddStage> {
    by_admin(world, AddStage::new(NOTHING, "Review"))
}

fn a_stranger_adds_none(world: &World) -> Attempt<AddStage> {
    by_stranger(world, new(world))
}

fn a_new_one_has_a_name(world: &World) -> Attempt<Unchecked<AddStage>> {
    let fields = json!({ "sprintId": world.active_sprint() });
    with(world, json!({ "fields": fields }))
}

fn something_else_fails_while_adding(world: &World) -> Attempt<AddStage> {
    broken(world, new(world))
}

fn a_new_one_is_not_stored(world: &World) -> Attempt<AddStage> {
    not_stored(world, new(world))
}

/// A call that is right but for what a test makes wrong in it.
fn change(world: &World) -> UpdateStage {
    UpdateStage::new(world.stage()).name("Review")
}

fn zero_is_no_stage_to_change(world: &World) -> Attempt<Unchecked<UpdateStage>> {
    by_admin(world, Unchecked::of(&UpdateStage::new(0)))
}

fn one_that_does_not_exist_is_not_changed(world: &World) -> Attempt<UpdateStage> {
    by_admin(world, UpdateStage::new(NOTHING))
}

fn a_changed_one_belongs_to_a_sprint_that_exists(world: &World) -> Attempt<UpdateStage> {
    by_admin(world, change(world).sprint_id(NOTHING))
}

fn a_changed_one_belongs_to_a_sprint_within_reach(world: &World) -> Attempt<UpdateStage> {
    let member = world.member(world.scrum(), Role::Member);
    let elsewhere = world.foreign_sprint(member);
    Attempt::by(member, change(world).sprint_id(elsewhere))
}

fn a_stranger_changes_none(world: &World) -> Attempt<UpdateStage> {
    by_stranger(world, change(world))
}

fn something_else_fails_while_changing(world: &World) -> Attempt<UpdateStage> {
    broken(world, change(world))
}

fn zero_is_no_sprint_with_stages(world: &World) -> Attempt<Unchecked<GetStages>> {
    by_admin(world, Unchecked::of(&GetStages::new(0)))
}

fn a_sprint_that_does_not_exist_has_none(world: &World) -> Attempt<GetStages> {
    by_admin(world, GetStages::new(NOTHING))
}

fn a_stranger_sees_none(world: &World) -> Attempt<GetStages> {
    by_stranger(world, GetStages::new(world.active_sprint()))
}

fn something_else_fails_while_reading(world: &World) -> Attempt<GetStages> {
    broken(world, GetStages::new(world.active_sprint()))
}

fn zero_is_no_stage_to_delete(world: &World) -> Attempt<Unchecked<DeleteStage>> {
    by_admin(world, Unchecked::of(&DeleteStage::new(0)))
}

fn one_that_does_not_exist_is_not_deleted(world: &World) -> Attempt<DeleteStage> {
    by_admin(world, DeleteStage::new(NOTHING))
}

fn one_with_tasks_stays(world: &World) -> Attempt<DeleteStage> {
    by_admin(world, DeleteStage::new(world.stage()))
}

fn a_stranger_deletes_none(world: &World) -> Attempt<DeleteStage> {
    by_stranger(world, DeleteStage::new(world.empty_stage()))
}

fn something_else_fails_while_deleting(world: &World) -> Attempt<DeleteStage> {
    broken(world, DeleteStage::new(world.empty_stage()))
}

refusals! {
    AddStage:
        WrongSprintId, "Sprint id not found" => zero_is_no_sprint_for_a_stage,
        SprintNotFound, "Sprint not found" => a_sprint_that_does_not_exist_gets_no_stage,
        NoPermission, "Access denied" => a_stranger_adds_none,
        MissingName, "Incorrect name format" => a_new_one_has_a_name,
        UnknownError, "Unknown error" => something_else_fails_while_adding,
        UnknownError, "Unknown error" => a_new_one_is_not_stored,
    ;
    UpdateStage:
        WrongStageId, "Stage id not found" => zero_is_no_stage_to_change,
        StageNotFound, "Stage not found" => one_that_does_not_exist_is_not_changed,
        SprintNotFound, "Incorrect sprintId value" => a_changed_one_belongs_to_a_sprint_that_exists,
        SprintNotFound, "Incorrect sprintId value" => a_changed_one_belongs_to_a_sprint_within_reach,
        NoPermission, "Access denied" => a_stranger_changes_none,
        UnknownError, "Unknown error" => something_else_fails_while_changing,
    ;
    GetStages:
        WrongSprintId, "Sprint id not found" => zero_is_no_sprint_with_stages,
        SprintNotFound, "Sprint not found" => a_sprint_that_does_not_exist_has_none,
        NoPermission, "Access denied" => a_stranger_sees_none,
        UnknownError, "Unknown error" => something_else_fails_while_reading,
    ;
    DeleteStage:
        WrongStageId, "Stage id not found" => zero_is_no_stage_to_delete,
        StageNotFound, "Stage not found" => one_that_does_not_exist_is_not_deleted,
        StageNotEmpty, "Stage has tasks" => one_with_tasks_stays,
        NoPermission, "Access denied" => a_stranger_deletes_none,
        UnknownError, "Unknown error" => something_else_fails_while_deleting,
}
