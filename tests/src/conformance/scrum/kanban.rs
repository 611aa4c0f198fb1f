//! Tasks on a kanban.

use sonet_types::TaskId;
use sonet_types::tasks::api::scrum::kanban::{AddTask, DeleteTask};

use super::setup::{NOTHING, broken, by_admin, by_stranger};
use crate::conformance::refusal::{Attempt, Unchecked};
use crate::conformance::world::World;

pub(in crate::conformance) fn add(_: &World) -> AddTask {
    AddTask::new(1, 1, 1)
}

pub(in crate::conformance) fn delete(_: &World) -> DeleteTask {
    DeleteTask::new(1, 1)
}

fn putting(world: &World, task: impl Into<TaskId>) -> AddTask {
    AddTask::new(world.active_sprint(), task, world.stage())
}

fn zero_is_no_sprint_to_put_a_task_into(world: &World) -> Attempt<Unchecked<AddTask>> {
    by_admin(
        world,
        Unchecked::of(&AddTask::new(0, world.waiting_task(), world.stage())),
    )
}

fn zero_is_no_task_to_put(world: &World) -> Attempt<Unchecked<AddTask>> {
    by_admin(world, Unchecked::of(&putting(world, 0)))
}

fn zero_is_no_stage_to_put_a_task_on(world: &World) -> Attempt<Unchecked<AddTask>> {
    let call = AddTask::new(world.active_sprint(), world.waiting_task(), 0);
    by_admin(world, Unchecked::of(&call))
}

fn a_sprint_that_does_not_exist_gets_no_task(world: &World) -> Attempt<AddTask> {
    let call = AddTask::new(NOTHING, world.waiting_task(), world.stage());
    by_admin(world, call)
}

fn a_stage_that_does_not_exist_gets_no_task(world: &World) -> Attempt<AddTask> {
    let call = AddTask::new(world.active_sprint(), world.waiting_task(), NOTHING);
    by_admin(world, call)
}

fn a_stage_of_another_sprint_gets_no_task(world: &World) -> Attempt<AddTask> {
    let call = AddTask::new(world.planned_sprint(), world.waiting_task(), world.stage());
    by_admin(world, call)
}

fn a_task_that_does_not_exist_is_not_put(world: &World) -> Attempt<AddTask> {
    by_admin(world, putting(world, NOTHING))
}

fn a_task_of_another_group_is_not_put(world: &World) -> Attempt<AddTask> {
    by_admin(world, putting(world, world.foreign_task()))
}

fn a_stranger_puts_none(world: &World) -> Attempt<AddTask> {
    by_stranger(world, putting(world, world.waiting_task()))
}

fn something_else_fails_while_putting(world: &World) -> Attempt<AddTask> {
    broken(world, putting(world, world.waiting_task()))
}

fn taking(world: &World, task: impl Into<TaskId>) -> DeleteTask {
    DeleteTask::new(world.active_sprint(), task)
}

fn zero_is_no_sprint_to_take_a_task_from(world: &World) -> Attempt<Unchecked<DeleteTask>> {
    by_admin(
        world,
        Unchecked::of(&DeleteTask::new(0, world.task_on_stage())),
    )
}

fn zero_is_no_task_to_take(world: &World) -> Attempt<Unchecked<DeleteTask>> {
    by_admin(world, Unchecked::of(&taking(world, 0)))
}

fn a_sprint_that_does_not_exist_has_no_task(world: &World) -> Attempt<DeleteTask> {
    by_admin(world, DeleteTask::new(NOTHING, world.task_on_stage()))
}

fn a_task_that_does_not_exist_is_not_taken(world: &World) -> Attempt<DeleteTask> {
    by_admin(world, taking(world, NOTHING))
}

fn a_task_of_another_group_is_not_taken(world: &World) -> Attempt<DeleteTask> {
    by_admin(world, taking(world, world.foreign_task()))
}

fn a_stranger_takes_none(world: &World) -> Attempt<DeleteTask> {
    by_stranger(world, taking(world, world.task_on_stage()))
}

fn something_else_fails_while_taking(world: &World) -> Attempt<DeleteTask> {
    broken(world, taking(world, world.task_on_stage()))
}

refusals! {
    AddTask:
        WrongSprintId, "Sprint id not found" => zero_is_no_sprint_to_put_a_task_into,
        WrongTaskId, "TaskId id not found" => zero_is_no_task_to_put,
        WrongStageId, "StageId id not found" => zero_is_no_stage_to_put_a_task_on,
        SprintNotFound, "Sprint not found" => a_sprint_that_does_not_exist_gets_no_task,
        StageNotFound, "Stage not found" => a_stage_that_does_not_exist_gets_no_task,
        StageNotFound, "Stage not found" => a_stage_of_another_sprint_gets_no_task,
        TaskNotFound, "Task not found. The task must be with GROUP_ID" => a_task_that_does_not_exist_is_not_put,
        TaskNotFound, "Task not found. The task must be with GROUP_ID" => a_task_of_another_group_is_not_put,
        NoPermission, "Access denied" => a_stranger_puts_none,
        UnknownError, "Unknown error" => something_else_fails_while_putting,
    ;
    DeleteTask:
        WrongSprintId, "Sprint id not found" => zero_is_no_sprint_to_take_a_task_from,
        WrongTaskId, "TaskId id not found" => zero_is_no_task_to_take,
        SprintNotFound, "Sprint not found" => a_sprint_that_does_not_exist_has_no_task,
        TaskNotFound, "Task not found. The task must be with GROUP_ID" => a_task_that_does_not_exist_is_not_taken,
        TaskNotFound, "Task not found. The task must be with GROUP_ID" => a_task_of_another_group_is_not_taken,
        NoPermission, "Access denied" => a_stranger_takes_none,
        UnknownError, "Unknown error" => something_else_fails_while_taking,
}
