//! What a clone of a client does otherwise than its settings say, it does with everything.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sonet_core::{Backoff, Batch, Config, Executed, NoRetry, Rate, Raw, RetryReason};
use sonet_portal::Fault;
use sonet_types::Bulk;
use sonet_types::sonet_group::{Create, Get, user};

use super::caller::{Caller, Walk};
use super::canned::Canned;
use super::retries::{Quick, quick};
use super::world::World;

const BOUND: Duration = Duration::from_millis(300);

const SOON: Duration = Duration::from_secs(10);

fn read() -> Raw {
    Raw::new("sonet_group.get", Value::Null).read_only()
}

/// How many requests there were since the last time.
fn requests(world: &World) -> usize {
    let requests = world.requests().len();
    world.server().clear_log();
    requests
}

fn another_policy_decides_about_everything<C: Caller>(world: &World) {
    let client = C::new(quick(world)).unwrap();
    let once = client.with_retry(NoRetry);
    let group = world.open_group();
    world.server().faults().on("*").before(Fault::QueryLimit);

    client.call(&read()).unwrap_err();
    assert_eq!(requests(world), 3, "the client's own policy is as it was");
    once.call(&read()).unwrap_err();
    assert_eq!(requests(world), 1, "a call");
    once.walk(&Get::new(), Walk::default()).error.unwrap();
    assert_eq!(requests(world), 1, "a list");
    once.batch(&(Get::new(), user::Get::new(group)))
        .unwrap_err();
    assert_eq!(requests(world), 1, "a batch");
    let report = once.bulk(&Bulk::add([group], [world.stranger(group)]));
    assert_eq!(report.unwrap().unsettled().count(), 1);
    assert_eq!(requests(world), 1, "a bulk");

    world.server().faults().clear();
    world.server().faults().on("*").after(Fault::Reset);
    let create = Create::new("Rust");
    let error = client.call(&create).unwrap_err();
    assert_eq!(error.executed(), Executed::Unknown);
    requests(world);
    once.reconcile(&create, &error).unwrap_err();
    assert_eq!(requests(world), 1, "a lookup");
}

fn a_policy_decides_about_single_commands<C: Caller>(_: &World) {
    let server = Canned::answering(200, |_| {
        let refused = json!({ "c0": { "error": "QUERY_LIMIT_EXCEEDED" } });
        json!({ "result": { "result": [], "result_error": refused } }).to_string()
    });
    let config = Config::webhook(&server.webhook("c4n4ry")).unwrap();
    let client = C::new(config.rate(Rate::UNLIMITED).retry(Quick)).unwrap();
    for (client, sent) in [(client.with_retry(NoRetry), 1), (client, 3)] {
        let before = client.requests();
        let mut batch = Batch::new();
        let command = batch.add(&read());
        let mut run = batch.build().unwrap();
        while !run.is_finished() {
            client.run(&mut run).unwrap();
        }
        assert!(run.outcome(command).unwrap_err().is_limit());
        assert_eq!(client.requests() - before, sent);
    }
}

fn options_are_added_to_each_other<C: Caller>(world: &World) {
    let client = C::new(quick(world)).unwrap();
    world.server().faults().on("*").before(Fault::Hang);
    let start = Instant::now();
    let both = client.with_timeout(BOUND).with_retry(NoRetry);
    let error = both.call(&read()).unwrap_err();
    assert!(error.is_deadline() && error.attempts() == 1, "{error:?}");
    let error = both.with_timeout(SOON * 6).with_response_timeout(BOUND);
    let error = error.call(&read()).unwrap_err();
    assert!(error.is_timeout() && !error.is_deadline(), "{error:?}");
    assert_eq!(error.attempts(), 1);
    assert!(start.elapsed() < SOON);
}

fn a_backoff_has_the_bounds_that_it_was_given<C: Caller>(world: &World) {
    let policy = Backoff::new()
        .attempts(RetryReason::Rate, 6)
        .first_pause(RetryReason::Rate, Duration::from_millis(1))
        .longest_pause(RetryReason::Rate, Duration::from_millis(2));
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    let client = C::new(config.rate(Rate::UNLIMITED).retry(policy)).unwrap();
    world.server().faults().on("*").before(Fault::QueryLimit);
    let start = Instant::now();
    assert_eq!(client.call(&read()).unwrap_err().attempts(), 6);
    assert!(start.elapsed() < SOON);
}

on_both_clients! {
    another_policy_decides_about_everything,
    a_policy_decides_about_single_commands,
    options_are_added_to_each_other,
    a_backoff_has_the_bounds_that_it_was_given,
}
