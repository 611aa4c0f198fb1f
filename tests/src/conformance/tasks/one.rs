//! The methods that read one task, delete it, or say how far it is.

use serde_json::json;
use sonet_types::tasks::task::{Complete, Delegate, Delete, Get, Start};

use crate::conformance::refusal::{Attempt, Unchecked};
use crate::conformance::world::{NOTHING, World};

pub(in crate::conformance) fn get(world: &World) -> Get {
    Get::new(world.waiting_task()).select_open("UF_CRM_TASK")
}

pub(in crate::conformance) fn delete(world: &World) -> Delete {
    Delete::new(world.waiting_task())
}

pub(in crate::conformance) fn start(world: &World) -> Start {
    Start::new(world.waiting_task())
}

pub(in crate::conformance) fn complete(world: &World) -> Complete {
    Complete::new(world.waiting_task())
}

pub(in crate::conformance) fn delegate(world: &World) -> Delegate {
    Delegate::new(world.waiting_task(), world.employee())
}

fn a_word_says_not_which_one<M>(world: &World) -> Attempt<Unchecked<M>> {
    let params = json!({ "taskId": "word", "userId": world.employee() });
    Attempt::by(world.admin(), Unchecked::new(params))
}

fn nothing_says_which_one<M>(world: &World) -> Attempt<Unchecked<M>> {
    let params = json!({ "userId": world.employee() });
    Attempt::by(world.admin(), Unchecked::new(params))
}

fn which_one_to_read(world: &World) -> Attempt<Unchecked<Get>> {
    a_word_says_not_which_one(world)
}

fn nothing_to_read(world: &World) -> Attempt<Unchecked<Get>> {
    nothing_says_which_one(world)
}

fn a_word_is_no_selection(world: &World) -> Attempt<Unchecked<Get>> {
    let params = json!({ "taskId": world.waiting_task(), "select": "" });
    Attempt::by(world.admin(), Unchecked::new(params))
}

fn which_one_to_delete(world: &World) -> Attempt<Unchecked<Delete>> {
    a_word_says_not_which_one(world)
}

fn an_outsider_deletes_none(world: &World) -> Attempt<Delete> {
    Attempt::by(world.outsider(), delete(world))
}

fn nothing_to_delete(world: &World) -> Attempt<Unchecked<Delete>> {
    nothing_says_which_one(world)
}

fn which_one_to_start(world: &World) -> Attempt<Unchecked<Start>> {
    a_word_says_not_which_one(world)
}

fn an_outsider_starts_none(world: &World) -> Attempt<Start> {
    Attempt::by(world.outsider(), start(world))
}

fn one_that_is_not_there_is_not_started(world: &World) -> Attempt<Start> {
    Attempt::by(world.admin(), Start::new(NOTHING))
}

fn which_one_to_complete(world: &World) -> Attempt<Unchecked<Complete>> {
    a_word_says_not_which_one(world)
}

fn an_outsider_completes_none(world: &World) -> Attempt<Complete> {
    Attempt::by(world.outsider(), complete(world))
}

fn which_one_to_delegate(world: &World) -> Attempt<Unchecked<Delegate>> {
    a_word_says_not_which_one(world)
}

fn an_outsider_delegates_none(world: &World) -> Attempt<Delegate> {
    Attempt::by(world.outsider(), delegate(world))
}

fn nobody_to_delegate_to(world: &World) -> Attempt<Unchecked<Delegate>> {
    let params = json!({ "taskId": world.waiting_task() });
    Attempt::by(world.admin(), Unchecked::new(params))
}

fn nothing_to_delegate(world: &World) -> Attempt<Unchecked<Delegate>> {
    nothing_says_which_one(world)
}

refusals! {
    Get:
        WrongTaskId, "wrong task id" => which_one_to_read,
        MissingTask, "CTaskItem All parameters in the constructor must have real class type (internal error)" => nothing_to_read,
        WrongSelect, "Invalid value {} to match with parameter {select}. Should be value of type array. (internal error)"
            => a_word_is_no_selection,
    ;
    Delete:
        WrongTaskId, "wrong task id" => which_one_to_delete,
        NoPermission, "No access to delete the task" => an_outsider_deletes_none,
        MissingTask, "CTaskItem All parameters in the constructor must have real class type" => nothing_to_delete,
    ;
    Start:
        WrongTaskId, "wrong task id" => which_one_to_start,
        NotAllowed, "Action on the task is not allowed" => an_outsider_starts_none,
        NotAllowed, "Action on the task is not allowed" => one_that_is_not_there_is_not_started,
    ;
    Complete:
        WrongTaskId, "wrong task id" => which_one_to_complete,
        NotAllowed, "Action on the task is not allowed" => an_outsider_completes_none,
    ;
    Delegate:
        WrongTaskId, "wrong task id" => which_one_to_delegate,
        NotAllowed, "Action on the task is not allowed" => an_outsider_delegates_none,
        MissingUser, "Could not find value for parameter {userId}" => nobody_to_delegate_to,
        MissingTask, "CTaskItem All parameters in the constructor must have real class type" => nothing_to_delegate,
}
