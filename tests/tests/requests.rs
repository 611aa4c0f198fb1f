//! The body of every method's request: as small as it can be, and with every parameter.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;
use sonet_core::wire::File;
use sonet_types::socialnetwork::api::workgroup;
use sonet_types::sonet_group::{self, Create, Delete, SetOwner, Update, feature, user};
use sonet_types::{FileId, GroupId, InitiatePerms, SubjectId, UserId};

fn json(request: &impl Serialize) -> String {
    serde_json::to_string(request).unwrap_or_else(|error| error.to_string())
}

fn moment(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap_or_default()
}

#[test]
fn create() {
    insta::assert_snapshot!(json(&Create::new("Rust")), @r#"{"NAME":"Rust"}"#);
    let full = Create::new("Rust \"2\" — Привет")
        .description("About\nit")
        .visible(true)
        .opened(false)
        .closed(false)
        .keywords("a,b")
        .initiate_perms(InitiatePerms::OwnerAndModerators)
        .project(true)
        .project_date_start(moment("2026-03-19T15:01:27+02:00"))
        .project_date_finish(moment("2026-04-19T15:01:27.5Z"))
        .scrum_master_id(5)
        .owner_id(UserId::new(7))
        .image(File::new("a.png", b"\x89PNG"))
        .image_file_id(9)
        .site_id(["s1", "s2"])
        .subject_id(SubjectId::new(1));
    insta::assert_snapshot!(json(&full));
}

#[test]
fn a_day_has_no_time() {
    let day = NaiveDate::from_ymd_opt(2026, 12, 31).unwrap();
    insta::assert_snapshot!(json(&Update::new(77).project_date_finish(day)), @r#"{"GROUP_ID":77,"PROJECT_DATE_FINISH":"2026-12-31"}"#);
}

#[test]
fn update() {
    insta::assert_snapshot!(json(&Update::new(77)), @r#"{"GROUP_ID":77}"#);
    insta::assert_snapshot!(json(&Update::new(77).delete_image()), @r#"{"GROUP_ID":77,"IMAGE_FILE_ID":0}"#);
    let full = Update::new(GroupId::new(77))
        .name("Rust")
        .description("")
        .visible(false)
        .opened(true)
        .closed(true)
        .keywords("")
        .initiate_perms(InitiatePerms::AllMembers)
        .project_date_start(moment("2026-03-19T15:01:27+02:00"))
        .project_date_finish(moment("2026-03-19T15:01:27+02:00"))
        .owner_id(7)
        .image(File::new("a.png", b"\x89PNG"))
        .image_file_id(FileId::new(9))
        .site_id(["s1"]);
    insta::assert_snapshot!(json(&full));
}

#[test]
fn delete_and_set_owner() {
    insta::assert_snapshot!(json(&Delete::new(77)), @r#"{"GROUP_ID":77}"#);
    insta::assert_snapshot!(json(&SetOwner::new(77, 1271)), @r#"{"GROUP_ID":77,"USER_ID":1271}"#);
}

#[test]
fn feature_access() {
    use feature::{Access, Feature, Operation};
    insta::assert_snapshot!(json(&Access::new(77, Feature::Tasks, Operation::CreateTasks)), @r#"{"GROUP_ID":77,"FEATURE":"tasks","OPERATION":"create_tasks"}"#);
    insta::assert_snapshot!(json(&Access::new(77, "wiki", "view")), @r#"{"GROUP_ID":77,"FEATURE":"wiki","OPERATION":"view"}"#);
}

#[test]
fn get() {
    use sonet_group::Get;
    insta::assert_snapshot!(json(&Get::new()), @"{}");
    let full = Get::new()
        .filter(Get::NAME.contains("Pro"))
        .filter(Get::ID.gt(100))
        .filter(Get::ACTIVE.eq(true))
        .filter(Get::OWNER_ID.ne(UserId::new(7)))
        .filter(Get::DATE_CREATE.between(
            moment("2026-01-01T00:00:00Z"),
            moment("2026-02-01T00:00:00Z"),
        ))
        .filter(Get::DATE_UPDATE.not_between(
            moment("2026-01-01T00:00:00Z"),
            moment("2026-02-01T00:00:00Z"),
        ))
        .filter(Get::DATE_ACTIVITY.le(moment("2026-01-01T00:00:00+03:00")))
        .filter(Get::NAME.search("a b"))
        .filter(Get::NAME.not_contains("Old"))
        .order(Get::NAME.asc())
        .order(Get::ID.desc())
        .group_id(77)
        .is_admin(true)
        .start(sonet_core::PageStart::at_row(50));
    insta::assert_snapshot!(json(&full));
}

#[test]
fn members() {
    insta::assert_snapshot!(json(&user::Get::new(77)), @r#"{"ID":77}"#);
    insta::assert_snapshot!(json(&user::Groups::new()), @"{}");
    insta::assert_snapshot!(json(&user::Invite::new(77, [1, 2])), @r#"{"GROUP_ID":77,"USER_ID":[1,2]}"#);
    insta::assert_snapshot!(json(&user::Invite::new(77, [UserId::new(1)]).message("Hi")), @r#"{"GROUP_ID":77,"USER_ID":[1],"MESSAGE":"Hi"}"#);
    insta::assert_snapshot!(json(&user::Request::new(77)), @r#"{"GROUP_ID":77}"#);
    insta::assert_snapshot!(json(&user::Request::new(77).message("Let me in")), @r#"{"GROUP_ID":77,"MESSAGE":"Let me in"}"#);
    insta::assert_snapshot!(json(&user::Add::new(77, [1])), @r#"{"GROUP_ID":77,"USER_ID":[1]}"#);
    insta::assert_snapshot!(json(&user::Update::new(77, [1], user::SettableRole::Moderator)), @r#"{"GROUP_ID":77,"USER_ID":[1],"ROLE":"E"}"#);
    insta::assert_snapshot!(json(&user::Delete::new(77, vec![UserId::new(1)])), @r#"{"GROUP_ID":77,"USER_ID":[1]}"#);
}

#[test]
fn workgroup_get() {
    use workgroup::{Get, Mode};
    insta::assert_snapshot!(json(&Get::new(622)), @r#"{"params":{"groupId":622}}"#);
    let full = Get::new(622)
        .select(Get::PIN)
        .select(Get::ACTIONS)
        .select(Get::PIN)
        .mode(Mode::Mobile);
    insta::assert_snapshot!(json(&full), @r#"{"params":{"groupId":622,"select":["PIN","ACTIONS"],"mode":"mobile"}}"#);
}

#[test]
fn workgroup_list() {
    use workgroup::{List, Mode};
    insta::assert_snapshot!(json(&List::new()), @"{}");
    let full = List::new()
        .filter(List::NAME.like("Pro%"))
        .filter(List::NAME.not_like("%old"))
        .filter(List::PROJECT.eq(false))
        .select(List::ID)
        .select(List::DESCRIPTION)
        .order(List::DATE_CREATE.desc())
        .is_admin(true)
        .site_id("s1")
        .mode(Mode::Mobile)
        .features(["tasks"])
        .mandatory_features(["tasks"])
        .should_select_dialog_id(true)
        .start(sonet_core::PageStart::UNCOUNTED);
    insta::assert_snapshot!(json(&full));
}
