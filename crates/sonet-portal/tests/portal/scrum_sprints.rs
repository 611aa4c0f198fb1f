//! `tasks.api.scrum.sprint.*`

use crate::common::{Desk, NOW};
use serde_json::{Value, json};
use sonet_portal::SprintStatus;

const ADD: &str = "sprint.add";
const UPDATE: &str = "sprint.update";
const START: &str = "sprint.start";
const COMPLETE: &str = "sprint.complete";
const GET: &str = "sprint.get";
const LIST: &str = "sprint.list";
const DELETE: &str = "sprint.delete";
const DENIED: &str = "Access denied";
const NOT_FOUND: &str = "Sprint not found";
const NO_ID: &str = "Could not find value for parameter {id}";
const NO_FIELDS: &str = "Could not find value for parameter {fields}";
/// Unlike on the pages of epics and tasks, without a full stop.
const BAD_ID: &str = "Invalid value {x} to match with parameter {id}. Should be value of type int";
const BAD_FIELDS: &str =
    "Invalid value {5} to match with parameter {fields}. Should be value of type array";

fn id(id: u64) -> Value {
    json!({"id": id})
}

fn tasks_in(desk: &Desk, entity: u64) -> Vec<u64> {
    let tasks = desk.portal.tasks();
    let tasks = tasks.filter(|task| task.entity_id == Some(entity));
    tasks.map(|task| task.id).collect()
}

#[test]
fn a_sprint_is_added_read_and_updated() {
    let mut desk = Desk::new();
    let (group, member, _) = desk.full_scrum();
    let fields = json!({
        "groupId": group, "name": "Sprint 9", "sort": "7", "createdBy": 1,
        "dateStart": "2021-11-22T00:00:00+02:00", "dateEnd": 1_638_136_800,
    });
    let sprint = desk.scrum(member, ADD, &json!({"fields": fields}));
    let own = sprint["id"].as_u64().unwrap();
    let expected = json!({
        "id": own, "groupId": group, "entityType": "sprint", "name": "Sprint 9", "goal": "",
        "sort": 7, "createdBy": 1, "modifiedBy": 1, "status": "planned",
        "dateStart": "2021-11-22T00:00:00+02:00", "dateEnd": "2021-11-29T00:00:00+02:00",
    });
    assert_eq!(sprint, expected);
    assert_eq!(desk.scrum(member, GET, &id(own)), expected);
    let fields = json!({"name": "Sprint 10", "dateEnd": "2021-11-30"});
    let sprint = desk.scrum(member, UPDATE, &json!({"id": own, "fields": fields}));
    assert_eq!(
        (
            &sprint["name"],
            &sprint["dateEnd"],
            &sprint["modifiedBy"],
            &sprint["sort"]
        ),
        (
            &json!("Sprint 10"),
            &json!("2021-11-30T00:00:00+02:00"),
            &json!(member),
            &json!(7)
        )
    );
    let fields = json!({"groupId": group, "name": "Plain"});
    let sprint = desk.scrum(member, ADD, &json!({"fields": fields}));
    let own = desk.portal.sprint(sprint["id"].as_u64().unwrap()).unwrap();
    let now = i64::try_from(NOW).unwrap();
    assert_eq!((own.date_start, own.date_end), (now, now + 14 * 86_400));
    assert_eq!((own.created_by, own.modified_by), (member, member));
}

