//! `sonet_group.create`

use chrono::NaiveDate;
use serde_json::json;
use sonet_core::wire::File;
use sonet_core::{Method as _, Raw};
use sonet_portal::{self as portal, GroupKind, Role};
use sonet_types::sonet_group::Create;
use sonet_types::{GroupId, InitiatePerms};

use crate::conformance::caller::Caller;
use crate::conformance::refusal::{Attempt, Unchecked, assert_not_sent};
use crate::conformance::times::moment;
use crate::conformance::world::{World, number};

/// A call with every parameter.
pub(in crate::conformance) fn with_everything(world: &World) -> Create {
    Create::new("Rust")
        .description("About\r\nRust")
        .visible(false)
        .opened(true)
        .closed(true)
        .keywords("rust, sans-io")
        .initiate_perms(InitiatePerms::OwnerAndModerators)
        .project(true)
        .project_date_start(moment("2026-03-19T15:01:27+02:00"))
        .project_date_finish(moment("2026-04-19T13:01:27Z"))
        .scrum_master_id(world.employee_without_create_right())
        .owner_id(world.employee())
        .image(File::new("a.png", b"not used"))
        .image_file_id(9)
        .site_id(["s1", "ex"])
        .subject_id(2)
}

fn every_parameter_arrives<C: Caller>(world: &World) {
    let before = world.groups().len();
    let id = world
        .admin_client::<C>()
        .call(&with_everything(world))
        .unwrap();
    assert_eq!(world.executed(Create::NAME), 1);
    assert_eq!(world.groups().len(), before + 1);
    let group = world.group(id);
    assert_eq!(group.name, "Rust");
    assert_eq!(group.description, "About\r\nRust");
    assert!(!group.visible && group.opened && group.closed && group.active);
    assert_eq!(group.keywords, "rust, sans-io");
    assert_eq!(group.initiate_perms, portal::InitiatePerms::Moderators);
    assert_eq!(group.kind, GroupKind::Scrum);
    assert_eq!(group.project_date_start, Some(1_773_925_287));
    assert_eq!(group.project_date_finish, Some(1_776_603_687));
    let (master, owner) = (world.employee_without_create_right(), world.employee());
    assert_eq!(group.scrum_master_id, number(master));
    assert_eq!(group.owner_id, number(owner));
    let image = group.image.unwrap();
    assert_eq!(image.name, "drive9.png", "the file of Drive wins");
    assert_eq!(group.sites, ["s1", "ex"]);
    assert_eq!(group.subject_id, 2);
    assert_eq!(world.role(id, owner), Some(Role::Owner));
    assert_eq!(world.role(id, master), Some(Role::Moderator));
}

fn a_name_alone_makes_a_group_with_the_documented_defaults<C: Caller>(world: &World) {
    let user = world.employee();
    let id = world.client::<C>(user).call(&Create::new("Rust")).unwrap();
    let group = world.group(id);
    assert_eq!(group.name, "Rust");
    assert_eq!(group.owner_id, number(user), "the caller owns it");
    assert!(group.visible && !group.opened && !group.closed && group.active);
    assert_eq!(group.initiate_perms, portal::InitiatePerms::Members);
    assert_eq!(group.kind, GroupKind::Group);
    assert_eq!(group.sites, ["s1"]);
    assert!(group.description.is_empty() && group.keywords.is_empty() && group.image.is_none());
    assert!(group.project_date_start.is_none() && group.project_date_finish.is_none());
}

fn a_day_alone_is_a_day_of_the_portal<C: Caller>(world: &World) {
    let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
    let call = Create::new("Rust")
        .project(true)
        .project_date_start(day(19))
        .project_date_finish(day(31));
    let id = world.admin_client::<C>().call(&call).unwrap();
    let group = world.group(id);
    let midnight = |day| Some(moment(day).timestamp());
    assert_eq!(
        group.project_date_start,
        midnight("2026-03-19T00:00:00+02:00")
    );
    assert_eq!(
        group.project_date_finish,
        midnight("2026-03-31T00:00:00+02:00")
    );
}

fn a_project_is_no_scrum<C: Caller>(world: &World) {
    let call = Create::new("Rust")
        .project(true)
        .visible(true)
        .opened(false);
    let id = world.admin_client::<C>().call(&call).unwrap();
    assert_eq!(world.group(id).kind, GroupKind::Project);
}

