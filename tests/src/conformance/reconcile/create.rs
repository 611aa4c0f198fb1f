//! Groups that may have been made.

use serde_json::json;
use sonet_core::{Executed, Method as _, Raw, Reconciled};
use sonet_types::sonet_group::Create;

use super::{NOT_YET, lose, lose_before, not_done};
use crate::conformance::caller::Caller;
use crate::conformance::world::World;

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
        world.server().with(|portal| portal.delete_group(group));
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
            world.server().with(|portal| portal.delete_group(group));
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
    world.server().with(|portal| portal.delete_group(group));
    let outcome = client.reconcile(&call, &error).unwrap();
    assert_eq!(
        outcome,
        Reconciled::Ambiguous(Vec::new()),
        "it ran, but where is it?"
    );
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
}