#[test]
fn adding_follows_the_order_of_its_checks() {
    let mut desk = Desk::new();
    let (group, member, stranger) = desk.full_scrum();
    desk.scrum_unbound(member, ADD, &json!({}), NO_FIELDS);
    desk.scrum_unbound(member, ADD, &json!({"fields": 5}), BAD_FIELDS);
    let add = |fields| json!({"fields": fields});
    desk.scrum_refused(stranger, ADD, &add(json!({"groupId": group})), DENIED);
    desk.scrum_refused(1, ADD, &add(json!({"groupId": 99_999})), DENIED);
    desk.scrum_refused(1, ADD, &add(json!({"name": "A"})), DENIED);
    let failed = "Sprint not created";
    for fields in [
        json!({"groupId": group, "dateStart": "soon"}),
        json!({"groupId": group, "name": "A", "status": "over"}),
        json!({"groupId": group, "name": "A", "status": "active"}),
    ] {
        desk.scrum_refused(member, ADD, &add(fields), failed);
    }
    for name in ["dateStart", "dateEnd"] {
        let fields = json!({"groupId": group, "name": "A", name: "22.11.2021", "createdBy": 0});
        desk.scrum_refused(
            member,
            ADD,
            &add(fields),
            &format!("Incorrect {name} format"),
        );
    }
    for name in ["createdBy", "modifiedBy"] {
        let fields = json!({"groupId": group, "name": "A", name: 99_999});
        desk.scrum_refused(member, ADD, &add(fields), &format!("{name} user not found"));
    }
    desk.portal.fail_next("tasks.api.scrum.sprint.add");
    desk.scrum_refused(
        member,
        ADD,
        &add(json!({"groupId": group, "name": "A"})),
        failed,
    );
}

/// A year of five digits, or one before the first, has no form that the answers have.
#[test]
fn dates_that_can_not_be_told_are_no_dates() {
    let mut desk = Desk::new();
    let (group, member, _) = desk.full_scrum();
    let last = 253_402_293_599_i64; // The end of the year 9999 in the portal's zone.
    let fields = json!({"groupId": group, "name": "A", "dateStart": last.to_string()});
    let sprint = desk.scrum(member, ADD, &json!({"fields": fields}));
    assert_eq!(sprint["dateStart"], "9999-12-31T23:59:59+02:00");
    assert_eq!(sprint["dateEnd"], sprint["dateStart"], "there is no later");
    let own = sprint["id"].clone();
    for date in [last + 1, 8_210_266_876_799, i64::MAX, i64::MIN] {
        for name in ["dateStart", "dateEnd"] {
            let text = format!("Incorrect {name} format");
            let fields = json!({"groupId": group, "name": "A", name: date});
            desk.scrum_refused(member, ADD, &json!({"fields": fields}), &text);
            let body = json!({"id": own, "fields": {name: date}});
            desk.scrum_refused(member, UPDATE, &body, &text);
        }
    }
}

#[test]
fn updating_refuses() {
    let mut desk = Desk::new();
    let (group, member, stranger) = desk.full_scrum();
    let own = desk.portal.planned_sprint(group).unwrap().id;
    let update = |fields| json!({"id": own, "fields": fields});
    desk.scrum_unbound(member, UPDATE, &json!({}), NO_ID);
    desk.scrum_unbound(member, UPDATE, &id(own), NO_FIELDS);
    desk.scrum_unbound(member, UPDATE, &update(json!(5)), BAD_FIELDS);
    desk.scrum_refused(
        member,
        UPDATE,
        &json!({"id": 99_999, "fields": {}}),
        NOT_FOUND,
    );
    desk.scrum_refused(stranger, UPDATE, &update(json!({})), DENIED);
    desk.scrum_refused(member, UPDATE, &update(json!({"groupId": 99_999})), DENIED);
    for (fields, text) in [
        (json!({"name": " "}), "Sprint not created"),
        (json!({"dateStart": "soon"}), "Incorrect dateStart format"),
        (json!({"dateEnd": []}), "Incorrect dateEnd format"),
        (json!({"createdBy": 99_999}), "createdBy user not found"),
        (json!({"modifiedBy": "x"}), "modifiedBy user not found"),
        (
            json!({"status": "active"}),
            "Unable to add two active sprint",
        ),
        (json!({"status": "over"}), "Incorrect sprint status"),
    ] {
        desk.scrum_refused(member, UPDATE, &update(fields), text);
    }
    desk.portal.fail_next("tasks.api.scrum.sprint.update");
    let text = "Sprint not created";
    desk.scrum_refused(member, UPDATE, &update(json!({"name": "A"})), text);
}

