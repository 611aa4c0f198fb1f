//! What the methods of scrums have in common with each other and with the rest of the portal.

use crate::common::{Desk, now};
use serde_json::{Value, json};
use sonet_portal::{Request, Role, Strict};
use std::time::Duration;

#[test]
fn the_fields_of_each_part_are_told() {
    let mut desk = Desk::new();
    let fields = |list: &[(&str, &str)]| {
        let list = list.iter();
        let fields: serde_json::Map<String, Value> = list
            .map(|(name, kind)| ((*name).to_owned(), json!({"type": kind})))
            .collect();
        json!({"fields": fields})
    };
    let (int, text) = ("integer", "string");
    let by = [("createdBy", int), ("modifiedBy", int)];
    for (part, own) in [
        ("backlog", &[("groupId", int), by[0], by[1]][..]),
        (
            "epic",
            &[
                ("name", text),
                ("description", text),
                ("groupId", int),
                ("color", text),
                ("files", "array"),
                by[0],
                by[1],
            ],
        ),
        (
            "sprint",
            &[
                ("groupId", int),
                ("name", text),
                ("sort", int),
                by[0],
                by[1],
                ("dateStart", text),
                ("dateEnd", text),
                ("status", text),
            ],
        ),
        (
            "kanban",
            &[
                ("name", text),
                ("sort", int),
                ("type", text),
                ("sprintId", int),
                ("color", text),
            ],
        ),
        (
            "task",
            &[
                ("entityId", int),
                ("storyPoints", text),
                ("epicId", int),
                ("sort", int),
                by[0],
                by[1],
            ],
        ),
    ] {
        let told = desk.scrum(1, &format!("{part}.getFields"), &json!({}));
        assert_eq!(told, fields(own), "{part}");
    }
}

