//! What a client says about itself is what the portal saw.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value;
use sonet_core::{ProgressEvent, Raw};
use sonet_portal::Fault;

use super::caller::Caller;
use super::retries::quick;
use super::secrets::check;
use super::world::World;

/// What the hook was told, by kind.
type Told = Arc<Mutex<BTreeMap<&'static str, u64>>>;

fn kind(event: &ProgressEvent<'_>) -> &'static str {
    match event {
        ProgressEvent::Sending => "sending",
        ProgressEvent::Waiting(..) => "waiting",
        ProgressEvent::Waited(_) => "waited",
        ProgressEvent::Failed(_) => "failed",
        ProgressEvent::Succeeded { .. } => "succeeded",
        ProgressEvent::GaveUp(_) => "gave up",
        _ => "other",
    }
}

fn the_numbers_and_the_hook_tell_what_the_portal_saw<C: Caller>(world: &World) {
    let faults = world.server().faults();
    faults.seed(7);
    faults.on("*").chance(0.1).before(Fault::QueryLimit);
    faults.on("*").chance(0.1).after(Fault::Reset);
    faults.on("*").chance(0.1).before(Fault::Page(502));
    let told = Told::default();
    let shown = Arc::new(Mutex::new(String::new()));
    let (own, text) = (Arc::clone(&told), Arc::clone(&shown));
    let client = C::new(quick(world).on_progress(move |progress| {
        *own.lock()
            .unwrap()
            .entry(kind(&progress.event))
            .or_default() += 1;
        writeln!(text.lock().unwrap(), "{progress:?}").unwrap();
    }));
    let client = client.unwrap();
    let read = || Raw::new("sonet_group.get", Value::Null).read_only();
    let write = || Raw::new("sonet_group.create", serde_json::json!({ "NAME": "New" }));
    let calls: Vec<Raw> = (0..120)
        .map(|n| if n % 2 == 0 { read() } else { write() })
        .collect();
    let mut outcomes = Vec::new();
    for some in calls.chunks(20) {
        outcomes.extend(client.call_together(some));
    }

    let metrics = client.metrics();
    let log = world.server().log();
    let count = |status| log.iter().filter(|entry| entry.status == status).count() as u64;
    let succeeded = outcomes.iter().filter(|outcome| outcome.is_ok()).count() as u64;
    assert_eq!(metrics.requests, log.len() as u64);
    assert_eq!(metrics.refused, count(503));
    assert_eq!(
        (metrics.succeeded, metrics.failed),
        (succeeded, 120 - succeeded)
    );
    assert_eq!(metrics.retries, metrics.requests - 120);
    assert!(metrics.failed > 0 && metrics.retries > 0, "{metrics:?}");
    assert_eq!(
        (metrics.in_flight, metrics.waiting, metrics.level),
        (0, 0, 0.0)
    );
    let attempts: u32 = outcomes
        .iter()
        .filter_map(|o| o.as_ref().err())
        .map(sonet_core::Error::attempts)
        .sum();
    assert!(u64::from(attempts) >= metrics.failed);

    let told = told.lock().unwrap();
    let told = |kind| told.get(kind).copied().unwrap_or_default();
    assert_eq!(told("sending"), metrics.requests);
    assert_eq!(told("failed"), metrics.retries);
    assert_eq!(told("succeeded"), metrics.succeeded);
    assert_eq!(told("gave up"), metrics.failed);
    assert_eq!(told("waiting"), told("waited"));
    assert_eq!(told("other"), 0);
    check(world, &shown.lock().unwrap());
}

/// A limit is waited for, a refusal is waited out, and what has not been sent has no request.
fn every_method_has_numbers_of_its_own<C: Caller>(world: &World) {
    let client = C::new(quick(world)).unwrap();
    let create = || Raw::new("sonet_group.create", serde_json::json!({ "NAME": "New" }));
    let read = Raw::new("sonet_group.get", Value::Null).read_only();
    for _ in 0..3 {
        client.call(&create()).unwrap();
    }
    let faults = world.server().faults();
    faults.on("*").nth(1).before(Fault::QueryLimit);
    client.call(&read).unwrap();
    faults.clear();
    let (one, other) = client.batch(&(read, create())).unwrap();
    assert!(one.is_ok() && other.is_ok());
    let wrong = Raw::new("no such method", Value::Null);
    client.call(&wrong).unwrap_err();

    let metrics = client.metrics();
    let methods = metrics.methods();
    let names: Vec<_> = methods.iter().map(|own| own.method.as_deref()).collect();
    let expected = [
        Some("batch"),
        Some("sonet_group.create"),
        Some("sonet_group.get"),
    ];
    assert_eq!(names[..3], expected, "by name");
    assert_eq!(names[3..], [None], "and last what has no name");
    let counts = methods
        .iter()
        .map(|own| (own.succeeded, own.failed, own.requests, own.retries));
    assert_eq!(
        counts.collect::<Vec<_>>(),
        [(1, 0, 1, 0), (3, 0, 3, 0), (1, 0, 2, 1), (0, 1, 0, 0)]
    );
    for own in methods {
        assert_eq!(own.request_duration.count(), own.requests);
        let (calls, requests) = (own.call_duration.sum(), own.request_duration.sum());
        assert!(calls >= requests + own.waited, "{own:?}");
    }
    let [calls, requests] = [
        methods
            .iter()
            .map(|own| own.call_duration.count())
            .sum::<u64>(),
        methods.iter().map(|own| own.requests).sum(),
    ];
    assert_eq!(calls, metrics.succeeded, "what was not sent took no time");
    assert_eq!(requests, metrics.requests);
    assert!(methods[2].waited > Duration::ZERO);
}

on_both_clients! {
    every_method_has_numbers_of_its_own,
    the_numbers_and_the_hook_tell_what_the_portal_saw,
}
