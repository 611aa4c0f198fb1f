//! `sonet_group.update`

use serde_json::json;
use sonet_core::wire::File;
use sonet_core::{Method as _, OpenEnum as _, Raw};
use sonet_portal::{self as portal, Group, Role};
use sonet_types::sonet_group::{Get, Update};
use sonet_types::{GroupId, InitiatePerms};

use crate::conformance::caller::Caller;
use crate::conformance::refusal::{Attempt, Unchecked, assert_not_sent};
use crate::conformance::times::moment;
use crate::conformance::world::{World, number};

/// A call with every parameter.
pub(in crate::conformance) fn with_everything(world: &World) -> Update {
    let group = world.open_group();
    Update::new(group)
        .name("Rust")
        .description("About\r\nRust")
        .visible(false)
        .opened(false)
        .closed(true)
        .keywords("rust, sans-io")
        .initiate_perms(InitiatePerms::Owner)
        .project_date_start(moment("2026-03-19T15:01:27+02:00"))
        .project_date_finish(moment("2026-04-19T13:01:27Z"))
        .owner_id(world.stranger(group))
        .image(File::new("a.png", b"not used"))
        .image_file_id(9)
        .site_id(["s1", "ex"])
}

fn every_parameter_arrives<C: Caller>(world: &World) {
    let id = world.open_group();
    let (call, new_owner) = (with_everything(world), world.stranger(id));
    let answer = world.admin_client::<C>().call(&call).unwrap();
    assert_eq!(answer, id);
    assert_eq!(world.executed(Update::NAME), 1);
    let group = world.group(id);
    assert_eq!(group.name, "Rust");
    assert_eq!(group.description, "About\r\nRust");
    assert!(!group.visible && !group.opened && group.closed);
    assert_eq!(group.keywords, "rust, sans-io");
    assert_eq!(group.initiate_perms, portal::InitiatePerms::Owner);
    assert_eq!(group.project_date_start, Some(1_773_925_287));
    assert_eq!(group.project_date_finish, Some(1_776_603_687));
    assert_eq!(group.owner_id, number(new_owner));
    assert_eq!(world.role(id, new_owner), Some(Role::Owner));
    assert_eq!(group.image.unwrap().name, "drive9.png");
    assert_eq!(group.sites, ["s1", "ex"]);
}

fn only_what_is_given_changes<C: Caller>(world: &World) {
    let id = world.find_group(|group| !group.description.is_empty());
    let owner = world.plain_owner(id);
    let before = world.group(id);
    let call = Update::new(id).name("Rust");
    world.client::<C>(owner).call(&call).unwrap();
    let after = world.group(id);
    assert_eq!(after.name, "Rust");
    let mut expected = before;
    expected.name.clone_from(&after.name);
    assert_eq!(without_date(after), without_date(expected));
}

/// A group without its date of change, which every call sets.
fn without_date(mut group: Group) -> Group {
    group.date_update = 0;
    group
}

fn every_flag_is_set_and_unset<C: Caller>(world: &World) {
    let (client, id): (C, _) = (world.admin_client(), world.open_group());
    for yes in [false, true, false] {
        let call = Update::new(id).visible(yes).opened(!yes).closed(yes);
        client.call(&call).unwrap();
        let group = world.group(id);
        assert_eq!(
            (group.visible, group.opened, group.closed),
            (yes, !yes, yes)
        );
    }
}

fn every_right_to_invite_is_given<C: Caller>(world: &World) {
    let (client, id): (C, _) = (world.admin_client(), world.open_group());
    for (code, perms) in InitiatePerms::KNOWN {
        let call = Update::new(id).initiate_perms(perms.clone());
        client.call(&call).unwrap();
        assert_eq!(world.group(id).initiate_perms.code(), *code);
    }
}

fn a_call_without_changes_changes_nothing<C: Caller>(world: &World) {
    let id = world.open_group();
    let before = world.group(id);
    assert_eq!(
        world.admin_client::<C>().call(&Update::new(id)).unwrap(),
        id
    );
    assert_eq!(without_date(world.group(id)), without_date(before));
}

fn empty_texts_clear<C: Caller>(world: &World) {
    let id = world.find_group(|group| !group.description.is_empty());
    world.change_group(id, |group| "a, b".clone_into(&mut group.keywords));
    let client: C = world.admin_client();
    client
        .call(&Update::new(id).description("").keywords(""))
        .unwrap();
    let rows = client
        .call(&Get::new().group_id(id).is_admin(true))
        .unwrap();
    assert_eq!(
        (&rows.rows()[0].description, &rows.rows()[0].keywords),
        (&None, &None),
        "null on the wire"
    );
    assert!(world.group(id).description.is_empty());
}

