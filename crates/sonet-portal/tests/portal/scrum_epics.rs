//! `tasks.api.scrum.epic.*`

use crate::common::Desk;
use serde_json::{Value, json};

const ADD: &str = "epic.add";
const UPDATE: &str = "epic.update";
const GET: &str = "epic.get";
const LIST: &str = "epic.list";
const DELETE: &str = "epic.delete";
const DENIED: &str = "Access denied";
const NO_ID: &str = "Could not find value for parameter {id}";
const NO_FIELDS: &str = "Could not find value for parameter {fields}";
const BAD_ID: &str = "Invalid value {x} to match with parameter {id}. Should be value of type int.";

fn ids(rows: &Value) -> Vec<u64> {
    let rows = rows.as_array().unwrap();
    rows.iter().map(|row| row["id"].as_u64().unwrap()).collect()
}

#[test]
fn an_epic_is_added_read_updated_and_deleted() {
    let mut desk = Desk::new();
    let (group, member, _) = desk.full_scrum();
    let fields = json!({"groupId": group, "name": "New", "files": ["n428", "345", "n7"]});
    let epic = desk.scrum(member, ADD, &json!({"fields": fields}));
    let id = epic["id"].as_u64().unwrap();
    let row = json!({
        "id": id, "groupId": group, "name": "New", "description": "",
        "createdBy": member, "modifiedBy": member, "color": "#69dafc",
    });
    assert_eq!(epic, row);
    let mut full = desk.scrum(member, GET, &json!({"id": id}));
    let files = full.as_object_mut().unwrap().remove("files").unwrap();
    assert_eq!(full, row);
    assert_eq!(
        (
            &files["VALUE"],
            &files["ENTITY_VALUE_ID"],
            &files["SETTINGS"]["IBLOCK_ID"]
        ),
        (&json!([428, 7]), &json!(id), &Value::Null)
    );
    let fields = json!({"description": "More", "color": "#bbecf1", "files": []});
    let epic = desk.scrum(1, UPDATE, &json!({"id": id.to_string(), "fields": fields}));
    assert_eq!(
        (&epic["name"], &epic["description"], &epic["color"]),
        (&json!("New"), &json!("More"), &json!("#bbecf1"))
    );
    assert_eq!(epic["modifiedBy"], 1);
    assert!(desk.portal.epic(id).unwrap().files.is_empty());
    let task = desk.portal.tasks().next().unwrap().id;
    desk.portal.task_mut(task).unwrap().epic_id = id;
    assert_eq!(desk.scrum(member, DELETE, &json!({"id": id})), json!([]));
    assert_eq!(desk.portal.task(task).unwrap().epic_id, 0);
    desk.scrum_refused(member, DELETE, &json!({"id": id}), "Epic not found");
}

/// A `null` is as good as nothing, and an empty text is a value wherever a page does not need one.
#[test]
fn what_is_not_given_stays_and_what_is_empty_is_given() {
    let mut desk = Desk::new();
    let (group, ..) = desk.full_scrum();
    let fields = json!({
        "groupId": group, "name": "New", "description": "Much", "color": "", "files": ["n1"],
        "createdBy": null,
    });
    let epic = desk.scrum(1, ADD, &json!({"fields": fields}));
    assert_eq!(
        (&epic["color"], &epic["createdBy"]),
        (&json!("#69dafc"), &json!(1))
    );
    let id = epic["id"].as_u64().unwrap();
    let nothing = json!({
        "name": null, "groupId": null, "description": null, "color": null, "files": null,
        "createdBy": null, "modifiedBy": null,
    });
    assert_eq!(
        desk.scrum(1, UPDATE, &json!({"id": id, "fields": nothing})),
        epic
    );
    assert_eq!(desk.portal.epic(id).unwrap().files, [1]);
    for text in ["", "Less"] {
        let fields = json!({"description": text});
        let epic = desk.scrum(1, UPDATE, &json!({"id": id, "fields": fields}));
        assert_eq!(epic["description"], text);
    }
}

#[test]
fn adding_refuses() {
    let mut desk = Desk::new();
    let (group, member, stranger) = desk.full_scrum();
    let add = |fields| json!({"fields": fields});
    desk.scrum_unbound(member, ADD, &json!({"name": "A"}), NO_FIELDS);
    for fields in [
        json!({"name": "A"}),
        json!({"groupId": 99_999, "name": "A"}),
    ] {
        desk.scrum_refused(member, ADD, &add(fields), "Group is not found");
    }
    desk.scrum_refused(stranger, ADD, &add(json!({"groupId": group})), DENIED);
    for fields in [
        json!({"groupId": group}),
        json!({"groupId": group, "name": " "}),
    ] {
        desk.scrum_refused(member, ADD, &add(fields), "Name is not found");
    }
    for name in ["createdBy", "modifiedBy"] {
        let fields = json!({"groupId": group, "name": "A", name: 99_999});
        desk.scrum_refused(member, ADD, &add(fields), &format!("{name} user not found"));
    }
    desk.portal.fail_next("tasks.api.scrum.epic.add");
    let fields = json!({"groupId": group, "name": "A"});
    desk.scrum_refused(member, ADD, &add(fields), "Epic not created");
}

