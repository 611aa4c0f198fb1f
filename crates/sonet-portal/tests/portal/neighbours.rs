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

fn ids(rows: &Value) -> Vec<u64> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| row["ID"].as_str().unwrap().parse().unwrap())
        .collect()
}

#[test]
fn the_current_user_is_told() {
    let mut desk = Desk::new();
    let user = desk.portal.employee().unwrap().clone();
    let row = desk.ok(user.id, "user.current", "{}");
    assert_eq!(
        (&row["ID"], &row["NAME"], &row["ACTIVE"]),
        (&json!(user.id.to_string()), &json!(user.name), &json!(true))
    );
    assert_eq!(row["UF_DEPARTMENT"], json!([1]));
    assert_eq!(row["LAST_ACTIVITY_DATE"], "2026-03-19 14:01:27");
    let external = desk.portal.extranet_user().unwrap().id;
    assert_eq!(
        desk.ok(external, "user.current", "{}")["UF_DEPARTMENT"],
        json!([])
    );
}

#[test]
fn users_are_filtered_and_paged() {
    let mut desk = Desk::new();
    for _ in 0..2 {
        let answer = desk.answer(1, "user.get", "{}");
        assert_eq!((&answer["total"], answer.get("next")), (&json!(40), None));
    }
    for (body, expected) in [
        (json!({"ID": 3}), vec![3]),
        (json!({"FILTER": {"ID": [2, "4"]}}), vec![2, 4]),
        (json!({"FILTER": {">ID": 38}}), vec![39, 40]),
        (
            json!({"FILTER": {">ID": 38}, "sort": "ID", "order": "DESC"}),
            vec![40, 39],
        ),
        (
            json!({"FILTER": {"=ID": 2, "USER_TYPE": "extranet"}}),
            vec![],
        ),
        (json!({"FILTER": {"EMAIL": "USER7@example.com"}}), vec![7]),
        (json!({"FILTER": {">ID": 38, "UNKNOWN": 1}}), vec![39, 40]),
    ] {
        assert_eq!(
            ids(&desk.ok(1, "user.get", &body.to_string())),
            expected,
            "{body}"
        );
    }
    let dismissed = desk.ok(1, "user.get", r#"{"FILTER":{"ACTIVE":"N"}}"#);
    assert!(ids(&dismissed).contains(&desk.portal.dismissed_user().unwrap().id));
    assert!(
        dismissed
            .as_array()
            .unwrap()
            .iter()
            .all(|row| row["ACTIVE"] == false)
    );

    let mut large = Desk {
        portal: sonet_portal::Portal::builder().users(120).build(),
    };
    let answer = large.answer(1, "user.get", r#"{"start":60}"#);
    assert_eq!(
        (&answer["total"], &answer["next"]),
        (&json!(120), &json!(100))
    );
    assert_eq!(ids(&answer["result"])[0], 51);
    let answer = large.answer(1, "user.get", r#"{"start":-1}"#);
    assert_eq!((answer.get("total"), answer.get("next")), (None, None));
    assert_eq!(ids(&answer["result"]).len(), 50);
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
        json!(["sonet_group", "socialnetwork", "user", "task"])
    );
    let path = desk
        .portal
        .webhook_path_with_scope(1, &["socialnetwork"])
        .unwrap();
    for (query, expected) in [
        ("scope", r#"["socialnetwork"]"#),
        (
            "scope?full=true",
            r#"["sonet_group","socialnetwork","user","task"]"#,
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
        ("methods?scope=user", r#"["user.current","user.get"]"#),
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
