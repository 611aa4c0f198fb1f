//! Batches that fail as a whole, and commands that fail for a reason of the whole.

use std::time::Duration;

use serde_json::json;
use sonet_core::{Batch, Config, Error, Executed, Limits, Method as _, Rate};
use sonet_portal::Fault;
use sonet_types::GroupId;
use sonet_types::sonet_group::{Create, Delete, Get, user};

use crate::conformance::caller::Caller;
use crate::conformance::canned::Canned;
use crate::conformance::secrets::{assert_tells_nothing, told};
use crate::conformance::world::World;

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

on_both_clients_and_over_transports! {
    a_lost_answer_is_told_and_the_rest_goes_on,
    a_batch_of_reads_is_repeated_after_a_lost_answer,
    a_command_refused_for_its_time_is_told_as_such,
    answers_that_repeat_the_request_tell_no_secret,
}
