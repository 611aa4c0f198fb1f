//! Users who may have been invited.

use sonet_core::Reconciled;
use sonet_portal::Role;
use sonet_types::Refusal;
use sonet_types::sonet_group::user::Invite;

use super::{NOT_YET, lose, lose_before, not_done};
use crate::conformance::caller::Caller;
use crate::conformance::world::World;

fn invited_users_are_found<C: Caller>(world: &World) {
    let group = world.open_group();
    let users = &world.strangers(group)[..2];
    let client: C = world.admin_client();
    let call = Invite::new(group, users.iter().copied());
    let error = lose_before(&client, world, &call);
    assert_eq!(client.reconcile(&call, &error).unwrap(), not_done(NOT_YET));
    let error = lose(&client, world, &call);
    let found = client.reconcile(&call, &error).unwrap();
    assert_eq!(found, Reconciled::Done(users.to_vec()));
    // One accepts before anybody looks.
    world.relate(group, users[0], Role::Member);
    let found = client.reconcile(&call, &error).unwrap();
    assert_eq!(found, Reconciled::Done(users.to_vec()));
}

fn who_was_invited_before_proves_nothing<C: Caller>(world: &World) {
    let group = world.open_group();
    let users = &world.strangers(group)[..2];
    let client: C = world.admin_client();
    client.call(&Invite::new(group, [users[0]])).unwrap();
    let call = Invite::new(group, users.iter().copied());
    let error = lose_before(&client, world, &call);
    let outcome = client.reconcile(&call, &error).unwrap();
    assert_eq!(outcome, Reconciled::Ambiguous(vec![vec![users[0]]]));
}

fn a_group_that_is_gone_is_told<C: Caller>(world: &World) {
    let group = world.open_group();
    let client: C = world.admin_client();
    let call = Invite::new(group, [world.stranger(group)]);
    let error = lose(&client, world, &call);
    world.server().with(|portal| portal.delete_group(group));
    let gone = client.reconcile(&call, &error).unwrap_err();
    assert!(gone.is(Refusal::GroupNotFound));
}

on_both_clients! {
    invited_users_are_found,
    who_was_invited_before_proves_nothing,
    a_group_that_is_gone_is_told,
}
