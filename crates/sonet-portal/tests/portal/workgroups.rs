//! `socialnetwork.api.workgroup.get` and `.list`.

use crate::common::Desk;
use serde_json::{Value, json};
use sonet_portal::{Group, GroupKind, Role, UserKind};

const GET: &str = "socialnetwork.api.workgroup.get";
const LIST: &str = "socialnetwork.api.workgroup.list";

/// Creates a group of the administrator with a member, a moderator, an invited and an asking user.
fn populated(desk: &mut Desk) -> (u64, [u64; 4]) {
    let body = r#"{"NAME":"A","DESCRIPTION":"B","KEYWORDS":"c, d"}"#;
    let id = desk.ok(1, "sonet_group.create", body).as_u64().unwrap();
    let users = desk.strangers(id, |user| user.kind == UserKind::Employee);
    let [member, moderator, invited, asking] = users[..4] else {
        unreachable!()
    };
    desk.portal.set_member(id, member, Role::Member);
    desk.portal.set_member(id, moderator, Role::Moderator);
    desk.ok(
        1,
        "sonet_group.user.invite",
        &format!(r#"{{"GROUP_ID":{id},"USER_ID":{invited}}}"#),
    );
    desk.ok(
        asking,
        "sonet_group.user.request",
        &format!(r#"{{"GROUP_ID":{id}}}"#),
    );
    (id, [member, moderator, invited, asking])
}

fn select(id: u64, codes: &[&str]) -> String {
    json!({"params": {"groupId": id, "select": codes}}).to_string()
}

#[test]
fn a_group_has_the_documented_shape() {
    let mut desk = Desk::new();
    let (id, [member, moderator, invited, _]) = populated(&mut desk);
    let chat = desk.portal.group(id).unwrap().chat_id;
    let date = r"03\/19\/2026 14:01:27";
    assert_eq!(
        desk.raw(1, GET, &format!(r#"{{"params":{{"groupId":"{id}"}}}}"#)),
        format!(
            r#"{{"ID":{id},"ACTIVE":"Y","SITE_ID":"s1","SUBJECT_ID":1,"NAME":"A","DESCRIPTION":"B","KEYWORDS":"c, d","CLOSED":"N","VISIBLE":"Y","OPENED":"N","DATE_CREATE":"{date}","DATE_UPDATE":"{date}","DATE_ACTIVITY":"{date}","IMAGE_ID":0,"AVATAR_TYPE":"folder","OWNER_ID":1,"INITIATE_PERMS":"K","NUMBER_OF_MEMBERS":3,"NUMBER_OF_MODERATORS":2,"PROJECT":"N","PROJECT_DATE_START":null,"PROJECT_DATE_FINISH":null,"SEARCH_INDEX":"A B c #c d #d","LANDING":"N","SCRUM_OWNER_ID":0,"SCRUM_MASTER_ID":0,"SCRUM_SPRINT_DURATION":0,"SCRUM_TASK_RESPONSIBLE":"","TYPE":"group","MEMBERS":[1,{moderator},{member}],"CHAT_ID":{chat},"DIALOG_ID":"chat{chat}","ORDINARY_MEMBERS":[{member}],"INVITED_MEMBERS":[{invited}],"MODERATOR_MEMBERS":[{moderator}],"SITE_IDS":["s1"],"NUMBER_OF_MEMBERS_PLURAL":1}}"#
        )
    );
}

#[test]
fn scrums_and_projects_tell_more() {
    let mut desk = Desk::new();
    let scrum = desk.portal.group_of_kind(GroupKind::Scrum).unwrap().clone();
    let row = desk.ok(1, GET, &select(scrum.id, &[]));
    assert_eq!(
        (&row["TYPE"], &row["PROJECT"]),
        (&json!("scrum"), &json!("Y"))
    );
    assert_eq!(row["SCRUM_MASTER_ID"], scrum.scrum_master_id);
    assert_eq!(row["SCRUM_TASK_RESPONSIBLE"], "A");
    assert!(
        desk.ok(1, GET, &select(scrum.id, &["EFFICIENCY"]))
            .get("EFFICIENCY")
            .is_none()
    );
    let project = desk.group(|group| group.project_date_start.is_some());
    let start = desk.ok(1, GET, &select(project.id, &[]))["PROJECT_DATE_START"].take();
    assert!(start.as_str().unwrap().contains('/'), "{start}");
}

#[test]
fn select_adds_and_never_takes_away() {
    let mut desk = Desk::new();
    let (id, [member, moderator, invited, asking]) = populated(&mut desk);
    let base = desk.ok(1, GET, &select(id, &[]));
    let all = [
        "ACTIONS",
        "AVATAR",
        "AVATAR_DATA",
        "AVATAR_TYPES",
        "COUNTERS",
        "DEPARTMENTS",
        "EFFICIENCY",
        "FEATURES",
        "GROUP_MEMBERS_LIST",
        "LIST_OF_MEMBERS",
        "LIST_OF_MEMBERS_AWAITING_INVITE",
        "OWNER_DATA",
        "PIN",
        "PRIVACY_TYPE",
        "SUBJECT_DATA",
        "TAGS",
        "USER_DATA",
        "NONSENSE",
    ];
    let full = desk.ok(1, GET, &select(id, &all));
    for (key, value) in base.as_object().unwrap() {
        assert_eq!(&full[key], value, "{key}");
    }
    assert_eq!(
        full.as_object().unwrap().len(),
        base.as_object().unwrap().len() + 17
    );
    let yes = true;
    assert_eq!(
        full["ACTIONS"],
        json!({"EDIT": yes, "DELETE": yes, "INVITE": yes, "JOIN": false, "LEAVE": false,
               "FOLLOW": yes, "PIN": yes, "EDIT_FEATURES": yes})
    );
    assert_eq!(full["AVATAR"], "");
    assert_eq!(full["AVATAR_DATA"], json!({"type": "icon", "id": "folder"}));
    assert_eq!(full["AVATAR_TYPES"]["checks"]["webCssClass"], "tasks");
    let counters = json!({"workgroup_requests_out": 1, "workgroup_requests_in": 1});
    assert_eq!(full["COUNTERS"], counters);
    assert_eq!(
        (&full["DEPARTMENTS"], &full["EFFICIENCY"]),
        (&json!([]), &json!(100))
    );
    assert_eq!(
        full["FEATURES"][0],
        json!({"featureName": "tasks", "name": "Tasks", "customName": "", "id": "1", "active": yes})
    );
    let role = |id: u64, invited, awaiting, member| json!({"id": id, "invited": invited, "isAwaiting": awaiting, "isMember": member});
    let related = full["GROUP_MEMBERS_LIST"].as_array().unwrap();
    for row in [
        role(1, false, false, true),
        role(member, false, false, true),
        role(invited, true, false, false),
        role(asking, false, true, false),
    ] {
        assert!(related.contains(&row), "{row}");
    }
    let members = full["LIST_OF_MEMBERS"].as_array().unwrap();
    assert_eq!(members.len(), 3);
    assert_eq!(
        (&members[1]["id"], &members[1]["isModerator"]),
        (&json!(moderator), &json!(yes))
    );
    let name = desk.portal.user(asking).unwrap().formatted_name();
    let awaiting = json!([{"id": asking, "name": name, "photo": ""}]);
    assert_eq!(full["LIST_OF_MEMBERS_AWAITING_INVITE"], awaiting);
    assert_eq!(full["OWNER_DATA"]["ID"], 1);
    assert_eq!(
        (&full["IS_PIN"], &full["PRIVACY_CODE"]),
        (&json!(false), &json!("closed"))
    );
    assert_eq!(full["SUBJECT_DATA"], json!({"ID": 1, "NAME": "Workgroups"}));
    assert_eq!(full["TAGS"], json!(["c", "d"]));
    let own = json!({"ROLE": "A", "INITIATED_BY_TYPE": "G", "IS_SUBSCRIBED": true});
    assert_eq!(full["USER_DATA"], own);
    let told = desk.ok(1, GET, &select(id, &["DATE_CREATE"]))["DATE_CREATE"].take();
    assert_eq!(
        told, "today, 14:01",
        "this code changes a field instead of adding one"
    );
}

#[test]
fn what_a_stranger_is_told() {
    let mut desk = Desk::new();
    let (id, _) = populated(&mut desk);
    let stranger = desk.strangers(id, |user| user.kind == UserKind::Employee)[0];
    let codes = [
        "USER_DATA",
        "LIST_OF_MEMBERS_AWAITING_INVITE",
        "GROUP_MEMBERS_LIST",
        "ACTIONS",
    ];
    let row = desk.ok(stranger, GET, &select(id, &codes));
    let absent = json!({"ROLE": false, "INITIATED_BY_TYPE": false, "IS_SUBSCRIBED": false});
    assert_eq!(row["USER_DATA"], absent);
    assert_eq!(row["LIST_OF_MEMBERS_AWAITING_INVITE"], json!([]));
    assert_eq!(row["GROUP_MEMBERS_LIST"], json!([]));
    assert_eq!(
        (&row["ACTIONS"]["JOIN"], &row["ACTIONS"]["EDIT"]),
        (&json!(true), &json!(false))
    );
    assert!(row.get("ADDITIONAL_DATA").is_none());
}

#[test]
fn the_mobile_mode_tells_the_own_role() {
    let mut desk = Desk::new();
    let (id, [member, _, invited, asking]) = populated(&mut desk);
    let stranger = desk.strangers(id, |user| user.kind == UserKind::Employee)[0];
    let body = json!({"params": {"groupId": id, "mode": "mobile"}}).to_string();
    for (user, role, by) in [
        (1, "A", "G"),
        (member, "K", "G"),
        (invited, "Z", "G"),
        (asking, "Z", "U"),
        (stranger, "", ""),
    ] {
        let data = desk.ok(user, GET, &body)["ADDITIONAL_DATA"].take();
        assert_eq!(
            data,
            json!({"ROLE": role, "INITIATED_BY_TYPE": by}),
            "{user}"
        );
    }
}

#[test]
fn getting_refuses() {
    let mut desk = Desk::new();
    let user = desk.employee();
    let empty = "No value for the workgroup ID was provided.";
    let bodies = [
        "{}",
        r#"{"groupId":1}"#,
        r#"{"params":{}}"#,
        r#"{"params":{"groupId":0}}"#,
        r#"{"params":5}"#,
        r#"{"params":{"GROUP_ID":2}}"#,
    ];
    for body in bodies {
        desk.refused_with(user, GET, body, "SONET_CONTROLLER_WORKGROUP_EMPTY", empty);
    }
    let secret = desk.portal.secret_group(user).unwrap().id;
    for id in [99_999, secret] {
        let code = "SONET_CONTROLLER_WORKGROUP_NOT_FOUND";
        desk.refused_with(user, GET, &select(id, &[]), code, "Workgroup not found.");
    }
    let hidden = desk.portal.secret_group(1).unwrap().id;
    desk.ok(1, GET, &select(hidden, &[]));
}

#[test]
fn both_methods_agree_on_the_avatar() {
    let mut desk = Desk::new();
    let (id, _) = populated(&mut desk);
    let types = |desk: &mut Desk| {
        let body = json!({"filter": {"ID": id}, "select": ["AVATAR_TYPE"]});
        let list = desk.ok(1, LIST, &body.to_string());
        let group = desk.ok(1, GET, &json!({"params": {"groupId": id}}).to_string());
        (
            list["workgroups"][0]["avatarType"].clone(),
            group["AVATAR_TYPE"].clone(),
        )
    };
    assert_eq!(types(&mut desk), (json!("folder"), json!("folder")));
    let gif = json!({"GROUP_ID": id, "IMAGE": ["a.gif", "R0lGODlhAQABAAAAACw="]});
    desk.ok(1, "sonet_group.update", &gif.to_string());
    assert_eq!(types(&mut desk), (json!(null), json!("")));
}

#[test]
fn a_list_has_the_documented_shape() {
    let mut desk = Desk::new();
    let (id, [_, _, invited, _]) = populated(&mut desk);
    let chat = desk.portal.group(id).unwrap().chat_id;
    let body = json!({
        "filter": {"ID": id.to_string()},
        "select": ["NAME", "TYPE", "AVATAR"],
        "params": {"mode": "mobile", "shouldSelectDialogId": "Y"},
    });
    let response = desk.send(invited, LIST, &body.to_string());
    let expected = format!(
        r#"{{"result":{{"workgroups":[{{"id":"{id}","name":"A","type":"group","imageId":null,"avatarType":"folder","avatar":"","additionalData":{{"role":"Z","initiatedByType":"G"}},"dialogId":"chat{chat}"}}]}},"total":1,"time":{{"#
    );
    assert!(
        response.text().starts_with(&expected),
        "{}",
        response.text()
    );
    let bare = format!(r#"{{"filter":{{"ID":{id}}}}}"#);
    assert_eq!(
        desk.raw(1, LIST, &bare),
        format!(r#"{{"workgroups":[{{"id":"{id}"}}]}}"#)
    );
    let upper = format!(r#"{{"FILTER":{{"ID":{id}}},"select":["name"]}}"#);
    assert_eq!(
        desk.ok(1, LIST, &upper)["workgroups"][0]
            .as_object()
            .unwrap()
            .len(),
        1
    );
    let none = r#"{"filter":{"ID":0}}"#;
    assert_eq!(desk.raw(1, LIST, none), r#"{"workgroups":[]}"#);
}

#[test]
fn every_selectable_field_comes_in_camel_case() {
    let mut desk = Desk::new();
    let scrum = desk.group(|group| group.kind == GroupKind::Scrum);
    let codes = [
        "ID",
        "ACTIVE",
        "SUBJECT_ID",
        "NAME",
        "DESCRIPTION",
        "KEYWORDS",
        "CLOSED",
        "VISIBLE",
        "OPENED",
        "PROJECT",
        "LANDING",
        "DATE_CREATE",
        "DATE_UPDATE",
        "DATE_ACTIVITY",
        "IMAGE_ID",
        "AVATAR_TYPE",
        "OWNER_ID",
        "NUMBER_OF_MEMBERS",
        "NUMBER_OF_MODERATORS",
        "INITIATE_PERMS",
        "PROJECT_DATE_START",
        "PROJECT_DATE_FINISH",
        "SCRUM_OWNER_ID",
        "SCRUM_MASTER_ID",
        "SCRUM_SPRINT_DURATION",
        "SCRUM_TASK_RESPONSIBLE",
        "TYPE",
        "AVATAR",
    ];
    let body = json!({"filter": {"ID": scrum.id}, "select": codes, "params": {"IS_ADMIN": "Y"}});
    let row = desk.ok(1, LIST, &body.to_string())["workgroups"][0].take();
    let row = row.as_object().unwrap();
    assert_eq!(row.len(), codes.len());
    for code in codes {
        let mut words = code.split('_').map(str::to_lowercase);
        let mut key = words.next().unwrap();
        for word in words {
            key += &(word[..1].to_uppercase() + &word[1..]);
        }
        let value = row.get(&key).unwrap_or_else(|| panic!("{key} is missing"));
        assert!(value.is_string() || value.is_null(), "{key}: {value}");
    }
    assert_eq!(row["scrumMasterId"], scrum.scrum_master_id.to_string());
    assert!(row["dateCreate"].as_str().unwrap().ends_with("+02:00"));
}

fn ids(answer: &Value) -> Vec<u64> {
    let rows = answer["result"]["workgroups"].as_array().unwrap().iter();
    rows.map(|row| row["id"].as_str().unwrap().parse().unwrap())
        .collect()
}

#[test]
fn pages_with_and_without_counting() {
    let mut desk = Desk::new();
    let internal: Vec<u64> = desk
        .portal
        .groups()
        .filter(|g| !g.is_extranet())
        .map(|g| g.id)
        .collect();
    let total = internal.len();
    let mut seen = Vec::new();
    for (start, next) in [(0, Some(50)), (50, Some(100)), (100, None)] {
        let body = json!({"params": {"IS_ADMIN": "Y"}, "start": start}).to_string();
        let answer = desk.answer(1, LIST, &body);
        assert_eq!(answer["total"], total);
        assert_eq!(answer.get("next").and_then(Value::as_u64), next);
        seen.extend(ids(&answer));
    }
    assert_eq!(seen, internal, "the default order is ID ASC");

    let (mut last, mut seen) = (0, Vec::<u64>::new());
    loop {
        let body = json!({"params": {"IS_ADMIN": "Y"}, "filter": {">ID": last}, "start": -1,
                          "order": {"ID": "asc"}});
        let answer = desk.answer(1, LIST, &body.to_string());
        assert!(answer.get("total").is_none() && answer.get("next").is_none());
        let page = ids(&answer);
        seen.extend(&page);
        last = *page.last().unwrap();
        if page.len() < 50 {
            break;
        }
    }
    assert_eq!(seen, internal);
}

#[test]
fn the_site_is_the_methods_own_choice() {
    let mut desk = Desk::new();
    let extranet: Vec<u64> = desk
        .portal
        .groups()
        .filter(|g| g.is_extranet())
        .map(|g| g.id)
        .collect();
    let mut list = |user: u64, body: Value| ids(&desk.answer(user, LIST, &body.to_string()));
    let admin = list(
        1,
        json!({"params": {"IS_ADMIN": "Y"}, "filter": {"SITE_ID": "ex"}}),
    );
    assert!(admin.len() == 50 && admin.iter().all(|id| !extranet.contains(id)));
    let chosen = list(1, json!({"params": {"IS_ADMIN": "Y", "siteId": "ex"}}));
    assert_eq!(chosen, extranet);
    let top_level = list(1, json!({"IS_ADMIN": "Y", "params": {"siteId": "ex"}}));
    assert!(
        top_level.len() < extranet.len(),
        "IS_ADMIN stands inside params"
    );
    let external = 4;
    let own = list(
        external,
        json!({"params": {"siteId": "s1", "IS_ADMIN": "Y"}}),
    );
    assert!(!own.is_empty() && own.iter().all(|id| extranet.contains(id)));
}

#[test]
fn features_come_when_asked_for() {
    let mut desk = Desk::new();
    let mut features = |params: Value| {
        let body = json!({"params": params}).to_string();
        let mut answer = desk.ok(1, LIST, &body);
        answer["workgroups"][0]["additionalData"]
            .get_mut("features")
            .map(Value::take)
    };
    assert_eq!(features(json!({"mode": "mobile"})), None);
    let params = json!({"mode": "mobile", "features": ["files", "tasks", "x"]});
    assert_eq!(features(params), Some(json!(["tasks", "files"])));
    let params = json!({"mode": "mobile", "mandatoryFeatures": ["tasks"]});
    assert_eq!(features(params), Some(json!([])));
}

#[test]
fn the_list_has_its_own_operators() {
    let mut desk = Desk::new();
    let listed = |desk: &Desk, fit: fn(&Group) -> bool| -> Vec<u64> {
        let groups = desk.portal.groups().filter(|g| !g.is_extranet() && fit(g));
        groups.map(|group| group.id).collect()
    };
    let mut find = |filter: Value| {
        let body = json!({"filter": filter, "params": {"IS_ADMIN": "Y"}, "start": -1});
        ids(&desk.answer(1, LIST, &body.to_string()))
    };
    let projects = find(json!({"PROJECT": "Y", "<ID": 100}));
    let like = find(json!({"=%NAME": "%a_", "!SUBJECT_ID": 2}));
    let between = find(json!({"><ID": [1, 2], "?NAME": "x", "TYPE": "scrum"}));
    assert_eq!(projects, listed(&desk, |g| g.is_project() && g.id < 100));
    let ends = |g: &Group| {
        let name: Vec<char> = g.name.to_lowercase().chars().rev().collect();
        g.subject_id != 2 && name[1] == 'a'
    };
    let mut expected = listed(&desk, ends);
    assert!(!expected.is_empty());
    expected.truncate(50);
    assert_eq!(like, expected);
    assert_eq!(between.len(), 50, "what isn't understood widens the query");
}