#[test]
fn the_active_sprint_of_a_group_is_completed() {
    let mut desk = Desk::new();
    let (group, member, stranger) = desk.full_scrum();
    let own = desk.portal.active_sprint(group).unwrap().id;
    let backlog = desk.portal.backlog(group).unwrap().id;
    let (before, tasks) = (tasks_in(&desk, backlog).len(), tasks_in(&desk, own));
    desk.scrum_unbound(member, COMPLETE, &json!({}), NO_ID);
    desk.scrum_unbound(member, COMPLETE, &json!({"id": "x"}), BAD_ID);
    desk.scrum_refused(stranger, COMPLETE, &id(group), DENIED);
    desk.scrum_refused(1, COMPLETE, &id(99_999), DENIED);
    assert_ne!(desk.portal.sprint(own).unwrap().modified_by, 1);
    let sprint = desk.scrum(1, COMPLETE, &id(group));
    assert_eq!(
        (&sprint["id"], &sprint["status"], &sprint["modifiedBy"]),
        (&json!(own), &json!("completed"), &json!(1))
    );
    assert_eq!(tasks_in(&desk, own).len(), 1, "what is done stays");
    assert_eq!(tasks_in(&desk, backlog).len(), before + tasks.len() - 1);
    desk.scrum_refused(member, COMPLETE, &id(group), NOT_FOUND);
    assert_eq!(
        desk.portal.executed_of("tasks.api.scrum.sprint.complete"),
        1
    );
}

#[test]
fn a_planned_sprint_is_started() {
    let mut desk = Desk::new();
    let (group, member, stranger) = desk.full_scrum();
    let active = desk.portal.active_sprint(group).unwrap().id;
    let own = desk.portal.planned_sprint(group).unwrap().id;
    desk.scrum_unbound(member, START, &json!({}), NO_ID);
    desk.scrum_unbound(member, START, &json!({"id": "x"}), BAD_ID);
    desk.scrum_refused(member, START, &id(99_999), NOT_FOUND);
    desk.scrum_refused(stranger, START, &id(own), DENIED);
    desk.scrum_refused(member, START, &id(active), "Sprint must be planned");
    desk.scrum_refused(member, START, &id(own), "Unable to add two active sprint");
    let body = json!({"fields": {"sprintId": active, "name": "Review"}});
    desk.scrum(member, "kanban.addStage", &body);
    desk.scrum(member, COMPLETE, &id(group));
    let tasks = tasks_in(&desk, own);
    assert!(tasks.len() >= 2);
    desk.portal.task_mut(tasks[0]).unwrap().completed = true;
    assert_ne!(desk.portal.sprint(own).unwrap().modified_by, 1);
    let sprint = desk.scrum(1, START, &id(own));
    assert_eq!(
        (&sprint["id"], &sprint["status"], &sprint["modifiedBy"]),
        (&json!(own), &json!("active"), &json!(1))
    );
    let stages = desk.portal.stages(own);
    let names: Vec<&str> = stages.iter().map(|stage| stage.name.as_str()).collect();
    let carried = ["New", "In Progress", "Done", "Review"];
    assert_eq!(names, carried, "as in the completed sprint");
    let first = Some(stages[0].id);
    let backlog = Some(desk.portal.backlog(group).unwrap().id);
    let place = |task| {
        let task = desk.portal.task(task).unwrap();
        (task.entity_id, task.stage_id)
    };
    assert_eq!(place(tasks[0]), (backlog, None), "what is done leaves");
    assert_eq!(place(tasks[1]), (Some(own), first));
}

fn names_of_stages(desk: &Desk, sprint: u64) -> Vec<String> {
    let stages = desk.portal.stages(sprint).into_iter();
    stages.map(|stage| stage.name.clone()).collect()
}

