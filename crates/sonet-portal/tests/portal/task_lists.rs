//! `tasks.task.list`

use crate::common::Desk;
use serde_json::{Value, json};

const LIST: &str = "tasks.task.list";

fn ids(answer: &Value) -> Vec<u64> {
    let rows = answer["tasks"].as_array().unwrap().iter();
    rows.map(|row| row["id"].as_str().unwrap().parse().unwrap())
        .collect()
}

/// The tasks that one filter leaves, the oldest first.
fn found(desk: &mut Desk, filter: &Value) -> Vec<u64> {
    let body = json!({"filter": filter, "order": {"ID": "asc"}, "select": ["ID"]});
    ids(&desk.ok(1, LIST, &body.to_string()))
}

/// A portal with a hundred tasks or so, and five more.
fn desk() -> (Desk, u64, [u64; 5]) {
    let mut desk = Desk::new();
    let (group, ..) = desk.full_scrum();
    let tasks = [
        json!({"TITLE": "Alpha", "DEADLINE": "2026-03-18", "PRIORITY": 2, "TAGS": ["red"]}),
        json!({"TITLE": "Beta", "DEADLINE": "2026-03-20", "RESPONSIBLE_ID": 2, "AUDITORS": [3, 2]}),
        json!({"TITLE": "alphabet", "DEADLINE": "2026-05-01", "GROUP_ID": group, "MARK": "N"}),
        json!({"TITLE": "Gamma", "ACCOMPLICES": [3], "UF_CRM_TASK": ["D_7", "L_1"]}),
        json!({"TITLE": "Delta", "ADD_IN_REPORT": "Y", "FAVORITE": "Y"}),
    ];
    let tasks = tasks.map(|fields| desk.add_task(1, &fields));
    (desk, group, tasks)
}

#[test]
fn tasks_are_filtered() {
    let (mut desk, group, [one, two, three, four, five]) = desk();
    desk.task(1, "complete", &json!({"taskId": four}));
    let part = desk.add_task(1, &json!({"TITLE": "Part", "PARENT_ID": five}));
    let first = one;
    for (filter, expected) in [
        (json!({"ID": two}), vec![two]),
        (json!({"ID": [one, three]}), vec![one, three]),
        (json!({">ID": four}), vec![five, part]),
        (json!({">=ID": four, "<ID": part}), vec![four, five]),
        (json!({">=ID": one, "<=ID": two}), vec![one, two]),
        (json!({"TITLE": "alpha%"}), vec![one, three]),
        (json!({"TITLE": "_eta"}), vec![two]),
        (json!({"TITLE": "alpha"}), vec![one]),
        (json!({"PRIORITY": 2}), vec![one]),
        (json!({"PARENT_ID": five}), vec![part]),
        (json!({"RESPONSIBLE_ID": 2, ">=ID": one}), vec![two]),
        (json!({"!CREATED_BY": 1, ">=ID": one}), vec![]),
        (json!({"GROUP_ID": group, ">=ID": one}), vec![three]),
        (json!({"GROUP_ID": 0}), vec![one, two, four, five, part]),
        (json!({"TAG": "red"}), vec![one]),
        (json!({"REAL_STATUS": 5, ">=ID": one}), vec![four]),
        (json!({"STATUS": -1}), vec![one]),
        (json!({"STATUS": -3}), vec![two]),
        (json!({"!STATUS": [2, 5], ">=ID": one}), vec![one, two]),
        (json!({"STATUS_CHANGED_BY": 1}), vec![four]),
        (json!({"MARK": "N"}), vec![three]),
        (json!({"ADD_IN_REPORT": "Y"}), vec![five]),
        (json!({">=DEADLINE": "2026-03-19"}), vec![two, three]),
        (json!({"<DEADLINE": "2026-03-19"}), vec![one]),
        (json!({">CLOSED_DATE": "2026-03-19"}), vec![four]),
        (json!({"ACCOMPLICE": 3}), vec![four]),
        (json!({"AUDITOR": 3}), vec![two]),
        (
            json!({"!AUDITOR": 3, ">=ID": one, "<=ID": three}),
            vec![one, three],
        ),
        (json!({"UF_CRM_TASK": "D_7"}), vec![four]),
        (json!({"DEPENDS_ON": 1}), vec![]),
        (json!({"FORUM_TOPIC_ID": 1}), vec![]),
        (json!({"SITE_ID": "s1", ">=ID": five}), vec![five, part]),
        (json!({"ONLY_ROOT_TASKS": "Y", ">=ID": five}), vec![five]),
        (json!({"::SUBFILTER-PARAMS": {"FAVORITE": "Y"}}), vec![five]),
        (json!({"UNKNOWN": 1, "ID": first}), vec![first]),
    ] {
        assert_eq!(found(&mut desk, &filter), expected, "{filter}");
    }
}

