//! `tasks.task.update`

use serde_json::json;
use sonet_types::tasks::task::{TaskPriority, TaskStatus, Update};

use crate::conformance::refusal::{Attempt, Unchecked, by_admin};
use crate::conformance::times::moment;
use crate::conformance::world::{NOTHING, World, number};

pub(in crate::conformance) fn with_everything(world: &World) -> Update {
    Update::new(world.waiting_task())
        .title("Read the guide")
        .responsible_id(world.employee())
        .description("[B]All[/B] of it")
        .group_id(world.scrum())
        .parent_id(world.loose_task())
        .created_by(world.admin())
        .accomplices([world.admin()])
        .auditors([world.admin()])
        .deadline(moment("2027-01-31T18:00:00+02:00"))
        .start_date_plan(moment("2027-01-01T09:00:00+02:00"))
        .end_date_plan(moment("2027-01-30T18:00:00+02:00"))
        .priority(TaskPriority::Low)
        .status(TaskStatus::Deferred)
        .tags(["welcome"])
        .time_estimate(3600)
        .allow_change_deadline(false)
        .allow_time_tracking(false)
        .task_control(false)
        .xml_id("guide-1")
        .uf_crm_task(["D_10"])
        .uf_task_webdav_files(["n12"])
        .se_parameter(json!([{ "CODE": 3, "VALUE": "N" }]))
}

/// A call that is right but for what a test makes wrong in it.
fn change(world: &World) -> Update {
    Update::new(world.waiting_task()).title("Read the guide")
}

fn a_word_says_not_which_one(world: &World) -> Attempt<Unchecked<Update>> {
    let params = json!({ "taskId": "word", "fields": { "TITLE": "a" } });
    by_admin(world, Unchecked::new(params))
}

fn nothing_says_which_one(world: &World) -> Attempt<Unchecked<Update>> {
    by_admin(world, Unchecked::new(json!({ "fields": { "TITLE": "a" } })))
}

fn an_outsider_changes_none(world: &World) -> Attempt<Update> {
    Attempt::by(world.outsider(), change(world))
}

fn one_that_is_not_there_is_not_changed(world: &World) -> Attempt<Update> {
    by_admin(world, Update::new(NOTHING).title("a"))
}

fn nothing_says_what_to_change(world: &World) -> Attempt<Unchecked<Update>> {
    let params = json!({ "taskId": world.waiting_task(), "fields": {} });
    by_admin(world, Unchecked::new(params))
}

fn nobody_is_responsible_who_is_not_there(world: &World) -> Attempt<Update> {
    by_admin(world, change(world).responsible_id(NOTHING))
}

fn a_status_that_there_is_not(world: &World) -> Attempt<Unchecked<Update>> {
    let params = json!({ "taskId": world.waiting_task(), "fields": { "STATUS": 9 } });
    by_admin(world, Unchecked::new(params))
}

fn a_task_that_is_not_there_has_no_parts(world: &World) -> Attempt<Update> {
    by_admin(world, change(world).parent_id(NOTHING))
}

fn a_task_is_no_part_of_itself(world: &World) -> Attempt<Update> {
    by_admin(world, change(world).parent_id(world.waiting_task()))
}

fn a_task_is_no_part_of_its_parts(world: &World) -> Attempt<Update> {
    let (whole, part) = (world.waiting_task(), world.loose_task());
    world.change_card(part, |card| card.parent_id = Some(number(whole)));
    by_admin(world, Update::new(whole).parent_id(part))
}

fn a_plan_ends_after_it_begins(world: &World) -> Attempt<Update> {
    let call = change(world)
        .start_date_plan(moment("2027-01-02T09:00:00Z"))
        .end_date_plan(moment("2027-01-01T09:00:00Z"));
    by_admin(world, call)
}

fn a_plan_ends_in_this_century(world: &World) -> Attempt<Update> {
    let call = change(world)
        .start_date_plan(moment("2027-01-01T09:00:00Z"))
        .end_date_plan(moment("2127-01-01T09:00:00Z"));
    by_admin(world, call)
}

refusals! {
    Update:
        WrongTaskId, "wrong task id" => a_word_says_not_which_one,
        MissingTask, "CTaskItem All parameters in the constructor must have real class type (internal error)"
            => nothing_says_which_one,
        NotAllowed, "Action on the task is not allowed (internal error)" => an_outsider_changes_none,
        NotAllowed, "Action on the task is not allowed (internal error)" => one_that_is_not_there_is_not_changed,
        MissingFields, "Could not find value for parameter {fields} (internal error)" => nothing_says_what_to_change,
        ResponsibleNotFound, "The user specified in the \"Responsible\" field was not found<br>"
            => nobody_is_responsible_who_is_not_there,
        WrongStatus, "Invalid status<br>" => a_status_that_there_is_not,
        ParentNotFound, "The task specified in the \"Parent Task\" field was not found<br>"
            => a_task_that_is_not_there_has_no_parts,
        OwnParent, "Cannot bind the node to itself<br>" => a_task_is_no_part_of_itself,
        CyclicParents, "Creating cyclic links in tasks is prohibited<br>" => a_task_is_no_part_of_its_parts,
        EndBeforeStart, "The end date specified in the scheduling is earlier than the start date<br>"
            => a_plan_ends_after_it_begins,
        TooLong, "The duration of the task specified in the scheduling is too long<br>" => a_plan_ends_in_this_century,
}
