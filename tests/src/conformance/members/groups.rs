//! `sonet_group.user.groups`

use sonet_portal::{self as portal};
use sonet_types::sonet_group::user::{Groups, Membership};
use sonet_types::{FileId, GroupId, Role, UserId};

use crate::conformance::caller::Caller;
use crate::conformance::world::{World, group_id};

/// A call with every parameter: it has none.
pub(in crate::conformance) fn with_everything(_: &World) -> Groups {
    Groups::new()
}

fn every_user_has_their_own_groups<C: Caller>(world: &World) {
    for user in [world.admin(), world.employee(), world.extranet_user()] {
        let pending = world.closed_group();
        world.relate(pending, user, portal::Role::Awaiting);
        let call = with_everything(world);
        let rows = world.client::<C>(user).call(&call).unwrap();
        let mut found: Vec<GroupId> = rows.iter().map(|row| row.group_id).collect();
        found.sort();
        assert_eq!(found, memberships(world, user), "user {user}");
        assert!(!found.is_empty() && !found.contains(&pending));
        for row in rows {
            check_row(world, user, &row);
        }
    }
}

fn memberships(world: &World, user: UserId) -> Vec<GroupId> {
    let groups = world.groups();
    let ids = groups.iter().map(|group| group_id(group.id));
    ids.filter(|group| {
        world
            .role(*group, user)
            .is_some_and(portal::Role::is_member)
    })
    .collect()
}

fn check_row(world: &World, user: UserId, row: &Membership) {
    let group = world.group(row.group_id);
    assert_eq!(row.group_name.as_ref(), Some(&group.name));
    let role = match world.role(row.group_id, user).unwrap() {
        portal::Role::Owner => Role::Owner,
        portal::Role::Moderator => Role::Moderator,
        portal::Role::Member | portal::Role::Awaiting => Role::Member,
    };
    assert_eq!(row.role, Some(role));
    let image_id = group.image.as_ref().map(|image| image.id);
    let image_id = image_id.map(|id| FileId::from(i64::try_from(id).unwrap()));
    assert_eq!(row.group_image_id, image_id);
    assert_eq!(row.group_image.is_some(), group.image.is_some());
    let extranet = group.is_extranet().then_some(true);
    assert_eq!(row.is_extranet, extranet, "there is never a `N`");
}

fn an_avatar_and_the_extranet_are_seen<C: Caller>(world: &World) {
    let user = world.employee();
    let with_image = world.find_group(|group| group.image.is_some());
    let extranet = world.find_group(portal::Group::is_extranet);
    let plain = world.find_group(|group| group.image.is_none() && !group.is_extranet());
    for group in [with_image, extranet, plain] {
        world.relate(group, user, portal::Role::Moderator);
    }
    let rows = world.client::<C>(user).call(&Groups::new()).unwrap();
    for group in [with_image, extranet, plain] {
        let row = rows.iter().find(|row| row.group_id == group).unwrap();
        check_row(world, user, row);
    }
}

on_both_clients! {
    every_user_has_their_own_groups,
    an_avatar_and_the_extranet_are_seen,
}
