//! `tasks.api.scrum.backlog.*`

use crate::common::Desk;
use serde_json::json;

const ADD: &str = "backlog.add";
const UPDATE: &str = "backlog.update";
const GET: &str = "backlog.get";
const DELETE: &str = "backlog.delete";
const DENIED: &str = "Access denied";
const NO_FIELDS: &str = "Could not find value for parameter {fields}";

/// A scrum without a backlog, and its owner.
fn bare(desk: &Desk) -> (u64, u64) {
    let group = desk.portal.scrum_without_backlog().unwrap();
    (group, desk.portal.group(group).unwrap().owner_id)
}

#[test]
fn a_backlog_is_added_once() {
    let mut desk = Desk::new();
    let (group, owner) = bare(&desk);
    let body = json!({"fields": {"groupId": group, "createdBy": owner}});
    let backlog = desk.scrum(owner, ADD, &body);
    let id = backlog["id"].as_u64().unwrap();
    let expected = json!({"id": id, "groupId": group, "createdBy": owner, "modifiedBy": 0});
    assert_eq!(backlog, expected);
    assert_eq!(desk.scrum(owner, GET, &json!({"id": group})), expected);
    assert_eq!(desk.portal.backlog(group).unwrap().id, id);
    desk.scrum_refused(owner, ADD, &body, "Backlog already added");
    assert_eq!(desk.portal.executed_of("tasks.api.scrum.backlog.add"), 1);
}

#[test]
fn a_group_that_is_no_scrum_may_have_one() {
    let mut desk = Desk::new();
    let group = desk.group(|own| own.scrum_master_id == 0).id;
    let fields = json!({"groupId": group.to_string(), "createdBy": 1, "modifiedBy": 2});
    let backlog = desk.scrum(1, ADD, &json!({"fields": fields}));
    assert_eq!(
        (&backlog["groupId"], &backlog["modifiedBy"]),
        (&json!(group), &json!(2))
    );
    let deleted = desk.raw(
        1,
        "tasks.api.scrum.backlog.delete",
        &json!({"id": backlog["id"]}).to_string(),
    );
    assert_eq!(deleted, "[]");
    assert_eq!(desk.portal.backlog(group), None);
}

#[test]
fn adding_follows_the_order_of_its_checks() {
    let mut desk = Desk::new();
    let (group, owner) = bare(&desk);
    let (full, _, stranger) = desk.full_scrum();
    let add = |fields| json!({"fields": fields});
    desk.scrum_unbound(owner, ADD, &json!({}), NO_FIELDS);
    let text = "Invalid value {x} to match with parameter {fields}. Should be value of type array.";
    desk.scrum_unbound(owner, ADD, &add(json!("x")), text);
    for none in [json!({}), json!({"groupId": 0}), json!({"groupId": "x"})] {
        desk.scrum_refused(owner, ADD, &add(none), "Group id not found");
    }
    desk.scrum_refused(
        stranger,
        ADD,
        &add(json!({"groupId": full})),
        "Backlog already added",
    );
    let outsider = desk.portal.stranger(group).unwrap().id;
    desk.scrum_refused(outsider, ADD, &add(json!({"groupId": group})), DENIED);
    desk.scrum_refused(1, ADD, &add(json!({"groupId": 99_999})), DENIED);
    let unknown = "createdBy user not found";
    desk.scrum_refused(owner, ADD, &add(json!({"groupId": group})), unknown);
    let fields = json!({"groupId": group, "createdBy": 99_999});
    desk.scrum_refused(owner, ADD, &add(fields), unknown);
    let fields = json!({"groupId": group, "createdBy": 1, "modifiedBy": 99_999});
    desk.scrum_refused(owner, ADD, &add(fields), "modifiedBy user not found");
    let fields = json!({"groupId": group, "createdBy": 1});
    desk.portal.fail_next("tasks.api.scrum.backlog.add");
    desk.scrum_refused(owner, ADD, &add(fields), "Unable to add backlog");
    assert_eq!(desk.portal.backlog(group), None);
}

