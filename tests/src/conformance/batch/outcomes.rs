//! What comes of each method of a batch.

use serde_json::{Value, json};
use sonet_core::PageStart;
use sonet_core::{Batch, Error, Executed, Method as _, Raw};
use sonet_portal::{BatchOverflow, InitiatedBy, Role};
use sonet_types::Refusal;
use sonet_types::socialnetwork::api::workgroup;
use sonet_types::sonet_group::{Create, Delete, Get, Update, user};

use crate::conformance::caller::Caller;
use crate::conformance::recording_proxy::RecordingProxy;
use crate::conformance::secrets::assert_tells_nothing;
use crate::conformance::world::{World, group_id};

fn each_method_of_a_tuple_has_its_own_outcome<C: Caller>(world: &World) {
    let (group, nowhere) = (world.open_group(), world.no_group());
    let newcomer = world.stranger(group);
    let proxy = RecordingProxy::before(world);
    let client: C = proxy.client(world, world.admin());
    let calls = (
        user::Get::new(group),
        user::Invite::new(nowhere, [newcomer]),
        user::Invite::new(group, [newcomer]).message("\"Come\" & see: 100% ж"),
        workgroup::Get::new(nowhere),
        Raw::new("no.such.method", json!({})),
    );
    let (members, nobody, invited, workgroup, unknown) = client.batch(&calls).unwrap();
    assert!(!members.unwrap().is_empty());
    assert_eq!(invited.unwrap(), [newcomer]);
    let refused = |error: &Error, method| {
        assert!(error.is(Refusal::GroupNotFound), "{error:?}");
        assert_eq!(
            (error.executed(), error.method()),
            (Executed::No, Some(method))
        );
        assert_tells_nothing(world, error);
    };
    refused(&nobody.unwrap_err(), user::Invite::NAME);
    refused(&workgroup.unwrap_err(), workgroup::Get::NAME);
    let unknown = unknown.unwrap_err();
    let code = unknown.api().unwrap().code();
    assert_eq!(code, "ERROR_METHOD_NOT_FOUND");
    assert_eq!(proxy.requests().len(), 1);
    assert_eq!(world.executed(user::Invite::NAME), 1);
    let invitation = Some((Role::Awaiting, InitiatedBy::Group));
    assert_eq!(world.relation(group, newcomer), invitation);
}

fn a_list_of_one_method_has_a_list_of_outcomes<C: Caller>(world: &World) {
    let (group, nowhere) = (world.open_group(), world.no_group());
    let client: C = world.admin_client();
    let groups = [group, nowhere, group];
    let calls: Vec<_> = groups.iter().map(workgroup::Get::new).collect();
    let outcomes = client.batch(&calls).unwrap();
    let [first, refused, last] = client.batch(&groups.map(workgroup::Get::new)).unwrap();
    assert_eq!(outcomes.len(), 3);
    assert_eq!(outcomes[0].as_ref().unwrap(), &first.unwrap());
    assert!(outcomes[1].as_ref().unwrap_err().is(Refusal::GroupNotFound));
    assert!(refused.unwrap_err().is(Refusal::GroupNotFound));
    assert_eq!(outcomes[2].as_ref().unwrap(), &last.unwrap());

    // More go in several requests, which a `Batch` keeps apart.
    let many = vec![workgroup::Get::new(group); 51];
    let error = client.batch(&many).map(drop).unwrap_err();
    assert!(error.is_invalid(), "{error}");
    let mut batch = Batch::new().split();
    let handles = batch.add_all(many);
    let mut run = batch.build().unwrap();
    client.run(&mut run).unwrap();
    assert!(handles.into_iter().all(|group| run.outcome(group).is_ok()));
}

fn a_batch_that_halts_leaves_out_the_rest<C: Caller>(world: &World) {
    let (group, nowhere) = (world.open_group(), world.no_group());
    let newcomer = world.stranger(group);
    let client: C = world.admin_client();
    let calls = (
        Create::new("Before"),
        Delete::new(nowhere),
        user::Add::new(group, [newcomer]),
    );
    let (created, refused, left_out) = client.batch_halting(&calls).unwrap();
    assert_eq!(world.group(created.unwrap()).name, "Before");
    assert!(refused.unwrap_err().is(Refusal::GroupNotFound));
    let left_out = left_out.unwrap_err();
    assert!(left_out.is_not_run());
    assert_eq!(left_out.executed(), Executed::No);
    assert_eq!(world.executed(user::Add::NAME), 0);
    assert_eq!(world.relation(group, newcomer), None);
}

