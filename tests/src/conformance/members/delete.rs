//! `sonet_group.user.delete`

use serde_json::json;
use sonet_core::Method as _;
use sonet_portal::{GroupKind, Role};
use sonet_types::sonet_group::user::Delete;

use crate::conformance::caller::Caller;
use crate::conformance::refusal::{Attempt, Unchecked, assert_not_sent};
use crate::conformance::world::{World, user_id};

/// A call with every parameter.
pub(in crate::conformance) fn with_everything(world: &World) -> Delete {
    Delete::new(world.open_group(), [world.employee()])
}

fn members_leave_and_invitations_end<C: Caller>(world: &World) {
    let (group, member) = (world.open_group(), world.employee());
    world.relate(group, member, Role::Moderator);
    let invited = world.member(group, Role::Awaiting);
    let client: C = world.admin_client();
    assert_eq!(client.call(&with_everything(world)).unwrap(), [member]);
    let call = Delete::new(group, [invited]);
    assert_eq!(client.call(&call).unwrap(), [invited]);
    assert_eq!(world.relation(group, member), None);
    assert_eq!(world.relation(group, invited), None);
    assert!(
        client.call(&call).unwrap().is_empty(),
        "nobody is left to remove"
    );
    assert_eq!(world.executed(Delete::NAME), 3);
}

fn the_owner_and_the_scrum_master_stay<C: Caller>(world: &World) {
    let group = world.find_group(|group| group.kind == GroupKind::Scrum);
    let owner = world.plain_owner(group);
    let master = user_id(world.group(group).scrum_master_id);
    let member = world.member(group, Role::Member);
    let stranger = world.stranger(group);
    assert!(master != owner && world.role(group, master).is_some());
    let call = Delete::new(group, [owner, stranger, master, member]);
    let removed = world.admin_client::<C>().call(&call).unwrap();
    assert_eq!(removed, [member]);
    assert_eq!(world.role(group, owner), Some(Role::Owner));
    assert!(world.role(group, master).is_some());
}

fn no_users_are_not_sent<C: Caller>(world: &World) {
    let (admin, group) = (world.admin(), world.open_group());
    assert_not_sent::<C, _>(world, admin, &Delete::new(group, [0; 0]), "USER_ID");
    assert_not_sent::<C, _>(world, admin, &Delete::new(group, [-1]), "USER_ID");
}

on_both_clients! {
    members_leave_and_invitations_end,
    the_owner_and_the_scrum_master_stay,
    no_users_are_not_sent,
}

fn zero_is_no_group(world: &World) -> Attempt<Unchecked<Delete>> {
    Attempt::by(
        world.admin(),
        Unchecked::of(&Delete::new(0, [world.employee()])),
    )
}

fn an_owner_who_does_not_administer_removes_nobody(world: &World) -> Attempt<Delete> {
    let group = world.open_group();
    let owner = world.plain_owner(group);
    let member = world.member(group, Role::Member);
    Attempt::by(owner, Delete::new(group, [member]))
}

fn an_empty_list_has_no_users(world: &World) -> Attempt<Unchecked<Delete>> {
    let params = json!({ "GROUP_ID": world.open_group(), "USER_ID": [] });
    Attempt::by(world.admin(), Unchecked::new(params))
}

fn a_group_that_does_not_exist_is_not_found(world: &World) -> Attempt<Delete> {
    let call = Delete::new(world.no_group(), [world.employee()]);
    Attempt::by(world.admin(), call)
}

refusals! { Delete:
    WrongGroupId, "Wrong group ID" => zero_is_no_group,
    NoPermission, "No permissions to update users role" => an_owner_who_does_not_administer_removes_nobody,
    WrongUserId, "Wrong user IDs" => an_empty_list_has_no_users,
    GroupNotFound, "Socialnetwork group not found" => a_group_that_does_not_exist_is_not_found,
}
