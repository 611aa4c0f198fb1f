//! Every method's answer in every form that the documentation shows or servers are known to give.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod driver;

use driver::{reply, result};
use serde_json::{Value, json};
use sonet_core::wire::Timestamp;
use sonet_core::{Error, OpenEnum};
use sonet_types::socialnetwork::api::workgroup;
use sonet_types::sonet_group::{self, Create, Delete, Update, feature, user};
use sonet_types::{GroupId, Role, UserId, events};

#[test]
fn ids_as_numbers_and_texts() {
    for id in [json!(77), json!("77")] {
        assert_eq!(result(&Create::new("x"), &id).unwrap(), GroupId::new(77));
        assert_eq!(result(&Update::new(77), &id).unwrap(), GroupId::new(77));
    }
    let error = result(&Create::new("x"), &json!(true)).unwrap_err();
    assert_eq!(error.path(), Some("result"));
}

#[test]
fn booleans() {
    assert!(result(&Delete::new(77), &json!(true)).is_ok());
    assert!(
        result(&Delete::new(77), &json!(false))
            .unwrap_err()
            .is_decode()
    );
    let access = feature::Access::new(77, "photo", "view");
    assert!(!result(&access, &json!(false)).unwrap());
}

#[test]
fn a_request_to_join_answers_true_or_a_text() {
    for answer in [json!(true), json!("sent"), json!("Y"), json!(1)] {
        assert!(result(&user::Request::new(77), &answer).is_ok(), "{answer}");
    }
    assert!(
        result(&user::Request::new(77), &json!(false))
            .unwrap_err()
            .is_decode()
    );
}

#[test]
fn what_a_write_changed() {
    let add = user::Add::new(77, [1271]);
    for answer in [
        json!(["1271", "1272"]),
        json!([1271, 1272]),
        json!({ "1": "1271", "3": 1272 }),
    ] {
        assert_eq!(
            result(&add, &answer).unwrap(),
            [UserId::new(1271), UserId::new(1272)],
            "{answer}"
        );
    }
    for nobody in [json!([]), json!({}), Value::Null, json!(false)] {
        assert_eq!(result(&add, &nobody).unwrap(), [], "{nobody}");
    }
}

#[allow(clippy::needless_pass_by_value)] // called with `json!`
fn group(changes: Value) -> Value {
    let mut row = json!({
        "ID": "77", "SITE_ID": "s1", "NAME": "Compilers", "DESCRIPTION": null,
        "DATE_CREATE": "2026-03-19T15:01:27+02:00", "DATE_UPDATE": "2026-03-19T15:01:27+02:00",
        "ACTIVE": "Y", "VISIBLE": "Y", "OPENED": "N", "CLOSED": "N", "SUBJECT_ID": "1",
        "OWNER_ID": "1271", "KEYWORDS": null, "NUMBER_OF_MEMBERS": "12",
        "DATE_ACTIVITY": "2026-03-19T15:01:27+02:00", "SUBJECT_NAME": "Workgroups", "PROJECT": "Y",
        "IS_EXTRANET": "N"
    });
    for (key, value) in changes.as_object().unwrap() {
        row[key] = value.clone();
    }
    row
}

fn groups(changes: Value) -> Result<Vec<sonet_group::Group>, Error> {
    let page = result(&sonet_group::Get::new(), &json!([group(changes)]))?;
    Ok(page.into_rows_of_this_page())
}

#[test]
fn a_group_as_documented() {
    insta::assert_debug_snapshot!(groups(json!({})).unwrap());
}

#[test]
fn a_group_with_what_other_portals_add_or_leave_out() {
    let mut row =
        group(json!({ "IMAGE": "https://example.com/a.png", "UF_SG_DEPT": ["1"], "ID": 77 }));
    for key in ["PROJECT", "IS_EXTRANET", "SUBJECT_NAME"] {
        row.as_object_mut().unwrap().remove(key);
    }
    let groups = result(&sonet_group::Get::new(), &json!([row])).unwrap();
    assert_eq!(groups.rows()[0].project, None);
    assert_eq!(
        groups.rows()[0].image.as_deref(),
        Some("https://example.com/a.png")
    );
}

#[test]
fn flags_and_texts_in_other_forms() {
    let groups = groups(json!({ "ACTIVE": true, "VISIBLE": 1, "OPENED": "0", "NAME": 2026, "NUMBER_OF_MEMBERS": 12 })).unwrap();
    let group = &groups[0];
    let flags = [group.active, group.visible, group.opened];
    assert_eq!(flags, [Some(true), Some(true), Some(false)]);
    assert_eq!(
        (group.name.as_deref(), group.number_of_members),
        (Some("2026"), Some(12))
    );
}

