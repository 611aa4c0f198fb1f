//! `sonet_group.delete`

use sonet_core::{Executed, Method as _};
use sonet_portal::Role;
use sonet_types::Refusal;
use sonet_types::sonet_group::Delete;

use crate::conformance::caller::Caller;
use crate::conformance::refusal::{Attempt, Unchecked, assert_not_sent};
use crate::conformance::world::World;

/// A call with every parameter.
pub(in crate::conformance) fn with_everything(world: &World) -> Delete {
    Delete::new(world.secret_group())
}

fn an_administrator_deletes_a_group_once<C: Caller>(world: &World) {
    let (id, before) = (world.secret_group(), world.groups().len());
    let call = with_everything(world);
    let client: C = world.admin_client();
    client.call(&call).unwrap();
    assert!(world.existing(id).is_none());
    assert_eq!(world.groups().len(), before - 1);

    let error = client.call(&call).unwrap_err();
    assert!(error.is(Refusal::GroupNotFound), "{error:?}");
    assert_eq!(error.executed(), Executed::No);
    assert_eq!(world.executed(Delete::NAME), 1);
}

fn an_owner_deletes_the_group<C: Caller>(world: &World) {
    let id = world.closed_group();
    let owner = world.plain_owner(id);
    world.client::<C>(owner).call(&Delete::new(id)).unwrap();
    assert!(world.existing(id).is_none());
}

fn what_identifies_no_group_is_not_sent<C: Caller>(world: &World) {
    for number in [0, -5] {
        assert_not_sent::<C, _>(world, world.admin(), &Delete::new(number), "GROUP_ID");
    }
}

on_both_clients! {
    what_identifies_no_group_is_not_sent,
    an_administrator_deletes_a_group_once,
    an_owner_deletes_the_group,
}

fn zero_is_no_group(world: &World) -> Attempt<Unchecked<Delete>> {
    Attempt::by(world.admin(), Unchecked::of(&Delete::new(0)))
}

fn a_group_that_does_not_exist_is_not_found(world: &World) -> Attempt<Delete> {
    Attempt::by(world.admin(), Delete::new(world.no_group()))
}

fn a_secret_group_is_not_found(world: &World) -> Attempt<Delete> {
    let group = world.secret_group();
    Attempt::by(world.stranger(group), Delete::new(group))
}

fn a_moderator_deletes_nothing(world: &World) -> Attempt<Delete> {
    let group = world.secret_group();
    let moderator = world.member(group, Role::Moderator);
    Attempt::by(moderator, Delete::new(group))
}

fn the_storage_fails(world: &World) -> Attempt<Delete> {
    world.fail_next(Delete::NAME);
    Attempt::by(world.admin(), Delete::new(world.open_group()))
}

refusals! { Delete:
    WrongGroupId, "Wrong group ID" => zero_is_no_group,
    GroupNotFound, "Socialnetwork group not found" => a_group_that_does_not_exist_is_not_found,
    GroupNotFound, "Socialnetwork group not found" => a_secret_group_is_not_found,
    NoPermission, "User has no permissions to delete group" => a_moderator_deletes_nothing,
    CannotDelete, "Cannot delete group" => the_storage_fails,
}
