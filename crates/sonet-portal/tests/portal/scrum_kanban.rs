//! `tasks.api.scrum.kanban.*`

use crate::common::Desk;
use serde_json::{Value, json};
use sonet_portal::{Role, StageKind};

const ADD: &str = "kanban.addStage";
const UPDATE: &str = "kanban.updateStage";
const STAGES: &str = "kanban.getStages";
const DELETE: &str = "kanban.deleteStage";
const ADD_TASK: &str = "kanban.addTask";
const DELETE_TASK: &str = "kanban.deleteTask";
const DENIED: &str = "Access denied";
const NO_FIELDS: &str = "Could not find value for parameter {fields}";
const NO_SPRINT_ID: &str = "Sprint id not found";
const NO_SPRINT: &str = "Sprint not found";

#[test]
fn stages_are_texts_and_come_in_order() {
    let mut desk = Desk::new();
    let (group, member, _) = desk.full_scrum();
    let sprint = desk.portal.active_sprint(group).unwrap().id;
    let stages = desk.portal.stages(sprint);
    let stages: Vec<u64> = stages.iter().map(|own| own.id).collect();
    let row = |n: usize, name: &str, sort: &str, kind: &str, color: &str| {
        json!({
            "id": stages[n].to_string(), "name": name, "sort": sort, "type": kind,
            "sprintId": sprint.to_string(), "color": color,
        })
    };
    assert_eq!(
        desk.scrum(member, STAGES, &json!({"sprintId": sprint})),
        json!([
            row(0, "New", "100", "NEW", "00C4FB"),
            row(1, "In Progress", "200", "WORK", "47D1E2"),
            row(2, "Done", "300", "FINISH", "75D900"),
        ])
    );
    let fields = json!({"fields": {"sprintId": sprint, "name": "Beside", "sort": 200}});
    let beside = desk.scrum(member, ADD, &fields).as_u64().unwrap();
    let order = desk.portal.stages(sprint);
    let order: Vec<u64> = order.iter().map(|own| own.id).collect();
    assert_eq!(order, [stages[0], stages[1], beside, stages[2]]);
    let planned = desk.portal.planned_sprint(group).unwrap().id;
    let none = desk.scrum(member, STAGES, &json!({"sprintId": planned}));
    assert_eq!(none, json!([]), "what doesn't run has none");
}

#[test]
fn a_stage_is_added_changed_and_deleted() {
    let mut desk = Desk::new();
    let (group, member, _) = desk.full_scrum();
    let sprint = desk.portal.active_sprint(group).unwrap().id;
    let fields = json!({"sprintId": sprint, "name": "Review", "type": "X"});
    let id = desk.scrum(member, ADD, &json!({"fields": fields}));
    let id = id.as_u64().unwrap();
    let stage = desk.portal.stage(id).unwrap();
    assert_eq!((stage.kind, stage.sort), (StageKind::Work, 400));
    assert_eq!(stage.color, "47D1E2", "that of its kind");
    let fields = json!({"name": "", "type": "FINISH", "sort": "150", "color": "AABBCC"});
    let answer = desk.scrum(member, UPDATE, &json!({"stageId": id, "fields": fields}));
    assert_eq!(answer, json!(true));
    let stage = desk.portal.stage(id).unwrap();
    assert_eq!(
        (stage.name.as_str(), stage.kind),
        ("Review", StageKind::Finish)
    );
    assert_eq!((stage.sort, stage.color.as_str()), (150, "AABBCC"));
    assert_eq!(desk.portal.stages(sprint)[1].id, id);
    let planned = desk.portal.planned_sprint(group).unwrap().id;
    let body = json!({"stageId": id, "fields": {"sprintId": planned}});
    desk.scrum(member, UPDATE, &body);
    assert_eq!(desk.portal.stages(planned)[0].id, id);
    let body = json!({"stageId": id});
    assert_eq!(desk.scrum(member, DELETE, &body), json!(true));
    desk.scrum_refused(member, DELETE, &body, "Stage not found");
}

#[test]
fn stages_refuse() {
    let mut desk = Desk::new();
    let (group, member, stranger) = desk.full_scrum();
    let sprint = desk.portal.active_sprint(group).unwrap().id;
    let add = |fields| json!({"fields": fields});
    desk.scrum_unbound(member, ADD, &json!({}), NO_FIELDS);
    desk.scrum_refused(member, ADD, &add(json!({"name": "A"})), NO_SPRINT_ID);
    desk.scrum_refused(member, ADD, &add(json!({"sprintId": 99_999})), NO_SPRINT);
    desk.scrum_refused(stranger, ADD, &add(json!({"sprintId": sprint})), DENIED);
    let text = "Incorrect name format";
    desk.scrum_refused(member, ADD, &add(json!({"sprintId": sprint})), text);
    desk.scrum_refused(
        member,
        ADD,
        &add(json!({"sprintId": sprint, "name": []})),
        text,
    );
    desk.scrum_refused(member, STAGES, &json!({"sprintId": "x"}), NO_SPRINT_ID);
    desk.scrum_refused(member, STAGES, &json!({"sprintId": 99_999}), NO_SPRINT);
    desk.scrum_refused(stranger, STAGES, &json!({"sprintId": sprint}), DENIED);
    let stage = desk.portal.stages(sprint)[1].id;
    let with = |id: u64, fields: Value| json!({"stageId": id, "fields": fields});
    desk.scrum_unbound(member, UPDATE, &json!({"stageId": stage}), NO_FIELDS);
    for method in [UPDATE, DELETE] {
        desk.scrum_refused(member, method, &add(json!({})), "Stage id not found");
        desk.scrum_refused(member, method, &with(99_999, json!({})), "Stage not found");
    }
    let text = "Incorrect sprintId value";
    desk.scrum_refused(
        member,
        UPDATE,
        &with(stage, json!({"sprintId": 99_999})),
        text,
    );
    desk.scrum_refused(
        stranger,
        UPDATE,
        &with(stage, json!({"sprintId": sprint})),
        text,
    );
    desk.scrum_refused(stranger, UPDATE, &with(stage, json!({"name": "A"})), DENIED);
    let busy = desk.portal.stages(sprint)[0].id;
    desk.scrum_refused(stranger, DELETE, &with(busy, json!({})), "Stage has tasks");
    desk.scrum_refused(stranger, DELETE, &with(stage, json!({})), DENIED);
    let fields = json!({"sprintId": sprint, "name": "A"});
    for (method, body) in [
        (ADD, add(fields)),
        (UPDATE, with(stage, json!({}))),
        (DELETE, with(stage, json!({}))),
    ] {
        desk.portal.fail_next(&format!("tasks.api.scrum.{method}"));
        desk.scrum_refused(member, method, &body, "Unknown error");
    }
}

