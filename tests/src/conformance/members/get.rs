//! `sonet_group.user.get`

use sonet_portal::{self as portal};
use sonet_types::sonet_group::user::Get;
use sonet_types::{Role, UserId};

use crate::conformance::caller::Caller;
use crate::conformance::refusal::{Attempt, Unchecked};
use crate::conformance::world::{World, group_id};

/// A call with every parameter.
pub(in crate::conformance) fn with_everything(world: &World) -> Get {
    Get::new(world.open_group())
}

fn every_active_member_has_a_role<C: Caller>(world: &World) {
    world.member(world.open_group(), portal::Role::Awaiting);
    let client: C = world.admin_client();
    let opened = client.call(&with_everything(world)).unwrap();
    for group in world.groups() {
        let group = group_id(group.id);
        let mut found: Vec<(UserId, Role)> = client
            .call(&Get::new(group))
            .unwrap()
            .into_iter()
            .map(|member| (member.user_id, member.role.unwrap()))
            .collect();
        found.sort_by_key(|(user, _)| *user);
        assert_eq!(found, expected(world, group), "group {group}");
        if group == world.open_group() {
            assert_eq!(opened.len(), found.len());
        }
    }
}

fn expected(world: &World, group: sonet_types::GroupId) -> Vec<(UserId, Role)> {
    let members = world.users_with(group, |role, _| role.is_member());
    members
        .into_iter()
        .filter(|user| world.user(*user).active)
        .map(|user| {
            let role = match world.role(group, user).unwrap() {
                portal::Role::Owner => Role::Owner,
                portal::Role::Moderator => Role::Moderator,
                portal::Role::Member | portal::Role::Awaiting => Role::Member,
            };
            (user, role)
        })
        .collect()
}

fn a_dismissed_member_is_left_out<C: Caller>(world: &World) {
    let (group, dismissed) = (world.open_group(), world.dismissed_user());
    world.relate(group, dismissed, portal::Role::Member);
    let members = world.admin_client::<C>().call(&Get::new(group)).unwrap();
    assert!(members.iter().all(|member| member.user_id != dismissed));
}

on_both_clients! {
    every_active_member_has_a_role,
    a_dismissed_member_is_left_out,
}

fn zero_is_no_group(world: &World) -> Attempt<Unchecked<Get>> {
    Attempt::by(world.admin(), Unchecked::of(&Get::new(0)))
}

fn a_group_that_does_not_exist_is_not_found(world: &World) -> Attempt<Get> {
    Attempt::by(world.admin(), Get::new(world.no_group()))
}

fn a_secret_group_is_not_found(world: &World) -> Attempt<Get> {
    let group = world.secret_group();
    Attempt::by(world.stranger(group), Get::new(group))
}

refusals! { Get:
    WrongGroupId, "Wrong socialnetwork group ID" => zero_is_no_group,
    GroupNotFound, "Socialnetwork group not found" => a_group_that_does_not_exist_is_not_found,
    GroupNotFound, "Socialnetwork group not found" => a_secret_group_is_not_found,
}
