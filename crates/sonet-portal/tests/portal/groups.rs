//! Creating, changing, handing over and deleting groups.

use crate::common::{Desk, NOW};
use sonet_portal::{GroupKind, InitiatePerms, InitiatedBy, Role, UserKind};

const CREATE: &str = "sonet_group.create";
const UPDATE: &str = "sonet_group.update";
const DELETE: &str = "sonet_group.delete";
const SETOWNER: &str = "sonet_group.setowner";

#[test]
fn a_created_group_has_the_documented_defaults() {
    let mut desk = Desk::new();
    let user = desk.employee();
    let last = desk.portal.groups().last().unwrap().id;
    assert_eq!(
        desk.raw(user, CREATE, r#"{"NAME":"Rust"}"#),
        (last + 1).to_string()
    );
    let group = desk.portal.group(last + 1).unwrap();
    assert_eq!((group.name.as_str(), group.owner_id), ("Rust", user));
    assert!(group.visible && !group.opened && !group.closed && group.active);
    assert_eq!(
        (group.kind, group.initiate_perms),
        (GroupKind::Group, InitiatePerms::Members)
    );
    assert_eq!(
        (group.sites.as_slice(), group.subject_id),
        (&["s1".to_owned()][..], 1)
    );
    assert_eq!(group.date_create, i64::try_from(NOW).unwrap());
    assert_eq!(
        desk.portal.relation(last + 1, user).unwrap().role,
        Role::Owner
    );
    assert_eq!(desk.portal.executed_of(CREATE), 1);
}

#[test]
fn names_are_not_unique_and_identifiers_are() {
    let mut desk = Desk::new();
    let first = desk.ok(1, CREATE, r#"{"NAME":"Twin"}"#);
    let second = desk.ok(1, CREATE, r#"{"NAME":"Twin"}"#);
    assert_ne!(first, second);
    desk.ok(1, DELETE, &format!(r#"{{"GROUP_ID":{second}}}"#));
    assert_ne!(desk.ok(1, CREATE, r#"{"NAME":"Twin"}"#), second);
}

#[test]
fn projects_and_scrums_are_created() {
    let mut desk = Desk::new();
    let project = desk.ok(
        1,
        CREATE,
        r#"{"NAME":"P","PROJECT":"Y","PROJECT_DATE_START":"2026-03-19T14:01:27+02:00",
            "PROJECT_DATE_FINISH":"2026-04-01","KEYWORDS":"a, b","SUBJECT_ID":"2"}"#,
    );
    let project = desk.portal.group(project.as_u64().unwrap()).unwrap();
    assert_eq!((project.kind, project.subject_id), (GroupKind::Project, 2));
    assert_eq!(
        project.project_date_start,
        Some(i64::try_from(NOW).unwrap())
    );
    assert!(project.project_date_finish.is_some());
    assert_eq!(project.tags(), ["a", "b"]);

    let master = desk.employee();
    let scrum = desk.ok(
        1,
        CREATE,
        &format!(r#"{{"NAME":"S","SCRUM_MASTER_ID":{master}}}"#),
    );
    let id = scrum.as_u64().unwrap();
    let scrum = desk.portal.group(id).unwrap();
    assert_eq!(
        (scrum.kind, scrum.scrum_master_id),
        (GroupKind::Scrum, master)
    );
    assert_eq!(
        desk.portal.relation(id, master).unwrap().role,
        Role::Moderator
    );
}

#[test]
fn only_an_administrator_chooses_the_owner() {
    let mut desk = Desk::new();
    let (user, other) = (
        desk.employee(),
        desk.strangers(0, |u| u.kind == UserKind::Employee)[1],
    );
    let body = format!(r#"{{"NAME":"G","OWNER_ID":{other}}}"#);
    let by_admin = desk.ok(1, CREATE, &body).as_u64().unwrap();
    let by_user = desk.ok(user, CREATE, &body).as_u64().unwrap();
    assert_eq!(desk.portal.group(by_admin).unwrap().owner_id, other);
    assert_eq!(desk.portal.group(by_user).unwrap().owner_id, user);
}

#[test]
fn an_external_users_group_is_secret() {
    let mut desk = Desk::new();
    let user = desk.portal.extranet_user().unwrap().id;
    let id = desk.ok(user, CREATE, r#"{"NAME":"E","VISIBLE":"Y","OPENED":"Y"}"#);
    let group = desk.portal.group(id.as_u64().unwrap()).unwrap();
    assert!(!group.visible && !group.opened && group.is_extranet());
    assert_eq!(group.initiate_perms, InitiatePerms::Moderators);
}

#[test]
fn create_refuses() {
    let mut desk = Desk::new();
    let count = desk.portal.groups().count();
    for body in [
        "5",
        r#"["NAME"]"#,
        r#"{"NAME":["A"]}"#,
        r#"{"NAME":"A","OPENED":{"Y":1}}"#,
        r#"{"NAME":"A","PROJECT_DATE_START":"soon"}"#,
    ] {
        desk.refused(1, CREATE, body, "Incorrect input data");
    }
    let denied = desk.portal.employee_without_create_right().unwrap().id;
    let no_rights = "You have no permissions to create a group";
    desk.refused(denied, CREATE, r#"{"NAME":"A"}"#, no_rights);
    desk.refused(denied, CREATE, "{}", no_rights);
    for body in [
        "{}",
        r#"{"NAME":""}"#,
        r#"{"NAME":"  "}"#,
        r#"{"NAME":null}"#,
        r#"{"name":"A"}"#,
        r#"{"arFields":{"NAME":"A"}}"#,
        r#"{"NAME":"A","OWNER_ID":99999}"#,
        r#"{"NAME":"A","SCRUM_MASTER_ID":99999}"#,
        r#"{"NAME":"A","SUBJECT_ID":77}"#,
        r#"{"NAME":"A","SITE_ID":["nowhere"]}"#,
        r#"{"NAME":"","IMAGE":["a.txt","aGk="]}"#,
    ] {
        desk.refused(1, CREATE, body, "Cannot create group");
    }
    let image = "Image is incorrect: Invalid file type";
    desk.refused_with(
        1,
        CREATE,
        r#"{"NAME":"A","IMAGE":["a.txt","aGk="]}"#,
        "ERROR_IMAGE_ID",
        image,
    );
    assert_eq!(desk.portal.groups().count(), count);
}

#[test]
fn an_avatar_is_uploaded_and_removed() {
    let mut desk = Desk::new();
    let id = desk
        .ok(1, CREATE, r#"{"NAME":"A","IMAGE":["a.png","aGk="]}"#)
        .as_u64()
        .unwrap();
    let image = desk.portal.group(id).unwrap().image.clone().unwrap();
    assert_eq!(image.content.as_deref(), Some(&b"hi"[..]));
    desk.ok(
        1,
        UPDATE,
        &format!(r#"{{"GROUP_ID":{id},"IMAGE":["b.gif","aGk="]}}"#),
    );
    let newer = desk.portal.group(id).unwrap().image.clone().unwrap();
    assert!(newer.id > image.id && newer.name == "b.gif");
    let both = format!(r#"{{"GROUP_ID":{id},"IMAGE_FILE_ID":0,"IMAGE":["c.png","aGk="]}}"#);
    desk.ok(1, UPDATE, &both);
    assert_eq!(desk.portal.group(id).unwrap().image, None);
}

#[test]
fn an_update_changes_only_what_is_given() {
    let mut desk = Desk::new();
    let before = desk.group(|group| group.kind == GroupKind::Project && group.owner_id != 1);
    let id = before.id;
    let body = format!(
        r#"{{"GROUP_ID":"{id}","NAME":"New","OPENED":"Y","INITIATE_PERMS":"A",
            "PROJECT":"N","SUBJECT_ID":3,"DESCRIPTION":null,"UNKNOWN":1}}"#
    );
    assert_eq!(desk.raw(before.owner_id, UPDATE, &body), id.to_string());
    let after = desk.portal.group(id).unwrap().clone();
    let mut expected = before;
    expected.name = "New".to_owned();
    expected.opened = true;
    expected.initiate_perms = InitiatePerms::Owner;
    expected.date_update = i64::try_from(NOW).unwrap();
    assert_eq!(after, expected);
}

#[test]
fn an_update_hands_over_and_clears() {
    let mut desk = Desk::new();
    let group = desk.group(|group| group.project_date_start.is_some() && group.owner_id != 1);
    let heir = desk.employee();
    let body = format!(
        r#"{{"GROUP_ID":{},"OWNER_ID":{heir},"DESCRIPTION":"","PROJECT_DATE_START":""}}"#,
        group.id
    );
    desk.ok(group.owner_id, UPDATE, &body);
    let after = desk.portal.group(group.id).unwrap();
    assert_eq!((after.owner_id, after.description.as_str()), (heir, ""));
    assert_eq!(after.project_date_start, None);
    assert_eq!(
        desk.portal.relation(group.id, heir).unwrap().role,
        Role::Owner
    );
    if heir != group.owner_id {
        let denied = "User has no permissions to update group";
        desk.refused(group.owner_id, UPDATE, &body, denied);
    }
}

#[test]
fn update_refuses() {
    let mut desk = Desk::new();
    let group = desk.group(|group| group.visible && group.owner_id != 1);
    let id = group.id;
    for body in [
        "{}",
        r#"{"GROUP_ID":0}"#,
        r#"{"GROUP_ID":"x"}"#,
        r#"{"GROUP_ID":-1}"#,
        "[1]",
    ] {
        desk.refused(1, UPDATE, body, "Wrong group ID");
    }
    let denied = "User has no permissions to update group";
    let stranger = desk.strangers(id, |_| true)[0];
    desk.refused(
        stranger,
        UPDATE,
        &format!(r#"{{"GROUP_ID":{id},"NAME":"A"}}"#),
        denied,
    );
    desk.refused(1, UPDATE, r#"{"GROUP_ID":99999,"NAME":"A"}"#, denied);
    let image = format!(r#"{{"GROUP_ID":{id},"IMAGE":"aGk="}}"#);
    let text = "Image is incorrect: Invalid file type";
    desk.refused_with(1, UPDATE, &image, "ERROR_IMAGE_ID", text);
    for fields in [
        r#""NAME":"""#,
        r#""NAME":["A"]"#,
        r#""SITE_ID":[]"#,
        r#""OWNER_ID":99999"#,
        r#""PROJECT_DATE_FINISH":"soon""#,
    ] {
        desk.refused(
            1,
            UPDATE,
            &format!(r#"{{"GROUP_ID":{id},{fields}}}"#),
            "Cannot update group",
        );
    }
    assert_eq!(
        desk.portal.group(id),
        Some(&group),
        "a refused update changes nothing"
    );
}

#[test]
fn delete_follows_the_order_of_its_checks() {
    let mut desk = Desk::new();
    let group = desk.group(|group| group.visible && group.owner_id != 1);
    let body = format!(r#"{{"GROUP_ID":{}}}"#, group.id);
    let stranger = desk.strangers(group.id, |u| u.kind == UserKind::Employee)[0];
    desk.refused(1, DELETE, "{}", "Wrong group ID");
    desk.refused(
        1,
        DELETE,
        r#"{"GROUP_ID":99999}"#,
        "Socialnetwork group not found",
    );
    desk.refused(
        stranger,
        DELETE,
        &body,
        "User has no permissions to delete group",
    );
    let secret = desk.portal.secret_group(stranger).unwrap().id;
    let hidden = format!(r#"{{"GROUP_ID":{secret}}}"#);
    desk.refused(stranger, DELETE, &hidden, "Socialnetwork group not found");
    assert_eq!(desk.raw(group.owner_id, DELETE, &body), "true");
    assert_eq!(desk.portal.group(group.id), None);
    assert_eq!(desk.portal.relations(group.id).count(), 0);
    desk.refused(
        group.owner_id,
        DELETE,
        &body,
        "Socialnetwork group not found",
    );
    assert_eq!(desk.raw(1, DELETE, &hidden), "true");
    assert_eq!(desk.portal.executed_of(DELETE), 2);
}

#[test]
fn setowner_follows_the_order_of_its_checks() {
    let mut desk = Desk::new();
    let group =
        desk.group(|group| group.visible && group.owner_id != 1 && group.kind == GroupKind::Group);
    let (id, owner) = (group.id, group.owner_id);
    let heirs = desk.strangers(id, |user| user.kind == UserKind::Employee);
    let heir = heirs[0];
    let wrong = "Invalid workgroup/project ID";
    desk.refused(owner, SETOWNER, "{}", wrong);
    desk.refused(owner, SETOWNER, r#"{"GROUP_ID":0,"USER_ID":0}"#, wrong);
    desk.refused(owner, SETOWNER, r#"{"GROUP_ID":99999}"#, "Invalid user ID");
    desk.refused(
        owner,
        SETOWNER,
        &format!(r#"{{"GROUP_ID":{id},"USER_ID":[{heir}]}}"#),
        "Invalid user ID",
    );
    desk.refused(
        owner,
        SETOWNER,
        &format!(r#"{{"GROUP_ID":99999,"USER_ID":{heir}}}"#),
        wrong,
    );
    let body = format!(r#"{{"GROUP_ID":{id},"USER_ID":{heir}}}"#);
    let denied = "Insufficient permissions to complete the operation.";
    desk.refused(heir, SETOWNER, &body, denied);
    let nobody = format!(r#"{{"GROUP_ID":{id},"USER_ID":99999}}"#);
    desk.refused(owner, SETOWNER, &nobody, "Cannot complete operation.");
    assert_eq!(desk.portal.group(id).unwrap().owner_id, owner);
    assert_eq!(desk.raw(owner, SETOWNER, &body), "true");
    assert_eq!(desk.portal.group(id).unwrap().owner_id, heir);
    assert_eq!(desk.portal.members(id)[0].user_id, heir);
    assert_eq!(desk.portal.members(id)[0].role, Role::Owner);
    desk.refused(owner, SETOWNER, &body, denied);
    desk.refused(1, SETOWNER, &body, denied);
    desk.portal.rules_mut().setowner_by_admin = true;
    assert_eq!(
        desk.raw(1, SETOWNER, &body),
        "true",
        "an administrator may where the rules say so, and may repeat it"
    );
}

#[test]
fn the_storage_fails_once() {
    let mut desk = Desk::new();
    desk.portal.rules_mut().setowner_by_admin = true;
    let group = desk.group(|group| group.visible && !group.opened && group.owner_id != 1);
    let stranger = desk.strangers(group.id, |u| u.kind == UserKind::Employee)[0];
    let id = group.id;
    let named = format!(r#"{{"GROUP_ID":{id},"NAME":"A","USER_ID":{stranger}}}"#);
    for (user, method, text) in [
        (1, CREATE, "Cannot create group"),
        (1, UPDATE, "Cannot update group"),
        (
            stranger,
            "sonet_group.user.request",
            "Cannot request to join group",
        ),
        (1, SETOWNER, "Cannot complete operation."),
        (1, DELETE, "Cannot delete group"),
    ] {
        desk.portal.fail_next(method);
        // A call that never gets to write leaves the failure for the next one.
        assert_ne!(desk.send(user, method, "{}").status(), 200);
        if method == CREATE {
            desk.portal.fail_next(method);
            desk.refused(user, method, &named, text);
        }
        desk.refused(user, method, &named, text);
        desk.ok(user, method, &named);
    }
    desk.portal.fail_next("SONET_GROUP.USER.GROUPS");
    let response = desk.send(1, "sonet_group.user.groups", "{}");
    assert_eq!(response.status(), 500);
    assert_eq!(
        response.text(),
        r#"{"error":"INTERNAL_SERVER_ERROR","error_description":"Internal server error"}"#
    );
    desk.ok(1, "sonet_group.user.groups", "{}");
}

#[test]
fn feature_access_answers_by_role() {
    const ACCESS: &str = "sonet_group.feature.access";
    let mut desk = Desk::new();
    let group = desk.group(|group| !group.visible && group.owner_id != 1);
    let id = group.id;
    let stranger = desk.strangers(id, |u| u.kind == UserKind::Employee)[0];
    let wrong = "Wrong socialnetwork group ID";
    desk.refused(1, ACCESS, "{}", wrong);
    desk.refused(
        1,
        ACCESS,
        r#"{"GROUP_ID":0,"FEATURE":"x","OPERATION":"y"}"#,
        wrong,
    );
    desk.refused(
        1,
        ACCESS,
        &format!(r#"{{"GROUP_ID":{id}}}"#),
        "Wrong feature",
    );
    desk.refused(
        1,
        ACCESS,
        &format!(r#"{{"GROUP_ID":{id},"FEATURE":"wiki","OPERATION":"y"}}"#),
        "Wrong feature",
    );
    desk.refused(
        1,
        ACCESS,
        &format!(r#"{{"GROUP_ID":{id},"FEATURE":"blog","OPERATION":"view"}}"#),
        "Wrong operation",
    );
    let ask = |id: u64, operation| {
        format!(r#"{{"GROUP_ID":{id},"FEATURE":"tasks","OPERATION":"{operation}"}}"#)
    };
    assert_eq!(desk.raw(stranger, ACCESS, &ask(id, "view")), "false");
    assert_eq!(
        desk.raw(1, ACCESS, &ask(99_999, "view")),
        "false",
        "no group, no access"
    );
    desk.portal.set_member(id, stranger, Role::Member);
    assert_eq!(desk.raw(stranger, ACCESS, &ask(id, "view")), "true");
    assert_eq!(
        desk.raw(stranger, ACCESS, &ask(id, "delete_tasks")),
        "false"
    );
    assert_eq!(
        desk.raw(group.owner_id, ACCESS, &ask(id, "delete_tasks")),
        "true"
    );
    assert_eq!(
        desk.portal.relation(id, stranger).unwrap().initiated_by,
        InitiatedBy::Group
    );
}
