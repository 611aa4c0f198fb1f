//! `sonet_group.user.add`

use serde_json::json;
use sonet_core::Method as _;
use sonet_portal::{InitiatedBy, Role};
use sonet_types::UserId;
use sonet_types::sonet_group::user::Add;

use crate::conformance::caller::Caller;
use crate::conformance::refusal::{Attempt, Unchecked, assert_not_sent};
use crate::conformance::world::World;

/// A call with every parameter.
pub(in crate::conformance) fn with_everything(world: &World) -> Add {
    let group = world.secret_group();
    Add::new(group, world.strangers(group))
}

fn employees_become_members_at_once<C: Caller>(world: &World) {
    let group = world.secret_group();
    let newcomers = world.strangers(group);
    assert!(newcomers.len() > 1);
    let mut added = world
        .admin_client::<C>()
        .call(&with_everything(world))
        .unwrap();
    added.sort();
    assert_eq!(added, newcomers);
    assert_eq!(world.executed(Add::NAME), 1);
    for user in newcomers {
        let member = Some((Role::Member, InitiatedBy::Group));
        assert_eq!(world.relation(group, user), member);
    }
}

fn those_who_cannot_be_added_are_passed_over<C: Caller>(world: &World) {
    let group = world.closed_group();
    let newcomer = world.stranger(group);
    let member = world.strangers(group)[1];
    world.relate(group, member, Role::Moderator);
    let invited = world.strangers(group)[1];
    world.relate(group, invited, Role::Awaiting);
    let mail_user = world.mail_user();
    let nobody = UserId::new(9_999);
    let users = [member, invited, mail_user, nobody, newcomer];
    let added = world
        .admin_client::<C>()
        .call(&Add::new(group, users))
        .unwrap();
    assert_eq!(added, [newcomer]);
    assert_eq!(world.role(group, member), Some(Role::Moderator));
    assert_eq!(
        world.role(group, invited),
        Some(Role::Awaiting),
        "stays invited"
    );
    assert_eq!(world.role(group, mail_user), None);

    let again = world
        .admin_client::<C>()
        .call(&Add::new(group, [newcomer]))
        .unwrap();
    assert!(again.is_empty(), "nobody new is an empty answer");
}

fn an_extranet_user_opens_the_group_to_the_extranet<C: Caller>(world: &World) {
    let (group, user) = (world.open_group(), world.extranet_user());
    assert!(!world.group(group).is_extranet());
    let added = world
        .admin_client::<C>()
        .call(&Add::new(group, [user]))
        .unwrap();
    assert_eq!(added, [user]);
    assert!(world.group(group).is_extranet());
}

fn no_users_are_not_sent<C: Caller>(world: &World) {
    let (admin, group) = (world.admin(), world.open_group());
    assert_not_sent::<C, _>(world, admin, &Add::new(group, [0; 0]), "USER_ID");
    assert_not_sent::<C, _>(world, admin, &Add::new(group, [2, 0]), "USER_ID");
}

on_both_clients! {
    employees_become_members_at_once,
    those_who_cannot_be_added_are_passed_over,
    an_extranet_user_opens_the_group_to_the_extranet,
    no_users_are_not_sent,
}

fn zero_is_no_group(world: &World) -> Attempt<Unchecked<Add>> {
    Attempt::by(
        world.admin(),
        Unchecked::of(&Add::new(0, [world.employee()])),
    )
}

fn an_owner_who_does_not_administer_adds_nobody(world: &World) -> Attempt<Add> {
    let group = world.open_group();
    let owner = world.plain_owner(group);
    Attempt::by(owner, Add::new(group, [world.stranger(group)]))
}

fn an_empty_list_has_no_users(world: &World) -> Attempt<Unchecked<Add>> {
    let params = json!({ "GROUP_ID": world.open_group(), "USER_ID": [] });
    Attempt::by(world.admin(), Unchecked::new(params))
}

fn a_missing_list_has_no_users(world: &World) -> Attempt<Unchecked<Add>> {
    let params = json!({ "GROUP_ID": world.open_group() });
    Attempt::by(world.admin(), Unchecked::new(params))
}

fn a_group_that_does_not_exist_is_not_found(world: &World) -> Attempt<Add> {
    let call = Add::new(world.no_group(), [world.employee()]);
    Attempt::by(world.admin(), call)
}

refusals! { Add:
    WrongGroupId, "Wrong group ID" => zero_is_no_group,
    NoPermission, "No permissions to add users" => an_owner_who_does_not_administer_adds_nobody,
    WrongUserId, "Wrong user IDs" => an_empty_list_has_no_users,
    WrongUserId, "Wrong user IDs" => a_missing_list_has_no_users,
    GroupNotFound, "Socialnetwork group not found" => a_group_that_does_not_exist_is_not_found,
}
