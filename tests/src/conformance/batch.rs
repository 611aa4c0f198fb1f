//! Several methods in one request.

use std::time::Duration;

use serde_json::{Value, json};
use sonet_core::{Batch, Config, Error, Executed, Limits, Method as _, Rate, Raw};
use sonet_portal::{BatchOverflow, Fault, InitiatedBy, Role};
use sonet_types::socialnetwork::api::workgroup;
use sonet_types::sonet_group::{Create, Delete, Get, Update, user};
use sonet_types::{GroupId, Refusal, UserId};

use super::caller::Caller;
use super::canned::Canned;
use super::recording_proxy::RecordingProxy;
use super::secrets::{assert_tells_nothing, told};
use super::world::{World, group_id};

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

fn a_new_group_is_referred_to<C: Caller>(world: &World) {
    let newcomers = world.strangers(world.open_group());
    let client: C = world.admin_client();
    let mut batch = Batch::new().halt();
    let created = batch.add(&Create::new("Rust & friends").opened(true));
    let invited = batch.add_with(created.value(), |group| {
        user::Invite::new(group, newcomers.clone())
    });
    let members = batch.add_with(created.value(), user::Get::new);
    let promoted = batch.add_with(
        (
            created.value(),
            members.index(0).field("USER_ID").id::<UserId>(),
        ),
        |(group, owner)| user::Update::new(group, [owner], user::SettableRole::Moderator),
    );
    let mut run = batch.build().unwrap();
    client.run(&mut run).unwrap();
    let group = run.outcome(created).unwrap();
    assert_eq!(world.group(group).name, "Rust & friends");
    let mut invited = run.outcome(invited).unwrap();
    invited.sort();
    assert_eq!(invited, newcomers);
    assert_eq!(run.outcome(members).unwrap()[0].user_id, world.admin());
    assert!(
        run.outcome(promoted).unwrap().is_empty(),
        "an owner stays one"
    );
}

fn after_a_failed_creation_nothing_refers_to_it<C: Caller>(world: &World) {
    let newcomer = world.stranger(world.open_group());
    let client: C = world.client(world.employee_without_create_right());
    let mut batch = Batch::new().halt();
    let created = batch.add(&Create::new("Rust"));
    let invited = batch.add_with(created.value(), |group| {
        user::Invite::new(group, [newcomer])
    });
    let mut run = batch.build().unwrap();
    client.run(&mut run).unwrap();
    assert!(run.outcome(created).unwrap_err().is(Refusal::NoPermission));
    assert!(run.outcome(invited).unwrap_err().is_not_run());
    assert_eq!(world.executed(user::Invite::NAME), 0);
}

fn rows_that_a_reference_does_not_find_are_told<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let mut batch = Batch::new().halt();
    let none = batch.add(&Get::new().is_admin(true).filter(Get::NAME.eq("nothing")));
    let named = batch.add_with(none.index(0).field("NAME").text(), Create::new);
    let mut run = batch.build().unwrap();
    client.run(&mut run).unwrap();
    assert!(run.outcome(none).unwrap().is_empty());
    let error = run.outcome(named).unwrap_err();
    assert!(error.is_unresolved(), "{error:?}");
    assert_eq!(error.executed(), Executed::Yes);
    let name = "$result[c0][0][NAME]";
    let created = world.groups().iter().any(|group| group.name == name);
    assert!(created, "which is what the server does");
}

fn lists_in_a_batch_have_their_totals<C: Caller>(_: &World) {
    let world = World::with(120, 20);
    let client: C = world.admin_client();
    let mut batch = Batch::new();
    let first = batch.add(&Get::new().is_admin(true).order(Get::ID.asc()));
    let last = batch.add(&Get::new().is_admin(true).order(Get::ID.asc()).start(100));
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

fn references_are_kept_together_where_a_batch_is_split<C: Caller>(world: &World) {
    let newcomer = world.stranger(world.open_group());
    let proxy = RecordingProxy::before(world);
    let client: C = proxy.client(world, world.admin());
    let mut batch = Batch::new().halt().split();
    let mut handles = Vec::new();
    for n in 0..40 {
        let created = batch.add(&Create::new(format!("Group {n}")));
        let invited = batch.add_with(created.value(), |group| {
            user::Invite::new(group, [newcomer])
        });
        let members = batch.add_with(created.value(), user::Get::new);
        handles.push((created, invited, members));
    }
    let mut run = batch.build().unwrap();
    client.run(&mut run).unwrap();
    assert_eq!(proxy.requests().len(), 3, "48, 48 and 24 commands");
    for (n, (created, invited, members)) in handles.into_iter().enumerate() {
        let group = run.outcome(created).unwrap();
        assert_eq!(world.group(group).name, format!("Group {n}"));
        assert_eq!(run.outcome(invited).unwrap(), [newcomer]);
        assert_eq!(run.outcome(members).unwrap()[0].user_id, world.admin());
        assert_eq!(world.role(group, newcomer), Some(Role::Awaiting));
    }
}

fn a_lost_answer_is_told_and_the_rest_goes_on<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let mut batch = Batch::new().split();
    let handles: Vec<_> = (0..120)
        .map(|n| batch.add(&Create::new(format!("Group {n}"))))
        .collect();
    let mut run = batch.build().unwrap();
    world
        .server()
        .faults()
        .on("batch")
        .nth(2)
        .after(Fault::Reset);
    let error = client.run(&mut run).unwrap_err();
    assert_eq!(
        (error.executed(), error.method()),
        (Executed::Unknown, Some("batch"))
    );
    assert_tells_nothing(world, &error);
    assert_eq!(world.executed(Create::NAME), 100, "both ran, and once each");

    client.run(&mut run).unwrap();
    assert_eq!(world.executed(Create::NAME), 120);
    for (n, handle) in handles.into_iter().enumerate() {
        match run.outcome(handle) {
            Ok(group) => assert_eq!(world.group(group).name, format!("Group {n}")),
            Err(error) => {
                assert!((50..100).contains(&n), "{n}: {error}");
                assert_eq!(error.executed(), Executed::Unknown);
            }
        }
    }
}

