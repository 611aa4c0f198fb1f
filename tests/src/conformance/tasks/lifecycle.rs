//! A task: its life through both clients, held against the portal's own state.

use sonet_core::Executed;
use sonet_types::Refusal;
use sonet_types::tasks::api::scrum;
use sonet_types::tasks::task::{
    Add, Complete, Delegate, Delete, Get, Start, TaskPriority, TaskStatus, Update,
};

use super::add::with_everything;
use crate::conformance::caller::Caller;
use crate::conformance::times::moment;
use crate::conformance::world::{NOTHING, World, number};

fn a_task_is_what_was_asked_for<C: Caller>(world: &World) {
    let client = world.admin_client::<C>();
    let task = client.call(&with_everything(world)).unwrap();
    let kept = world.card(task.id).unwrap();
    assert_eq!(task.title.as_deref(), Some("Read the guide"));
    assert_eq!(kept.title, "Read the guide");
    assert_eq!(task.group_id, Some(world.scrum()));
    assert_eq!(task.parent_id, Some(world.waiting_task()));
    assert_eq!(task.responsible_id, Some(world.employee()));
    assert_eq!(kept.responsible_id, number(world.employee()));
    assert_eq!(task.priority, Some(TaskPriority::High));
    assert_eq!(task.status, Some(TaskStatus::Pending));
    assert_eq!(task.deadline, Some(moment("2027-01-31T18:00:00+02:00")));
    assert_eq!(task.time_estimate, Some(3600));
    assert_eq!(task.allow_change_deadline, Some(true));
    assert_eq!(task.auditors, Some(vec![world.admin()]));
    let creator = task.creator.unwrap();
    assert_eq!(creator.id, world.admin());
    assert!(task.action.unwrap()["edit"]);

    // What one sees of it later is the same; of what is not asked for, nothing.
    let select = Get::new(task.id).select_open("UF_CRM_TASK");
    let read = client.call(&select).unwrap().unwrap();
    assert_eq!(read.uf_crm_task, Some(vec!["D_10".to_owned()]));
    assert_eq!((read.id, read.title), (task.id, None));
}

fn a_task_is_begun_handed_on_and_completed<C: Caller>(world: &World) {
    let admin = world.admin_client::<C>();
    let worker = world.employee();
    let heir = *world
        .strangers(world.scrum())
        .iter()
        .find(|user| **user != worker)
        .unwrap();
    let task = admin.call(&Add::new("Read the guide", worker)).unwrap();
    assert_eq!(task.group_id, None, "a group of 0 is none");

    let client = world.client::<C>(worker);
    let begun = client.call(&Start::new(task.id)).unwrap();
    assert_eq!(begun.status, Some(TaskStatus::InProgress));
    let error = client.call(&Start::new(task.id)).unwrap_err();
    assert!(error.is(Refusal::NotAllowed), "{error}");
    assert_eq!(error.executed(), Executed::No);

    let change = Update::new(task.id)
        .title("Read all of the guide")
        .priority(TaskPriority::Low);
    let changed = admin.call(&change).unwrap();
    assert_eq!(changed.title.as_deref(), Some("Read all of the guide"));
    assert_eq!(changed.changed_by, Some(world.admin()));

    let handed_on = client.call(&Delegate::new(task.id, heir)).unwrap();
    assert_eq!(handed_on.responsible_id, Some(heir));
    let kept = world.card(task.id).unwrap();
    assert_eq!(kept.auditors, [number(worker)], "who had it watches");

    let done = world
        .client::<C>(heir)
        .call(&Complete::new(task.id))
        .unwrap();
    assert_eq!(done.status, Some(TaskStatus::Completed));
    assert_eq!(done.closed_by, Some(heir));
    assert!(done.closed_date.is_some());

    admin.call(&Delete::new(task.id)).unwrap();
    assert_eq!(world.card(task.id), None);
    let gone = admin.call(&Get::new(task.id)).unwrap();
    assert_eq!(gone, None);
}

fn a_task_is_not_seen_by_an_outsider<C: Caller>(world: &World) {
    let outsider = world.client::<C>(world.outsider());
    let task = world.waiting_task();
    assert_eq!(outsider.call(&Get::new(task)).unwrap(), None);
    assert_eq!(outsider.call(&Get::new(NOTHING)).unwrap(), None);
    let (found, missing) = outsider
        .batch(&(Get::new(task), Get::new(NOTHING)))
        .unwrap();
    assert_eq!((found.unwrap(), missing.unwrap()), (None, None));
}

/// A task that a call made is planned in a scrum, and gone from there when it is deleted.
fn a_task_is_planned_in_its_scrum<C: Caller>(world: &World) {
    let (client, group) = (world.admin_client::<C>(), world.scrum());
    let add = Add::new("Pay by card", world.admin()).group_id(group);
    let task = client.call(&add).unwrap();
    let plan = scrum::task::Update::new(task.id)
        .entity_id(world.active_sprint())
        .story_points("5");
    client.call(&plan).unwrap();
    let planned = client.call(&scrum::task::Get::new(task.id)).unwrap();
    assert_eq!(planned.story_points.as_deref(), Some("5"));
    let seen = client.call(&Get::new(task.id)).unwrap().unwrap();
    assert_eq!(seen.sprint_id, Some(world.active_sprint()));

    client.call(&Delete::new(task.id)).unwrap();
    let error = client.call(&scrum::task::Get::new(task.id)).unwrap_err();
    assert!(error.is(Refusal::TaskNotFound), "{error}");
}

on_both_clients! {
    a_task_is_what_was_asked_for,
    a_task_is_begun_handed_on_and_completed,
    a_task_is_not_seen_by_an_outsider,
    a_task_is_planned_in_its_scrum,
}