fn a_wrong_parameter_of_one_method_sends_none<C: Caller>(world: &World) {
    let proxy = RecordingProxy::before(world);
    let client: C = proxy.client(world, world.admin());
    let group = world.open_group();
    let wrong = user::Add::new(group, [0]);
    let error = client
        .batch(&(Create::new("Rust"), wrong))
        .map(drop)
        .unwrap_err();
    assert!(error.is_invalid(), "{error:?}");
    assert_eq!(error.method(), Some(user::Add::NAME));
    let marked = (Create::new("It costs $result[c0]"), user::Get::new(group));
    let error = client.batch(&marked).map(drop).unwrap_err();
    assert!(error.is_invalid(), "{error:?}");
    assert_tells_nothing(world, &error);
    assert_eq!(proxy.requests().len(), 0);
}

fn lists_in_a_batch_have_their_totals<C: Caller>(_: &World) {
    let world = World::with(120, 20);
    let client: C = world.admin_client();
    let mut batch = Batch::new();
    let first = batch.add(&Get::new().is_admin(true).order(Get::ID.asc()));
    let last = batch.add(
        &Get::new()
            .is_admin(true)
            .order(Get::ID.asc())
            .start(PageStart::at_row(100)),
    );
    let mut run = batch.build().unwrap();
    client.run(&mut run).unwrap();
    let (first, last) = (run.reply(first).unwrap(), run.reply(last).unwrap());
    assert_eq!(
        (first.result.len(), first.total, first.next),
        (50, Some(120), Some(50))
    );
    assert_eq!(
        (last.result.len(), last.total, last.next),
        (20, Some(120), None)
    );
    assert!(first.time.date_start.is_some());
}

fn many_commands_are_split_where_the_user_says_so<C: Caller>(world: &World) {
    let proxy = RecordingProxy::before(world);
    let client: C = proxy.client(world, world.admin());
    let of = |mut batch: Batch| {
        let add = |n| batch.add(&Create::new(format!("Group {n}")));
        let handles: Vec<_> = (0..120).map(add).collect();
        (batch.build(), handles)
    };
    let error = of(Batch::new()).0.unwrap_err();
    assert!(
        error.is_invalid() && error.to_string().contains("Batch::split"),
        "{error}"
    );

    let (run, handles) = of(Batch::new().split());
    let mut run = run.unwrap();
    client.run(&mut run).unwrap();
    assert_eq!(proxy.requests().len(), 3);
    assert_eq!(world.executed(Create::NAME), 120);
    for (n, handle) in handles.into_iter().enumerate() {
        let group = run.outcome(handle).unwrap();
        assert_eq!(world.group(group).name, format!("Group {n}"));
    }
}

/// The portal's two answers to what the client refuses to send.
fn too_many_commands_are_refused_by_the_portal_too<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let commands: serde_json::Map<String, Value> = (0..51)
        .map(|n| (format!("c{n:02}"), json!("sonet_group.user.groups")))
        .collect();
    let call = Raw::new("batch", json!({ "cmd": commands })).read_only();
    let answer = client.call(&call).unwrap();
    let error = &answer["result_error"]["c50"]["error"];
    assert_eq!(error, "ERROR_BATCH_LENGTH_EXCEEDED");
    world
        .server()
        .with(|portal| portal.rules_mut().batch_overflow = BatchOverflow::Whole);
    let error = client.call(&call).unwrap_err();
    assert!(error.api().unwrap().has_code("ERROR_BATCH_LENGTH_EXCEEDED"));
}

/// A text that is a query by itself arrives as a text.
fn every_text_survives_a_batch<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    for text in [
        "a&b=c[d]=e?f#g%20+h",
        "ж \u{1f980}\n\t\"'\\",
        "$result",
        "1",
    ] {
        let group = client
            .batch(&(Create::new(text).description(text),))
            .unwrap();
        let group = world.group(group.0.unwrap());
        assert_eq!(
            (group.name.as_str(), group.description.as_str()),
            (text, text)
        );
    }
}

fn a_batch_costs_one_request_whoever_calls<C: Caller>(world: &World) {
    let token = world.token(world.admin());
    let client = C::token(&world.server().url(), &token).unwrap();
    let group = group_id(1);
    let (changed, members) = client
        .batch(&(
            Update::new(group).description("Changed"),
            user::Get::new(group),
        ))
        .unwrap();
    assert_eq!(changed.unwrap(), group);
    assert!(!members.unwrap().is_empty());
    assert_eq!(world.group(group).description, "Changed");
}

on_both_clients! {
    each_method_of_a_tuple_has_its_own_outcome,
    a_list_of_one_method_has_a_list_of_outcomes,
    a_batch_that_halts_leaves_out_the_rest,
    a_wrong_parameter_of_one_method_sends_none,
    lists_in_a_batch_have_their_totals,
    many_commands_are_split_where_the_user_says_so,
    too_many_commands_are_refused_by_the_portal_too,
    every_text_survives_a_batch,
    a_batch_costs_one_request_whoever_calls,
}
