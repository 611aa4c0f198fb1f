//! What came of a write whose answer was lost: looked up, and held against the portal's state.

use serde_json::json;
use sonet_core::wire::Accepted;
use sonet_core::{Config, Error, Executed, Method, Never, Rate, Raw, Reconciled};
use sonet_portal::{Fault, InitiatedBy, Role};
use sonet_types::Refusal;
use sonet_types::sonet_group::user::{Invite, Request};
use sonet_types::sonet_group::{Create, Get};

use super::caller::Caller;
use super::recording_proxy::RecordingProxy;
use super::world::{World, number};

const NOT_YET: bool = false;

/// Calls a method whose answer gets lost after the portal has run it.
fn lose<C: Caller, M: Method>(client: &C, world: &World, method: &M) -> Error {
    let faults = world.server().faults();
    faults.on(method.name()).nth(1).after(Fault::Reset);
    unknown(client, world, method)
}

/// Calls a method that gets lost on its way to the portal, for all that the client can tell.
fn lose_before<C: Caller, M: Method>(client: &C, world: &World, method: &M) -> Error {
    let faults = world.server().faults();
    faults.on(method.name()).nth(1).before(Fault::Truncate);
    unknown(client, world, method)
}

fn unknown<C: Caller, M: Method>(client: &C, world: &World, method: &M) -> Error {
    let error = client.call(method).err().expect("its answer is lost");
    assert_eq!(error.executed(), Executed::Unknown);
    world.server().faults().clear();
    error
}

fn not_done<T>(settled: bool) -> Reconciled<T> {
    Reconciled::NotDone { settled }
}

fn a_group_that_was_made_is_found<C: Caller>(world: &World) {
    for user in [world.admin(), world.employee()] {
        let client: C = world.client(user);
        let call = Create::new("Lost & \"found\" 50%");
        let error = lose(&client, world, &call);
        let found = client.reconcile(&call, &error).unwrap();
        let Reconciled::Done(group) = found else {
            panic!("{found:?}");
        };
        assert_eq!(world.group(group).name, "Lost & \"found\" 50%");
        assert_eq!(world.owner(group), user);
        world
            .server()
            .with(|portal| portal.delete_group(number(group)));
    }
    assert_eq!(world.executed(Create::NAME), 2, "nothing is repeated");
}

fn a_group_is_found_whatever_form_its_name_is_kept_in<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    for coded in [true, false] {
        world.rule(|rules| rules.coded_emoji = coded);
        for name in ["🚀 Team", "Cafe\u{301}", "A & B", "\"A\" < B"] {
            let call = Create::new(name);
            let error = lose(&client, world, &call);
            let found = client.reconcile(&call, &error).unwrap();
            let Reconciled::Done(group) = found else {
                panic!("{name}: {found:?}");
            };
            world
                .server()
                .with(|portal| portal.delete_group(number(group)));
        }
    }
}

fn a_group_that_was_not_made_may_still_come<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let call = Create::new("Rust");
    let error = lose_before(&client, world, &call);
    let outcome = client.reconcile(&call, &error).unwrap();
    assert_eq!(outcome, not_done(NOT_YET), "the request is seconds old");
    assert_eq!(world.executed(Create::NAME), 0);
}

fn older_groups_of_the_name_do_not_count<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let older = client.call(&Create::new("Twin")).unwrap();
    world.change_group(older, |group| group.date_create -= 60);
    let call = Create::new("Twin");
    let error = lose_before(&client, world, &call);
    assert_eq!(client.reconcile(&call, &error).unwrap(), not_done(NOT_YET));
    let error = lose(&client, world, &call);
    let found = client.reconcile(&call, &error).unwrap();
    assert!(matches!(found, Reconciled::Done(group) if group != older));
}

fn two_groups_of_the_name_are_ambiguous<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let call = Create::new("Twin");
    let error = lose(&client, world, &call);
    let second = client.call(&call).unwrap();
    let Reconciled::Ambiguous(groups) = client.reconcile(&call, &error).unwrap() else {
        panic!("one of them was taken for the other");
    };
    assert_eq!((groups.len(), groups[0]), (2, second), "the newest first");
}

fn a_page_full_of_the_name_is_ambiguous<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let call = Create::new("Twin").owner_id(world.employee());
    let error = lose(&client, world, &call);
    // Somebody else's, and so many that the call's own group is not on the first page.
    world.server().with(|portal| {
        let owner = portal.other_user().unwrap().id;
        for _ in 0..50 {
            let id = portal.insert_group("Twin");
            let date = portal.groups().map(|group| group.date_create).max();
            let group = portal.group_mut(id).unwrap();
            (group.owner_id, group.date_create) = (owner, date.unwrap());
        }
    });
    let outcome = client.reconcile(&call, &error).unwrap();
    assert_eq!(outcome, Reconciled::Ambiguous(Vec::new()));
}

fn another_case_is_another_group<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let other = client.call(&Create::new("RUST")).unwrap();
    let call = Create::new("Rust");
    let error = lose_before(&client, world, &call);
    let outcome = client.reconcile(&call, &error).unwrap();
    assert_eq!(outcome, Reconciled::Ambiguous(vec![other]));
    let error = lose(&client, world, &call);
    let found = client.reconcile(&call, &error).unwrap();
    assert!(matches!(found, Reconciled::Done(group) if group != other));
}