fn an_image_arrives_byte_for_byte<C: Caller>(world: &World) {
    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let call = Create::new("Rust").image(File::new("Rüst.PNG", &bytes));
    let id = world.admin_client::<C>().call(&call).unwrap();
    let image = world.group(id).image.unwrap();
    assert_eq!(image.name, "Rüst.PNG");
    assert!(image.content.unwrap() == bytes, "other bytes");
}

fn equal_names_make_two_groups<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let first = client.call(&Create::new("Twin")).unwrap();
    let second = client.call(&Create::new("Twin")).unwrap();
    assert_ne!(first, second);
    assert_eq!(world.executed(Create::NAME), 2);
}

fn an_employee_does_not_choose_the_owner<C: Caller>(world: &World) {
    let user = world.employee();
    let call = Create::new("Rust").owner_id(world.admin());
    let id = world.client::<C>(user).call(&call).unwrap();
    assert_eq!(world.owner(id), user);
}

fn an_extranet_users_group_is_neither_visible_nor_open<C: Caller>(world: &World) {
    let user = world.extranet_user();
    let call = Create::new("Rust").visible(true).opened(true);
    let id = world.client::<C>(user).call(&call).unwrap();
    let group = world.group(id);
    assert!(!group.visible && !group.opened && group.is_extranet());
    assert_eq!(group.initiate_perms, portal::InitiatePerms::Moderators);
}

fn an_empty_name_is_not_sent<C: Caller>(world: &World) {
    for name in ["", " \t\n"] {
        assert_not_sent::<C, _>(world, world.admin(), &Create::new(name), "NAME");
    }
}

fn an_unknown_right_to_invite_is_not_sent<C: Caller>(world: &World) {
    let call = Create::new("Rust").initiate_perms(InitiatePerms::from("X"));
    assert_not_sent::<C, _>(world, world.admin(), &call, "INITIATE_PERMS");
}

fn the_portal_would_take_its_default_for_an_unknown_right_to_invite<C: Caller>(world: &World) {
    let params = json!({ "NAME": "Rust", "INITIATE_PERMS": "X" });
    let call = Raw::new(Create::NAME, params).output::<GroupId>();
    let id = world.admin_client::<C>().call(&call).unwrap();
    let perms = world.group(id).initiate_perms;
    assert_eq!(perms, portal::InitiatePerms::Members);
}

on_both_clients! {
    every_parameter_arrives,
    a_name_alone_makes_a_group_with_the_documented_defaults,
    a_day_alone_is_a_day_of_the_portal,
    a_project_is_no_scrum,
    an_image_arrives_byte_for_byte,
    equal_names_make_two_groups,
    an_employee_does_not_choose_the_owner,
    an_extranet_users_group_is_neither_visible_nor_open,
    an_empty_name_is_not_sent,
    an_unknown_right_to_invite_is_not_sent,
    the_portal_would_take_its_default_for_an_unknown_right_to_invite,
}

fn a_list_is_no_name(world: &World) -> Attempt<Unchecked<Create>> {
    let call = Unchecked::new(json!({ "NAME": ["Rust"] }));
    Attempt::by(world.admin(), call)
}

fn an_employee_without_the_right_creates_nothing(world: &World) -> Attempt<Create> {
    let call = Create::new("Rust");
    Attempt::by(world.employee_without_create_right(), call)
}

fn the_storage_fails(world: &World) -> Attempt<Create> {
    world.fail_next(Create::NAME);
    Attempt::by(world.admin(), with_everything(world))
}

fn an_empty_name_makes_no_group(world: &World) -> Attempt<Unchecked<Create>> {
    let call = Unchecked::new(json!({ "NAME": "" }));
    Attempt::by(world.admin(), call)
}

fn a_dismissed_user_owns_nothing(world: &World) -> Attempt<Create> {
    let call = Create::new("Rust").owner_id(world.dismissed_user());
    Attempt::by(world.admin(), call)
}

fn a_text_is_no_image(world: &World) -> Attempt<Create> {
    let call = Create::new("Rust").image(File::new("a.txt", b"hi"));
    Attempt::by(world.admin(), call)
}

refusals! { Create:
    IncorrectInput, "Incorrect input data" => a_list_is_no_name,
    NoPermission, "You have no permissions to create a group" => an_employee_without_the_right_creates_nothing,
    CannotCreate, "Cannot create group" => the_storage_fails,
    CannotCreate, "Cannot create group" => an_empty_name_makes_no_group,
    CannotCreate, "Cannot create group" => a_dismissed_user_owns_nothing,
    WrongImage, "Image is incorrect: Invalid file type" => a_text_is_no_image,
}
