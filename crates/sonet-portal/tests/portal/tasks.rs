//! `tasks.task.add`, `.get`, `.update`, `.delete`, `.delegate`, `.start`, `.complete`

use crate::common::Desk;
use serde_json::{Value, json};
use sonet_portal::{Role, TaskStatus};

const CTOR: &str = "CTaskItem All parameters in the constructor must have real class type";
const NOT_ALLOWED: &str = "Action on the task is not allowed";
const WHEN: &str = "2026-03-19T14:01:27+02:00";

impl Desk {
    #[track_caller]
    fn task_refused(&mut self, user: u64, method: &str, body: &Value, code: &str, text: &str) {
        let text = text.replace('"', "\\\"");
        let method = format!("tasks.task.{method}");
        self.refused_with(user, &method, &body.to_string(), code, &text);
    }

    fn update(&mut self, user: u64, id: u64, fields: &Value) -> Value {
        self.task(user, "update", &json!({"taskId": id, "fields": fields}))
    }
}

#[test]
fn a_task_has_the_documented_shape() {
    let mut desk = Desk::new();
    let body = json!({"fields": {"TITLE": "Write", "RESPONSIBLE_ID": "1"}});
    let task = desk.task(1, "add", &body);
    let id = task["id"].as_str().unwrap();
    let user = desk.portal.user(1).unwrap().clone();
    for (key, value) in [
        ("parentId", Value::Null),
        ("title", json!("Write")),
        ("description", json!("")),
        ("mark", Value::Null),
        ("priority", json!("1")),
        ("multitask", json!("N")),
        ("notViewed", json!("N")),
        ("stageId", json!("0")),
        ("sprintId", Value::Null),
        ("createdBy", json!("1")),
        ("createdDate", json!(WHEN)),
        ("responsibleId", json!("1")),
        ("statusChangedBy", Value::Null),
        ("closedBy", Value::Null),
        ("closedDate", Value::Null),
        ("deadline", Value::Null),
        ("commentsCount", Value::Null),
        ("allowChangeDeadline", json!("N")),
        ("timeEstimate", json!("0")),
        ("siteId", json!("s1")),
        ("outlookVersion", json!("1")),
        ("isMuted", json!("N")),
        ("descriptionInBbcode", json!("Y")),
        ("status", json!("2")),
        ("durationPlan", Value::Null),
        ("durationType", json!("days")),
        ("favorite", json!("N")),
        ("groupId", json!("0")),
        ("auditors", json!([])),
        ("checklist", json!([])),
        ("group", json!([])),
        ("accomplicesData", json!([])),
        ("newCommentsCount", json!(0)),
        ("checkListCanAdd", json!(true)),
        (
            "creator",
            json!({
                "id": "1", "name": user.formatted_name(), "link": "/company/personal/user/1/",
                "icon": "/bitrix/images/tasks/default_avatar.png", "workPosition": user.position,
            }),
        ),
    ] {
        assert_eq!(task[key], value, "{key}");
    }
    assert_eq!(task["action"]["start"], true);
    assert_eq!(task["action"]["renew"], false);
    assert_eq!(task["checkListTree"]["fields"]["userId"], 1);
    assert_eq!(desk.task(1, "get", &json!({"taskId": id})), task);
    for custom in ["ufCrmTask", "subStatus", "tags"] {
        assert_eq!(task.get(custom), None, "{custom}");
    }
}

