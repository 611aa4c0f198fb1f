//! `tasks.task.add`

use serde_json::{Value, json};
use sonet_types::tasks::task::{Add, TaskPriority};

use crate::conformance::refusal::{Attempt, Unchecked};
use crate::conformance::times::moment;
use crate::conformance::world::{NOTHING, World};

pub(in crate::conformance) fn with_everything(world: &World) -> Add {
    Add::new("Read the guide", world.employee())
        .description("[B]All[/B] of it")
        .group_id(world.scrum())
        .parent_id(world.waiting_task())
        .created_by(world.admin())
        .accomplices([world.admin()])
        .auditors([world.admin()])
        .deadline(moment("2027-01-31T18:00:00+02:00"))
        .start_date_plan(moment("2027-01-01T09:00:00+02:00"))
        .end_date_plan(moment("2027-01-30T18:00:00+02:00"))
        .priority(TaskPriority::High)
        .tags(["welcome"])
        .time_estimate(3600)
        .allow_change_deadline(true)
        .allow_time_tracking(true)
        .task_control(true)
        .xml_id("guide-1")
        .uf_crm_task(["D_10"])
        .uf_task_webdav_files(["n12"])
        .se_parameter(json!([{ "CODE": 3, "VALUE": "N" }]))
}

/// A call that is right but for what a test makes wrong in it.
fn task(world: &World) -> Add {
    Add::new("Read the guide", world.employee())
}

fn without<M>(world: &World, fields: &Value) -> Attempt<Unchecked<M>> {
    Attempt::by(
        world.employee(),
        Unchecked::new(json!({ "fields": fields })),
    )
}

fn nothing_says_what_to_add(world: &World) -> Attempt<Unchecked<Add>> {
    without(world, &json!({}))
}

fn nobody_is_responsible_who_is_not_there(world: &World) -> Attempt<Add> {
    Attempt::by(world.employee(), Add::new("Read the guide", NOTHING))
}

fn nobody_is_responsible(world: &World) -> Attempt<Unchecked<Add>> {
    without(world, &json!({ "TITLE": "Read the guide" }))
}

fn a_task_has_a_title(world: &World) -> Attempt<Unchecked<Add>> {
    without(world, &json!({ "RESPONSIBLE_ID": world.employee() }))
}

fn a_field_of_the_portals_own_is_required(world: &World) -> Attempt<Add> {
    // The page has these braces for any name.
    world.rule(|rules| rules.required_task_field = Some("{field_name}".to_owned()));
    Attempt::by(world.employee(), task(world))
}

fn a_status_that_there_is_not(world: &World) -> Attempt<Add> {
    Attempt::by(world.employee(), task(world).fields_key("STATUS", 9))
}

fn a_task_that_is_not_there_has_no_parts(world: &World) -> Attempt<Add> {
    Attempt::by(world.employee(), task(world).parent_id(NOTHING))
}

fn a_plan_ends_after_it_begins(world: &World) -> Attempt<Add> {
    let call = task(world)
        .start_date_plan(moment("2027-01-02T09:00:00Z"))
        .end_date_plan(moment("2027-01-01T09:00:00Z"));
    Attempt::by(world.employee(), call)
}

fn a_plan_ends_in_this_century(world: &World) -> Attempt<Add> {
    let call = task(world)
        .start_date_plan(moment("2027-01-01T09:00:00Z"))
        .end_date_plan(moment("2127-01-01T09:00:00Z"));
    Attempt::by(world.employee(), call)
}

refusals! {
    Add:
        MissingFields, "Could not find value for parameter {fields} (internal error)" => nothing_says_what_to_add,
        ResponsibleNotFound, "User specified in the \"Responsible\" field not found" => nobody_is_responsible_who_is_not_there,
        NoResponsible, "Responsible person not specified" => nobody_is_responsible,
        NoTitle, "Task title not specified" => a_task_has_a_title,
        RequiredField, "Required field {field_name} value not entered" => a_field_of_the_portals_own_is_required,
        WrongStatus, "Incorrect status" => a_status_that_there_is_not,
        ParentNotFound, "Task specified in the \"Parent Task\" field not found" => a_task_that_is_not_there_has_no_parts,
        EndBeforeStart, "The end date in scheduling is earlier than the start date" => a_plan_ends_after_it_begins,
        TooLong, "The specified task duration is too long" => a_plan_ends_in_this_century,
}
