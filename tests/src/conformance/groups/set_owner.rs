//! `sonet_group.setowner`

use sonet_core::Method as _;
use sonet_portal::Role;
use sonet_types::sonet_group::SetOwner;

use crate::conformance::caller::Caller;
use crate::conformance::refusal::{Attempt, Unchecked};
use crate::conformance::world::World;

/// A call with every parameter.
pub(in crate::conformance) fn with_everything(world: &World) -> SetOwner {
    let group = world.open_group();
    SetOwner::new(group, world.stranger(group))
}

fn an_owner_hands_the_group_over<C: Caller>(world: &World) {
    let group = world.open_group();
    let former = world.plain_owner(group);
    let heir = world.stranger(group);
    let client: C = world.client(former);
    client.call(&with_everything(world)).unwrap();
    assert_eq!(world.executed(SetOwner::NAME), 1);
    assert_eq!(world.owner(group), heir);
    assert_eq!(
        world.users_with(group, |role, _| role == Role::Owner),
        [heir]
    );

    let error = client.call(&SetOwner::new(group, former)).unwrap_err();
    assert!(error.is(sonet_types::Refusal::NoPermission), "{error:?}");
    assert_eq!(
        world.owner(group),
        heir,
        "a former owner takes nothing back"
    );
    assert_eq!(world.executed(SetOwner::NAME), 1);
}

on_both_clients! {
    an_owner_hands_the_group_over,
}

fn zero_is_no_group(world: &World) -> Attempt<Unchecked<SetOwner>> {
    Attempt::by(
        world.admin(),
        Unchecked::of(&SetOwner::new(0, world.employee())),
    )
}

fn a_group_that_does_not_exist_has_no_owner(world: &World) -> Attempt<SetOwner> {
    let call = SetOwner::new(world.no_group(), world.employee());
    Attempt::by(world.admin(), call)
}

fn zero_is_no_user(world: &World) -> Attempt<Unchecked<SetOwner>> {
    Attempt::by(
        world.admin(),
        Unchecked::of(&SetOwner::new(world.open_group(), 0)),
    )
}

fn a_moderator_takes_nothing_over(world: &World) -> Attempt<SetOwner> {
    let group = world.closed_group();
    let moderator = world.member(group, Role::Moderator);
    Attempt::by(moderator, SetOwner::new(group, moderator))
}

fn the_storage_fails(world: &World) -> Attempt<SetOwner> {
    world.fail_next(SetOwner::NAME);
    let owner = world.plain_owner(world.open_group());
    Attempt::by(owner, with_everything(world))
}

refusals! { SetOwner:
    WrongGroupId, "Invalid workgroup/project ID" => zero_is_no_group,
    WrongGroupId, "Invalid workgroup/project ID" => a_group_that_does_not_exist_has_no_owner,
    WrongUserId, "Invalid user ID" => zero_is_no_user,
    NoPermission, "Insufficient permissions to complete the operation." => a_moderator_takes_nothing_over,
    CannotSetOwner, "Cannot complete operation." => the_storage_fails,
}
