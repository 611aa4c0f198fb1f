//! An identifier of 0 or below identifies nothing: no call sends one, whichever parameter it is in.

#![allow(clippy::expect_used)]

use std::collections::BTreeSet;
use std::path::Path;

use sonet_core::{Method, check};
use sonet_spec::model::Param;
use sonet_spec::types::Type;
use sonet_types::FileId;
use sonet_types::log::{blogcomment, blogpost};
use sonet_types::socialnetwork::api::workgroup;
use sonet_types::sonet_group::user::SettableRole;
use sonet_types::sonet_group::{self, Create, SetOwner, feature, user};
use sonet_types::tasks;
use sonet_types::tasks::api::scrum::{backlog, epic, kanban, sprint, task};

/// The parameters of the methods, as `method parameter`.
type Places = BTreeSet<String>;

/// Where a call refuses its identifier.
fn refused(call: &impl Method, parameter: &str, number: i64) -> String {
    let name = call.name();
    let invalid = call.check().expect_err(name);
    assert_eq!(invalid.parameter(), parameter, "{name}");
    let text = invalid.to_string();
    let told = format!("{parameter}: {number} identifies nothing; ");
    assert!(text.starts_with(&told), "{name}: {text}");
    format!("{name} {parameter}")
}

/// Builds each call with a number that identifies nothing, and gives the places that refuse it.
macro_rules! refused {
    (|$id:ident| $number:expr => { $($parameter:literal: $call:expr,)* }) => {{
        let $id: i64 = $number;
        Places::from([$(refused(&$call, $parameter, $id)),*])
    }};
}

fn refused_with(number: i64) -> Places {
    refused!(|id| number => {
        "SCRUM_MASTER_ID": Create::new("a").scrum_master_id(id),
        "OWNER_ID": Create::new("a").owner_id(id),
        "IMAGE_FILE_ID": Create::new("a").image_file_id(id),
        "SUBJECT_ID": Create::new("a").subject_id(id),
        "GROUP_ID": sonet_group::Update::new(id),
        "OWNER_ID": sonet_group::Update::new(1).owner_id(id),
        "GROUP_ID": sonet_group::Get::new().group_id(id),
        "GROUP_ID": sonet_group::Delete::new(id),
        "GROUP_ID": SetOwner::new(id, 1),
        "USER_ID": SetOwner::new(1, id),
        "GROUP_ID": feature::Access::new(id, feature::Feature::Photo, feature::Operation::View),
        "GROUP_ID": user::Add::new(id, [1]),
        "USER_ID": user::Add::new(1, [1, id]),
        "GROUP_ID": user::Delete::new(id, [1]),
        "USER_ID": user::Delete::new(1, [1, id]),
        "ID": user::Get::new(id),
        "GROUP_ID": user::Invite::new(id, [1]),
        "USER_ID": user::Invite::new(1, [1, id]),
        "GROUP_ID": user::Request::new(id),
        "GROUP_ID": user::Update::new(id, [1], SettableRole::Member),
        "USER_ID": user::Update::new(1, [1, id], SettableRole::Member),
        "groupId": workgroup::Get::new(id),
        "groupId": backlog::Add::new(id, 1),
        "createdBy": backlog::Add::new(1, id),
        "modifiedBy": backlog::Add::new(1, 1).modified_by(id),
        "id": backlog::Update::new(id),
        "groupId": backlog::Update::new(1).group_id(id),
        "createdBy": backlog::Update::new(1).created_by(id),
        "modifiedBy": backlog::Update::new(1).modified_by(id),
        "id": backlog::Get::new(id),
        "id": backlog::Delete::new(id),
        "groupId": epic::Add::new("a", id),
        "createdBy": epic::Add::new("a", 1).created_by(id),
        "modifiedBy": epic::Add::new("a", 1).modified_by(id),
        "id": epic::Update::new(id),
        "groupId": epic::Update::new(1).group_id(id),
        "createdBy": epic::Update::new(1).created_by(id),
        "modifiedBy": epic::Update::new(1).modified_by(id),
        "id": epic::Get::new(id),
        "id": epic::Delete::new(id),
        "groupId": sprint::Add::new(id, "a"),
        "createdBy": sprint::Add::new(1, "a").created_by(id),
        "modifiedBy": sprint::Add::new(1, "a").modified_by(id),
        "id": sprint::Update::new(id),
        "groupId": sprint::Update::new(1).group_id(id),
        "createdBy": sprint::Update::new(1).created_by(id),
        "modifiedBy": sprint::Update::new(1).modified_by(id),
        "id": sprint::Start::new(id),
        "id": sprint::Complete::new(id),
        "id": sprint::Get::new(id),
        "id": sprint::Delete::new(id),
        "sprintId": kanban::AddStage::new(id, "a"),
        "stageId": kanban::UpdateStage::new(id),
        "sprintId": kanban::UpdateStage::new(1).sprint_id(id),
        "sprintId": kanban::GetStages::new(id),
        "stageId": kanban::DeleteStage::new(id),
        "sprintId": kanban::AddTask::new(id, 1, 1),
        "taskId": kanban::AddTask::new(1, id, 1),
        "stageId": kanban::AddTask::new(1, 1, id),
        "sprintId": kanban::DeleteTask::new(id, 1),
        "taskId": kanban::DeleteTask::new(1, id),
        "id": task::Get::new(id),
        "id": task::Update::new(id),
        "entityId": task::Update::new(1).entity_id(id),
        "epicId": task::Update::new(1).epic_id(id),
    })
}

