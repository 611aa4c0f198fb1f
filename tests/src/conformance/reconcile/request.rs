//! Users who may have asked to join.

use sonet_core::Reconciled;
use sonet_core::wire::Accepted;
use sonet_portal::{InitiatedBy, Role};
use sonet_types::Refusal;
use sonet_types::sonet_group::user::Request;

use super::{NOT_YET, lose, lose_before, not_done};
use crate::conformance::caller::Caller;
use crate::conformance::world::World;

fn a_request_is_found<C: Caller>(world: &World) {
    for group in [world.open_group(), world.closed_group()] {
        let user = world.stranger(group);
        let client: C = world.client(user);
        let call = Request::new(group);
        let error = lose_before(&client, world, &call);
        assert_eq!(client.reconcile(&call, &error).unwrap(), not_done(NOT_YET));
        let error = lose(&client, world, &call);
        let found = client.reconcile(&call, &error).unwrap();
        assert_eq!(found, Reconciled::Done(Accepted));
        let expected = if world.group(group).opened {
            Role::Member
        } else {
            Role::Awaiting
        };
        assert_eq!(
            world.relation(group, user),
            Some((expected, InitiatedBy::User))
        );
    }
}

fn a_request_by_one_who_is_invited_leaves_no_trace<C: Caller>(world: &World) {
    let group = world.closed_group();
    let user = world.stranger(group);
    world.relate(group, user, Role::Awaiting);
    let client: C = world.client(user);
    let call = Request::new(group);
    // Whether it ran or not.
    for error in [
        lose_before(&client, world, &call),
        lose(&client, world, &call),
    ] {
        let outcome = client.reconcile(&call, &error).unwrap();
        assert_eq!(outcome, Reconciled::Ambiguous(Vec::new()));
    }
    // An older server refuses it for certain, and nothing is lost.
    world.rule(|rules| rules.repeated_request_fails = true);
    let error = client.call(&call).unwrap_err();
    assert!(error.is(Refusal::CannotRequest));
    assert_eq!(client.reconcile(&call, &error).unwrap(), not_done(true));
}

fn a_request_that_was_there_before_is_as_good<C: Caller>(world: &World) {
    let group = world.closed_group();
    let user = world.stranger(group);
    let client: C = world.client(user);
    let call = Request::new(group);
    client.call(&call).unwrap();
    for lost in [lose, lose_before] {
        let error = lost(&client, world, &call);
        let found = client.reconcile(&call, &error).unwrap();
        assert_eq!(found, Reconciled::Done(Accepted));
    }
}

on_both_clients! {
    a_request_is_found,
    a_request_by_one_who_is_invited_leaves_no_trace,
    a_request_that_was_there_before_is_as_good,
}