#[test]
fn what_is_written_is_read() {
    let mut desk = Desk::new();
    let group = desk.group(|group| group.active && group.image.is_none());
    let fields = json!({
        "GROUP_ID": group.id, "DESCRIPTION": "[B]How[/B]", "PRIORITY": 2, "MARK": "P",
        "DEADLINE": "2026-12-31T23:59:59", "START_DATE_PLAN": "2026-04-01",
        "END_DATE_PLAN": "2026-04-02", "ALLOW_TIME_TRACKING": "Y", "TIME_ESTIMATE": "3600",
        "XML_ID": "x7", "AUDITORS": [2, 99_999, "2"], "ACCOMPLICES": ["3"], "FAVORITE": "Y",
        "CREATED_BY": 2, "UF_CRM_TASK": ["L_4", "D_10"], "UF_TASK_WEBDAV_FILES": ["n12", "n67"],
        "UF_AUTO": "mine", "TAGS": ["one", "one"], "DURATION_PLAN": 3, "DURATION_TYPE": "hours",
    });
    let id = desk.add_task(1, &fields);
    let task = desk.task(1, "get", &json!({"taskId": id}));
    let name = |id: u64| desk.portal.user(id).unwrap().formatted_name();
    for (key, value) in [
        ("groupId", json!(group.id.to_string())),
        ("description", json!("[B]How[/B]")),
        ("priority", json!("2")),
        ("mark", json!("P")),
        ("deadline", json!("2026-12-31T23:59:59+02:00")),
        ("startDatePlan", json!("2026-04-01T00:00:00+02:00")),
        ("endDatePlan", json!("2026-04-02T00:00:00+02:00")),
        ("allowTimeTracking", json!("Y")),
        ("timeEstimate", json!("3600")),
        ("xmlId", json!("x7")),
        ("auditors", json!(["2"])),
        ("accomplices", json!(["3"])),
        ("favorite", json!("Y")),
        ("createdBy", json!("2")),
        ("durationPlan", json!("3")),
        ("durationType", json!("hours")),
    ] {
        assert_eq!(task[key], value, "{key}");
    }
    assert_eq!(task["auditorsData"]["2"]["name"], name(2));
    assert_eq!(
        task["group"],
        json!({
            "id": group.id.to_string(), "name": group.name, "opened": group.opened,
            "membersCount": desk.portal.members(group.id).len(),
            "image": "/bitrix/images/socialnetwork/workgroup/folder.png", "additionalData": [],
        })
    );
    assert_eq!(task["action"]["deleteFavorite"], true);
    let select =
        json!({"taskId": id, "select": ["ID", "UF_CRM_TASK", "UF_AUTO", "TAGS", "NO_SUCH"]});
    let own = desk.task(1, "get", &select);
    assert_eq!(own["ufCrmTask"], json!(["L_4", "D_10"]));
    assert_eq!(own["ufTaskWebdavFiles"], json!([12, 67]));
    assert_eq!(
        (&own["ufMailMessage"], &own["ufAuto"]),
        (&Value::Null, &json!("mine"))
    );
    assert_eq!(own["tags"], json!({"1": {"id": 1, "title": "one"}}));
    assert_eq!((own.get("title"), own.get("creator")), (None, None));
    assert_eq!(own["group"], json!([]), "its number was not asked for");
    assert!(own["action"].is_object() && own["favorite"] == "Y");
    let all = desk.task(1, "get", &json!({"taskId": id, "select": ["*"]}));
    assert_eq!(
        (&all["title"], &all["ufCrmTask"]),
        (&task["title"], &own["ufCrmTask"])
    );
}