fn an_image_arrives_byte_for_byte<C: Caller>(world: &World) {
    let id = world.open_group();
    let call = Update::new(id).image(File::new("a.gif", [0, 255, 10, 13]));
    world.admin_client::<C>().call(&call).unwrap();
    let image = world.group(id).image.unwrap();
    assert_eq!(
        (image.name.as_str(), image.content.unwrap().as_slice()),
        ("a.gif", &[0, 255, 10, 13][..])
    );
}

fn an_image_is_deleted_even_if_one_is_given<C: Caller>(world: &World) {
    let id = world.find_group(|group| group.image.is_some());
    let call = Update::new(id)
        .image(File::new("a.png", b"\x89PNG"))
        .delete_image();
    world.admin_client::<C>().call(&call).unwrap();
    assert_eq!(world.group(id).image, None);
}

fn an_empty_name_is_not_sent<C: Caller>(world: &World) {
    let call = Update::new(world.open_group()).name("");
    assert_not_sent::<C, _>(world, world.admin(), &call, "NAME");
}

fn an_unknown_right_to_invite_is_not_sent<C: Caller>(world: &World) {
    let call = Update::new(world.open_group()).initiate_perms(InitiatePerms::from("X"));
    assert_not_sent::<C, _>(world, world.admin(), &call, "INITIATE_PERMS");
}

fn the_portal_would_take_its_default_for_an_unknown_right_to_invite<C: Caller>(world: &World) {
    let id = world.find_group(|group| group.initiate_perms == portal::InitiatePerms::Owner);
    let params = json!({ "GROUP_ID": id, "INITIATE_PERMS": "X" });
    let call = Raw::new(Update::NAME, params).output::<GroupId>();
    world.admin_client::<C>().call(&call).unwrap();
    assert_eq!(
        world.group(id).initiate_perms,
        portal::InitiatePerms::Members
    );
}

on_both_clients! {
    every_parameter_arrives,
    only_what_is_given_changes,
    every_flag_is_set_and_unset,
    every_right_to_invite_is_given,
    a_call_without_changes_changes_nothing,
    empty_texts_clear,
    an_image_arrives_byte_for_byte,
    an_image_is_deleted_even_if_one_is_given,
    an_empty_name_is_not_sent,
    an_unknown_right_to_invite_is_not_sent,
    the_portal_would_take_its_default_for_an_unknown_right_to_invite,
}

fn zero_is_no_group(world: &World) -> Attempt<Unchecked<Update>> {
    Attempt::by(world.admin(), Unchecked::of(&Update::new(0).name("Rust")))
}

fn a_member_changes_nothing(world: &World) -> Attempt<Update> {
    let group = world.closed_group();
    let member = world.member(group, Role::Moderator);
    Attempt::by(member, Update::new(group).name("Rust"))
}

fn a_group_that_does_not_exist_is_not_changed(world: &World) -> Attempt<Update> {
    let call = Update::new(world.no_group()).name("Rust");
    Attempt::by(world.admin(), call)
}

fn the_storage_fails(world: &World) -> Attempt<Update> {
    world.fail_next(Update::NAME);
    Attempt::by(world.admin(), with_everything(world))
}

fn no_group_loses_its_name(world: &World) -> Attempt<Unchecked<Update>> {
    let params = json!({ "GROUP_ID": world.open_group(), "NAME": "" });
    Attempt::by(world.admin(), Unchecked::new(params))
}

fn a_text_is_no_image(world: &World) -> Attempt<Update> {
    let call = Update::new(world.open_group()).image(File::new("a.txt", b"hi"));
    Attempt::by(world.admin(), call)
}

refusals! { Update:
    WrongGroupId, "Wrong group ID" => zero_is_no_group,
    NoPermission, "User has no permissions to update group" => a_member_changes_nothing,
    NoPermission, "User has no permissions to update group" => a_group_that_does_not_exist_is_not_changed,
    CannotUpdate, "Cannot update group" => the_storage_fails,
    CannotUpdate, "Cannot update group" => no_group_loses_its_name,
    WrongImage, "Image is incorrect: Invalid file type" => a_text_is_no_image,
}
