//! Where the documentation says two things, or another server is known to differ.

use crate::common::Desk;
use serde_json::{Value, json};
use sonet_portal::{Language, Portal};

const LIST: &str = "socialnetwork.api.workgroup.list";

fn error(desk: &mut Desk, user: u64, method: &str, body: &Value) -> Value {
    let response = desk.send(user, method, &body.to_string());
    assert_eq!(response.status(), 400);
    serde_json::from_slice(response.body()).unwrap()
}

#[test]
fn the_servers_own_codes() {
    let mut desk = Desk::new();
    desk.portal.rules_mut().server_codes = true;
    desk.portal.rules_mut().repeated_request_fails = true;
    let name = error(&mut desk, 1, "sonet_group.create", &json!({}));
    assert_eq!(name["error"], "EMPTY_NAME");
    let group = desk.group(|group| group.visible && group.owner_id != 1);
    let (id, owner) = (group.id, group.owner_id);
    for (user, body, code) in [
        (owner, json!({}), 100),
        (owner, json!({"GROUP_ID": id}), 100),
        (1, json!({"GROUP_ID": id, "USER_ID": 1}), 403),
        (owner, json!({"GROUP_ID": id, "USER_ID": 99_999}), 510),
    ] {
        let told = error(&mut desk, user, "sonet_group.setowner", &body);
        assert_eq!(told["error"], code, "a number, not a text: {told}");
    }
    let twice = error(
        &mut desk,
        owner,
        "sonet_group.user.request",
        &json!({"GROUP_ID": id}),
    );
    assert_eq!(twice["error"], "ERROR_CREATE_USER2GROUP");
    let other = error(&mut desk, 1, "sonet_group.update", &json!({}));
    assert_eq!(other["error"], "");
}

#[test]
fn another_language() {
    let mut desk = Desk::new();
    desk.portal.rules_mut().language = Language::Russian;
    let get = "socialnetwork.api.workgroup.get";
    let missing = json!({"params": {"groupId": 99_999}});
    assert_eq!(
        error(&mut desk, 1, get, &missing),
        json!({"error": "SONET_CONTROLLER_WORKGROUP_NOT_FOUND", "error_description": "Рабочая группа не найдена."})
    );
    let text = error(&mut desk, 1, get, &json!({}))["error_description"].take();
    assert!(!text.as_str().unwrap().is_ascii(), "{text}");
    let id = desk.ok(1, "sonet_group.create", r#"{"NAME":"A"}"#);
    let image = json!({"GROUP_ID": id, "IMAGE": ["a.txt", "eA=="]});
    let told = error(&mut desk, 1, "sonet_group.update", &image);
    assert_eq!(told["error"], "ERROR_IMAGE_ID");
    assert!(!told["error_description"].as_str().unwrap().is_ascii());
    let row = desk.ok(1, get, &json!({"params": {"groupId": id}}).to_string());
    assert_eq!(row["DATE_CREATE"], "19.03.2026 14:01:27");
    desk.refused(1, "sonet_group.delete", "{}", "Wrong group ID");
}

#[test]
fn an_empty_last_page() {
    let mut desk = Desk {
        portal: Portal::builder().groups(100).build(),
    };
    let next = |desk: &mut Desk, start: u64| {
        let body = json!({"IS_ADMIN": "Y", "start": start}).to_string();
        let answer = desk.answer(1, "sonet_group.get", &body);
        (
            answer["result"].as_array().unwrap().len(),
            answer.get("next").and_then(Value::as_u64),
        )
    };
    assert_eq!(next(&mut desk, 50), (50, None));
    desk.portal.rules_mut().bogus_next = true;
    assert_eq!(next(&mut desk, 0), (50, Some(50)));
    assert_eq!(next(&mut desk, 50), (50, Some(100)));
    assert_eq!(next(&mut desk, 100), (0, None));
}

#[test]
fn a_total_that_was_not_counted() {
    let mut desk = Desk::new();
    for (zero_total, total) in [(false, None), (true, Some(0))] {
        desk.portal.rules_mut().zero_total = zero_total;
        for method in [LIST, "user.get", "sonet_group.get"] {
            let answer = desk.answer(1, method, r#"{"start":-1}"#);
            assert_eq!(
                answer.get("total").and_then(Value::as_u64),
                total,
                "{method}"
            );
            assert_eq!(answer.get("next"), None);
        }
    }
}