#[test]
fn adding_refuses() {
    let mut desk = Desk::new();
    let fields = |more: Value| {
        let mut all = json!({"TITLE": "Write", "RESPONSIBLE_ID": 1});
        for (name, value) in more.as_object().unwrap() {
            all[name] = value.clone();
        }
        json!({"fields": all})
    };
    let text = "Could not find value for parameter {fields} (internal error)";
    for nothing in [json!({}), json!({"fields": {}}), json!({"fields": "x"})] {
        desk.task_refused(1, "add", &nothing, "100", text);
    }
    for (more, text) in [
        (
            json!({"RESPONSIBLE_ID": 99_999, "TITLE": ""}),
            "User specified in the \"Responsible\" field not found",
        ),
        (
            json!({"RESPONSIBLE_ID": "", "TITLE": ""}),
            "Responsible person not specified",
        ),
        (json!({"TITLE": " "}), "Task title not specified"),
        (json!({"STATUS": 1}), "Incorrect status"),
        (json!({"STATUS": "soon"}), "Incorrect status"),
        (
            json!({"PARENT_ID": 99_999}),
            "Task specified in the \"Parent Task\" field not found",
        ),
        (
            json!({"START_DATE_PLAN": "2026-04-02", "END_DATE_PLAN": "2026-04-01"}),
            "The end date in scheduling is earlier than the start date",
        ),
        (
            json!({"START_DATE_PLAN": "2026-04-02", "END_DATE_PLAN": "2126-04-01"}),
            "The specified task duration is too long",
        ),
    ] {
        desk.task_refused(1, "add", &fields(more), "ERROR_CORE", text);
    }
    desk.portal.rules_mut().required_task_field = Some("UF_AUTO_7".to_owned());
    let text = "Required field UF_AUTO_7 value not entered";
    desk.task_refused(1, "add", &fields(json!({})), "ERROR_CORE", text);
    desk.task(1, "add", &fields(json!({"UF_AUTO_7": "x"})));
    assert_eq!(desk.portal.executed_of("tasks.task.add"), 1);
}

#[test]
fn a_plan_has_both_dates() {
    let mut desk = Desk::new();
    let id = desk.add_task(
        1,
        &json!({"START_DATE_PLAN": "2026-04-02", "DEADLINE": "+12026-01-01"}),
    );
    let card = desk.portal.task_card(id).unwrap();
    assert_eq!((card.start_date_plan, card.deadline), (None, None));
}

#[test]
fn only_members_make_tasks_in_a_group_and_only_administrators_for_others() {
    let mut desk = Desk::new();
    let (group, member, stranger) = desk.full_scrum();
    let fields = json!({"fields": {"TITLE": "x", "RESPONSIBLE_ID": 1, "GROUP_ID": group}});
    let text = format!("{NOT_ALLOWED} (internal error)");
    desk.task_refused(stranger, "add", &fields, "0", &text);
    let id = desk.add_task(member, &json!({"GROUP_ID": group, "CREATED_BY": 1}));
    assert_eq!(desk.portal.task_card(id).unwrap().created_by, member);
}

