//! Members: reading, inviting, asking, adding, changing and removing.

use crate::common::Desk;
use sonet_portal::{Group, GroupKind, InitiatePerms, InitiatedBy, Role, User, UserKind};

const USERS: &str = "sonet_group.user.get";
const INVITE: &str = "sonet_group.user.invite";
const REQUEST: &str = "sonet_group.user.request";
const ADD: &str = "sonet_group.user.add";
const CHANGE: &str = "sonet_group.user.update";
const REMOVE: &str = "sonet_group.user.delete";
const NOT_FOUND: &str = "Socialnetwork group not found";

/// A visible group of somebody else, and employees who have nothing to do with it.
fn group_and_strangers(desk: &Desk) -> (Group, Vec<u64>) {
    let group =
        desk.group(|g| g.visible && !g.opened && g.kind == GroupKind::Group && g.owner_id != 1);
    let strangers = desk.strangers(group.id, |user| user.kind == UserKind::Employee);
    assert!(strangers.len() >= 3);
    (group, strangers)
}

fn body(group: u64, users: &str) -> String {
    format!(r#"{{"GROUP_ID":{group},"USER_ID":{users}}}"#)
}

#[test]
fn members_are_listed_by_role_and_only_active_ones() {
    let mut desk = Desk::new();
    let (group, strangers) = group_and_strangers(&desk);
    let all: Vec<_> = desk.portal.relations(group.id).map(|r| r.user_id).collect();
    for user in all {
        desk.portal.remove_member(group.id, user);
    }
    let (a, b, c) = (strangers[0], strangers[1], strangers[2]);
    let dismissed = desk.portal.dismissed_user().unwrap().id;
    desk.portal.set_member(group.id, a, Role::Member);
    desk.portal.set_member(group.id, b, Role::Moderator);
    desk.portal.set_member(group.id, c, Role::Owner);
    desk.portal.set_member(group.id, dismissed, Role::Member);
    desk.portal.set_member(group.id, 1, Role::Awaiting);
    assert_eq!(
        desk.raw(1, USERS, &format!(r#"{{"ID":{}}}"#, group.id)),
        format!(
            r#"[{{"USER_ID":"{c}","ROLE":"A"}},{{"USER_ID":"{b}","ROLE":"E"}},{{"USER_ID":"{a}","ROLE":"K"}}]"#
        )
    );
    let row = desk.ok(
        1,
        "sonet_group.get",
        &format!(r#"{{"GROUP_ID":{}}}"#, group.id),
    );
    assert_eq!(
        row[0]["NUMBER_OF_MEMBERS"], "4",
        "the counter counts the dismissed, too"
    );
}

#[test]
fn reading_members_refuses() {
    let mut desk = Desk::new();
    let user = desk.employee();
    let secret = desk.portal.secret_group(user).unwrap().id;
    let wrong = "Wrong socialnetwork group ID";
    desk.refused(user, USERS, "{}", wrong);
    desk.refused(user, USERS, &format!(r#"{{"GROUP_ID":{secret}}}"#), wrong);
    desk.refused(user, USERS, r#"{"ID":"0"}"#, wrong);
    desk.refused(user, USERS, r#"{"ID":99999}"#, NOT_FOUND);
    desk.refused(user, USERS, &format!(r#"{{"ID":{secret}}}"#), NOT_FOUND);
    desk.ok(1, USERS, &format!(r#"{{"ID":{secret}}}"#));
}

#[test]
fn inviting_tells_who_was_invited() {
    let mut desk = Desk::new();
    let (group, s) = group_and_strangers(&desk);
    let (id, owner) = (group.id, group.owner_id);
    let users = format!(
        r#"[{}, "{}", 0, "x", 99999, {owner}, {}]"#,
        s[0], s[1], s[0]
    );
    let dismissed = desk.portal.dismissed_user().unwrap().id;
    desk.portal.remove_member(id, dismissed);
    assert_eq!(
        desk.raw(owner, INVITE, &body(id, &users)),
        format!(r#"["{}","{}"]"#, s[0], s[1])
    );
    let relation = desk.portal.relation(id, s[0]).unwrap();
    assert_eq!(
        (relation.role, relation.initiated_by),
        (Role::Awaiting, InitiatedBy::Group)
    );
    assert_eq!(
        desk.raw(owner, INVITE, &body(id, &users)),
        "[]",
        "they are invited already"
    );
    assert_eq!(
        desk.raw(owner, INVITE, &body(id, &s[2].to_string())),
        format!(r#"["{}"]"#, s[2])
    );
    assert_eq!(
        desk.raw(owner, INVITE, &body(id, &dismissed.to_string())),
        "[]"
    );
    assert_eq!(desk.raw(owner, INVITE, &body(id, &owner.to_string())), "[]");
    desk.portal.remove_member(id, 1);
    assert_eq!(
        desk.raw(1, INVITE, &body(id, "1")),
        "[]",
        "nobody invites oneself"
    );
}

#[test]
fn without_the_right_nobody_is_invited_and_that_is_no_error() {
    let mut desk = Desk::new();
    let (group, s) = group_and_strangers(&desk);
    desk.portal.group_mut(group.id).unwrap().initiate_perms = InitiatePerms::Moderators;
    let one = body(group.id, &s[0].to_string());
    assert_eq!(desk.raw(s[1], INVITE, &one), "[]");
    desk.portal.set_member(group.id, s[1], Role::Member);
    assert_eq!(desk.raw(s[1], INVITE, &one), "[]");
    assert_eq!(desk.portal.relation(group.id, s[0]), None);
    desk.portal.set_member(group.id, s[1], Role::Moderator);
    assert_eq!(desk.raw(s[1], INVITE, &one), format!(r#"["{}"]"#, s[0]));
}

#[test]
fn inviting_refuses() {
    let mut desk = Desk::new();
    let (group, s) = group_and_strangers(&desk);
    let secret = desk.portal.secret_group(s[0]).unwrap().id;
    desk.refused(s[0], INVITE, "{}", "Wrong group ID");
    for users in ["[]", "0", "\"x\"", "null", "{}"] {
        desk.refused(s[0], INVITE, &body(group.id, users), "Wrong user IDs");
    }
    desk.refused(s[0], INVITE, r#"{"GROUP_ID":99999}"#, "Wrong user IDs");
    desk.refused(s[0], INVITE, &body(99_999, "1"), NOT_FOUND);
    desk.refused(s[0], INVITE, &body(secret, "1"), NOT_FOUND);
    assert_eq!(
        desk.raw(s[0], INVITE, &body(group.id, "[0]")),
        "[]",
        "a list may hold anything"
    );
}

#[test]
fn asking_to_join_depends_on_the_group() {
    let mut desk = Desk::new();
    let (closed, s) = group_and_strangers(&desk);
    let ask = |id: u64| format!(r#"{{"GROUP_ID":{id},"MESSAGE":"Hello"}}"#);
    assert_eq!(desk.raw(s[0], REQUEST, &ask(closed.id)), "true");
    let relation = *desk.portal.relation(closed.id, s[0]).unwrap();
    assert_eq!(
        (relation.role, relation.initiated_by),
        (Role::Awaiting, InitiatedBy::User)
    );

    let open = desk.portal.open_group().unwrap().id;
    let user = desk.strangers(open, |user| user.kind == UserKind::Employee)[0];
    assert_eq!(desk.raw(user, REQUEST, &ask(open)), "true");
    let relation = *desk.portal.relation(open, user).unwrap();
    assert_eq!(
        (relation.role, relation.initiated_by),
        (Role::Member, InitiatedBy::User)
    );

    desk.refused(user, REQUEST, "{}", "Wrong group ID");
    desk.refused(user, REQUEST, &ask(99_999), NOT_FOUND);
    let secret = desk.portal.secret_group(user).unwrap().id;
    desk.refused(user, REQUEST, &ask(secret), NOT_FOUND);
    assert_eq!(desk.portal.executed_of(REQUEST), 2);
}

#[test]
fn asking_to_join_again_changes_nothing() {
    let mut desk = Desk::new();
    let (group, s) = group_and_strangers(&desk);
    let id = group.id;
    let ask = format!(r#"{{"GROUP_ID":{id}}}"#);
    assert_eq!(desk.raw(s[0], REQUEST, &ask), "true");
    desk.portal.set_member(id, s[1], Role::Moderator);
    desk.portal.set_member(id, s[2], Role::Awaiting);
    // One who waits, a moderator, one who is invited, and the owner.
    for user in [s[0], s[1], s[2], group.owner_id] {
        let before = *desk.portal.relation(id, user).unwrap();
        assert_eq!(desk.raw(user, REQUEST, &ask), "true");
        assert_eq!(*desk.portal.relation(id, user).unwrap(), before);
    }
    assert_eq!(desk.portal.executed_of(REQUEST), 5);
}

#[test]
fn adding_skips_who_does_not_fit() {
    let mut desk = Desk::new();
    let (group, s) = group_and_strangers(&desk);
    let id = group.id;
    let external = desk.strangers(id, User::is_extranet)[0];
    let other = desk.portal.other_user().unwrap().id;
    let dismissed = desk.portal.dismissed_user().unwrap().id;
    desk.portal.remove_member(id, dismissed);
    desk.portal.set_member(id, s[1], Role::Awaiting);
    let users = format!(
        "[{}, {}, {other}, {dismissed}, {external}, \"99999\"]",
        s[0], s[1]
    );
    assert!(!desk.portal.group(id).unwrap().is_extranet());
    assert_eq!(
        desk.raw(1, ADD, &body(id, &users)),
        format!(r#"["{}","{external}"]"#, s[0])
    );
    assert_eq!(desk.portal.relation(id, s[0]).unwrap().role, Role::Member);
    assert_eq!(
        desk.portal.relation(id, s[1]).unwrap().role,
        Role::Awaiting,
        "stays invited"
    );
    assert!(
        desk.portal.group(id).unwrap().is_extranet(),
        "the extranet comes with its user"
    );
    assert_eq!(desk.raw(1, ADD, &body(id, &users)), "[]");
}

#[test]
fn changing_roles_tells_who_was_changed() {
    let mut desk = Desk::new();
    let (group, s) = group_and_strangers(&desk);
    let id = group.id;
    desk.portal.set_member(id, s[0], Role::Member);
    desk.portal.set_member(id, s[1], Role::Awaiting);
    let change = |role: &str| {
        let users = format!("[{}, {}, {}, {}]", s[0], s[1], s[2], group.owner_id);
        format!(r#"{{"GROUP_ID":{id},"USER_ID":{users},"ROLE":"{role}"}}"#)
    };
    assert_eq!(
        desk.raw(1, CHANGE, &change("E")),
        format!(r#"["{}","{}"]"#, s[0], s[1])
    );
    assert_eq!(
        desk.portal.relation(id, s[0]).unwrap().role,
        Role::Moderator
    );
    assert_eq!(desk.raw(1, CHANGE, &change("E")), "[]");
    assert_eq!(desk.portal.relation(id, s[2]), None, "a stranger stays one");
    assert_eq!(
        desk.portal.relation(id, group.owner_id).unwrap().role,
        Role::Owner
    );
    for role in ["A", "Z", "", "e"] {
        desk.refused(1, CHANGE, &change(role), "Incorrect role code");
    }
}

#[test]
fn removing_spares_the_owner_and_the_scrum_master() {
    let mut desk = Desk::new();
    let scrum = desk.group(|g| g.kind == GroupKind::Scrum && g.owner_id != g.scrum_master_id);
    let user = desk.strangers(scrum.id, |user| user.kind == UserKind::Employee)[0];
    desk.portal.set_member(scrum.id, user, Role::Awaiting);
    let users = format!(
        "[{}, {}, {user}, {user}]",
        scrum.owner_id, scrum.scrum_master_id
    );
    assert_eq!(
        desk.raw(1, REMOVE, &body(scrum.id, &users)),
        format!(r#"["{user}"]"#)
    );
    assert_eq!(desk.portal.relation(scrum.id, user), None);
    assert_eq!(desk.raw(1, REMOVE, &body(scrum.id, &users)), "[]");
    assert!(
        desk.portal
            .relation(scrum.id, scrum.scrum_master_id)
            .is_some()
    );
}

#[test]
fn only_an_administrator_manages_members() {
    let mut desk = Desk::new();
    let (group, s) = group_and_strangers(&desk);
    let one = s[0].to_string();
    for (method, denied) in [
        (ADD, "No permissions to add users"),
        (CHANGE, "No permissions to update users role"),
        (REMOVE, "No permissions to update users role"),
    ] {
        let full = format!(r#"{{"GROUP_ID":{},"USER_ID":{one},"ROLE":"K"}}"#, group.id);
        desk.refused(group.owner_id, method, "{}", "Wrong group ID");
        // Even the owner, and before anything else of the call is looked at.
        desk.refused(group.owner_id, method, &full, denied);
        desk.refused(group.owner_id, method, r#"{"GROUP_ID":99999}"#, denied);
        desk.refused(1, method, r#"{"GROUP_ID":"x"}"#, "Wrong group ID");
        let nobody = format!(r#"{{"GROUP_ID":{},"USER_ID":[],"ROLE":"K"}}"#, group.id);
        desk.refused(1, method, &nobody, "Wrong user IDs");
        let nowhere = format!(r#"{{"GROUP_ID":99999,"USER_ID":{one},"ROLE":"K"}}"#);
        desk.refused(1, method, &nowhere, NOT_FOUND);
    }
    let both_wrong = format!(r#"{{"GROUP_ID":{},"USER_ID":0,"ROLE":"X"}}"#, group.id);
    desk.refused(1, CHANGE, &both_wrong, "Incorrect role code");
}
