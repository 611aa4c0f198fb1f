//! `sonet_group.user.invite`

use serde_json::{Value, json};
use sonet_core::{Method as _, Raw};
use sonet_portal::{InitiatePerms, InitiatedBy, Role};
use sonet_types::UserId;
use sonet_types::sonet_group::user::Invite;

use crate::conformance::caller::Caller;
use crate::conformance::recording_proxy::RecordingProxy;
use crate::conformance::refusal::{Attempt, Unchecked, assert_not_sent};
use crate::conformance::world::World;

/// A call with every parameter.
pub(in crate::conformance) fn with_everything(world: &World) -> Invite {
    let group = world.secret_group();
    Invite::new(group, world.strangers(group)).message("Come \"in\"!\n— Привет")
}

fn users_are_invited_with_a_message<C: Caller>(world: &World) {
    let group = world.secret_group();
    let newcomers = world.strangers(group);
    let proxy = RecordingProxy::before(world);
    let client: C = proxy.client(world, world.admin());
    let mut invited = client.call(&with_everything(world)).unwrap();
    invited.sort();
    assert_eq!(invited, newcomers);
    assert_eq!(world.executed(Invite::NAME), 1);
    for user in newcomers {
        let invitation = Some((Role::Awaiting, InitiatedBy::Group));
        assert_eq!(world.relation(group, user), invitation);
    }
    let sent: Value = serde_json::from_slice(&proxy.requests()[0].body).unwrap();
    assert_eq!(sent["MESSAGE"], "Come \"in\"!\n— Привет");
}

fn those_who_are_related_already_are_passed_over<C: Caller>(world: &World) {
    let group = world.closed_group();
    let member = world.member(group, Role::Member);
    let newcomer = world.stranger(group);
    let client: C = world.admin_client();
    let call = Invite::new(group, [member, world.admin(), newcomer]);
    assert_eq!(client.call(&call).unwrap(), [newcomer]);
    assert!(client.call(&call).unwrap().is_empty(), "invited already");
    assert_eq!(world.role(group, member), Some(Role::Member));
}

fn nobody_is_invited_without_the_right_which_is_no_error<C: Caller>(world: &World) {
    let group = world.closed_group();
    world.change_group(group, |group| group.initiate_perms = InitiatePerms::Owner);
    let member = world.member(group, Role::Moderator);
    let newcomer = world.stranger(group);
    let call = Invite::new(group, [newcomer]);
    assert!(world.client::<C>(member).call(&call).unwrap().is_empty());
    assert_eq!(world.relation(group, newcomer), None);

    world.change_group(group, |group| {
        group.initiate_perms = InitiatePerms::Moderators;
    });
    assert_eq!(world.client::<C>(member).call(&call).unwrap(), [newcomer]);
}

/// Which is why the client refuses such a list: nobody would be told that it had a mistake.
fn the_portal_would_pass_over_what_identifies_nobody<C: Caller>(world: &World) {
    let group = world.closed_group();
    let newcomer = world.stranger(group);
    let params = json!({ "GROUP_ID": group, "USER_ID": [0, newcomer, "everybody", -1] });
    let call = Raw::new(Invite::NAME, params).output::<Vec<UserId>>();
    let invited = world.admin_client::<C>().call(&call).unwrap();
    assert_eq!(invited, [newcomer]);
}

fn no_users_are_not_sent<C: Caller>(world: &World) {
    let (admin, group) = (world.admin(), world.open_group());
    assert_not_sent::<C, _>(world, admin, &Invite::new(group, [0; 0]), "USER_ID");
    assert_not_sent::<C, _>(world, admin, &Invite::new(group, [2, 0]), "USER_ID");
}

on_both_clients! {
    users_are_invited_with_a_message,
    those_who_are_related_already_are_passed_over,
    nobody_is_invited_without_the_right_which_is_no_error,
    the_portal_would_pass_over_what_identifies_nobody,
    no_users_are_not_sent,
}

fn zero_is_no_group(world: &World) -> Attempt<Unchecked<Invite>> {
    Attempt::by(
        world.admin(),
        Unchecked::of(&Invite::new(0, [world.employee()])),
    )
}

fn an_empty_list_has_no_users(world: &World) -> Attempt<Unchecked<Invite>> {
    let params = json!({ "GROUP_ID": world.open_group(), "USER_ID": [] });
    Attempt::by(world.admin(), Unchecked::new(params))
}

fn a_word_is_no_user(world: &World) -> Attempt<Unchecked<Invite>> {
    let params = json!({ "GROUP_ID": world.open_group(), "USER_ID": "everybody" });
    Attempt::by(world.admin(), Unchecked::new(params))
}

fn a_group_that_does_not_exist_is_not_found(world: &World) -> Attempt<Invite> {
    let call = Invite::new(world.no_group(), [world.employee()]);
    Attempt::by(world.admin(), call)
}

fn a_secret_group_is_not_found(world: &World) -> Attempt<Invite> {
    let group = world.secret_group();
    let call = Invite::new(group, [world.admin()]);
    Attempt::by(world.stranger(group), call)
}

refusals! { Invite:
    WrongGroupId, "Wrong group ID" => zero_is_no_group,
    WrongUserId, "Wrong user IDs" => an_empty_list_has_no_users,
    WrongUserId, "Wrong user IDs" => a_word_is_no_user,
    GroupNotFound, "Socialnetwork group not found" => a_group_that_does_not_exist_is_not_found,
    GroupNotFound, "Socialnetwork group not found" => a_secret_group_is_not_found,
}