/// They come from no other scrum, and replace none that are there.
#[test]
fn a_sprint_is_started_with_stages_of_its_own() {
    let mut desk = Desk::new();
    let (group, ..) = desk.full_scrum();
    let active = desk.portal.active_sprint(group).unwrap().id;
    let add = |sprint: u64| json!({"fields": {"sprintId": sprint, "name": "Review"}});
    desk.scrum(1, "kanban.addStage", &add(active));
    desk.scrum(1, COMPLETE, &id(group));
    let other = desk.portal.scrum_without_backlog().unwrap();
    let fields = json!({"fields": {"groupId": other, "name": "A"}});
    let own = desk.scrum(1, ADD, &fields)["id"].as_u64().unwrap();
    desk.scrum(1, START, &id(own));
    assert_eq!(names_of_stages(&desk, own), ["New", "In Progress", "Done"]);

    let planned = desk.portal.planned_sprint(group).unwrap().id;
    desk.scrum(1, "kanban.addStage", &add(planned));
    desk.scrum(1, START, &id(planned));
    assert_eq!(names_of_stages(&desk, planned), ["Review"]);
}

/// A running sprint that is told to run is not started anew.
#[test]
fn a_status_that_a_sprint_has_moves_no_task() {
    let mut desk = Desk::new();
    let (group, ..) = desk.full_scrum();
    let own = desk.portal.active_sprint(group).unwrap().id;
    let task = tasks_in(&desk, own)[0];
    let last = desk.portal.stages(own)[2].id;
    let body = json!({"sprintId": own, "taskId": task, "stageId": last});
    desk.scrum(1, "kanban.addTask", &body);
    let before = desk.portal.tasks().cloned().collect::<Vec<_>>();
    let body = json!({"id": own, "fields": {"status": "active"}});
    assert_eq!(desk.scrum(1, UPDATE, &body)["status"], "active");
    assert!(desk.portal.tasks().eq(&before));
}

#[test]
fn a_running_sprint_does_not_move_to_where_another_runs() {
    let mut desk = Desk::new();
    let (group, ..) = desk.full_scrum();
    let other = desk.portal.scrum_without_backlog().unwrap();
    let own = desk.portal.active_sprint(group).unwrap().id;
    let planned = desk.portal.planned_sprint(group).unwrap().id;
    let fields = json!({"groupId": other, "name": "A", "status": "active"});
    desk.scrum(1, ADD, &json!({"fields": fields}));
    let to_other = |id: u64| json!({"id": id, "fields": {"groupId": other}});
    let text = "Unable to add two active sprint";
    desk.scrum_refused(1, UPDATE, &to_other(own), text);
    assert_eq!(desk.portal.sprint(own).unwrap().group_id, group);
    let sprint = desk.scrum(1, UPDATE, &to_other(planned));
    assert_eq!(sprint["groupId"], other);
}

#[test]
fn a_status_may_also_be_updated() {
    let mut desk = Desk::new();
    let group = desk.portal.scrum_without_backlog().unwrap();
    let fields = json!({"groupId": group, "name": "A", "status": "active"});
    let sprint = desk.scrum(1, ADD, &json!({"fields": fields}));
    assert_eq!(sprint["status"], "active");
    let own = sprint["id"].as_u64().unwrap();
    assert_eq!(desk.portal.stages(own).len(), 3);
    let task = desk.portal.insert_task(group, 1);
    let body = json!({"id": task, "fields": {"entityId": own}});
    desk.scrum(1, "task.update", &body);
    let body = json!({"id": own, "fields": {"status": "completed"}});
    assert_eq!(desk.scrum(1, UPDATE, &body)["status"], "completed");
    let backlog = desk.portal.backlog(group).unwrap().id;
    let place = desk.portal.task(task).unwrap().entity_id;
    assert_eq!(place, Some(backlog), "one is made if there is none");
}

