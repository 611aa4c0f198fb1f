//! The strict portal says what a real one passes over.

use crate::common::{Desk, now};
use serde_json::{Value, json};
use sonet_portal::{Request, Strict};

fn desk() -> Desk {
    let mut desk = Desk::new();
    desk.portal.rules_mut().strict = Strict::Refuse;
    desk
}

/// What the portal complains of, without the method's name.
fn complaint(desk: &mut Desk, method: &str, body: &Value) -> String {
    let response = desk.send(1, method, &body.to_string());
    let answer: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(
        (response.status(), &answer["error"]),
        (400, &json!("PORTAL_STRICT")),
        "{method} {body}: {answer}"
    );
    let text = answer["error_description"].as_str().unwrap();
    text.strip_prefix(&format!("{method}: "))
        .unwrap()
        .to_owned()
}

#[test]
fn unknown_parameters_are_told() {
    let mut desk = desk();
    for (method, body, expected) in [
        (
            "sonet_group.create",
            json!({"Name": "A"}),
            "unknown parameter Name; it is spelled NAME",
        ),
        (
            "sonet_group.create",
            json!({"NAME": "A", "arFields": {}}),
            "unknown parameter arFields; there are NAME, DESCRIPTION,",
        ),
        (
            "sonet_group.update",
            json!({"groupId": 1}),
            "unknown parameter groupId; it is spelled GROUP_ID",
        ),
        (
            "sonet_group.update",
            json!({"GROUP_ID": 1, "PROJECT": "Y"}),
            "unknown parameter PROJECT; there are GROUP_ID,",
        ),
        (
            "sonet_group.get",
            json!({"filter": {}}),
            "unknown parameter filter; it is spelled FILTER",
        ),
        (
            "sonet_group.user.get",
            json!({"GROUP_ID": 1}),
            "unknown parameter GROUP_ID; there are ID",
        ),
        (
            "sonet_group.user.groups",
            json!({"start": 50}),
            "unknown parameter start; there are none",
        ),
        (
            "socialnetwork.api.workgroup.get",
            json!({"groupId": 1}),
            "unknown parameter groupId; there are params",
        ),
        (
            "socialnetwork.api.workgroup.get",
            json!({"params": {"GROUP_ID": 1}}),
            "unknown parameter params[GROUP_ID]; it is spelled groupId",
        ),
        (
            "socialnetwork.api.workgroup.list",
            json!({"IS_ADMIN": "Y"}),
            "unknown parameter IS_ADMIN; there are filter,",
        ),
    ] {
        let told = complaint(&mut desk, method, &body);
        assert!(told.starts_with(expected), "{told}");
    }
    assert!(desk.portal.executed().is_empty());
}

#[test]
fn wrong_types_are_told() {
    let mut desk = desk();
    for (method, body, expected) in [
        (
            "sonet_group.create",
            json!({"NAME": ["A"]}),
            "NAME must be a text, not a list",
        ),
        (
            "sonet_group.create",
            json!({"OPENED": true}),
            "OPENED must be \"Y\" or \"N\", not true",
        ),
        (
            "sonet_group.create",
            json!({"INITIATE_PERMS": "X"}),
            "INITIATE_PERMS must be one of A, E, K, not \"X\"",
        ),
        (
            "sonet_group.create",
            json!({"PROJECT_DATE_START": "19.03.2026"}),
            "PROJECT_DATE_START must be a date in ISO 8601",
        ),
        (
            "sonet_group.create",
            json!({"IMAGE": "a.png"}),
            "IMAGE must be a list of a file's name",
        ),
        (
            "sonet_group.create",
            json!({"SITE_ID": "s1"}),
            "SITE_ID must be a list of texts, not \"s1\"",
        ),
        (
            "sonet_group.delete",
            json!({"GROUP_ID": 0}),
            "GROUP_ID must be a positive whole number, not 0",
        ),
        (
            "sonet_group.user.add",
            json!({"GROUP_ID": 1, "USER_ID": []}),
            "USER_ID must not be an empty list",
        ),
        (
            "sonet_group.user.add",
            json!({"GROUP_ID": 1, "USER_ID": [1, "x"]}),
            "USER_ID[1] must be a positive whole number, not \"x\"",
        ),
        (
            "sonet_group.user.update",
            json!({"ROLE": "A"}),
            "ROLE must be one of E, K, not \"A\"",
        ),
    ] {
        let told = complaint(&mut desk, method, &body);
        assert!(told.starts_with(expected), "{told}");
    }
}