/// The same of the methods around a group.
fn refused_around_with(number: i64) -> Places {
    refused!(|id| number => {
        "USER_ID": blogpost::Add::new("a").user_id(id),
        "POST_ID": blogpost::Update::new(id),
        "USER_ID": blogpost::Update::new(1).user_id(id),
        "POST_ID": blogpost::Get::new().post_id(id),
        "POST_ID": blogpost::Delete::new(id),
        "POST_ID": blogpost::Share::new(id, ["UA"]),
        "USER_ID": blogpost::Share::new(1, ["UA"]).user_id(id),
        "POST_ID": blogpost::getusers::Important::new(id),
        "POST_ID": blogcomment::Add::new(id, "a"),
        "USER_ID": blogcomment::Add::new(1, "a").user_id(id),
        "COMMENT_ID": blogcomment::Delete::new(id),
        "USER_ID": blogcomment::Delete::new(1).user_id(id),
        "USER_ID": blogcomment::user::Get::new().user_id(id),
        "FIRST_ID": blogcomment::user::Get::new().first_id(id),
        "LAST_ID": blogcomment::user::Get::new().last_id(id),
        "RESPONSIBLE_ID": tasks::task::Add::new("a", id),
        "GROUP_ID": tasks::task::Add::new("a", 1).group_id(id),
        "PARENT_ID": tasks::task::Add::new("a", 1).parent_id(id),
        "CREATED_BY": tasks::task::Add::new("a", 1).created_by(id),
        "ACCOMPLICES": tasks::task::Add::new("a", 1).accomplices([1, id]),
        "AUDITORS": tasks::task::Add::new("a", 1).auditors([1, id]),
        "taskId": tasks::task::Update::new(id),
        "RESPONSIBLE_ID": tasks::task::Update::new(1).responsible_id(id),
        "GROUP_ID": tasks::task::Update::new(1).group_id(id),
        "PARENT_ID": tasks::task::Update::new(1).parent_id(id),
        "CREATED_BY": tasks::task::Update::new(1).created_by(id),
        "ACCOMPLICES": tasks::task::Update::new(1).accomplices([1, id]),
        "AUDITORS": tasks::task::Update::new(1).auditors([1, id]),
        "taskId": tasks::task::Get::new(id),
        "taskId": tasks::task::Delete::new(id),
        "taskId": tasks::task::Start::new(id),
        "taskId": tasks::task::Complete::new(id),
        "taskId": tasks::task::Delegate::new(id, 1),
        "userId": tasks::task::Delegate::new(1, id),
    })
}

/// The one parameter that is emptied by 0.
const EMPTIED: &str = "sonet_group.update IMAGE_FILE_ID";

#[test]
fn nothing_is_sent_that_identifies_nothing() {
    let mut places = refused_with(0);
    places.extend(refused_around_with(0));
    assert!(places.insert(EMPTIED.to_owned()));
    assert_eq!(places, identifiers_of_the_spec());
    let mut below = refused_with(-5);
    below.extend(refused_around_with(-5));
    let image = sonet_group::Update::new(1).image_file_id(-5);
    below.insert(refused(&image, "IMAGE_FILE_ID", -5));
    assert_eq!(below, places);
}

#[test]
fn an_image_is_removed_by_zero() {
    let call = sonet_group::Update::new(1);
    assert_eq!(call.clone().delete_image().check(), Ok(()));
    assert_eq!(call.image_file_id(7).check(), Ok(()));
    assert!(check::id("IMAGE_FILE_ID", &FileId::new(0)).is_err());
}

/// Walks ask for what is greater than 0; and what is equal to it is nothing, as the server says.
#[test]
fn conditions_compare_with_any_number() {
    use sonet_group::Get;
    let get = Get::new().filter(Get::ID.gt(0)).filter(Get::OWNER_ID.eq(0));
    assert_eq!(get.check(), Ok(()));
}

/// Every place where the spec says that a method takes an identifier.
fn identifiers_of_the_spec() -> Places {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let Ok((spec, _)) = sonet_spec::load(&root, sonet_spec::FILE) else {
        panic!("the spec has mistakes");
    };
    let is_id = |param: &&Param| {
        let ty = match &param.ty.value {
            Type::List(element) => element,
            ty => ty,
        };
        let ids = &spec.ids;
        matches!(ty, Type::Named(name) if ids.iter().any(|id| id.name.value == *name))
    };
    let mut places = Places::new();
    for method in &spec.methods {
        let inner = method.params.iter().flat_map(|param| &param.fields);
        for param in method.params.iter().chain(inner).filter(is_id) {
            places.insert(format!("{} {}", method.name.value, param.name.value));
        }
    }
    places
}