#[test]
fn a_mismatch_is_located() {
    for changes in [
        json!({ "ID": {} }),
        json!({ "ID": "first" }),
        json!({ "ID": null }),
    ] {
        let error = groups(changes).unwrap_err();
        assert_eq!(error.path(), Some("result[0].ID"), "{error}");
        assert_eq!(error.method(), Some("sonet_group.get"));
    }
}

#[test]
fn a_page_of_groups() {
    let body = json!({ "result": [group(json!({}))], "next": 50, "total": 51 });
    let page = reply(&sonet_group::Get::new(), 200, &body).unwrap().result;
    let next = sonet_core::PageStart::at_row(50);
    assert_eq!(
        (page.len(), page.next(), page.total()),
        (1, Some(next), Some(51))
    );
    assert!(!page.is_last());
    let empty = reply(
        &sonet_group::Get::new(),
        200,
        &json!({ "result": [], "total": 0 }),
    )
    .unwrap();
    assert_eq!((empty.result.len(), empty.next), (0, None));
    assert!(empty.result.is_last());
}

#[test]
fn roles_known_and_new() {
    let rows = json!([{ "USER_ID": "1269", "ROLE": "A" }, { "USER_ID": 5, "ROLE": "T" }]);
    let members = result(&user::Get::new(77), &rows).unwrap();
    assert_eq!(members[0].role, Some(Role::Owner));
    let new = members[1].role.as_ref().unwrap();
    assert_eq!((members[1].user_id, new.as_str()), (UserId::new(5), "T"));
    assert!(!new.is_known());
}

#[test]
fn the_callers_groups() {
    let rows = json!([
        { "GROUP_ID": "77", "GROUP_NAME": "New", "ROLE": "K", "GROUP_IMAGE_ID": null, "GROUP_IMAGE": "" },
        { "GROUP_ID": "79", "GROUP_NAME": "Old", "ROLE": "A", "GROUP_IMAGE_ID": "5",
          "GROUP_IMAGE": "https://example.com/a.png", "IS_EXTRANET": "Y" },
        { "GROUP_ID": "81", "GROUP_NAME": "Older", "ROLE": "E" },
    ]);
    insta::assert_debug_snapshot!(result(&user::Groups::new(), &rows).unwrap());
}

fn workgroup() -> Value {
    json!({
        "ID": 622, "ACTIVE": "Y", "SITE_ID": "s1", "SUBJECT_ID": 1, "NAME": "Demo", "DESCRIPTION": "a\r\nb",
        "KEYWORDS": "x, y", "CLOSED": "N", "VISIBLE": "Y", "OPENED": "N", "DATE_CREATE": "04/17/2025 19:37:55",
        "DATE_UPDATE": "17.04.2025 19:40:48", "DATE_ACTIVITY": "04/17/2025 19:40:48", "IMAGE_ID": 0,
        "AVATAR_TYPE": "folder", "OWNER_ID": 1, "INITIATE_PERMS": "K", "NUMBER_OF_MEMBERS": 1,
        "NUMBER_OF_MODERATORS": 1, "PROJECT": "N", "PROJECT_DATE_START": null, "PROJECT_DATE_FINISH": null,
        "SEARCH_INDEX": "demo", "LANDING": "N", "SCRUM_OWNER_ID": 0, "SCRUM_SPRINT_DURATION": 0,
        "SCRUM_TASK_RESPONSIBLE": "", "TYPE": "group", "MEMBERS": [1, 10, 20], "CHAT_ID": 1034,
        "DIALOG_ID": "chat1034", "ORDINARY_MEMBERS": [10], "INVITED_MEMBERS": [38], "MODERATOR_MEMBERS": [20],
        "SITE_IDS": ["s1"], "TAGS": ["x", "y"], "DEPARTMENTS": [8], "NUMBER_OF_MEMBERS_PLURAL": 0
    })
}

#[test]
fn a_workgroup_as_documented() {
    insta::assert_debug_snapshot!(result(&workgroup::Get::new(622), &workgroup()).unwrap());
}