#[test]
fn wrong_conditions_and_containers_are_told() {
    let mut desk = desk();
    let list = "socialnetwork.api.workgroup.list";
    for (method, body, expected) in [
        (
            "sonet_group.get",
            json!({"FILTER": {"@ID": [1]}}),
            "FILTER has the unknown condition \"@ID\"; the fields are ID,",
        ),
        (
            "sonet_group.get",
            json!({"FILTER": "ID"}),
            "FILTER must be an object, not \"ID\"",
        ),
        (
            "sonet_group.get",
            json!({"ORDER": {"TYPE": "ASC"}}),
            "ORDER has the unknown field \"TYPE\"",
        ),
        (
            "sonet_group.get",
            json!({"ORDER": {"ID": "UP"}}),
            "ORDER[ID] must be ASC or DESC",
        ),
        (
            "sonet_group.get",
            json!({"start": "x"}),
            "start must be a whole number, not \"x\"",
        ),
        (
            list,
            json!({"filter": {"><ID": [1, 2]}}),
            "filter has the unknown condition \"><ID\"",
        ),
        (
            list,
            json!({"select": ["NAME", "name"]}),
            "select[1] must be one of ID, ACTIVE,",
        ),
        (
            "batch",
            json!({"cmd": [{"method": "x"}]}),
            "cmd[0] must be a text, not an object",
        ),
        (
            "batch",
            json!({"cmd": [], "halt": "yes"}),
            "halt must be true, false, 1 or 0, not \"yes\"",
        ),
    ] {
        let told = complaint(&mut desk, method, &body);
        assert!(told.starts_with(expected), "{told}");
    }
}

#[test]
fn what_is_documented_passes() {
    let mut desk = desk();
    let id = desk.portal.groups().next().unwrap().id;
    for (method, body) in [
        (
            "sonet_group.create",
            json!({"NAME": "A", "VISIBLE": "N", "PROJECT": "Y", "INITIATE_PERMS": "E",
            "PROJECT_DATE_START": "2026-03-19T15:01:27+02:00", "PROJECT_DATE_FINISH": "", "DESCRIPTION": null,
            "IMAGE": ["a.png", "aGVsbG8="], "IMAGE_FILE_ID": 0, "SITE_ID": ["s1"], "SUBJECT_ID": "1"}),
        ),
        (
            "sonet_group.get",
            json!({"FILTER": {"!><ID": [1, 2]}, "ORDER": {"NAME": "asc"}, "start": "50"}),
        ),
        (
            "sonet_group.user.add",
            json!({"GROUP_ID": id.to_string(), "USER_ID": "2"}),
        ),
        (
            "socialnetwork.api.workgroup.get",
            json!({"params": {"groupId": id, "select": ["PIN"], "mode": "mobile"}}),
        ),
        (
            "socialnetwork.api.workgroup.list",
            json!({"filter": {"!=%NAME": "a%"}, "params": {"IS_ADMIN": "Y"}, "start": -1}),
        ),
        (
            "batch",
            json!({"halt": 0, "cmd": {"a": "sonet_group.user.groups"}}),
        ),
        ("user.get", json!({"FILTER": {"UF_DEPARTMENT": 1}})),
    ] {
        let response = desk.send(1, method, &body.to_string());
        assert_eq!(
            response.status(),
            200,
            "{method} {body}: {}",
            response.text()
        );
    }
    let path = desk.portal.webhook_path(1).unwrap();
    let telemetry = Request::get(format!(
        "{path}sonet_group.user.groups?bx24_request_id=1&bx24_sdk_ver=2"
    ));
    assert_eq!(desk.portal.handle(&telemetry, now()).status(), 200);
    let token = desk.portal.token_of(1).unwrap();
    let by_token = Request::get(format!("/rest/sonet_group.user.groups?auth={token}"));
    assert_eq!(desk.portal.handle(&by_token, now()).status(), 200);
}