#[test]
fn what_one_does_not_see_is_not_there() {
    let mut desk = Desk::new();
    let (group, member, stranger) = desk.full_scrum();
    let own = desk.add_task(member, &json!({}));
    let shared = desk.add_task(member, &json!({"GROUP_ID": group}));
    let watched = desk.add_task(member, &json!({"AUDITORS": [stranger]}));
    let none = json!([]);
    for (id, sees) in [
        (own, false),
        (shared, false),
        (watched, true),
        (99_999, false),
    ] {
        let body = json!({"taskId": id}).to_string();
        let answer = desk.ok(stranger, "tasks.task.get", &body);
        assert_eq!(answer != none, sees, "{id}");
    }
    desk.portal.set_member(group, stranger, Role::Member);
    let body = json!({"taskId": shared}).to_string();
    assert_ne!(desk.ok(stranger, "tasks.task.get", &body), none);
    assert_eq!(desk.raw(2, "tasks.task.get", r#"{"taskId":99999}"#), "[]");
    let task = desk.task(1, "get", &json!({"taskId": own}));
    assert_eq!(task["id"], own.to_string(), "an administrator sees all");
}

#[test]
fn identifiers_are_bound_and_then_checked() {
    let mut desk = Desk::new();
    for (method, ending) in [
        ("get", " (internal error)"),
        ("update", " (internal error)"),
        ("delete", ""),
        ("delegate", ""),
        ("start", ""),
        ("complete", ""),
    ] {
        let text = format!("{CTOR}{ending}");
        desk.task_refused(1, method, &json!({}), "100", &text);
        for wrong in [json!("x"), json!(0), json!([1]), json!(-3)] {
            let body = json!({"taskId": wrong});
            desk.task_refused(1, method, &body, "0", "wrong task id");
        }
    }
    let id = desk.add_task(1, &json!({}));
    for (select, shown) in [(json!(""), ""), (json!("ID"), "ID")] {
        let text = format!(
            "Invalid value {{{shown}}} to match with parameter {{select}}. Should be value of type \
             array. (internal error)"
        );
        let body = json!({"taskId": id, "select": select});
        desk.task_refused(1, "get", &body, "100", &text);
    }
}

#[test]
fn an_update_changes_what_is_given() {
    let mut desk = Desk::new();
    let (group, member, _) = desk.full_scrum();
    let id = desk.add_task(
        member,
        &json!({"DEADLINE": "2026-05-01", "DESCRIPTION": "How"}),
    );
    let task = desk.update(
        member,
        id,
        &json!({"TITLE": "Rewrite", "RESPONSIBLE_ID": 1}),
    );
    assert_eq!(
        (&task["title"], &task["description"], &task["responsibleId"]),
        (&json!("Rewrite"), &json!("How"), &json!("1"))
    );
    assert_eq!(
        (&task["closedBy"], &task["outlookVersion"]),
        (&json!("0"), &json!("2"))
    );
    let task = desk.update(
        1,
        id,
        &json!({"DEADLINE": "", "TITLE": "", "GROUP_ID": group}),
    );
    assert_eq!(
        (&task["deadline"], &task["title"]),
        (&Value::Null, &json!("Rewrite"))
    );
    assert_eq!(task["groupId"], group.to_string());
    assert_eq!(task["changedBy"], "1");
    let task = desk.update(member, id, &json!({"STATUS": 5}));
    assert_eq!(
        (&task["status"], &task["closedBy"]),
        (&json!("5"), &json!(member.to_string()))
    );
    assert!(desk.portal.task(id).unwrap().completed);
}

#[test]
fn updating_refuses() {
    let mut desk = Desk::new();
    let (_, member, stranger) = desk.full_scrum();
    let id = desk.add_task(member, &json!({}));
    let part = desk.add_task(member, &json!({"PARENT_ID": id}));
    let deeper = desk.add_task(member, &json!({"PARENT_ID": part}));
    let internal = format!("{NOT_ALLOWED} (internal error)");
    for (user, id) in [(stranger, id), (1, 99_999)] {
        let body = json!({"taskId": id, "fields": {"TITLE": "x"}});
        desk.task_refused(user, "update", &body, "0", &internal);
    }
    let text = "Could not find value for parameter {fields} (internal error)";
    for body in [json!({"taskId": id}), json!({"taskId": id, "fields": {}})] {
        desk.task_refused(member, "update", &body, "100", text);
    }
    for (fields, text) in [
        (
            json!({"RESPONSIBLE_ID": 99_999}),
            "The user specified in the \"Responsible\" field was not found<br>",
        ),
        (json!({"STATUS": 7}), "Invalid status<br>"),
        (
            json!({"PARENT_ID": 99_999}),
            "The task specified in the \"Parent Task\" field was not found<br>",
        ),
        (
            json!({"PARENT_ID": id}),
            "Cannot bind the node to itself<br>",
        ),
        (
            json!({"PARENT_ID": deeper}),
            "Creating cyclic links in tasks is prohibited<br>",
        ),
        (
            json!({"START_DATE_PLAN": "2026-04-02", "END_DATE_PLAN": "2026-04-01"}),
            "The end date specified in the scheduling is earlier than the start date<br>",
        ),
        (
            json!({"START_DATE_PLAN": "2026-04-02", "END_DATE_PLAN": "2126-04-01"}),
            "The duration of the task specified in the scheduling is too long<br>",
        ),
    ] {
        let body = json!({"taskId": id, "fields": fields});
        desk.task_refused(member, "update", &body, "ERROR_CORE", text);
    }
    assert_eq!(desk.portal.task_card(id).unwrap().version, 1);
}

#[test]
fn who_is_responsible_may_move_the_deadline_if_allowed() {
    let mut desk = Desk::new();
    let (_, member, stranger) = desk.full_scrum();
    let id = desk.add_task(member, &json!({"RESPONSIBLE_ID": stranger}));
    let later = json!({"taskId": id, "fields": {"DEADLINE": "2026-06-01"}});
    let text = format!("{NOT_ALLOWED} (internal error)");
    desk.task_refused(stranger, "update", &later, "0", &text);
    desk.update(member, id, &json!({"ALLOW_CHANGE_DEADLINE": "Y"}));
    let task = desk.task(stranger, "update", &later);
    assert_eq!(task["deadline"], "2026-06-01T00:00:00+02:00");
    assert_eq!(task["action"]["changeDeadline"], true);
    assert_eq!(task["action"]["edit"], false);
    let more = json!({"taskId": id, "fields": {"DEADLINE": "2026-06-01", "TITLE": "x"}});
    desk.task_refused(stranger, "update", &more, "0", &text);
}

#[test]
fn parts_make_a_whole() {
    let mut desk = Desk::new();
    let whole = desk.add_task(1, &json!({}));
    let part = desk.add_task(1, &json!({"PARENT_ID": whole}));
    let task = desk.task(1, "get", &json!({"taskId": part}));
    assert_eq!(
        (&task["parentId"], &task["subordinate"]),
        (&json!(whole.to_string()), &json!("Y"))
    );
    let task = desk.task(1, "get", &json!({"taskId": whole}));
    assert_eq!(
        (&task["multitask"], &task["subordinate"]),
        (&json!("Y"), &json!("N"))
    );
    desk.task(1, "delete", &json!({"taskId": whole}));
    let task = desk.task(1, "get", &json!({"taskId": part}));
    assert_eq!(task["parentId"], Value::Null);
    for none in [json!(0), json!("")] {
        let other = desk.add_task(1, &json!({}));
        desk.update(1, part, &json!({"PARENT_ID": other}));
        let task = desk.update(1, part, &json!({"PARENT_ID": none}));
        assert_eq!(task["parentId"], Value::Null, "{none}");
    }
}

#[test]
fn a_task_is_started_and_completed() {
    let mut desk = Desk::new();
    let (_, member, stranger) = desk.full_scrum();
    let id = desk.add_task(
        member,
        &json!({"RESPONSIBLE_ID": stranger, "TASK_CONTROL": "Y"}),
    );
    let body = json!({"taskId": id});
    let task = desk.task(stranger, "get", &body);
    assert_eq!(task["notViewed"], "Y");
    let task = desk.task(stranger, "start", &body);
    for (key, value) in [
        ("status", json!("3")),
        ("dateStart", json!(WHEN)),
        ("statusChangedBy", json!(stranger.to_string())),
        ("closedBy", json!("0")),
        ("notViewed", json!("N")),
        ("viewedDate", json!(WHEN)),
    ] {
        assert_eq!(task[key], value, "{key}");
    }
    assert_eq!(task["action"]["pause"], true);
    desk.task_refused(stranger, "start", &body, "0", NOT_ALLOWED);
    let task = desk.task(stranger, "complete", &body);
    assert_eq!(
        (&task["status"], &task["closedDate"]),
        (&json!("4"), &Value::Null)
    );
    let own = desk.add_task(member, &json!({"TASK_CONTROL": "Y"}));
    let task = desk.task(member, "complete", &json!({"taskId": own}));
    assert_eq!(
        (&task["status"], &task["closedDate"]),
        (&json!("5"), &json!(WHEN))
    );
    assert_eq!(task["closedBy"], member.to_string());
    assert_eq!(task["action"]["renew"], true);
    assert_eq!(task["action"]["delegate"], false);
    for method in ["start", "complete"] {
        desk.task_refused(member, method, &json!({"taskId": own}), "0", NOT_ALLOWED);
        desk.task_refused(member, method, &json!({"taskId": 99_999}), "0", NOT_ALLOWED);
    }
    let watched = desk.add_task(member, &json!({"AUDITORS": [stranger]}));
    desk.task_refused(
        stranger,
        "start",
        &json!({"taskId": watched}),
        "0",
        NOT_ALLOWED,
    );
}

#[test]
fn a_task_may_want_a_result() {
    let mut desk = Desk::new();
    let parameters = json!([{"VALUE": "Y", "CODE": 3}, {"VALUE": "Y", "CODE": 2}]);
    let id = desk.add_task(1, &json!({"SE_PARAMETER": parameters}));
    let body = json!({"taskId": id});
    desk.task_refused(1, "complete", &body, "0", NOT_ALLOWED);
    desk.update(
        1,
        id,
        &json!({"SE_PARAMETER": [{"VALUE": "N", "CODE": "3"}]}),
    );
    desk.task(1, "complete", &body);
    assert_eq!(
        desk.portal.task_card(id).unwrap().status,
        TaskStatus::Completed
    );
}

#[test]
fn a_task_is_delegated() {
    let mut desk = Desk::new();
    let (_, member, stranger) = desk.full_scrum();
    let id = desk.add_task(member, &json!({"AUDITORS": [stranger]}));
    desk.task(member, "start", &json!({"taskId": id}));
    let body = json!({"taskId": id, "userId": stranger});
    let task = desk.task(member, "delegate", &body);
    assert_eq!(task["responsibleId"], stranger.to_string());
    assert_eq!(task["auditors"], json!([member.to_string()]));
    assert_eq!(task["status"], "2");
    let text = "Could not find value for parameter {userId}";
    desk.task_refused(member, "delegate", &json!({"taskId": id}), "100", text);
    let nobody = json!({"taskId": id, "userId": 99_999});
    desk.task_refused(member, "delegate", &nobody, "0", NOT_ALLOWED);
    let watched = desk.add_task(member, &json!({"AUDITORS": [stranger]}));
    let body = json!({"taskId": watched, "userId": stranger});
    desk.task_refused(stranger, "delegate", &body, "0", NOT_ALLOWED);
    desk.task(member, "complete", &json!({"taskId": watched}));
    desk.task_refused(member, "delegate", &body, "0", NOT_ALLOWED);
}

#[test]
fn a_task_is_deleted() {
    let mut desk = Desk::new();
    let (group, member, stranger) = desk.full_scrum();
    let id = desk.add_task(1, &json!({"GROUP_ID": group, "RESPONSIBLE_ID": stranger}));
    let body = json!({"taskId": id});
    desk.portal.set_member(group, member, Role::Member);
    let text = "No access to delete the task";
    for user in [stranger, member] {
        desk.task_refused(user, "delete", &body, "1048582", text);
    }
    desk.portal.set_member(group, member, Role::Moderator);
    assert_eq!(
        desk.raw(member, "tasks.task.delete", &body.to_string()),
        r#"{"task":true}"#
    );
    desk.task_refused(1, "delete", &body, "1048582", text);
    let next = desk.add_task(1, &json!({}));
    assert_eq!(next, id + 1, "an identifier is not given twice");
}

#[test]
fn a_task_of_a_scrum_is_the_scrums() {
    let mut desk = Desk::new();
    let (group, member, _) = desk.full_scrum();
    let id = desk.add_task(member, &json!({"GROUP_ID": group}));
    let sprint = desk.portal.active_sprint(group).unwrap().id;
    let backlog = desk.portal.backlog(group).unwrap().id;
    let into = |entity: u64| json!({"id": id, "fields": {"entityId": entity, "storyPoints": "3"}});
    desk.scrum(member, "task.update", &into(backlog));
    let task = desk.task(member, "get", &json!({"taskId": id}));
    assert_eq!(
        (&task["backlogId"], &task["sprintId"]),
        (&json!(backlog.to_string()), &Value::Null)
    );
    desk.scrum(member, "task.update", &into(sprint));
    let task = desk.task(member, "get", &json!({"taskId": id}));
    let stage = desk.portal.stages(sprint)[0].id.to_string();
    assert_eq!(
        (&task["sprintId"], &task["stageId"]),
        (&json!(sprint.to_string()), &json!(stage))
    );
    let own = desk.scrum(member, "task.get", &json!({"id": id}));
    assert_eq!(
        (&own["entityId"], &own["createdBy"]),
        (&json!(sprint), &json!(member))
    );
    // What is done stays in a completed sprint, and what is not goes back to the backlog.
    let other = desk.add_task(member, &json!({"GROUP_ID": group}));
    let body = json!({"id": other, "fields": {"entityId": sprint}});
    desk.scrum(member, "task.update", &body);
    desk.task(member, "complete", &json!({"taskId": id}));
    desk.scrum(member, "sprint.complete", &json!({"id": group}));
    assert_eq!(desk.portal.task(id).unwrap().entity_id, Some(sprint));
    assert_eq!(desk.portal.task(other).unwrap().entity_id, Some(backlog));
    // A scrum takes its tasks along, and one that leaves the group leaves the scrum.
    desk.update(member, other, &json!({"GROUP_ID": 0}));
    let body = json!({"id": other, "fields": {}});
    desk.scrum_refused(member, "task.update", &body, "Task not found");
    desk.task(member, "delete", &json!({"taskId": id}));
    desk.scrum_refused(member, "task.update", &into(backlog), "Task not found");
    let response = desk.send(
        member,
        "tasks.api.scrum.task.get",
        &json!({"id": id}).to_string(),
    );
    assert!(response.text().contains("Task not found"));
}

#[test]
fn a_batch_makes_a_task_and_brings_it_into_the_scrum() {
    let mut desk = Desk::new();
    let (group, member, _) = desk.full_scrum();
    let add = format!(
        "tasks.task.add?fields[TITLE]=Write&fields[RESPONSIBLE_ID]={member}&fields[GROUP_ID]={group}"
    );
    let bring = "tasks.api.scrum.task.update?id=$result[new][task][id]&fields[storyPoints]=3";
    let get = "tasks.api.scrum.task.get?id=$result[new][task][id]";
    let body = json!({"halt": 1, "cmd": {"new": add, "scrum": bring, "told": get}});
    let answer = desk.ok(member, "batch", &body.to_string());
    assert_eq!(answer["result_error"], json!([]));
    let backlog = desk.portal.backlog(group).unwrap().id;
    assert_eq!(answer["result"]["told"]["entityId"], backlog);
    assert_eq!(answer["result"]["told"]["storyPoints"], "3");
}

#[test]
fn tasks_that_were_there_before_are_tasks_as_well() {
    let mut desk = Desk::new();
    let (group, member, _) = desk.full_scrum();
    let seeded = desk
        .portal
        .tasks()
        .find(|own| own.group_id == group)
        .unwrap()
        .id;
    let inserted = desk.portal.insert_task(group, member);
    for id in [seeded, inserted] {
        let task = desk.task(member, "get", &json!({"taskId": id}));
        assert_eq!(task["title"], format!("Task {id}"));
        assert_eq!(task["groupId"], group.to_string());
    }
    desk.ok(
        1,
        "sonet_group.delete",
        &json!({"GROUP_ID": group}).to_string(),
    );
    assert!(desk.portal.task_card(inserted).is_none());
}

#[test]
fn the_strict_portal_knows_the_fields_of_tasks() {
    let mut desk = Desk::new();
    desk.portal.rules_mut().strict = sonet_portal::Strict::Refuse;
    let id = desk.add_task(1, &json!({"UF_AUTO": "x", "UF_TASK_WEBDAV_FILES": ["n7"]}));
    desk.update(1, id, &json!({"AUDITORS": [2]}));
    let task = desk.update(1, id, &json!({"AUDITORS": []}));
    assert_eq!(task["auditors"], json!([]));
    let body = json!({"fields": {"title": "x"}}).to_string();
    let response = desk.send(1, "tasks.task.add", &body);
    assert!(
        response.text().contains("it is spelled TITLE"),
        "{}",
        response.text()
    );
    let body = json!({"order": {"NO_SUCH": "asc"}}).to_string();
    assert_eq!(desk.send(1, "tasks.task.list", &body).status(), 400);
}