#[test]
fn the_scope_is_task() {
    let mut desk = Desk::new();
    let scopes = ["sonet_group", "socialnetwork", "user"];
    let without = desk.portal.webhook_path_with_scope(1, &scopes).unwrap();
    let with = desk.portal.webhook_path_with_scope(1, &["task"]).unwrap();
    for (path, status) in [(without, 403), (with, 200)] {
        let path = format!("{path}TASKS.API.scrum.sprint.list");
        let response = desk.portal.handle(&Request::get(path), now());
        assert_eq!(response.status(), status, "{}", response.text());
    }
    let names = desk.ok(1, "methods", r#"{"scope":"task"}"#);
    let names = names.as_array().unwrap().iter();
    let own = names.filter(|name| name.as_str().unwrap().starts_with("tasks.api.scrum."));
    assert_eq!(own.count(), 29);
}

#[test]
fn access_is_the_members_and_the_administrators() {
    let mut desk = Desk::new();
    let (group, _, stranger) = desk.full_scrum();
    let body = json!({"id": group});
    desk.scrum(1, "backlog.get", &body);
    desk.portal.set_member(group, stranger, Role::Awaiting);
    desk.scrum_refused(stranger, "backlog.get", &body, "Access denied");
    desk.portal.set_member(group, stranger, Role::Member);
    desk.scrum(stranger, "backlog.get", &body);
}

#[test]
fn a_batch_tells_numbers_and_costs_are_counted() {
    let mut desk = Desk::new();
    let (group, ..) = desk.full_scrum();
    let cmd = json!({"cmd": {
        "lost": "tasks.api.scrum.task.get?id=99999",
        "unbound": "tasks.api.scrum.epic.get",
        "add": format!("tasks.api.scrum.epic.add?fields[groupId]={group}&fields[name]=A"),
        "get": "tasks.api.scrum.epic.get?id=$result[add][id]",
    }});
    let result = desk.ok(1, "batch", &cmd.to_string());
    let errors = &result["result_error"];
    assert_eq!(
        errors["lost"],
        json!({"error": 0, "error_description": "Task not found"})
    );
    assert_eq!(errors["unbound"]["error"], 100);
    assert_eq!(result["result"]["get"]["name"], "A");
    assert_eq!(result["result_time"]["add"]["operating"], 0.321);
    assert_eq!(desk.portal.executed_of("tasks.api.scrum.epic.add"), 1);
    let own = Duration::from_secs(2);
    let costs = &mut desk.portal.rules_mut().costs;
    costs.insert("tasks.api.scrum.epic.get".to_owned(), own);
    let id = result["result"]["add"]["id"].clone();
    let body = json!({"id": id}).to_string();
    let answer = desk.answer(1, "tasks.api.scrum.epic.get", &body);
    assert_eq!(answer["time"]["operating"], 2);
}

#[test]
fn a_storage_without_a_text_of_its_own_is_an_internal_error() {
    let mut desk = Desk::new();
    for method in ["epic.delete", "sprint.start", "sprint.complete", "task.get"] {
        let method = format!("tasks.api.scrum.{method}");
        desk.portal.fail_next(&method);
        assert_eq!(
            desk.send(1, &method, r#"{"id":1}"#).status(),
            500,
            "{method}"
        );
    }
}

#[test]
fn what_else_goes_wrong_is_an_unknown_error_where_the_page_has_it() {
    let mut desk = Desk::new();
    for method in [
        "backlog.add",
        "backlog.update",
        "backlog.get",
        "backlog.delete",
        "kanban.addStage",
        "kanban.updateStage",
        "kanban.getStages",
        "kanban.deleteStage",
        "kanban.addTask",
        "kanban.deleteTask",
    ] {
        desk.portal.break_next(&format!("tasks.api.scrum.{method}"));
        desk.scrum_refused(1, method, &json!({}), "Unknown error");
    }
    for method in ["tasks.api.scrum.epic.add", "sonet_group.get"] {
        desk.portal.break_next(method);
        assert_eq!(desk.send(1, method, "{}").status(), 500, "{method}");
    }
    let (group, ..) = desk.full_scrum();
    desk.portal.fail_next("tasks.api.scrum.backlog.get");
    let body = json!({"id": group});
    desk.scrum_refused(1, "backlog.get", &body, "Unknown error");
    desk.scrum(1, "backlog.get", &body);
}

#[test]
fn the_planning_makes_one_backlog() {
    let mut desk = Desk::new();
    let group = desk.portal.scrum_without_backlog().unwrap();
    let backlog = desk.portal.open_planning(group);
    let found = desk.scrum(1, "backlog.get", &json!({"id": group}));
    assert_eq!(found["id"].as_u64(), backlog);
    assert_eq!(desk.portal.open_planning(group), backlog);
    assert_eq!(desk.portal.open_planning(99_999), None);
    assert!(desk.portal.backlogs().any(|own| Some(own.id) == backlog));
}

#[test]
fn with_its_group_all_of_a_scrum_is_gone() {
    let mut desk = Desk::new();
    let (group, ..) = desk.full_scrum();
    let sprint = desk.portal.active_sprint(group).unwrap().id;
    desk.ok(
        1,
        "sonet_group.delete",
        &json!({"GROUP_ID": group}).to_string(),
    );
    assert_eq!(desk.portal.backlog(group), None);
    assert!(desk.portal.sprints().all(|own| own.group_id != group));
    assert!(desk.portal.epics().all(|own| own.group_id != group));
    assert!(desk.portal.tasks().all(|own| own.group_id != group));
    assert!(desk.portal.stages(sprint).is_empty());
}

#[test]
fn the_strict_portal_knows_them() {
    let mut desk = Desk::new();
    let (group, member, _) = desk.full_scrum();
    desk.portal.rules_mut().strict = Strict::Refuse;
    for (method, body, expected) in [
        (
            "backlog.get",
            json!({"groupId": group}),
            "unknown parameter groupId; there are id",
        ),
        (
            "sprint.get",
            json!({"sprintId": 1}),
            "unknown parameter sprintId; there are id",
        ),
        (
            "epic.add",
            json!({"fields": {"GROUP_ID": 1}}),
            "it is spelled groupId",
        ),
        (
            "sprint.add",
            json!({"fields": {"dateEnd": "soon"}}),
            "or seconds since 1970",
        ),
        (
            "sprint.update",
            json!({"fields": {"status": "over"}}),
            "one of active, planned,",
        ),
        (
            "kanban.addStage",
            json!({"fields": {"type": "X"}}),
            "one of NEW, WORK, FINISH",
        ),
        (
            "kanban.updateStage",
            json!({"fields": {"sort": 150}}),
            "fields[sort] must be a multiple of 100",
        ),
        (
            "epic.list",
            json!({"filter": {"groupId": 1}}),
            "unknown condition \"groupId\"",
        ),
        (
            "epic.list",
            json!({"order": {"GOAL": "asc"}}),
            "the fields are ID, GROUP_ID, NAME,",
        ),
        (
            "sprint.list",
            json!({"filter": {"!ID": 1}}),
            "the operators = != > >= < <= %",
        ),
        (
            "sprint.list",
            json!({"order": {"ID": "up"}}),
            "order[ID] must be ASC or DESC",
        ),
        (
            "task.getFields",
            json!({"id": 1}),
            "unknown parameter id; there are none",
        ),
    ] {
        let method = format!("tasks.api.scrum.{method}");
        let response = desk.send(member, &method, &body.to_string());
        let answer: Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(answer["error"], "PORTAL_STRICT", "{method}: {answer}");
        let told = answer["error_description"].as_str().unwrap();
        assert!(told.contains(expected), "{told}");
    }
    let sprint = desk.portal.planned_sprint(group).unwrap().id;
    for (method, body) in [
        (
            "sprint.list",
            json!({"filter": {">=DATE_END": "2024-07-19"}, "select": ["*"]}),
        ),
        (
            "sprint.update",
            json!({"id": sprint, "fields": {"dateStart": 1_638_136_800}}),
        ),
        (
            "epic.list",
            json!({"order": {"ID": "asc"}, "filter": {"!=%NAME": "x%"}, "start": 0}),
        ),
    ] {
        desk.scrum(member, method, &body);
    }
}

#[test]
fn the_strict_portal_knows_how_files_are_told() {
    let mut desk = Desk::new();
    let (group, member, _) = desk.full_scrum();
    desk.portal.rules_mut().strict = Strict::Refuse;
    let body = json!({"fields": {"files": ["n428", "345"]}}).to_string();
    let response = desk.send(member, "tasks.api.scrum.epic.add", &body);
    let told = "fields[files][1] must be a file's identifier with n before it";
    assert!(response.text().contains(told), "{}", response.text());
    // A form writes an empty list as one with an empty text.
    let epic = desk.portal.epics().find(|own| own.group_id == group);
    let cmd = format!("tasks.api.scrum.epic.update?id={}", epic.unwrap().id);
    let cmd = json!({"cmd": [
        format!("{cmd}&fields[files][]=n428"),
        format!("{cmd}&fields[files][]="),
    ]});
    let result = desk.ok(member, "batch", &cmd.to_string());
    assert_eq!(result["result_error"], json!([]));
}