#[test]
fn a_workgroup_with_everything_selected() {
    let mut answer = workgroup();
    let selected = json!({
        "SCRUM_MASTER_ID": 5, "SCRUM_TASK_RESPONSIBLE": "M", "SCRUM_SPRINT_DURATION": 1_209_600, "TYPE": "scrum",
        "AVATAR": "", "AVATAR_TYPES": { "folder": { "sort": 100, "mobileUrl": "/m.png", "webCssClass": "folder", "entitySelectorUrl": "/e.svg" } },
        "AVATAR_DATA": { "type": "icon", "id": "folder" },
        "OWNER_DATA": { "ID": 1, "PHOTO": "", "FORMATTED_NAME": "Ann Lee" },
        "SUBJECT_DATA": { "ID": 1, "NAME": "Workgroups" },
        "ACTIONS": { "EDIT": true, "DELETE": false, "INVITE": true, "JOIN": false, "LEAVE": false, "FOLLOW": true, "PIN": true, "EDIT_FEATURES": false },
        "USER_DATA": { "ROLE": "A", "INITIATED_BY_TYPE": "G", "IS_SUBSCRIBED": true },
        "IS_PIN": false, "PRIVACY_CODE": "closed",
        "LIST_OF_MEMBERS": [{ "id": 1, "isOwner": true, "isModerator": false, "isScrumMaster": false, "isAutoMember": false,
            "name": "Ann", "lastName": "Lee", "position": "", "photo": "" }],
        "FEATURES": [{ "featureName": "tasks", "name": "Tasks", "customName": "", "id": "7", "active": true }],
        "LIST_OF_MEMBERS_AWAITING_INVITE": [{ "id": "38", "name": "Bo", "photo": "" }],
        "GROUP_MEMBERS_LIST": [{ "id": 1, "invited": false, "isAwaiting": false, "isMember": true }],
        "COUNTERS": { "workgroup_requests_out": 1, "workgroup_requests_in": "2" },
        "EFFICIENCY": 90, "ADDITIONAL_DATA": { "ROLE": "A", "INITIATED_BY_TYPE": "G" }, "UF_SG_DEPT": ["8"]
    });
    for (key, value) in selected.as_object().unwrap() {
        answer[key] = value.clone();
    }
    insta::assert_debug_snapshot!(result(&workgroup::Get::new(622), &answer).unwrap());
}

#[test]
fn php_empties_of_a_workgroup() {
    let mut answer = workgroup();
    let empties = json!({
        "AVATAR_TYPES": [], "ACTIONS": [], "COUNTERS": [], "USER_DATA": { "ROLE": false, "INITIATED_BY_TYPE": false, "IS_SUBSCRIBED": false },
        "ADDITIONAL_DATA": { "ROLE": "", "INITIATED_BY_TYPE": "" }, "EFFICIENCY": null, "AVATAR_TYPE": "", "KEYWORDS": "",
        "LIST_OF_MEMBERS": [], "DEPARTMENTS": [{ "ID": "8", "NAME": "Sales" }], "MEMBERS": { "0": 1, "2": 10 }
    });
    for (key, value) in empties.as_object().unwrap() {
        answer[key] = value.clone();
    }
    let group = result(&workgroup::Get::new(622), &answer).unwrap();
    assert!(group.avatar_types.is_some_and(|types| types.is_empty()));
    assert_eq!(
        (group.actions, group.counters, group.efficiency),
        (None, None, None)
    );
    let user = group.user_data.unwrap();
    assert_eq!((user.role, user.initiated_by_type), (None, None));
    assert_eq!(group.additional_data.unwrap().role, None);
    assert_eq!(group.members.unwrap(), [UserId::new(1), UserId::new(10)]);
    assert_eq!(group.departments.unwrap()[0].get(), 8);
}

#[test]
fn a_workgroup_of_an_older_portal() {
    let mut answer = workgroup();
    let odd = json!({
        "LANDING": null, "DATE_ACTIVITY": "", "NUMBER_OF_MEMBERS": null, "OWNER_ID": 0, "SUBJECT_DATA": { "ID": "1", "NAME": null },
        "ACTIONS": { "EDIT": true, "DELETE": false, "INVITE": true, "JOIN": false, "LEAVE": false }
    });
    for (key, value) in odd.as_object().unwrap() {
        answer[key] = value.clone();
    }
    for key in [
        "TYPE",
        "MEMBERS",
        "SITE_IDS",
        "ORDINARY_MEMBERS",
        "AVATAR_TYPE",
    ] {
        answer.as_object_mut().unwrap().remove(key);
    }
    let group = result(&workgroup::Get::new(622), &answer).unwrap();
    assert_eq!(
        (group.kind, group.members, group.site_ids),
        (None, None, None)
    );
    assert_eq!(
        (group.landing, group.date_activity, group.owner_id),
        (None, None, None)
    );
    assert_eq!(group.subject_data.unwrap().name, None);
    let actions = group.actions.unwrap();
    assert_eq!(
        (actions.edit, actions.delete, actions.follow),
        (Some(true), Some(false), None)
    );
    assert_eq!(group.name.as_deref(), Some("Demo"));
}