#[test]
fn tasks_are_found_by_their_place_in_a_scrum() {
    let (mut desk, group, _) = desk();
    let sprint = desk.portal.active_sprint(group).unwrap().id;
    let backlog = desk.portal.backlog(group).unwrap().id;
    let stage = desk.portal.stages(sprint)[0].id;
    let kept = |desk: &Desk, fits: &dyn Fn(&sonet_portal::ScrumTask) -> bool| -> Vec<u64> {
        let own = desk.portal.tasks().filter(|own| fits(own));
        own.map(|own| own.id).collect()
    };
    for (name, id, expected) in [
        (
            "SPRINT_ID",
            sprint,
            kept(&desk, &|own| own.entity_id == Some(sprint)),
        ),
        (
            "BACKLOG_ID",
            backlog,
            kept(&desk, &|own| own.entity_id == Some(backlog)),
        ),
        (
            "STAGE_ID",
            stage,
            kept(&desk, &|own| own.stage_id == Some(stage)),
        ),
    ] {
        assert!(!expected.is_empty());
        assert_eq!(found(&mut desk, &json!({name: id})), expected, "{name}");
    }
}

#[test]
fn tasks_are_ordered() {
    let (mut desk, _, [one, two, three, four, five]) = desk();
    let mut order = |order: Value| {
        let body = json!({"filter": {">=ID": one}, "order": order, "select": ["ID"]});
        ids(&desk.ok(1, LIST, &body.to_string()))
    };
    for (by, expected) in [
        (json!({}), vec![five, four, three, two, one]),
        (json!({"ID": "asc"}), vec![one, two, three, four, five]),
        (json!({"TITLE": "asc"}), vec![one, three, two, five, four]),
        (json!({"TITLE": "DESC"}), vec![four, five, two, three, one]),
        (
            json!({"DEADLINE": "asc", "ID": "desc"}),
            vec![five, four, one, two, three],
        ),
        (
            json!({"PRIORITY": "desc", "TITLE": "asc"}),
            vec![one, three, two, five, four],
        ),
    ] {
        assert_eq!(order(by.clone()), expected, "{by}");
    }
    for name in [
        "TIME_SPENT_IN_LOGS",
        "DATE_START",
        "CREATED_DATE",
        "CHANGED_DATE",
        "CLOSED_DATE",
        "ACTIVITY_DATE",
        "START_DATE_PLAN",
        "END_DATE_PLAN",
        "REAL_STATUS",
        "STATUS_COMPLETE",
        "MARK",
        "CREATED_BY_LAST_NAME",
        "RESPONSIBLE_LAST_NAME",
        "GROUP_ID",
        "TIME_ESTIMATE",
        "ALLOW_CHANGE_DEADLINE",
        "ALLOW_TIME_TRACKING",
        "MATCH_WORK_TIME",
        "FAVORITE",
        "SORTING",
        "IS_PINNED",
        "IS_PINNED_IN_GROUP",
    ] {
        assert_eq!(order(json!({name: "asc"})).len(), 5, "{name}");
    }
    for wrong in ["NO_SUCH", "DESCRIPTION", "id", "STATUS"] {
        let body = json!({"order": {"ID": "asc", wrong: "asc"}}).to_string();
        desk.refused_with(1, LIST, &body, "0", "Invalid sorting key (internal error)");
    }
}

