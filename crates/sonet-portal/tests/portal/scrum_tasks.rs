//! `tasks.api.scrum.task.*`

use crate::common::Desk;
use serde_json::{Value, json};
use sonet_portal::Role;

const UPDATE: &str = "task.update";
const GET: &str = "task.get";
const NO_ID: &str = "Could not find value for parameter {id}";
const BAD_ID: &str = "Invalid value {x} to match with parameter {id}. Should be value of type int.";

fn update(id: u64, fields: Value) -> Value {
    let mut body = json!({"id": id});
    body["fields"] = fields;
    body
}

#[test]
fn a_task_is_brought_into_the_scrum_and_moved() {
    let mut desk = Desk::new();
    let (group, member, _) = desk.full_scrum();
    let backlog = desk.portal.backlog(group).unwrap().id;
    let epic = desk.portal.epics().find(|own| own.group_id == group);
    let epic = epic.unwrap().id;
    let task = desk.portal.insert_task(group, 1);
    let answer = desk.scrum(member, UPDATE, &update(task, json!({"storyPoints": "XL"})));
    let done = json!({"status": "success", "data": true, "errors": []});
    assert_eq!(answer, done);
    assert_eq!(
        desk.scrum(member, GET, &json!({"id": task})),
        json!({
            "entityId": backlog, "storyPoints": "XL", "epicId": 0, "sort": 1,
            "createdBy": 1, "modifiedBy": member,
        })
    );
    let sprint = desk.portal.active_sprint(group).unwrap().id;
    let first = desk.portal.stages(sprint)[0].id;
    let fields = json!({"entityId": sprint, "epicId": epic, "sort": "5", "storyPoints": 8});
    desk.portal.rules_mut().bare_task_update = true;
    assert_eq!(
        desk.scrum(member, UPDATE, &update(task, fields)),
        json!(true)
    );
    let own = desk.scrum(member, GET, &json!({"id": task}));
    assert_eq!(
        (
            &own["entityId"],
            &own["epicId"],
            &own["sort"],
            &own["storyPoints"]
        ),
        (&json!(sprint), &json!(epic), &json!(5), &json!("8"))
    );
    assert_eq!(desk.portal.task(task).unwrap().stage_id, Some(first));
    desk.scrum(member, UPDATE, &update(task, json!({"epicId": 0})));
    let own = desk.portal.task(task).unwrap();
    assert_eq!((own.epic_id, own.entity_id), (0, Some(sprint)));
}

#[test]
fn a_task_moves_to_another_scrum() {
    let mut desk = Desk::new();
    let (group, ..) = desk.full_scrum();
    let backlog = desk.portal.backlog(group).unwrap().id;
    let other = desk.portal.scrum_without_backlog().unwrap();
    let fields = json!({"fields": {"groupId": other, "name": "Left behind"}});
    let epic = desk.scrum(1, "epic.add", &fields)["id"].clone();
    desk.portal.open_planning(other);
    let task = desk.portal.insert_task(other, 1);
    desk.scrum(1, UPDATE, &update(task, json!({"epicId": epic})));
    desk.scrum(1, UPDATE, &update(task, json!({"entityId": backlog})));
    let own = desk.portal.task(task).unwrap();
    assert_eq!((own.group_id, own.entity_id), (group, Some(backlog)));
    assert_eq!(own.epic_id, 0, "an epic of the other scrum");
}

#[test]
fn a_task_comes_onto_the_first_stage_for_new_ones_and_stays_where_it_is_moved() {
    let mut desk = Desk::new();
    let (group, member, _) = desk.full_scrum();
    let sprint = desk.portal.active_sprint(group).unwrap().id;
    let fields = json!({"fields": {"sprintId": sprint, "name": "Before all", "sort": 0}});
    let before = desk.scrum(member, "kanban.addStage", &fields);
    let stages = desk.portal.stages(sprint);
    let (new, last) = (stages[1].id, stages[3].id);
    assert_eq!(
        (json!(stages[0].id), stages[1].name.as_str()),
        (before, "New")
    );
    let task = desk.portal.insert_task(group, 1);
    let into = update(task, json!({"entityId": sprint}));
    desk.scrum(member, UPDATE, &into);
    assert_eq!(desk.portal.task(task).unwrap().stage_id, Some(new));
    let body = json!({"sprintId": sprint, "taskId": task, "stageId": last});
    desk.scrum(member, "kanban.addTask", &body);
    desk.scrum(member, UPDATE, &into);
    assert_eq!(desk.portal.task(task).unwrap().stage_id, Some(last));
    // One that does not run may have stages as well, but its tasks are on none.
    let planned = desk.portal.planned_sprint(group).unwrap().id;
    let fields = json!({"fields": {"sprintId": planned, "name": "New", "type": "NEW"}});
    desk.scrum(member, "kanban.addStage", &fields);
    desk.scrum(member, UPDATE, &update(task, json!({"entityId": planned})));
    assert_eq!(desk.portal.task(task).unwrap().stage_id, None);
}