#[test]
fn a_new_kind_of_group_and_new_keys_are_kept() {
    let mut answer = workgroup();
    answer["TYPE"] = json!("guild");
    answer["UF_COLOUR"] = json!({ "r": 1 });
    let group = result(&workgroup::Get::new(622), &answer).unwrap();
    let kind = group.kind.unwrap();
    assert_eq!(kind.as_str(), "guild");
    assert!(!kind.is_known());
    assert_eq!(group.extra["UF_COLOUR"], json!({ "r": 1 }));
}

#[test]
fn rows_of_the_list() {
    let answer = json!({ "workgroups": [
        { "id": "5", "name": "Open", "type": "group", "imageId": "5", "avatarType": null, "avatar": "https://example.com/3.png",
          "additionalData": { "role": "", "initiatedByType": "" }, "dialogId": "" },
        { "id": 1, "name": "Closed", "type": "collab", "imageId": "0", "avatarType": "pie", "avatar": "", "projectDateStart": "19.03.2026",
          "dateCreate": "2026-03-19T15:01:27+02:00", "numberOfMembers": "3", "scrumMasterId": "0", "ownerId": "7", "initiatePerms": "E",
          "additionalData": { "role": "K", "initiatedByType": "U", "features": ["tasks"] }, "dialogId": "chat177" },
        { "id": "9" },
    ] });
    let rows = result(&workgroup::List::new(), &answer)
        .unwrap()
        .into_rows_of_this_page();
    assert_eq!(
        rows[1].project_date_start,
        Some(Timestamp::Text("19.03.2026".into()))
    );
    insta::assert_debug_snapshot!(rows);
    assert!(
        result(&workgroup::List::new(), &json!({ "workgroups": [] }))
            .unwrap()
            .into_rows_of_this_page()
            .is_empty()
    );
}

#[test]
fn an_event() {
    let event: events::GroupEvent = serde_json::from_value(json!({
        "event": "ONSONETGROUPADD", "event_handler_id": "655", "data": { "FIELDS": { "ID": "6675" } }, "ts": "1736424182",
        "auth": { "access_token": "canary", "expires_in": "3600", "scope": "sonet", "domain": "some-domain.bitrix24.com",
            "server_endpoint": "https://oauth.bitrix.info/rest/", "status": "L",
            "client_endpoint": "https://some-domain.bitrix24.com/rest/", "member_id": "a223", "refresh_token": "canary",
            "application_token": "canary" }
    })).unwrap();
    assert_eq!(event.event, events::EventName::GroupAdded);
    assert_eq!(event.data.fields.id, GroupId::new(6675));
    insta::assert_debug_snapshot!(event);
    assert!(!format!("{event:?}").contains("canary"));

    let bare: events::GroupEvent = serde_json::from_value(json!({
        "event": "ONSONETGROUPDELETE", "data": { "FIELDS": { "ID": "1" } }, "ts": "1",
        "auth": { "domain": "d", "member_id": "m", "application_token": "t" }
    }))
    .unwrap();
    assert_eq!(
        (bare.event_handler_id, bare.auth.access_token),
        (None, None)
    );
}

#[test]
fn what_is_written_has_the_names_and_forms_of_the_wire() {
    let groups =
        groups(json!({ "ACTIVE": true, "DATE_ACTIVITY": "2026-03-19T15:01:27.250Z" })).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&groups).unwrap());
    let group = result(&workgroup::Get::new(622), &workgroup()).unwrap();
    insta::assert_snapshot!(serde_json::to_string_pretty(&group).unwrap());
}

#[test]
fn answers_and_requests_are_compared_and_hashed() {
    use std::collections::HashSet;

    let row = groups(json!({})).unwrap().remove(0);
    let group = result(&workgroup::Get::new(622), &workgroup()).unwrap();
    assert_eq!(HashSet::from([row.clone(), row]).len(), 1);
    assert_eq!(HashSet::from([group.clone(), group]).len(), 1);
    let get = sonet_group::Get::new().filter(sonet_group::Get::NAME.contains("Rust"));
    let calls = HashSet::from([get.clone(), get, sonet_group::Get::new()]);
    assert_eq!(calls.len(), 2);
    let condition = sonet_group::Get::NAME.contains("Rust");
    assert_eq!(condition.clone(), condition);
    let order = sonet_group::Get::NAME.asc();
    assert_ne!(order, sonet_group::Get::NAME.desc());
}
