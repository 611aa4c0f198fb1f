//! `sonet_group.user.update`

use serde_json::json;
use sonet_core::Method as _;
use sonet_portal::Role;
use sonet_types::sonet_group::user::{SettableRole, Update};

use crate::conformance::caller::Caller;
use crate::conformance::refusal::{Attempt, Unchecked, assert_not_sent};
use crate::conformance::world::World;

/// A call with every parameter.
pub(in crate::conformance) fn with_everything(world: &World) -> Update {
    let group = world.open_group();
    Update::new(group, [world.employee()], SettableRole::Moderator)
}

fn a_member_becomes_a_moderator_and_a_member_again<C: Caller>(world: &World) {
    let (group, user) = (world.open_group(), world.employee());
    world.relate(group, user, Role::Member);
    let client: C = world.admin_client();
    assert_eq!(client.call(&with_everything(world)).unwrap(), [user]);
    assert_eq!(world.role(group, user), Some(Role::Moderator));
    let call = Update::new(group, [user], SettableRole::Member);
    assert_eq!(client.call(&call).unwrap(), [user]);
    assert_eq!(world.role(group, user), Some(Role::Member));
    assert_eq!(world.executed(Update::NAME), 2);
}

fn the_owner_strangers_and_equal_roles_are_passed_over<C: Caller>(world: &World) {
    let group = world.open_group();
    let owner = world.plain_owner(group);
    let moderator = world.member(group, Role::Moderator);
    let member = world.member(group, Role::Member);
    let stranger = world.stranger(group);
    let users = [owner, stranger, moderator, member];
    let call = Update::new(group, users, SettableRole::Moderator);
    let changed = world.admin_client::<C>().call(&call).unwrap();
    assert_eq!(changed, [member]);
    assert_eq!(world.role(group, owner), Some(Role::Owner));
    assert_eq!(world.role(group, stranger), None);
}

fn no_users_are_not_sent<C: Caller>(world: &World) {
    let (admin, group) = (world.admin(), world.open_group());
    let nobody = Update::new(group, [0; 0], SettableRole::Member);
    assert_not_sent::<C, _>(world, admin, &nobody, "USER_ID");
    let zero = Update::new(group, [0], SettableRole::Member);
    assert_not_sent::<C, _>(world, admin, &zero, "USER_ID");
}

fn an_owners_role_is_not_sent<C: Caller>(world: &World) {
    for role in ["A", "Z", ""] {
        let call = Update::new(world.open_group(), [2], SettableRole::from(role));
        assert_not_sent::<C, _>(world, world.admin(), &call, "ROLE");
    }
}

on_both_clients! {
    a_member_becomes_a_moderator_and_a_member_again,
    the_owner_strangers_and_equal_roles_are_passed_over,
    no_users_are_not_sent,
    an_owners_role_is_not_sent,
}

fn zero_is_no_group(world: &World) -> Attempt<Unchecked<Update>> {
    let call = Update::new(0, [world.employee()], SettableRole::Member);
    Attempt::by(world.admin(), Unchecked::of(&call))
}

fn an_owner_who_does_not_administer_changes_no_roles(world: &World) -> Attempt<Update> {
    let group = world.open_group();
    let owner = world.plain_owner(group);
    let member = world.member(group, Role::Member);
    let call = Update::new(group, [member], SettableRole::Moderator);
    Attempt::by(owner, call)
}

fn an_owners_role_is_not_given(world: &World) -> Attempt<Unchecked<Update>> {
    let group = world.open_group();
    let member = world.member(group, Role::Member);
    let params = json!({ "GROUP_ID": group, "USER_ID": [member], "ROLE": "A" });
    Attempt::by(world.admin(), Unchecked::new(params))
}

fn an_empty_list_has_no_users(world: &World) -> Attempt<Unchecked<Update>> {
    let params = json!({ "GROUP_ID": world.open_group(), "USER_ID": [], "ROLE": "K" });
    Attempt::by(world.admin(), Unchecked::new(params))
}

fn a_group_that_does_not_exist_is_not_found(world: &World) -> Attempt<Update> {
    let users = [world.employee()];
    let call = Update::new(world.no_group(), users, SettableRole::Member);
    Attempt::by(world.admin(), call)
}

refusals! { Update:
    WrongGroupId, "Wrong group ID" => zero_is_no_group,
    NoPermission, "No permissions to update users role" => an_owner_who_does_not_administer_changes_no_roles,
    WrongRole, "Incorrect role code" => an_owners_role_is_not_given,
    WrongUserId, "Wrong user IDs" => an_empty_list_has_no_users,
    GroupNotFound, "Socialnetwork group not found" => a_group_that_does_not_exist_is_not_found,
}