#[test]
fn a_task_moves_to_no_scrum_without_access() {
    let mut desk = Desk::new();
    let (group, _, stranger) = desk.full_scrum();
    let own = desk.portal.scrum_without_backlog().unwrap();
    desk.portal.set_member(own, stranger, Role::Member);
    let task = desk.portal.insert_task(own, stranger);
    for entity in [
        desk.portal.backlog(group).unwrap().id,
        desk.portal.active_sprint(group).unwrap().id,
    ] {
        let fields = json!({"entityId": entity});
        desk.scrum_refused(stranger, UPDATE, &update(task, fields), "Access denied");
    }
    assert_eq!(desk.portal.task(task).unwrap().group_id, own);
}

#[test]
fn a_task_has_the_creator_and_the_modifier_that_are_given() {
    let mut desk = Desk::new();
    let (group, member, _) = desk.full_scrum();
    let task = desk.portal.insert_task(group, 1);
    let fields = json!({"createdBy": member, "modifiedBy": 2});
    desk.scrum(1, UPDATE, &update(task, fields));
    let own = desk.portal.task(task).unwrap();
    assert_eq!((own.created_by, own.modified_by), (member, 2));
    for name in ["createdBy", "modifiedBy"] {
        let text = format!("{name} user not found");
        desk.scrum_refused(1, UPDATE, &update(task, json!({name: 99_999})), &text);
    }
}

#[test]
fn updating_follows_the_order_of_its_checks() {
    let mut desk = Desk::new();
    let (group, member, stranger) = desk.full_scrum();
    let task = desk.portal.insert_task(group, member);
    let bare = desk.portal.scrum_without_backlog().unwrap();
    let lonely = desk.portal.insert_task(bare, 1);
    desk.scrum_unbound(member, UPDATE, &json!({"fields": {}}), NO_ID);
    desk.scrum_unbound(
        member,
        UPDATE,
        &update(task, json!("x")),
        "Invalid value {x} to match with parameter {fields}. Should be value of type array.",
    );
    let text = "Could not find value for parameter {fields}";
    desk.scrum_unbound(member, UPDATE, &json!({"id": task}), text);
    let epic = json!({"epicId": 99_999});
    desk.scrum_refused(member, UPDATE, &update(99_999, epic), "Epic not found");
    desk.scrum_refused(member, UPDATE, &update(99_999, json!({})), "Task not found");
    desk.scrum_refused(stranger, UPDATE, &update(task, json!({})), "Access denied");
    let epic = desk.portal.epics().find(|own| own.group_id != group);
    let epic = json!({"epicId": epic.unwrap().id});
    desk.scrum_refused(1, UPDATE, &update(task, epic), "Epic not found");
    let nowhere = json!({"entityId": 99_999});
    desk.scrum_refused(member, UPDATE, &update(task, nowhere), "Item not created");
    desk.scrum_refused(1, UPDATE, &update(lonely, json!({})), "Item not created");
    desk.portal.fail_next("tasks.api.scrum.task.update");
    desk.scrum_refused(member, UPDATE, &update(task, json!({})), "Item not created");
    assert_eq!(desk.portal.task(task).unwrap().entity_id, None);
}

#[test]
fn what_is_not_found_comes_with_status_200() {
    let mut desk = Desk::new();
    let (group, member, stranger) = desk.full_scrum();
    let loose = desk.portal.insert_task(group, member);
    let own = desk.portal.tasks().find(|task| task.entity_id.is_some());
    let own = own.unwrap().id;
    let method = "tasks.api.scrum.task.get";
    for (user, id) in [(1, 99_999), (stranger, own), (member, loose)] {
        let response = desk.send(user, method, &json!({"id": id}).to_string());
        assert_eq!(
            (response.status(), response.text().as_str()),
            (200, r#"{"error":0,"error_description":"Task not found"}"#)
        );
    }
    assert_eq!(desk.portal.executed_of(method), 0);
    desk.scrum_unbound(member, GET, &json!({"taskId": own}), NO_ID);
    desk.scrum_unbound(member, GET, &json!({"id": "x"}), BAD_ID);
    desk.scrum(member, GET, &json!({"id": own}));
    assert_eq!(desk.portal.executed_of(method), 1);
}
