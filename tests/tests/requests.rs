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

#[test]
fn users() {
    use sonet_types::user::{Get, PhotoSize, Search, SortOrder, UserType};
    let get = Get::new()
        .sort("LAST_NAME")
        .order(SortOrder::Desc)
        .filter(Get::EMAIL.eq("maria@example.com"))
        .filter(Get::ACTIVE.eq(true))
        .filter(Get::UF_DEPARTMENT.one_of([1, 3]))
        .filter(Get::LAST_NAME.like("Joh%"))
        .filter(Get::open_field("UF_USR_SKILLS").contains("Rust"))
        .admin_mode(true)
        .select_open("UF_*")
        .image_resize(PhotoSize::Small);
    insta::assert_snapshot!(json(&get));
    // The page has no operators: the name of a field stands alone.
    let search = Search::new()
        .filter(Search::FIND.eq("Maria"))
        .filter(Search::USER_TYPE.eq(UserType::Employee));
    insta::assert_snapshot!(json(&search));
}

#[test]
fn posts() {
    use sonet_types::log::{blogcomment, blogpost};
    use sonet_types::{DepartmentId, Destination};
    let files = [File::new("a.txt", b"Rust"), File::new("b.txt", b"")];
    let add = blogpost::Add::new("Welcome!")
        .post_title("News")
        .dest([
            Destination::from(GroupId::new(77)),
            DepartmentId::new(1).into(),
        ])
        .files(files.clone())
        .important(true)
        .important_date_end(moment("2026-12-31T18:00:00+01:00"))
        .tags("rust,news");
    insta::assert_snapshot!(json(&add));
    let get = blogpost::Get::new()
        .log_rights([Destination::from(GroupId::new(77))])
        .log_date_from(moment("2026-01-01T00:00:00Z"));
    insta::assert_snapshot!(json(&get));
    let update = blogpost::Update::new(217).files(serde_json::json!({ "505": "del" }));
    insta::assert_snapshot!(json(&update));
    let share = blogpost::Share::new(217, [Destination::Everybody]);
    insta::assert_snapshot!(json(&share));
    let comment = blogcomment::Add::new(217, "Thank you").files(files);
    insta::assert_snapshot!(json(&comment));
}

#[test]
fn a_task() {
    use sonet_types::tasks::task::{Add, List, TaskPriority, TaskStatus, Update};
    let add = Add::new("Read the guide", 8)
        .group_id(77)
        .deadline(moment("2026-12-31T18:00:00+01:00"))
        .priority(TaskPriority::High)
        .accomplices([9, 10])
        .tags(["welcome"])
        .se_parameter(serde_json::json!([{ "CODE": 3, "VALUE": "Y" }]))
        .fields_key("UF_AUTO_1", "text");
    insta::assert_snapshot!(json(&add));
    let update = Update::new(11)
        .status(TaskStatus::InProgress)
        .task_control(false);
    insta::assert_snapshot!(json(&update));
    let list = List::new()
        .filter(List::GROUP_ID.eq(77))
        .filter(List::REAL_STATUS.ne(TaskStatus::Completed))
        .filter(List::DEADLINE.lt(moment("2026-12-31T18:00:00+01:00")))
        .order(List::DEADLINE.asc())
        .select(List::ID)
        .select(List::TITLE)
        .with_timer_info(true);
    insta::assert_snapshot!(json(&list));
}