#[test]
fn each_command_of_a_batch_is_looked_at() {
    let mut desk = desk();
    let body = json!({"cmd": ["sonet_group.user.get?GROUP_ID=1", "sonet_group.user.groups"]});
    let result = desk.ok(1, "batch", &body.to_string());
    assert_eq!(result["result_error"][0]["error"], "PORTAL_STRICT");
    assert!(result["result"]["1"].is_array());
    let body = json!({"cmd": {"x": "sonet_group.user.groups?auth=x"}});
    let result = desk.ok(1, "batch", &body.to_string());
    assert!(
        result["result"]["x"].is_array(),
        "the credential is no parameter"
    );
}

#[test]
fn an_ordinary_portal_passes_all_of_it_over() {
    let mut desk = Desk::new();
    let body = r#"{"NAME":"A","Name":"B","OPENED":true,"INITIATE_PERMS":"X"}"#;
    desk.ok(1, "sonet_group.create", body);
    let group = desk.portal.groups().last().unwrap();
    assert_eq!((group.name.as_str(), group.opened), ("A", false));
}

#[test]
fn a_report_changes_no_answer() {
    let mut desk = Desk::new();
    let body = r#"{"FILTER":{"@ID":[1]},"IS_ADMIN":"Y","Start":0,"bx24_x":1,"ORDER":{"ID":"UP"}}"#;
    let plain = desk.send(1, "sonet_group.get", body);
    desk.portal.rules_mut().strict = Strict::Report;
    let told = desk.send(1, "sonet_group.get", body);
    assert_eq!((told.status(), told.body()), (200, plain.body()));
    assert_eq!(plain.header("X-Portal-Strict"), None);
    let complaints: Vec<&str> = headers(&told);
    assert_eq!(complaints.len(), 3, "{complaints:?}");
    for (complaint, due) in complaints.iter().zip([
        "sonet_group.get: FILTER has the unknown condition \"@ID\"; the fields are ID,",
        "sonet_group.get: unknown parameter Start; it is spelled start",
        "sonet_group.get: ORDER[ID] must be ASC or DESC",
    ]) {
        assert!(complaint.starts_with(due), "{complaint}");
    }
    // A refusal has them, too, and every command of a batch adds its own.
    let refused = desk.send(1, "sonet_group.delete", r#"{"GROUP_ID":0,"X":1}"#);
    assert_eq!((refused.status(), headers(&refused).len()), (400, 2));
    let body = json!({"cmd": ["sonet_group.user.get?GROUP_ID=1", "sonet_group.user.groups?x=1"]});
    let batch = desk.send(1, "batch", &body.to_string());
    let complaints = headers(&batch);
    assert!(complaints[0].starts_with("sonet_group.user.get: unknown parameter GROUP_ID"));
    assert!(complaints[1].starts_with("sonet_group.user.groups: unknown parameter x"));
}

#[test]
fn a_report_holds_nothing_that_breaks_out_of_it() {
    let mut desk = Desk::new();
    desk.portal.rules_mut().strict = Strict::Report;
    let many = (0..100)
        .map(|n| format!(r#""x{n}":1"#))
        .collect::<Vec<_>>()
        .join(",");
    let long = "я".repeat(10_000);
    let body = format!(
        r#"{{"a\r\nSet-Cookie: b":1,"{long}":1,"/rest/1/s3cr3t/x":1,"params[auth=s3cr3t]":1,{many}}}"#
    );
    let answer = desk.send(1, "sonet_group.get", &body);
    let complaints = headers(&answer);
    assert_eq!(complaints.len(), 20);
    let all = complaints.join("\n");
    assert!(
        all.contains("a??Set-Cookie: b") && !all.contains("s3cr3t"),
        "{all}"
    );
    for complaint in complaints {
        assert!(complaint.len() < 600 && complaint.bytes().all(|b| (b' '..=b'~').contains(&b)));
    }
}

/// What stands beside an answer.
fn headers(answer: &sonet_portal::Response) -> Vec<&str> {
    let headers = answer.headers().iter();
    let own = headers.filter(|(name, _)| name == "X-Portal-Strict");
    own.map(|(_, value)| value.as_str()).collect()
}
