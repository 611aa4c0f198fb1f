//! Scrum: its life through both clients, held against the portal's own state.

use chrono::DateTime;
use sonet_core::{Executed, Method as _};
use sonet_types::tasks::api::scrum::kanban::StageType;
use sonet_types::tasks::api::scrum::sprint::SprintStatus;
use sonet_types::tasks::api::scrum::{backlog, epic, kanban, sprint, task};
use sonet_types::{EpicId, Refusal, SprintId, TaskId};

use super::comparison::{
    assert_backlog, assert_sprint, assert_sprint_row, assert_stage, assert_task,
};
use crate::conformance::caller::{Caller, Walk};
use crate::conformance::world::{World, number};

fn a_backlog_is_what_the_portal_has<C: Caller>(world: &World) {
    let (client, group) = (world.admin_client::<C>(), world.scrum());
    let found = client.call(&backlog::Get::new(group)).unwrap();
    assert_backlog(&found, &world.kept_backlog(group).unwrap());
    let call = backlog::Get::new(world.bare_scrum());
    let error = client.call(&call).unwrap_err();
    assert!(error.is(Refusal::BacklogNotFound), "{error}");
    assert_eq!(error.executed(), Executed::No);
}

fn a_backlog_is_added_changed_moved_and_deleted<C: Caller>(world: &World) {
    let (client, group) = (world.admin_client::<C>(), world.bare_scrum());
    let (creator, modifier) = (world.owner(group), world.employee());
    let added = backlog::Add::new(group, creator);
    let added = client.call(&added).unwrap();
    let kept = world.kept_backlog(group).unwrap();
    assert_backlog(&added, &kept);
    assert_eq!((added.created_by, added.modified_by), (Some(creator), None));

    let change = backlog::Update::new(added.id).modified_by(modifier);
    let changed = client.call(&change).unwrap();
    assert_eq!(changed.modified_by, Some(modifier));
    assert_backlog(&changed, &world.kept_backlog(group).unwrap());

    let target = world.open_group();
    let change = backlog::Update::new(added.id).group_id(target);
    let moved = client.call(&change).unwrap();
    assert_eq!(moved.group_id, Some(target));
    assert_backlog(&moved, &world.kept_backlog(target).unwrap());
    assert_eq!(world.kept_backlog(group), None);

    client.call(&backlog::Delete::new(added.id)).unwrap();
    assert_eq!(world.kept_backlog(target), None);
    assert_eq!(world.executed(backlog::Update::NAME), 2);
}

fn an_epic_lives_and_goes<C: Caller>(world: &World) {
    let (client, group) = (world.admin_client::<C>(), world.scrum());
    let add = epic::Add::new("Payments", group)
        .description("Cards")
        .color("#69dafc");
    let added = client.call(&add).unwrap();
    assert_eq!(
        (added.name.as_deref(), added.group_id),
        (Some("Payments"), Some(group))
    );
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
    assert_eq!(renamed.name.as_deref(), Some("Refunds"));
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
    let page = client.call(&none).unwrap();
    assert!(page.is_empty() && page.is_last());
    let walked = client.walk(&none, Walk::default());
    assert!(walked.rows.is_empty() && walked.error.is_none());
}

/// In a batch it is one as well. The server stops there if the batch halts.
fn a_list_without_rows_is_an_empty_one_in_a_batch<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let none = epic::List::new().filter(epic::List::ID.eq(EpicId::new(999_999)));
    let calls = (none, epic::Get::new(world.epic()));
    let (page, epic) = client.batch(&calls).unwrap();
    let page = page.unwrap();
    assert!(page.is_empty() && page.is_last());
    assert_eq!(epic.unwrap().id, world.epic());
    let (page, epic) = client.batch_halting(&calls).unwrap();
    let page = page.unwrap();
    assert!(page.is_empty() && page.is_last());
    assert!(epic.unwrap_err().is_not_run());
}