#[test]
fn what_has_an_identifier_refuses() {
    let mut desk = Desk::new();
    let (group, member, stranger) = desk.full_scrum();
    let epic = desk.portal.epics().find(|own| own.group_id == group);
    let id = epic.unwrap().id;
    let with = |id: Value| json!({"id": id, "fields": {"name": "A"}});
    for method in [GET, DELETE, UPDATE] {
        desk.scrum_unbound(member, method, &json!({"fields": {}}), NO_ID);
        desk.scrum_unbound(member, method, &with(json!("x")), BAD_ID);
        desk.scrum_refused(member, method, &with(json!(99_999)), "Epic not found");
        desk.scrum_refused(member, method, &with(json!(-1)), "Epic not found");
        desk.scrum_refused(stranger, method, &with(json!(id)), DENIED);
    }
    desk.scrum_unbound(member, UPDATE, &json!({"id": id}), NO_FIELDS);
    let update = |fields| json!({"id": id, "fields": fields});
    desk.scrum_refused(
        member,
        UPDATE,
        &update(json!({"name": ""})),
        "Epic not updated",
    );
    desk.scrum_refused(member, UPDATE, &update(json!({"groupId": 99_999})), DENIED);
    for name in ["createdBy", "modifiedBy"] {
        let text = format!("{name} user not found");
        desk.scrum_refused(member, UPDATE, &update(json!({name: "x"})), &text);
    }
    desk.portal.fail_next("tasks.api.scrum.epic.update");
    desk.scrum_refused(
        member,
        UPDATE,
        &update(json!({"name": "B"})),
        "Epic not updated",
    );
}

#[test]
fn a_list_is_filtered_ordered_and_selected_from() {
    let mut desk = Desk::new();
    let (group, member, stranger) = desk.full_scrum();
    let all = desk.portal.epics().filter(|own| own.group_id == group);
    let all: Vec<u64> = all.map(|epic| epic.id).collect();
    assert!(all.len() >= 3);
    let filter = json!({"GROUP_ID": group});
    let rows = desk.scrum(member, LIST, &json!({"filter": filter}));
    assert_eq!(ids(&rows), all);
    assert_eq!(rows[0].as_object().unwrap().len(), 7);
    let body = json!({
        "filter": {"GROUP_ID": group, "!=ID": all[0], "%NAME": "o"},
        "order": {"NAME": "desc"}, "select": ["ID"],
    });
    let rows = desk.scrum(member, LIST, &body);
    assert!(
        rows.as_array()
            .unwrap()
            .iter()
            .all(|row| row.as_object().unwrap().len() == 1)
    );
    let nothing = "Could not load list";
    desk.scrum_refused(member, LIST, &json!({"filter": {"ID": 99_999}}), nothing);
    desk.scrum_refused(stranger, LIST, &json!({"filter": filter}), nothing);
    desk.scrum_refused(member, LIST, &json!({"start": 50}), nothing);
}

#[test]
fn a_list_has_pages_and_does_not_count() {
    let mut desk = Desk::new();
    let group = desk.portal.scrum_without_backlog().unwrap();
    let add = json!({"fields": {"groupId": group, "name": "Same"}});
    for _ in 0..100 {
        desk.scrum(1, ADD, &add);
    }
    let page = |start: i64| json!({"filter": {"GROUP_ID": group}, "start": start});
    let mut seen = Vec::new();
    for start in [-1, 50] {
        let answer = desk.answer(1, "tasks.api.scrum.epic.list", &page(start).to_string());
        assert!(answer.get("total").is_none() && answer.get("next").is_none());
        seen.extend(ids(&answer["result"]));
    }
    assert!(seen.len() == 100 && seen.is_sorted_by(|a, b| a < b));
    let second = desk.scrum(1, LIST, &page(99));
    assert_eq!(ids(&second), seen[50..]);
    // Behind a full last page there is an error, and not an empty list.
    desk.scrum_refused(1, LIST, &page(100), "Could not load list");
    desk.portal.rules_mut().scrum_totals = true;
    let told = |desk: &mut Desk, start| {
        let answer = desk.answer(1, "tasks.api.scrum.epic.list", &page(start).to_string());
        (answer["total"].clone(), answer.get("next").cloned())
    };
    assert_eq!(told(&mut desk, 0), (json!(100), Some(json!(50))));
    assert_eq!(told(&mut desk, 50), (json!(100), None));
    assert_eq!(told(&mut desk, -1), (json!(null), None), "not to count");
}
