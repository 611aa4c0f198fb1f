//! Scrum: its life through both clients, held against the portal's own state.

use sonet_core::Executed;
use sonet_types::tasks::api::scrum::{backlog, epic, kanban, sprint, task};
use sonet_types::{EpicId, GroupId, Refusal, SprintId, TaskId};

use crate::conformance::caller::{Caller, Walk};
use crate::conformance::world::{World, group_id, number};

fn scrum(world: &World) -> GroupId {
    group_id(world.server().with(|portal| portal.full_scrum()).unwrap())
}

fn a_backlog_is_what_the_portal_has<C: Caller>(world: &World) {
    let (client, group) = (world.admin_client::<C>(), scrum(world));
    let found = client.call(&backlog::Get::new(group)).unwrap();
    let kept = world
        .server()
        .with(|portal| portal.backlog(number(group)).cloned())
        .unwrap();
    assert_eq!(number(found.id), kept.id);
    assert_eq!(found.group_id, group);
    let none = world
        .server()
        .with(|portal| portal.scrum_without_backlog())
        .unwrap();
    let error = client.call(&backlog::Get::new(group_id(none))).unwrap_err();
    assert!(error.is(Refusal::BacklogNotFound), "{error}");
    assert_eq!(error.executed(), Executed::No);
}

fn an_epic_lives_and_goes<C: Caller>(world: &World) {
    let (client, group) = (world.admin_client::<C>(), scrum(world));
    let add = epic::Add::new("Payments", group)
        .description("Cards")
        .color("#69dafc");
    let added = client.call(&add).unwrap();
    assert_eq!((added.name.as_str(), added.group_id), ("Payments", group));
    let kept = world
        .server()
        .with(|portal| portal.epic(number(added.id)).cloned())
        .unwrap();
    assert_eq!(
        (kept.name.as_str(), kept.color.as_str()),
        ("Payments", "#69dafc")
    );

    let renamed = client
        .call(&epic::Update::new(added.id).name("Refunds"))
        .unwrap();
    assert_eq!(renamed.name, "Refunds");
    assert_eq!(client.call(&epic::Get::new(added.id)).unwrap().id, added.id);

    let walked = client.walk(&epic::List::new(), Walk::default());
    assert!(walked.error.is_none(), "{:?}", walked.error);
    let mut ids: Vec<_> = walked.rows.iter().map(|row| number(row.id)).collect();
    ids.sort_unstable();
    let all: Vec<u64> = world
        .server()
        .with(|portal| portal.epics().map(|epic| epic.id).collect());
    assert_eq!(ids, all);

    client.call(&epic::Delete::new(added.id)).unwrap();
    let error = client.call(&epic::Get::new(added.id)).unwrap_err();
    assert!(error.is(Refusal::EpicNotFound), "{error}");
}

/// The server calls an empty list an error.
fn a_list_without_rows_is_an_empty_one<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let none = epic::List::new().filter(epic::List::ID.eq(EpicId::new(999_999)));
    assert_eq!(client.call(&none).unwrap(), []);
    let walked = client.walk(&none, Walk::default());
    assert!(walked.rows.is_empty() && walked.error.is_none());
}

fn a_sprint_is_planned_run_and_completed<C: Caller>(world: &World) {
    let (client, group) = (world.admin_client::<C>(), scrum(world));
    let active = world
        .server()
        .with(|portal| portal.active_sprint(number(group)).map(|sprint| sprint.id));
    if active.is_some() {
        client.call(&sprint::Complete::new(group)).unwrap();
    }
    let added = client.call(&sprint::Add::new(group, "Sprint of tests"));
    let added = added.unwrap();
    let started = client.call(&sprint::Start::new(added.id)).unwrap();
    assert_eq!(started.id, added.id);
    let now_active = world
        .server()
        .with(|portal| portal.active_sprint(number(group)).map(|sprint| sprint.id));
    assert_eq!(now_active, Some(number(added.id)));

    let stages = client.call(&kanban::GetStages::new(added.id)).unwrap();
    let kept = world
        .server()
        .with(|portal| portal.stages(number(added.id)).len());
    assert_eq!(stages.len(), kept);
    assert!(stages.iter().all(|stage| stage.sprint_id == Some(added.id)));

    client.call(&sprint::Complete::new(group)).unwrap();
    let error = client
        .call(&sprint::Get::new(SprintId::new(999_999)))
        .unwrap_err();
    assert!(error.is(Refusal::SprintNotFound), "{error}");
}

/// Its error comes with the status 200, and with a number as its code.
fn a_task_that_does_not_exist_is_an_error_all_the_same<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let kept = world
        .server()
        .with(|portal| portal.tasks().next().cloned())
        .unwrap();
    let id = TaskId::new(i64::try_from(kept.id).unwrap());
    let found = client.call(&task::Get::new(id)).unwrap();
    assert_eq!(found.sort, kept.sort);
    let error = client
        .call(&task::Get::new(TaskId::new(999_999)))
        .unwrap_err();
    assert!(error.is(Refusal::TaskNotFound), "{error}");
    assert_eq!(error.api().unwrap().code(), "0");
}

fn every_kind_of_thing_tells_its_fields<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let fields = [
        client.call(&backlog::GetFields::new()).unwrap(),
        client.call(&epic::GetFields::new()).unwrap(),
        client.call(&sprint::GetFields::new()).unwrap(),
        client.call(&kanban::GetFields::new()).unwrap(),
        client.call(&task::GetFields::new()).unwrap(),
    ];
    for fields in fields {
        assert!(!fields.fields.is_empty());
    }
}

on_both_clients! {
    a_backlog_is_what_the_portal_has,
    an_epic_lives_and_goes,
    a_list_without_rows_is_an_empty_one,
    a_sprint_is_planned_run_and_completed,
    a_task_that_does_not_exist_is_an_error_all_the_same,
    every_kind_of_thing_tells_its_fields,
}