fn a_batch_of_reads_is_repeated_after_a_lost_answer<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let group = world.open_group();
    let faults = world.server().faults();
    faults.on("batch").nth(1).after(Fault::Reset);
    let (members, found) = client.batch(&(user::Get::new(group), Get::new())).unwrap();
    assert!(!members.unwrap().is_empty() && !found.unwrap().is_empty());
    assert_eq!(world.executed(user::Get::NAME), 2);

    faults.on("batch").nth(1).after(Fault::Reset);
    let calls = (Create::new("Rust"), user::Get::new(group));
    let error = client.batch(&calls).map(drop).unwrap_err();
    assert_eq!(error.executed(), Executed::Unknown);
    assert_eq!(world.executed(Create::NAME), 1);
}

/// The portal's two answers to what the client refuses to send.
fn too_many_commands_are_refused_by_the_portal_too<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let commands: serde_json::Map<String, Value> = (0..51)
        .map(|n| (format!("c{n:02}"), json!("sonet_group.user.groups")))
        .collect();
    let call = Raw::new("batch", json!({ "cmd": commands })).read();
    let answer = client.call(&call).unwrap();
    let error = &answer["result_error"]["c50"]["error"];
    assert_eq!(error, "ERROR_BATCH_LENGTH_EXCEEDED");
    world
        .server()
        .with(|portal| portal.rules_mut().batch_overflow = BatchOverflow::Whole);
    let error = client.call(&call).unwrap_err();
    assert!(error.api().unwrap().has_code("ERROR_BATCH_LENGTH_EXCEEDED"));
}

fn a_command_refused_for_its_time_is_told_as_such<C: Caller>(world: &World) {
    world.server().with(|portal| {
        let rules = portal.rules_mut();
        rules.operating_limit = Some(Duration::from_secs(1));
        rules
            .costs
            .insert(Create::NAME.to_owned(), Duration::from_millis(600));
    });
    // Of their own, or whichever portal gets this one's port would find its methods paused for ten minutes.
    let limits = Limits::new(Rate::UNLIMITED);
    let config = || {
        let config = Config::webhook(&world.webhook(world.admin())).unwrap();
        config.limits(limits.clone())
    };
    let client = C::new(config()).unwrap();
    let (one, two, three, read) = client
        .batch(&(
            Create::new("1"),
            Create::new("2"),
            Create::new("3"),
            user::Groups::new(),
        ))
        .unwrap();
    assert!(one.is_ok() && two.is_ok() && read.is_ok());
    let error = three.unwrap_err();
    assert!(error.is_limit(), "{error:?}");
    assert_eq!(error.executed(), Executed::No);
    assert_eq!(world.executed(Create::NAME), 2);

    let mut batch = Batch::new();
    let created = batch.add(&Create::new("4"));
    let mut run = batch.build().unwrap();
    let hasty = C::new(config().call_timeout(Duration::from_secs(5))).unwrap();
    let error = hasty.run(&mut run).unwrap_err();
    assert!(
        error.is_deadline(),
        "the method waits for its reset: {error:?}"
    );
    assert_eq!(run.outcome(created).unwrap_err().executed(), Executed::No);
    assert_eq!(world.executed(Create::NAME), 2, "it was not sent");
}

fn answers_that_repeat_the_request_tell_no_secret<C: Caller>(_: &World) {
    fn in_an_error(request: &str) -> String {
        json!({ "result": { "result": [], "result_error": {
            "c0": { "error": request, "error_description": request }, "c1": request,
        }}})
        .to_string()
    }
    fn in_a_result(request: &str) -> String {
        json!({ "result": { "result": { "c0": [{ "USER_ID": request }], "c1": request } } })
            .to_string()
    }
    fn as_another_form(request: &str) -> String {
        json!({ "result": { "result": [request] } }).to_string()
    }
    let (secret, token) = ("canary7webhook", "canary7token");
    for script in [
        in_an_error as fn(&str) -> String,
        in_a_result,
        as_another_form,
    ] {
        let server = Canned::answering(200, script);
        for client in [
            C::webhook(&server.webhook(secret)).unwrap(),
            C::token(&server.url(), token).unwrap(),
        ] {
            let group = GroupId::new(7);
            let calls = (user::Get::new(group), Delete::new(group));
            let errors: Vec<Error> = match client.batch(&calls) {
                Ok((one, two)) => one.err().into_iter().chain(two.err()).collect(),
                Err(whole) => vec![whole],
            };
            assert!(!errors.is_empty());
            for error in errors {
                let told = told(&error);
                assert!(!told.contains("canary7"), "{told}");
            }
        }
    }
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
    a_batch_that_halts_leaves_out_the_rest,
    a_wrong_parameter_of_one_method_sends_none,
    a_new_group_is_referred_to,
    after_a_failed_creation_nothing_refers_to_it,
    rows_that_a_reference_does_not_find_are_told,
    lists_in_a_batch_have_their_totals,
    many_commands_are_split_where_the_user_says_so,
    references_are_kept_together_where_a_batch_is_split,
    a_lost_answer_is_told_and_the_rest_goes_on,
    a_batch_of_reads_is_repeated_after_a_lost_answer,
    too_many_commands_are_refused_by_the_portal_too,
    a_command_refused_for_its_time_is_told_as_such,
    answers_that_repeat_the_request_tell_no_secret,
    every_text_survives_a_batch,
    a_batch_costs_one_request_whoever_calls,
}