fn a_hidden_group_of_another_owner_is_found<C: Caller>(world: &World) {
    let owner = world.employee();
    let client: C = world.admin_client();
    let call = Create::new("Rust").visible(false).owner_id(owner);
    let error = lose(&client, world, &call);
    let found = client.reconcile(&call, &error).unwrap();
    assert!(matches!(found, Reconciled::Done(group) if world.owner(group) == owner));
}

fn the_owner_may_be_the_caller_in_spite_of_the_call<C: Caller>(world: &World) {
    let user = world.employee();
    let client: C = world.client(user);
    let call = Create::new("Rust").owner_id(world.admin());
    let error = lose(&client, world, &call);
    let found = client.reconcile(&call, &error).unwrap();
    assert!(matches!(found, Reconciled::Done(group) if world.owner(group) == user));
}

fn an_access_token_will_do<C: Caller>(world: &World) {
    let token = world.token(world.employee());
    let client = C::token(&world.server().url(), &token).unwrap();
    let call = Create::new("Rust");
    let error = lose(&client, world, &call);
    let found = client.reconcile(&call, &error).unwrap();
    assert!(matches!(found, Reconciled::Done(group) if world.group(group).name == "Rust"));
}

fn an_unreadable_answer_is_looked_up_as_well<C: Caller>(world: &World) {
    // As a raw call that expects a text, the answer is of another form, so the call is known to have run.
    let client: C = world.admin_client();
    let raw = Raw::new(Create::NAME, json!({ "NAME": "Rust" })).output::<String>();
    let error = client.call(&raw).unwrap_err();
    assert_eq!(error.executed(), Executed::Yes);
    let call = Create::new("Rust");
    let Reconciled::Done(group) = client.reconcile(&call, &error).unwrap() else {
        panic!("it ran");
    };
    world
        .server()
        .with(|portal| portal.delete_group(number(group)));
    let outcome = client.reconcile(&call, &error).unwrap();
    assert_eq!(
        outcome,
        Reconciled::Ambiguous(Vec::new()),
        "it ran, but where is it?"
    );
}

fn what_did_not_run_needs_no_request<C: Caller>(world: &World) {
    let proxy = RecordingProxy::before(world);
    let client: C = proxy.client(world, world.employee_without_create_right());
    let call = Create::new("Rust");
    let error = client.call(&call).unwrap_err();
    assert!(error.is(Refusal::NoPermission));
    assert_eq!(client.reconcile(&call, &error).unwrap(), not_done(true));
    let unsent = Create::new("");
    let error = client.call(&unsent).unwrap_err();
    assert_eq!(client.reconcile(&unsent, &error).unwrap(), not_done(true));
    assert_eq!(proxy.requests().len(), 1);
}

fn another_calls_error_is_a_mistake<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let error = lose(
        &client,
        world,
        &Invite::new(world.open_group(), [world.employee()]),
    );
    let mistake = client.reconcile(&Create::new("Rust"), &error).unwrap_err();
    assert!(mistake.is_invalid());
    assert_eq!(mistake.method(), Some(Create::NAME));
    let said = "sonet_group.create: error: it is one of `sonet_group.user.invite`; reconcile the call that failed";
    assert_eq!(mistake.to_string(), said);
    let setup = Config::webhook("not an address").unwrap_err();
    let mistake = client.reconcile(&Create::new("Rust"), &setup).unwrap_err();
    assert!(mistake.is_invalid());
}

fn a_lookup_that_fails_says_so<C: Caller>(world: &World) {
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    let client = C::new(config.rate(Rate::UNLIMITED).retry(Never)).unwrap();
    let call = Create::new("Rust");
    let error = lose(&client, world, &call);
    world
        .server()
        .faults()
        .on(<Get as Method>::NAME)
        .nth(1)
        .before(Fault::Page(502));
    let failed = client.reconcile(&call, &error).unwrap_err();
    assert_eq!(failed.method(), Some(<Get as Method>::NAME));
    let found = client.reconcile(&call, &error).unwrap();
    assert!(
        matches!(found, Reconciled::Done(_)),
        "it can be tried again"
    );
}

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
    world
        .server()
        .with(|portal| portal.delete_group(number(group)));
    let gone = client.reconcile(&call, &error).unwrap_err();
    assert!(gone.is(Refusal::GroupNotFound));
}

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
    a_group_that_was_made_is_found,
    a_group_is_found_whatever_form_its_name_is_kept_in,
    a_group_that_was_not_made_may_still_come,
    older_groups_of_the_name_do_not_count,
    two_groups_of_the_name_are_ambiguous,
    a_page_full_of_the_name_is_ambiguous,
    another_case_is_another_group,
    a_hidden_group_of_another_owner_is_found,
    the_owner_may_be_the_caller_in_spite_of_the_call,
    an_access_token_will_do,
    an_unreadable_answer_is_looked_up_as_well,
    what_did_not_run_needs_no_request,
    another_calls_error_is_a_mistake,
    a_lookup_that_fails_says_so,
    invited_users_are_found,
    who_was_invited_before_proves_nothing,
    a_group_that_is_gone_is_told,
    a_request_is_found,
    a_request_by_one_who_is_invited_leaves_no_trace,
    a_request_that_was_there_before_is_as_good,
}