#[test]
fn a_deleted_sprint_leaves_its_tasks_to_the_backlog() {
    let mut desk = Desk::new();
    let (group, member, stranger) = desk.full_scrum();
    let own = desk.portal.active_sprint(group).unwrap().id;
    let stage = desk.portal.stages(own)[0].id;
    let task = tasks_in(&desk, own)[0];
    for method in [GET, DELETE] {
        desk.scrum_unbound(member, method, &json!({"sprintId": own}), NO_ID);
        desk.scrum_unbound(member, method, &json!({"id": "x"}), BAD_ID);
        desk.scrum_refused(member, method, &id(99_999), NOT_FOUND);
        desk.scrum_refused(stranger, method, &id(own), DENIED);
    }
    desk.portal.rules_mut().sprint_with_tasks_stays = true;
    let text = "It is forbidden remove a sprint with items";
    desk.scrum_refused(member, DELETE, &id(own), text);
    desk.portal.rules_mut().sprint_with_tasks_stays = false;
    desk.portal.fail_next("tasks.api.scrum.sprint.delete");
    let text = "Sprint items have not been moved to backlog";
    desk.scrum_refused(member, DELETE, &id(own), text);
    assert_eq!(desk.scrum(member, DELETE, &id(own)), json!([]));
    let backlog = desk.portal.backlog(group).unwrap().id;
    let left = desk.portal.task(task).unwrap();
    assert_eq!((left.entity_id, left.stage_id), (Some(backlog), None));
    assert_eq!(desk.portal.stage(stage), None);
    desk.scrum_refused(member, DELETE, &id(own), NOT_FOUND);
}

#[test]
fn a_list_is_filtered_ordered_and_selected_from() {
    let mut desk = Desk::new();
    let (group, member, stranger) = desk.full_scrum();
    let names = |rows: &Value| {
        let rows = rows.as_array().unwrap().iter();
        let names = rows.map(|row| row["name"].as_str().unwrap().to_owned());
        names.collect::<Vec<_>>()
    };
    let filter = json!({"GROUP_ID": group});
    let rows = desk.scrum(member, LIST, &json!({"filter": filter}));
    assert_eq!(
        names(&rows),
        ["Sprint 1", "Sprint 2", "Sprint 3", "Sprint 4"]
    );
    assert_eq!(rows[0].as_object().unwrap().len(), 11);
    assert_eq!(
        (&rows[0]["status"], &rows[0]["goal"]),
        (&json!("completed"), &json!("Goal 1"))
    );
    let active = desk.portal.active_sprint(group).unwrap();
    assert_eq!(active.status, SprintStatus::Active);
    let end = rows[1]["dateEnd"].clone();
    for (filter, expected) in [
        (json!({"STATUS": "planned"}), &["Sprint 4", "Sprint 3"][..]),
        (
            json!({">=DATE_END": end, "<SORT": 4}),
            &["Sprint 3", "Sprint 2"],
        ),
        (
            json!({"STATUS": ["active", "completed"], "!%NAME": "2"}),
            &["Sprint 1"],
        ),
        (
            json!({"=%INFO": "Goal%", "ENTITY_TYPE": "sprint"}),
            &["Sprint 2", "Sprint 1"],
        ),
    ] {
        let mut body = json!({"filter": filter, "order": {"SORT": "desc"}, "select": ["NAME"]});
        body["filter"]["GROUP_ID"] = json!(group);
        assert_eq!(
            names(&desk.scrum(member, LIST, &body)),
            expected,
            "{filter}"
        );
    }
    let nothing = "Could not load list";
    desk.scrum_refused(stranger, LIST, &json!({"filter": filter}), nothing);
    desk.scrum_refused(
        member,
        LIST,
        &json!({"filter": {"STATUS": "over"}}),
        nothing,
    );
    let all = desk.scrum(1, LIST, &json!({}));
    assert_eq!(all.as_array().unwrap().len(), desk.portal.sprints().count());
}
