//! A sprint from its plan to its end, as a program goes about it: what belongs together in one batch, with references.

use sonet_core::Batch;
use sonet_types::tasks::api::scrum::kanban::StageType;
use sonet_types::tasks::api::scrum::sprint::SprintStatus;
use sonet_types::tasks::api::scrum::{epic, kanban, sprint, task};
use sonet_types::{EpicId, SprintId};

use crate::conformance::caller::Caller;
use crate::conformance::world::{World, number};

fn a_sprint_is_planned_and_started_in_one_batch<C: Caller>(world: &World) {
    let (client, scrum) = (world.admin_client::<C>(), world.scrum());
    let (planned, reviewed) = (world.waiting_task(), world.loose_task());
    let backlog = number(world.backlog());
    client.call(&sprint::Complete::new(scrum)).unwrap();

    let mut batch = Batch::new().halt();
    let epic = batch.add(&epic::Add::new("Search & find", scrum).files(["n1", "n2"]));
    let sprint = batch.add(&sprint::Add::new(scrum, "Of tests"));
    let (epic_id, sprint_id) = (
        epic.field("id").id::<EpicId>(),
        sprint.field("id").id::<SprintId>(),
    );
    let moved = batch.add_with((sprint_id.clone(), epic_id.clone()), |(sprint, epic)| {
        task::Update::new(planned).entity_id(sprint).epic_id(epic)
    });
    let started = batch.add_with(sprint_id.clone(), sprint::Start::new);
    let stage = batch.add_with(sprint_id.clone(), |sprint| {
        kanban::AddStage::new(sprint, "Review").kind(StageType::Work)
    });
    let put = batch.add_with((sprint_id.clone(), stage.value()), |(sprint, stage)| {
        kanban::AddTask::new(sprint, reviewed, stage)
    });
    let without_files = batch.add_with(epic_id.clone(), |epic| {
        epic::Update::new(epic).files(Vec::<String>::new())
    });
    let listed = batch.add_with(sprint_id, |sprint| {
        sprint::List::new().filter(sprint::List::ID.eq(sprint))
    });
    let mut run = batch.build().unwrap();
    client.run(&mut run).unwrap();

    let epic = run.outcome(epic).unwrap().id;
    let sprint = run.outcome(sprint).unwrap();
    assert_eq!(sprint.status, Some(SprintStatus::Planned));
    run.outcome(moved).unwrap();
    run.outcome(put).unwrap();
    run.outcome(without_files).unwrap();
    let files = client.call(&epic::Get::new(epic)).unwrap().files.unwrap();
    assert_eq!(files["VALUE"], serde_json::json!([]));
    assert_eq!(
        run.outcome(started).unwrap().status,
        Some(SprintStatus::Active)
    );
    let stage = run.outcome(stage).unwrap();
    let first = world.kept_stages()[0].id;
    for (task, epic, stage) in [(planned, number(epic), first), (reviewed, 0, number(stage))] {
        let kept = world.kept_task(task);
        assert_eq!(kept.entity_id, Some(number(sprint.id)));
        assert_eq!((kept.epic_id, kept.stage_id), (epic, Some(stage)));
    }
    let rows = run.outcome(listed).unwrap();
    assert_eq!(rows.rows()[0].status, Some(SprintStatus::Active));

    let over = client.call(&sprint::Complete::new(scrum)).unwrap();
    assert_eq!(
        (over.id, over.status),
        (sprint.id, Some(SprintStatus::Completed))
    );
    let kept = world.kept_task(planned);
    assert_eq!(kept.entity_id, Some(backlog));
}

on_both_clients! {
    a_sprint_is_planned_and_started_in_one_batch,
}