#[test]
fn a_task_goes_to_the_kanban_and_leaves_it() {
    let mut desk = Desk::new();
    let (group, member, _) = desk.full_scrum();
    let sprint = desk.portal.active_sprint(group).unwrap().id;
    let stage = desk.portal.stages(sprint)[2].id;
    let task = desk.portal.insert_task(group, member);
    let body = json!({"sprintId": sprint, "taskId": task, "stageId": stage});
    assert_eq!(desk.scrum(member, ADD_TASK, &body), json!(true));
    let own = desk.portal.task(task).unwrap();
    assert_eq!((own.entity_id, own.stage_id), (Some(sprint), Some(stage)));
    let body = json!({"sprintId": sprint, "taskId": task});
    assert_eq!(desk.scrum(member, DELETE_TASK, &body), json!(true));
    let own = desk.portal.task(task).unwrap();
    assert_eq!(
        (own.entity_id, own.stage_id),
        (Some(sprint), None),
        "it stays in the sprint"
    );
}

/// A kanban that the task is not on has nothing to give back.
#[test]
fn a_task_leaves_no_other_kanban() {
    let mut desk = Desk::new();
    let (group, member, _) = desk.full_scrum();
    let sprint = desk.portal.active_sprint(group).unwrap().id;
    let planned = desk.portal.planned_sprint(group).unwrap().id;
    let task = desk
        .portal
        .tasks()
        .find(|task| task.entity_id == Some(sprint));
    let task = task.unwrap().clone();
    let body = json!({"sprintId": planned, "taskId": task.id});
    assert_eq!(desk.scrum(member, DELETE_TASK, &body), json!(true));
    assert!(task.stage_id.is_some());
    assert_eq!(desk.portal.task(task.id), Some(&task));
}

/// Whoever works with the sprint that it is to go to needs to work with the one that it comes from.
#[test]
fn a_stage_is_taken_from_no_foreign_kanban() {
    let mut desk = Desk::new();
    let (group, _, stranger) = desk.full_scrum();
    let own = desk.portal.scrum_without_backlog().unwrap();
    desk.portal.set_member(own, stranger, Role::Member);
    let fields = json!({"groupId": own, "name": "A"});
    let sprint = desk.scrum(stranger, "sprint.add", &json!({"fields": fields}));
    let active = desk.portal.active_sprint(group).unwrap().id;
    let stage = desk.portal.stages(active)[1].id;
    let body = json!({"stageId": stage, "fields": {"sprintId": sprint["id"]}});
    desk.scrum_refused(stranger, UPDATE, &body, DENIED);
    assert_eq!(desk.portal.stage(stage).unwrap().sprint_id, active);
}

#[test]
fn tasks_on_the_kanban_refuse() {
    let mut desk = Desk::new();
    let (group, member, stranger) = desk.full_scrum();
    let sprint = desk.portal.active_sprint(group).unwrap().id;
    let stage = desk.portal.stages(sprint)[0].id;
    let task = desk.portal.insert_task(group, member);
    let other = desk.portal.scrum_without_backlog().unwrap();
    let foreign = desk.portal.insert_task(other, 1);
    let with = |sprint: u64, task: u64, stage: u64| json!({"sprintId": sprint, "taskId": task, "stageId": stage});
    for method in [ADD_TASK, DELETE_TASK] {
        desk.scrum_refused(member, method, &json!({"taskId": task}), NO_SPRINT_ID);
        desk.scrum_refused(
            member,
            method,
            &json!({"sprintId": sprint}),
            "TaskId id not found",
        );
        desk.scrum_refused(member, method, &with(99_999, 99_999, 99_999), NO_SPRINT);
        let text = "Task not found. The task must be with GROUP_ID";
        desk.scrum_refused(member, method, &with(sprint, 99_999, stage), text);
        desk.scrum_refused(1, method, &with(sprint, foreign, stage), text);
        desk.scrum_refused(stranger, method, &with(sprint, task, stage), DENIED);
    }
    let body = json!({"sprintId": sprint, "taskId": task});
    desk.scrum_refused(member, ADD_TASK, &body, "StageId id not found");
    desk.scrum_refused(
        member,
        ADD_TASK,
        &with(sprint, task, 99_999),
        "Stage not found",
    );
    let planned = desk.portal.planned_sprint(group).unwrap().id;
    desk.scrum_refused(
        member,
        ADD_TASK,
        &with(planned, task, stage),
        "Stage not found",
    );
    for method in [ADD_TASK, DELETE_TASK] {
        desk.portal.fail_next(&format!("tasks.api.scrum.{method}"));
        desk.scrum_refused(member, method, &with(sprint, task, stage), "Unknown error");
    }
}