fn a_sprint_is_planned_run_and_completed<C: Caller>(world: &World) {
    let (client, group) = (world.admin_client::<C>(), world.scrum());
    let active = world
        .server()
        .with(|portal| portal.active_sprint(group).map(|sprint| sprint.id));
    if active.is_some() {
        client.call(&sprint::Complete::new(group)).unwrap();
    }
    let added = client.call(&sprint::Add::new(group, "Sprint of tests"));
    let added = added.unwrap();
    assert_sprint(&added, &world.kept_sprint(added.id).unwrap());
    let started = client.call(&sprint::Start::new(added.id)).unwrap();
    assert_sprint(&started, &world.kept_sprint(added.id).unwrap());
    let now_active = world
        .server()
        .with(|portal| portal.active_sprint(group).map(|sprint| sprint.id));
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

fn a_sprint_is_changed_and_listed<C: Caller>(world: &World) {
    let (client, sprint) = (world.admin_client::<C>(), world.planned_sprint());
    let (begin, end) = (1_788_000_000, 1_789_000_000);
    let change = sprint::Update::new(sprint)
        .name("Отчёты")
        .sort(7)
        .date_start(DateTime::from_timestamp(begin, 0).unwrap())
        .date_end(DateTime::from_timestamp(end, 0).unwrap())
        .status(SprintStatus::Completed)
        .created_by(world.employee());
    let changed = client.call(&change).unwrap();
    let kept = world.kept_sprint(sprint).unwrap();
    assert_sprint(&changed, &kept);
    assert_eq!((kept.name.as_str(), kept.sort), ("Отчёты", 7));
    assert_eq!((kept.date_start, kept.date_end), (begin, end));
    assert_eq!(kept.created_by, number(world.employee()));
    let found = client.call(&sprint::Get::new(sprint)).unwrap();
    assert_sprint(&found, &kept);

    let walked = client.walk(&sprint::List::new(), Walk::default());
    assert!(walked.error.is_none(), "{:?}", walked.error);
    assert_eq!(walked.rows.len(), world.kept_sprints().len());
    for row in &walked.rows {
        assert_sprint_row(row, &world.kept_sprint(row.id).unwrap());
    }
    let completed = sprint::List::new()
        .filter(sprint::List::STATUS.eq(SprintStatus::Completed))
        .order(sprint::List::SORT.desc());
    let found = client.call(&completed).unwrap();
    let found: Vec<_> = found.iter().map(|row| row.name.as_deref()).collect();
    assert_eq!(found, [Some("Отчёты"), Some("Sprint 1")]);
}

fn the_tasks_of_a_deleted_sprint_go_to_the_backlog<C: Caller>(world: &World) {
    let (client, sprint) = (world.admin_client::<C>(), world.active_sprint());
    let (task, backlog) = (world.task_on_stage(), world.backlog());
    client.call(&sprint::Delete::new(sprint)).unwrap();
    assert_eq!(world.kept_sprint(sprint), None);
    let kept = world.kept_task(task);
    assert_eq!(kept.entity_id, Some(number(backlog)));
    assert_eq!(kept.stage_id, None);
    assert_task(&client.call(&task::Get::new(task)).unwrap(), &kept);
    let error = client.call(&sprint::Delete::new(sprint)).unwrap_err();
    assert!(error.is(Refusal::SprintNotFound), "{error}");
}

fn a_stage_is_added_changed_and_deleted<C: Caller>(world: &World) {
    let (client, sprint) = (world.admin_client::<C>(), world.active_sprint());
    let add = kanban::AddStage::new(sprint, "Review")
        .kind(StageType::Work)
        .sort(250)
        .color("FF00AA");
    let stage = client.call(&add).unwrap();
    assert_stages::<C>(world, &client);
    let of_stage = || {
        world
            .kept_stages()
            .into_iter()
            .find(|own| own.id == number(stage))
    };
    let kept = of_stage().unwrap();
    assert_eq!((kept.name.as_str(), kept.sort), ("Review", 250));
    assert_eq!((kept.kind.code(), kept.color.as_str()), ("WORK", "FF00AA"));

    let change = kanban::UpdateStage::new(stage)
        .name("Ревью")
        .kind(StageType::Finish)
        .sort(50);
    client.call(&change).unwrap();
    assert_stages::<C>(world, &client);
    let kept = of_stage().unwrap();
    assert_eq!((kept.name.as_str(), kept.sort), ("Ревью", 50));
    assert_eq!(
        (kept.kind.code(), kept.color.as_str()),
        ("FINISH", "FF00AA")
    );

    client.call(&kanban::DeleteStage::new(stage)).unwrap();
    assert_stages::<C>(world, &client);
    assert_eq!(of_stage(), None);
}

/// The kanban of the sprint that runs, as a client and as the portal sees it.
fn assert_stages<C: Caller>(world: &World, client: &C) {
    let call = kanban::GetStages::new(world.active_sprint());
    let (found, kept) = (client.call(&call).unwrap(), world.kept_stages());
    assert_eq!(found.len(), kept.len());
    for (found, kept) in found.iter().zip(&kept) {
        assert_stage(found, kept);
    }
}

fn a_task_is_put_on_a_kanban_and_taken_off<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let (sprint, task) = (world.active_sprint(), world.waiting_task());
    for stage in [world.empty_stage(), world.stage()] {
        let put = kanban::AddTask::new(sprint, task, stage);
        client.call(&put).unwrap();
        let kept = world.kept_task(task);
        assert_eq!(kept.entity_id, Some(number(sprint)));
        assert_eq!(kept.stage_id, Some(number(stage)));
    }
    client.call(&kanban::DeleteTask::new(sprint, task)).unwrap();
    let kept = world.kept_task(task);
    assert_eq!(kept.stage_id, None);
    assert_eq!(
        kept.entity_id,
        Some(number(sprint)),
        "it stays in the sprint"
    );
    assert_task(&client.call(&task::Get::new(task)).unwrap(), &kept);
}