#[test]
fn an_empty_backlog_moves() {
    let mut desk = Desk::new();
    let (target, owner) = bare(&desk);
    let group = desk.group(|own| own.scrum_master_id == 0).id;
    let own = desk.scrum(
        1,
        ADD,
        &json!({"fields": {"groupId": group, "createdBy": 1}}),
    );
    let id = own["id"].clone();
    let body = json!({"id": id, "fields": {"groupId": target, "createdBy": owner}});
    assert_eq!(
        desk.scrum(1, UPDATE, &body),
        json!({"id": id, "groupId": target, "createdBy": owner, "modifiedBy": 1})
    );
    assert_eq!(desk.portal.backlog(group), None);
    let body = json!({"id": id, "fields": {"modifiedBy": owner}});
    assert_eq!(desk.scrum(1, UPDATE, &body)["modifiedBy"], owner);
}

#[test]
fn updating_follows_the_order_of_its_checks() {
    let mut desk = Desk::new();
    let (group, member, stranger) = desk.full_scrum();
    let id = desk.portal.backlog(group).unwrap().id;
    let (target, _) = bare(&desk);
    let update = |id, fields| json!({"id": id, "fields": fields});
    desk.scrum_unbound(member, UPDATE, &json!({}), NO_FIELDS);
    desk.scrum_refused(
        member,
        UPDATE,
        &json!({"fields": {}}),
        "Backlog id not found",
    );
    desk.scrum_refused(
        member,
        UPDATE,
        &update(99_999, json!({})),
        "Backlog not found",
    );
    desk.scrum_refused(stranger, UPDATE, &update(id, json!({})), DENIED);
    let fields = json!({"groupId": 99_999});
    desk.scrum_refused(1, UPDATE, &update(id, fields), DENIED);
    let fields = json!({"groupId": target});
    let text = "It is forbidden move a backlog with items";
    desk.scrum_refused(1, UPDATE, &update(id, fields), text);
    let other = desk.group(|own| own.scrum_master_id == 0).id;
    let fields = json!({"groupId": other, "createdBy": 1});
    let empty = desk.scrum(1, ADD, &json!({"fields": fields}));
    let empty = empty["id"].as_u64().unwrap();
    let fields = json!({"groupId": group});
    let text = "The target group already has a backlog";
    desk.scrum_refused(1, UPDATE, &update(empty, fields), text);
    for name in ["createdBy", "modifiedBy"] {
        let text = format!("{name} user not found");
        desk.scrum_refused(1, UPDATE, &update(id, json!({name: 0})), &text);
    }
    desk.portal.fail_next("tasks.api.scrum.backlog.update");
    let text = "Unable to update backlog";
    desk.scrum_refused(1, UPDATE, &update(id, json!({"createdBy": 1})), text);
}

#[test]
fn getting_and_deleting_refuse() {
    let mut desk = Desk::new();
    let (group, member, stranger) = desk.full_scrum();
    let (bare, _) = bare(&desk);
    let id = |id: u64| json!({"id": id});
    desk.scrum_refused(member, GET, &json!({}), "Group id not found");
    desk.scrum_refused(1, GET, &id(bare), "Backlog not found");
    desk.scrum_refused(stranger, GET, &id(group), DENIED);
    desk.scrum(member, GET, &id(group));
    let own = desk.portal.backlog(group).unwrap().id;
    desk.scrum_refused(member, DELETE, &json!({}), "Backlog id not found");
    desk.scrum_refused(member, DELETE, &id(99_999), "Backlog not found");
    desk.scrum_refused(stranger, DELETE, &id(own), DENIED);
    let text = "It is forbidden remove a backlog with items";
    desk.scrum_refused(member, DELETE, &id(own), text);
    let tasks: Vec<u64> = desk.portal.tasks().map(|task| task.id).collect();
    for task in tasks {
        desk.portal.task_mut(task).unwrap().entity_id = None;
    }
    desk.portal.fail_next("tasks.api.scrum.backlog.delete");
    desk.scrum_refused(member, DELETE, &id(own), "Backlog not deleted");
    desk.scrum(member, DELETE, &id(own));
    desk.scrum_refused(member, DELETE, &id(own), "Backlog not found");
}