#[test]
fn rows_have_what_is_selected_and_what_belongs_to_it() {
    let (mut desk, group, [one, two, three, ..]) = desk();
    let row = |desk: &mut Desk, id: u64, body: Value| {
        let mut body = body;
        body["filter"] = json!({"ID": id});
        desk.ok(1, LIST, &body.to_string())["tasks"][0].take()
    };
    let select = json!({"select": [
        "ID", "TITLE", "STATUS", "subStatus", "RESPONSIBLE_ID", "AUDITORS", "TAGS", "COUNTERS",
    ]});
    let own = row(&mut desk, two, select.clone());
    let name = |id: u64| desk.portal.user(id).unwrap().formatted_name();
    assert_eq!(
        (&own["title"], &own["status"], &own["subStatus"]),
        (&json!("Beta"), &json!("2"), &json!("-3"))
    );
    assert_eq!(own["auditors"], json!(["3", "2"]));
    assert_eq!(own["auditorsData"]["3"]["name"], name(3));
    assert_eq!(own["responsible"]["name"], name(2));
    assert_eq!((&own["group"], &own["tags"]), (&json!([]), &json!([])));
    assert_eq!(own["counter"]["counters"]["projectNewComments"], 0);
    assert_eq!(own["descriptionInBbcode"], "Y");
    for absent in [
        "creator",
        "action",
        "favorite",
        "groupId",
        "taskHasResult",
        "parsedDescription",
    ] {
        assert_eq!(own.get(absent), None, "{absent}");
    }
    assert_eq!(
        row(&mut desk, one, select)["tags"],
        json!({"1": {"id": 1, "title": "red"}})
    );
    let params = json!({"select": ["ID"], "params": {
        "WITH_RESULT_INFO": true, "WITH_TIMER_INFO": 1, "WITH_PARSED_DESCRIPTION": "Y",
    }});
    let own = row(&mut desk, two, params);
    assert_eq!(
        (&own["taskRequireResult"], &own["taskHasResult"]),
        (&json!("N"), &json!("N"))
    );
    assert_eq!(
        (&own["timeElapsed"], &own["timerIsRunningForCurrentUser"]),
        (&Value::Null, &json!("N"))
    );
    assert_eq!(own["parsedDescription"], "");
    let own = row(&mut desk, three, json!({}));
    assert_eq!(own["group"]["id"], group.to_string());
    assert_eq!(
        (&own["createdBy"], &own["creator"]["id"]),
        (&json!("1"), &json!("1"))
    );
    for absent in [
        "auditors",
        "action",
        "subStatus",
        "tags",
        "ufCrmTask",
        "checkListTree",
    ] {
        assert_eq!(own.get(absent), None, "{absent}");
    }
}

#[test]
fn everybody_sees_what_is_theirs() {
    let (mut desk, group, [one, two, three, ..]) = desk();
    let employee = 2;
    let own = |desk: &mut Desk| {
        let body = json!({"filter": {">=ID": one}, "order": {"ID": "asc"}});
        ids(&desk.ok(employee, LIST, &body.to_string()))
    };
    desk.portal.remove_member(group, employee);
    assert_eq!(own(&mut desk), [two]);
    desk.portal
        .set_member(group, employee, sonet_portal::Role::Member);
    assert_eq!(own(&mut desk), [two, three]);
}

#[test]
fn lists_of_tasks_have_pages() {
    let mut desk = Desk::new();
    let first = desk.add_task(1, &json!({}));
    for _ in 0..119 {
        desk.add_task(1, &json!({}));
    }
    let page = |desk: &mut Desk, start: i64| {
        let body = json!({"filter": {">=ID": first}, "order": {"ID": "asc"}, "start": start});
        desk.answer(1, LIST, &body.to_string())
    };
    let answer = page(&mut desk, 50);
    assert_eq!(
        (&answer["total"], &answer["next"]),
        (&json!(120), &json!(100))
    );
    assert_eq!(ids(&answer["result"])[0], first + 50);
    let answer = page(&mut desk, 100);
    assert_eq!(
        (answer.get("next"), ids(&answer["result"]).len()),
        (None, 20)
    );
    let answer = page(&mut desk, -1);
    assert_eq!((answer.get("next"), answer.get("total")), (None, None));
    let nothing = desk.raw(1, LIST, r#"{"filter":{"ID":99999}}"#);
    assert_eq!(nothing, r#"{"tasks":[]}"#);
}