/// Both answers that the page has are one to the caller.
fn a_task_is_estimated_and_planned<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let (task, sprint, epic) = (world.waiting_task(), world.active_sprint(), world.epic());
    let change = task::Update::new(task)
        .entity_id(sprint)
        .story_points("XXL")
        .epic_id(epic)
        .sort(9);
    for bare in [false, true] {
        world.rule(|rules| rules.bare_task_update = bare);
        client.call(&change).unwrap();
        let kept = world.kept_task(task);
        assert_eq!(kept.entity_id, Some(number(sprint)));
        assert_eq!((kept.story_points.as_str(), kept.sort), ("XXL", 9));
        assert_eq!(kept.epic_id, number(epic));
        assert_task(&client.call(&task::Get::new(task)).unwrap(), &kept);
    }
    let back = task::Update::new(task).entity_id(world.backlog());
    client.call(&back).unwrap();
    let kept = world.kept_task(task);
    assert_eq!(kept.entity_id, Some(number(world.backlog())));
    assert_eq!(kept.story_points, "XXL", "what is not given stays");
}

fn a_task_that_is_in_no_scrum_is_brought_into_the_backlog<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let task = world.loose_task();
    let error = client.call(&task::Get::new(task)).unwrap_err();
    assert!(error.is(Refusal::TaskNotFound), "{error}");
    client.call(&task::Update::new(task).sort(1)).unwrap();
    let kept = world.kept_task(task);
    assert_eq!(kept.entity_id, Some(number(world.backlog())));
    assert_task(&client.call(&task::Get::new(task)).unwrap(), &kept);
}

/// Its error comes with the status 200, and with a number as its code.
fn a_task_that_does_not_exist_is_an_error_all_the_same<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let kept = world
        .server()
        .with(|portal| portal.tasks().next().cloned())
        .unwrap();
    let id = TaskId::new(i64::try_from(kept.id).unwrap());
    assert_task(&client.call(&task::Get::new(id)).unwrap(), &kept);
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
    a_backlog_is_added_changed_moved_and_deleted,
    an_epic_lives_and_goes,
    a_list_without_rows_is_an_empty_one,
    a_list_without_rows_is_an_empty_one_in_a_batch,
    a_sprint_is_planned_run_and_completed,
    a_sprint_is_changed_and_listed,
    the_tasks_of_a_deleted_sprint_go_to_the_backlog,
    a_stage_is_added_changed_and_deleted,
    a_task_is_put_on_a_kanban_and_taken_off,
    a_task_is_estimated_and_planned,
    a_task_that_is_in_no_scrum_is_brought_into_the_backlog,
    a_task_that_does_not_exist_is_an_error_all_the_same,
    every_kind_of_thing_tells_its_fields,
}
