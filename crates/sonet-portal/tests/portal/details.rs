//! Rules of single methods that are easily got wrong.

use crate::common::Desk;
use serde_json::{Value, json};
use sonet_portal::{InitiatePerms, Role, UserKind};

const WORKGROUP: &str = "socialnetwork.api.workgroup.get";

/// Creates a group by the administrator.
fn create(desk: &mut Desk, fields: &Value) -> u64 {
    let id = desk.ok(1, "sonet_group.create", &fields.to_string());
    id.as_u64().unwrap()
}

#[test]
fn a_wrong_right_to_invite_becomes_the_default() {
    let mut desk = Desk::new();
    for (code, perms) in [
        ("A", InitiatePerms::Owner),
        ("E", InitiatePerms::Moderators),
        ("K", InitiatePerms::Members),
        ("X", InitiatePerms::Members),
        ("a", InitiatePerms::Members),
    ] {
        let id = create(&mut desk, &json!({"NAME": "A", "INITIATE_PERMS": code}));
        assert_eq!(
            desk.portal.group(id).unwrap().initiate_perms,
            perms,
            "{code}"
        );
    }
}

#[test]
fn a_file_of_number_zero_means_nothing_to_create() {
    let mut desk = Desk::new();
    let image = json!(["a.png", "aGk="]);
    let both = create(
        &mut desk,
        &json!({"NAME": "A", "IMAGE": image, "IMAGE_FILE_ID": 0}),
    );
    assert_eq!(
        desk.portal
            .group(both)
            .unwrap()
            .image
            .as_ref()
            .unwrap()
            .name,
        "a.png"
    );
    let drive = create(
        &mut desk,
        &json!({"NAME": "A", "IMAGE": image, "IMAGE_FILE_ID": 7}),
    );
    assert_eq!(
        desk.portal
            .group(drive)
            .unwrap()
            .image
            .as_ref()
            .unwrap()
            .content,
        None
    );
}

#[test]
fn flags_are_yes_or_no() {
    let mut desk = Desk::new();
    let fields = json!({"NAME": "A", "VISIBLE": "N", "OPENED": "Y", "CLOSED": "Y"});
    let id = create(&mut desk, &fields);
    let group = desk.portal.group(id).unwrap();
    assert!(!group.visible && group.opened && group.closed);
    let other = create(
        &mut desk,
        &json!({"NAME": "A", "OPENED": true, "CLOSED": 1}),
    );
    let group = desk.portal.group(other).unwrap();
    assert!(!group.opened && !group.closed, "only Y is a yes");
}

#[test]
fn at_most_ten_who_wait_are_told() {
    let mut desk = Desk::new();
    let id = create(&mut desk, &json!({"NAME": "A"}));
    let users = desk.strangers(id, |user| user.kind == UserKind::Employee);
    assert!(users.len() > 11);
    for user in &users {
        desk.ok(
            *user,
            "sonet_group.user.request",
            &json!({"GROUP_ID": id}).to_string(),
        );
    }
    let codes = ["LIST_OF_MEMBERS_AWAITING_INVITE", "COUNTERS"];
    let body = json!({"params": {"groupId": id, "select": codes}}).to_string();
    let row = desk.ok(1, WORKGROUP, &body);
    assert_eq!(row[codes[0]].as_array().unwrap().len(), 10);
    assert_eq!(row["COUNTERS"]["workgroup_requests_in"], users.len());
}

#[test]
fn who_is_invited_is_no_member() {
    let mut desk = Desk::new();
    let id = create(&mut desk, &json!({"NAME": "A"}));
    let user = desk.employee();
    desk.portal.set_member(id, user, Role::Awaiting);
    let row = desk.ok(
        1,
        WORKGROUP,
        &json!({"params": {"groupId": id}}).to_string(),
    );
    assert_eq!(
        (&row["MEMBERS"], &row["INVITED_MEMBERS"]),
        (&json!([1]), &json!([user]))
    );
    let members = desk.ok(1, "sonet_group.user.get", &json!({"ID": id}).to_string());
    assert_eq!(members, json!([{"USER_ID": "1", "ROLE": "A"}]));
}

#[test]
fn a_group_of_a_given_number_replaces_the_filters() {
    let mut desk = Desk::new();
    let (one, two) = (
        create(&mut desk, &json!({"NAME": "A"})),
        create(&mut desk, &json!({"NAME": "A"})),
    );
    let body = json!({"GROUP_ID": one, "FILTER": {"ID": two, "NAME": "A"}}).to_string();
    assert_eq!(
        desk.ok(1, "sonet_group.get", &body)[0]["ID"],
        one.to_string()
    );
}

#[test]
fn without_an_extranet_rows_do_not_speak_of_it() {
    let mut desk = Desk::new();
    let row = |desk: &mut Desk| desk.ok(1, "sonet_group.get", "{}")[0].take();
    assert!(row(&mut desk).get("IS_EXTRANET").is_some());
    desk.portal.rules_mut().without_extranet = true;
    assert!(row(&mut desk).get("IS_EXTRANET").is_none());
}

#[test]
fn identifiers_come_in_three_forms() {
    let mut desk = Desk::new();
    let employee = desk.employee();
    let id = desk.raw(1, "sonet_group.create", r#"{"NAME":"A"}"#);
    let body = format!(r#"{{"GROUP_ID":"{id}","USER_ID":"{employee}"}}"#);
    assert_eq!(desk.raw(1, "sonet_group.update", &body), id, "a number");
    let added = desk.raw(1, "sonet_group.user.add", &body);
    assert_eq!(added, format!(r#"["{employee}"]"#), "a text in a list");
    let rows = desk.raw(1, "sonet_group.get", &format!(r#"{{"GROUP_ID":{id}}}"#));
    assert!(rows.starts_with(&format!(r#"[{{"ID":"{id}""#)), "a text");
}
