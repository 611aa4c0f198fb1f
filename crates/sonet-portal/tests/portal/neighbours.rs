//! The methods beside the groups' that other clients call first.

use crate::common::{Desk, now};
use serde_json::{Value, json};
use sonet_portal::Request;

fn by_token(desk: &mut Desk, method: &str) -> Value {
    let token = desk.portal.token_of(1).unwrap();
    let request = Request::get(format!("/rest/{method}?auth={token}"));
    let response = desk.portal.handle(&request, now());
    serde_json::from_slice(response.body()).unwrap()
}

#[test]
fn users_need_their_scope() {
    let mut desk = Desk::new();
    let path = desk
        .portal
        .webhook_path_with_scope(1, &["sonet_group"])
        .unwrap();
    for (method, status) in [
        ("user.get", 403),
        ("user.current", 403),
        ("profile", 200),
        ("scope", 200),
        ("methods", 200),
        ("server.time", 200),
        ("method.get", 200),
        ("batch", 200),
    ] {
        let request = Request::get(format!("{path}{method}"));
        assert_eq!(
            desk.portal.handle(&request, now()).status(),
            status,
            "{method}"
        );
    }
}

#[test]
fn small_questions_are_answered() {
    let mut desk = Desk::new();
    assert_eq!(desk.ok(1, "server.time", "{}"), "2026-03-19T14:01:27+02:00");
    let profile = desk.ok(1, "profile", "{}");
    assert_eq!(
        (&profile["ID"], &profile["ADMIN"]),
        (&json!("1"), &json!(true))
    );
    let employee = desk.employee();
    assert_eq!(desk.ok(employee, "profile", "{}")["ADMIN"], false);
    assert_eq!(
        desk.ok(1, "scope", "{}"),
        json!(["sonet_group", "socialnetwork", "user", "task", "log"])
    );
    let path = desk
        .portal
        .webhook_path_with_scope(1, &["socialnetwork"])
        .unwrap();
    for (query, expected) in [
        ("scope", r#"["socialnetwork"]"#),
        (
            "scope?full=true",
            r#"["sonet_group","socialnetwork","user","task","log"]"#,
        ),
        (
            "method.get?name=sonet_group.get",
            r#"{"isExisting":true,"isAvailable":false}"#,
        ),
        (
            "method.get?name=batch",
            r#"{"isExisting":true,"isAvailable":true}"#,
        ),
        (
            "method.get?name=Batch",
            r#"{"isExisting":false,"isAvailable":false}"#,
        ),
        ("method.get", r#"{"isExisting":false,"isAvailable":false}"#),
        (
            "methods?scope=user",
            r#"["user.current","user.get","user.search","user.fields"]"#,
        ),
    ] {
        let response = desk
            .portal
            .handle(&Request::get(format!("{path}{query}")), now());
        let expected = format!(r#"{{"result":{expected},"#);
        assert!(
            response.text().starts_with(&expected),
            "{}",
            response.text()
        );
    }
    let own = desk
        .portal
        .handle(&Request::get(format!("{path}methods")), now())
        .text();
    assert!(
        own.contains("workgroup.list") && !own.contains("sonet_group"),
        "{own}"
    );
    let all = desk
        .portal
        .handle(&Request::get(format!("{path}methods?full=1")), now())
        .text();
    assert!(all.contains("sonet_group.get"));
}

#[test]
fn an_application_is_told_about_itself() {
    let mut desk = Desk::new();
    let info = by_token(&mut desk, "app.info")["result"].take();
    assert_eq!(
        (&info["CODE"], &info["STATUS"], &info["INSTALLED"]),
        (
            &json!(desk.portal.app().client_id),
            &json!("L"),
            &json!(true)
        )
    );
    desk.refused_with(
        1,
        "app.info",
        "{}",
        "ACCESS_DENIED",
        "Access denied! Application context required",
    );
}
