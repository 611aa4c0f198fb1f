//! `sonet_group.user.request`

use serde_json::Value;
use sonet_core::Method as _;
use sonet_core::wire::Accepted;
use sonet_portal::{InitiatedBy, Role};
use sonet_types::sonet_group::user::Request;

use crate::conformance::caller::Caller;
use crate::conformance::recording_proxy::RecordingProxy;
use crate::conformance::refusal::{Attempt, Unchecked};
use crate::conformance::world::World;

/// A call with every parameter.
pub(in crate::conformance) fn with_everything(world: &World) -> Request {
    Request::new(world.closed_group()).message("Let me in!")
}

fn a_request_waits_for_an_answer<C: Caller>(world: &World) {
    let group = world.closed_group();
    let user = world.stranger(group);
    let proxy = RecordingProxy::before(world);
    let client: C = proxy.client(world, user);
    assert_eq!(client.call(&with_everything(world)).unwrap(), Accepted);
    assert_eq!(world.executed(Request::NAME), 1);
    let waiting = Some((Role::Awaiting, InitiatedBy::User));
    assert_eq!(world.relation(group, user), waiting);
    let sent: Value = serde_json::from_slice(&proxy.requests()[0].body).unwrap();
    assert_eq!(sent["MESSAGE"], "Let me in!");
}

fn an_open_group_is_joined_at_once<C: Caller>(world: &World) {
    let group = world.open_group();
    let user = world.stranger(group);
    let answer = world.client::<C>(user).call(&Request::new(group)).unwrap();
    assert_eq!(answer, Accepted);
    assert_eq!(world.role(group, user), Some(Role::Member));
}

fn asking_again_is_answered_and_changes_nothing<C: Caller>(world: &World) {
    let group = world.closed_group();
    let user = world.stranger(group);
    world.client::<C>(user).call(&Request::new(group)).unwrap();
    let owner = world.plain_owner(group);
    for user in [user, owner, world.member(group, Role::Member)] {
        let before = world.relation(group, user);
        let answer = world.client::<C>(user).call(&Request::new(group)).unwrap();
        assert_eq!(answer, Accepted);
        assert_eq!(world.relation(group, user), before);
    }
}

on_both_clients! {
    a_request_waits_for_an_answer,
    an_open_group_is_joined_at_once,
    asking_again_is_answered_and_changes_nothing,
}

fn zero_is_no_group(world: &World) -> Attempt<Unchecked<Request>> {
    Attempt::by(world.employee(), Unchecked::of(&Request::new(0)))
}

fn a_group_that_does_not_exist_is_not_found(world: &World) -> Attempt<Request> {
    Attempt::by(world.employee(), Request::new(world.no_group()))
}

fn a_secret_group_is_not_found(world: &World) -> Attempt<Request> {
    let group = world.secret_group();
    Attempt::by(world.stranger(group), Request::new(group))
}

/// An older server refuses what others answer.
fn a_member_does_not_ask_to_join(world: &World) -> Attempt<Request> {
    world.rule(|rules| rules.repeated_request_fails = true);
    let group = world.open_group();
    let member = world.member(group, Role::Member);
    Attempt::by(member, Request::new(group))
}

fn the_storage_fails(world: &World) -> Attempt<Request> {
    let group = world.closed_group();
    world.fail_next(Request::NAME);
    Attempt::by(world.stranger(group), with_everything(world))
}

refusals! { Request:
    WrongGroupId, "Wrong group ID" => zero_is_no_group,
    GroupNotFound, "Socialnetwork group not found" => a_group_that_does_not_exist_is_not_found,
    GroupNotFound, "Socialnetwork group not found" => a_secret_group_is_not_found,
    CannotRequest, "Cannot request to join group" => a_member_does_not_ask_to_join,
    CannotRequest, "Cannot request to join group" => the_storage_fails,
}
