//! `user.*`

use crate::common::{Desk, NOW, now};
use serde_json::{Value, json};
use sonet_portal::{Request, Role, UserKind};

const GET: &str = "user.get";
const SEARCH: &str = "user.search";

fn ids(rows: &Value) -> Vec<u64> {
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| row["ID"].as_str().unwrap().parse().unwrap())
        .collect()
}

/// The users that a filter leaves.
fn found(desk: &mut Desk, filter: &Value) -> Vec<u64> {
    let body = json!({"FILTER": filter}).to_string();
    ids(&desk.ok(1, GET, &body))
}

fn keys(row: &Value) -> Vec<&str> {
    row.as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn the_current_user_is_told() {
    let mut desk = Desk::new();
    let user = desk.portal.employee().unwrap().clone();
    let row = desk.ok(user.id, "user.current", "{}");
    assert_eq!(
        (&row["ID"], &row["NAME"], &row["ACTIVE"], &row["EMAIL"]),
        (
            &json!(user.id.to_string()),
            &json!(user.name),
            &json!(true),
            &json!("user2@example.com")
        )
    );
    assert_eq!(row["UF_DEPARTMENT"], json!([1]));
    assert_eq!(row["LAST_ACTIVITY_DATE"], "2026-03-19 14:01:27");
    assert_eq!(row["LAST_LOGIN"], "2026-03-19T14:01:27+02:00");
    assert_eq!(row["IS_ONLINE"], "Y");
    assert_eq!(row.get("USER_TYPE"), None);
    let external = desk.portal.extranet_user().unwrap().id;
    let row = desk.ok(external, "user.current", "{}");
    assert_eq!(row["UF_DEPARTMENT"], json!([]));
}

#[test]
fn a_row_has_what_was_filled_in() {
    let mut desk = Desk::new();
    let user = desk.portal.user_mut(2).unwrap();
    user.profile.second_name = Some("Maria".to_owned());
    user.profile.birthday = Some(1_531_526_400);
    user.profile.mobile = None;
    let raw = desk.raw(1, GET, r#"{"FILTER":{"ID":2}}"#);
    assert!(
        raw.contains(r#""TIMESTAMP_X":[],"LAST_ACTIVITY_DATE":[]"#),
        "{raw}"
    );
    assert!(
        raw.starts_with(r#"[{"ID":"2","ACTIVE":true,"NAME":"#),
        "{raw}"
    );
    let row: Value = serde_json::from_str(&raw).unwrap();
    let row = &row[0];
    assert_eq!(row["SECOND_NAME"], "Maria");
    assert_eq!(row["PERSONAL_BIRTHDAY"], "2018-07-14T02:00:00+02:00");
    assert_eq!(row["USER_TYPE"], "employee");
    assert_eq!(row.get("PERSONAL_MOBILE"), None);
    let never = desk.portal.user_mut(2).unwrap();
    (never.profile.last_seen, never.profile.birthday) = (None, None);
    let row = desk.ok(1, GET, r#"{"FILTER":{"ID":2}}"#)[0].take();
    assert_eq!(
        (&row["LAST_LOGIN"], &row["PERSONAL_BIRTHDAY"]),
        (&json!(""), &json!(""))
    );
}

#[test]
fn operators_stand_before_fields() {
    let mut desk = Desk::new();
    for (id, name) in [(2, "Ivan"), (7, "Ivana"), (8, "Divan")] {
        let user = desk.portal.user_mut(id).unwrap();
        name.clone_into(&mut user.name);
        user.profile.city = Some(format!("City {id}"));
    }
    desk.portal.user_mut(7).unwrap().profile.registered = i64::try_from(NOW).unwrap();
    for (filter, expected) in [
        (json!({"ID": [2, "4"]}), vec![2, 4]),
        (json!({"@ID": [2, 7]}), vec![2, 7]),
        (json!({"<=ID": 3, "!@ID": [2]}), vec![1, 3]),
        (json!({"<ID": 4, "!ID": 1}), vec![2, 3]),
        (json!({"<ID": 4, "!=ID": [1, 2]}), vec![3]),
        (json!({">ID": 38}), vec![39, 40]),
        (json!({">=ID": 39}), vec![39, 40]),
        (json!({"NAME": "IVAN"}), vec![2]),
        (json!({"=NAME": "ivan"}), vec![2]),
        (json!({"NAME": "Iv%"}), vec![2, 7]),
        (json!({"%NAME": "van"}), vec![2, 7, 8]),
        (json!({"=%NAME": "%van"}), vec![2, 8]),
        (json!({"%=NAME": "ivan%"}), vec![2, 7]),
        (json!({"@ID": [2, 7, 8], "!%NAME": "divan"}), vec![2, 7]),
        (json!({"@ID": [2, 7, 8], "!=%NAME": "iv%"}), vec![8]),
        (json!({"@ID": [2, 7, 8], "!%=NAME": "%an"}), vec![7]),
        (json!({"@PERSONAL_CITY": ["City 2", "City 8"]}), vec![2, 8]),
        (
            json!({">=DATE_REGISTER": "2026-03-19T00:00:00+02:00"}),
            vec![7],
        ),
        (json!({">=DATE_REGISTER": "soon"}), vec![]),
        (json!({"EMAIL": "USER7@example.com"}), vec![7]),
        (json!({"ID": 7, "UNKNOWN": 1}), vec![7]),
        (json!({"ID": 7, "TITLE": "Dr."}), vec![]),
    ] {
        assert_eq!(found(&mut desk, &filter), expected, "{filter}");
    }
}

#[test]
fn filters_have_fields_of_their_own() {
    let mut desk = Desk::new();
    desk.portal.user_mut(7).unwrap().profile.departments = vec![3, 2];
    desk.portal.user_mut(7).unwrap().name = "Zoë".to_owned();
    let fits = |desk: &Desk, id: &u64, department: u64| {
        let user = desk.portal.user(*id).unwrap();
        user.profile.departments.contains(&department)
    };
    let sales = found(&mut desk, &json!({"UF_DEPARTMENT": 2}));
    assert!(sales.contains(&7) && sales.iter().all(|id| fits(&desk, id, 2)));
    let online = found(&mut desk, &json!({"IS_ONLINE": "Y"}));
    assert!(online.contains(&1), "who makes the call");
    let rest = found(&mut desk, &json!({"IS_ONLINE": "N"}));
    assert_eq!(online.len() + rest.len(), 39);
    assert_eq!(found(&mut desk, &json!({"NAME_SEARCH": "zo"})), [7]);
    let external = found(&mut desk, &json!({"USER_TYPE": "extranet"}));
    assert!(external.contains(&4));
    let dismissed = desk.portal.dismissed_user().unwrap().id;
    for no in [json!(false), json!("N"), json!(0)] {
        let left = found(&mut desk, &json!({"ACTIVE": no}));
        assert!(left.contains(&dismissed) && !left.contains(&1));
    }
    for yes in [json!(true), json!("Y"), json!(1)] {
        let left = found(&mut desk, &json!({"ACTIVE": yes}));
        assert!(!left.contains(&dismissed) && left.contains(&1));
    }
}

#[test]
fn who_only_writes_by_mail_is_left_out_unless_asked_for() {
    let mut desk = Desk::new();
    let other = desk.portal.other_user().unwrap().id;
    assert!(!found(&mut desk, &json!({})).contains(&other));
    assert_eq!(found(&mut desk, &json!({"USER_TYPE": "email"})), [other]);
    let all = json!({"ADMIN_MODE": "True"}).to_string();
    assert!(ids(&desk.ok(1, GET, &all)).contains(&other));
    let employee = desk.employee();
    assert!(!ids(&desk.ok(employee, GET, &all)).contains(&other));
}

#[test]
fn an_external_user_is_told_of_who_shares_a_group() {
    let mut desk = Desk::new();
    let external = desk.portal.extranet_user().unwrap().id;
    let groups: Vec<u64> = desk.portal.groups().map(|group| group.id).collect();
    for group in &groups {
        desk.portal.remove_member(*group, external);
    }
    assert_eq!(ids(&desk.ok(external, GET, "{}")), [external]);
    desk.portal.set_member(groups[0], external, Role::Member);
    let members = desk.portal.members(groups[0]);
    let mut members: Vec<u64> = members.iter().map(|own| own.user_id).collect();
    members.sort_unstable();
    assert_eq!(ids(&desk.ok(external, GET, "{}")), members);
}

#[test]
fn parameters_come_in_either_case_and_conditions_beside_the_filter() {
    let mut desk = Desk::new();
    for (body, expected) in [
        (json!({"ID": 3}), vec![3]),
        (json!({"filter": {">ID": 38}}), vec![39, 40]),
        (
            json!({"FILTER": {">ID": 38}, "sort": "ID", "order": "DESC"}),
            vec![40, 39],
        ),
        (
            json!({"FILTER": {">ID": 38}, "SORT": "ID", "ORDER": "desc"}),
            vec![40, 39],
        ),
        (json!({"FILTER": {">ID": 38}, "order": "ASC"}), vec![39, 40]),
        (
            json!({"FILTER": {">ID": 38}, "sort": "UNKNOWN"}),
            vec![39, 40],
        ),
    ] {
        assert_eq!(ids(&desk.ok(1, GET, &body.to_string())), expected, "{body}");
    }
    let by_name = desk.ok(1, GET, r#"{"sort":"LAST_NAME","order":"ASC"}"#);
    let names = by_name.as_array().unwrap().iter();
    let names: Vec<String> = names
        .map(|row| row["LAST_NAME"].as_str().unwrap().to_lowercase())
        .collect();
    assert!(names.is_sorted());
}

#[test]
fn fields_are_selected() {
    let mut desk = Desk::new();
    for (select, expected) in [
        (json!(["ID", "EMAIL", "NO_SUCH"]), vec!["ID", "EMAIL"]),
        (
            json!(["ID", "UF_*"]),
            vec!["ID", "UF_EMPLOYMENT_DATE", "UF_DEPARTMENT"],
        ),
    ] {
        let body = json!({"ID": 2, "select": select}).to_string();
        let rows = desk.ok(1, GET, &body);
        let mut own = keys(&rows[0]);
        own.sort_unstable();
        let mut expected = expected;
        expected.sort_unstable();
        assert_eq!(own, expected);
    }
    let whole = desk.ok(1, GET, r#"{"ID":2}"#);
    assert_eq!(desk.ok(1, GET, r#"{"ID":2,"select":["*"]}"#), whole);
}

#[test]
fn lists_have_pages() {
    let mut large = Desk {
        portal: sonet_portal::Portal::builder().users(121).build(),
    };
    let answer = large.answer(1, GET, r#"{"start":60}"#);
    assert_eq!(
        (&answer["total"], &answer["next"]),
        (&json!(120), &json!(100))
    );
    // User 6 only writes by mail.
    assert_eq!(ids(&answer["result"])[0], 52);
    let last = large.answer(1, GET, r#"{"start":100}"#);
    assert_eq!((last.get("next"), ids(&last["result"]).len()), (None, 20));
    let answer = large.answer(1, GET, r#"{"start":-1}"#);
    assert_eq!((answer.get("total"), answer.get("next")), (None, None));
    assert_eq!(ids(&answer["result"]).len(), 50);
}

#[test]
fn a_search_finds_what_begins_so() {
    let mut desk = Desk::new();
    let user = desk.portal.user_mut(7).unwrap();
    (user.name, user.last_name) = ("Xenia".to_owned(), "Quill".to_owned());
    "Baker".clone_into(&mut user.position);
    user.profile.departments = vec![3];
    let other = desk.portal.user_mut(8).unwrap();
    (other.name, other.last_name) = ("Alexenia".to_owned(), "Quill".to_owned());
    for (filter, expected) in [
        (json!({"NAME": "xen"}), vec![7]),
        (json!({"NAME": "Xen%"}), vec![7]),
        (json!({"LAST_NAME": "Qui"}), vec![7, 8]),
        (json!({"LAST_NAME": "Qui", "WORK_POSITION": "bak"}), vec![7]),
        (json!({"NAME": "X", "UF_DEPARTMENT_NAME": "Dev"}), vec![7]),
        (json!({"NAME": "X", "UF_DEPARTMENT_NAME": "Sal"}), vec![]),
        (json!({"FIND": "quill xen"}), vec![7]),
        (json!({"FIND": "quill", "NAME": "xen"}), vec![7, 8]),
        (json!({"FIND": "uill"}), vec![]),
        (json!({"LAST_NAME": "Qui", ">ID": 7}), vec![8]),
    ] {
        let body = json!({"FILTER": filter}).to_string();
        assert_eq!(ids(&desk.ok(1, SEARCH, &body)), expected, "{body}");
    }
    desk.portal.user_mut(8).unwrap().kind = UserKind::Extranet;
    let body = json!({"FILTER": {"LAST_NAME": "Quill", "USER_TYPE": "extranet"}, "select": ["ID"]});
    let answer = desk.answer(1, SEARCH, &body.to_string());
    assert_eq!(answer["result"], json!([{"ID": "8"}]));
    assert_eq!(answer["total"], 1);
}

#[test]
fn fields_have_titles() {
    let mut desk = Desk::new();
    let fields = desk.ok(1, "user.fields", "{}");
    assert_eq!(fields["XML_ID"], "External code");
    assert_eq!(fields["USER_TYPE"], "USER_TYPE");
    assert_eq!(fields.as_object().unwrap().len(), 62);
}

#[test]
fn lesser_scopes_tell_less() {
    let mut desk = Desk::new();
    for (scope, told, hidden) in [
        ("user_basic", "EMAIL", "LAST_LOGIN"),
        ("user_brief", "UF_DEPARTMENT", "EMAIL"),
    ] {
        let path = desk.portal.webhook_path_with_scope(2, &[scope]).unwrap();
        for (method, row) in [
            ("user.current", "/result"),
            ("user.get", "/result/0"),
            ("user.search", "/result/0"),
            ("user.fields", "/result"),
        ] {
            let request = Request::get(format!("{path}{method}"));
            let response = desk.portal.handle(&request, now());
            let answer: Value = serde_json::from_slice(response.body()).unwrap();
            let row = answer.pointer(row).unwrap();
            assert!(row.get(told).is_some(), "{scope} {method} {row}");
            assert!(row.get(hidden).is_none(), "{scope} {method} {row}");
        }
    }
    let path = desk.portal.webhook_path_with_scope(1, &["task"]).unwrap();
    for method in ["user.get", "user.current", "user.search", "user.fields"] {
        let request = Request::get(format!("{path}{method}"));
        assert_eq!(
            desk.portal.handle(&request, now()).status(),
            403,
            "{method}"
        );
    }
}
