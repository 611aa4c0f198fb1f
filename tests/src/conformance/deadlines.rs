//! A call takes no longer than it may, and one that ends early leaves nothing behind.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use sonet_core::{Attempt, Config, Executed, Limits, Method as _, Rate, Raw, RetryPolicy, Verdict};
use sonet_portal::Fault;
use sonet_types::sonet_group::Create;

use super::caller::Caller;
use super::retries::quick;
use super::secrets::assert_tells_nothing;
use super::world::World;

/// Much less than what it waits for, and enough for a busy machine.
const BOUND: Duration = Duration::from_millis(400);

const SOON: Duration = Duration::from_secs(10);

/// Some thirty years: a pause is a random part of it, and never one that a test waits for.
const ENDLESS: Duration = Duration::from_secs(1_000_000_000);

fn read() -> Raw {
    Raw::new("sonet_group.get", Value::Null).read_only()
}

/// A limit with room for one request in a minute.
fn narrow(world: &World) -> Config {
    let rate = Rate::new(1, 1).every(Duration::from_secs(60));
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    config.limits(Limits::new(rate))
}

/// Pauses longer than any test waits.
#[derive(Debug)]
struct Patient;

impl RetryPolicy for Patient {
    fn verdict(&self, _: &Attempt<'_>) -> Verdict {
        Verdict::RetryWithin(ENDLESS)
    }
}

fn a_queue_that_is_too_long_is_told_at_once<C: Caller>(world: &World) {
    let client = C::new(narrow(world)).unwrap();
    client.call(&read()).unwrap();
    let start = Instant::now();
    let error = client
        .with_timeout(BOUND)
        .call(&Create::new("Rust"))
        .unwrap_err();
    assert!(start.elapsed() < SOON);
    assert!(error.is_deadline() && error.is_timeout() && !error.is_connect());
    assert_eq!((error.executed(), error.attempts()), (Executed::No, 0));
    assert_eq!(
        (world.requests().len(), world.executed(Create::NAME)),
        (1, 0)
    );
    let metrics = client.metrics();
    assert_eq!(
        (metrics.waiting, metrics.in_flight, metrics.failed),
        (0, 0, 1)
    );
    assert_tells_nothing(world, &error);
}

fn a_pause_that_is_too_long_ends_the_call_with_its_last_error<C: Caller>(world: &World) {
    let config = quick(world)
        .retry(Patient)
        .call_timeout(Duration::from_secs(30));
    let client = C::new(config).unwrap();
    world.server().faults().on("*").before(Fault::QueryLimit);
    let error = client.call(&Create::new("Rust")).unwrap_err();
    let waited = client.metrics().waited;
    assert_eq!(
        waited,
        Duration::ZERO,
        "neither for the pause nor for the deadline"
    );
    assert!(error.is_deadline() && error.is_limit());
    assert_eq!((error.executed(), error.attempts()), (Executed::No, 1));
}

fn a_server_that_hangs_is_given_up<C: Caller>(world: &World) {
    let client = C::new(quick(world)).unwrap();
    world.server().faults().on("*").before(Fault::Hang);
    let start = Instant::now();
    let errors = [
        client.with_timeout(BOUND).call(&read()).unwrap_err(),
        client
            .with_timeout(BOUND)
            .call(&Create::new("Rust"))
            .map(|_| ())
            .unwrap_err(),
    ];
    assert!(start.elapsed() >= BOUND * 2 && start.elapsed() < SOON);
    for error in errors {
        assert!(error.is_deadline() && error.is_timeout(), "{error:?}");
        assert_eq!((error.executed(), error.attempts()), (Executed::Unknown, 1));
        assert_tells_nothing(world, &error);
    }
    assert_eq!(client.metrics().in_flight, 0);
}

fn each_attempt_has_a_bound_of_its_own<C: Caller>(world: &World) {
    let faults = world.server().faults();
    faults.on("*").nth(1).after(Fault::Hang);
    // Each byte comes in time, and the last one much too late.
    faults
        .on("*")
        .nth(2)
        .after(Fault::Slow(Duration::from_millis(20)));
    let client = C::new(quick(world).response_timeout(BOUND)).unwrap();
    client.call(&read()).unwrap();
    assert_eq!(world.executed_in_all(), 3);
    assert_eq!(client.metrics().retries, 2);
}

fn the_bound_of_a_whole_call_holds_over_its_attempts<C: Caller>(world: &World) {
    world.server().faults().on("*").after(Fault::Hang);
    let config = quick(world)
        .response_timeout(BOUND)
        .call_timeout(BOUND * 3 / 2);
    let start = Instant::now();
    let error = C::new(config).unwrap().call(&read()).unwrap_err();
    assert!(start.elapsed() >= BOUND * 3 / 2 && start.elapsed() < SOON);
    assert!(error.is_deadline(), "{error:?}");
    assert_eq!((error.executed(), error.attempts()), (Executed::Unknown, 2));
}

fn a_hook_that_panics_ends_its_own_call_only<C: Caller>(world: &World) {
    static PANICS: AtomicBool = AtomicBool::new(true);
    let limits = Limits::new(Rate::STANDARD);
    let config = quick(world).limits(limits).rate(Rate::STANDARD);
    let client = C::new(config.on_progress(|progress| {
        let sending = matches!(progress.event, sonet_core::ProgressEvent::Sending);
        assert!(
            !sending || !PANICS.load(Ordering::SeqCst),
            "on purpose: {progress:?}"
        );
    }))
    .unwrap();
    PANICS.store(true, Ordering::SeqCst);
    let call = std::panic::AssertUnwindSafe(|| client.call(&read()));
    let panic = std::panic::catch_unwind(call).unwrap_err();
    let text = panic.downcast_ref::<String>().unwrap();
    assert!(text.contains("Sending"), "{text}");
    super::secrets::check(world, text);
    PANICS.store(false, Ordering::SeqCst);
    assert_eq!(
        (client.metrics().in_flight, client.metrics().waiting),
        (0, 0)
    );
    client.call(&read()).unwrap();
    assert_eq!(world.requests().len(), 1);
}

on_both_clients_and_over_transports! {
    a_queue_that_is_too_long_is_told_at_once,
    a_pause_that_is_too_long_ends_the_call_with_its_last_error,
    a_server_that_hangs_is_given_up,
    each_attempt_has_a_bound_of_its_own,
    the_bound_of_a_whole_call_holds_over_its_attempts,
}

#[test]
fn a_hook_that_panics_in_a_task() {
    a_hook_that_panics_ends_its_own_call_only::<super::caller::Async>(&World::new());
}

#[test]
fn a_hook_that_panics_in_a_thread() {
    a_hook_that_panics_ends_its_own_call_only::<super::caller::Blocking>(&World::new());
}

fn runtime() -> tokio::runtime::Runtime {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().unwrap()
}

#[test]
fn dropped_futures_leave_neither_a_place_nor_a_request_behind() {
    let world = World::new();
    let rate = Rate::new(1, 1).every(Duration::from_millis(200));
    let config = quick(&world).limits(Limits::new(rate)).rate(rate);
    let client = sonet_async::Client::new(config).unwrap();
    world.server().faults().on("*").nth(1).before(Fault::Hang);
    runtime().block_on(async {
        let calls: Vec<_> = (0..20)
            .map(|_| tokio::spawn(client.call(&read())))
            .collect();
        while client.metrics().waiting < 19 || world.server().faults().happened() < 1 {
            tokio::task::yield_now().await;
        }
        assert_eq!(
            (client.metrics().in_flight, client.metrics().requests),
            (1, 1)
        );
        // One in the midst of its request, the others in the queue; one of them stays.
        let (last, others) = calls.split_last().unwrap();
        others.iter().for_each(tokio::task::JoinHandle::abort);
        while others.iter().any(|call| !call.is_finished()) {
            tokio::task::yield_now().await;
        }
        let metrics = client.metrics();
        assert_eq!((metrics.in_flight, metrics.waiting), (0, 1));
        while !last.is_finished() {
            tokio::task::yield_now().await;
        }
    });
    let metrics = client.metrics();
    assert_eq!((metrics.in_flight, metrics.waiting), (0, 0));
    assert_eq!((metrics.succeeded, metrics.failed), (1, 0));
    assert_eq!(world.executed_in_all(), 1);
}

#[test]
fn threads_and_tasks_wait_in_one_queue_and_a_future_that_nobody_polls_blocks_neither() {
    let world = World::new();
    let rate = Rate::new(1, 1).every(Duration::from_millis(100));
    let config = quick(&world).limits(Limits::new(rate)).rate(rate);
    let blocking = sonet_blocking::Client::new(config.clone()).unwrap();
    let client = sonet_async::Client::new(config).unwrap();
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(|| blocking.call(&read()).unwrap());
        }
        runtime().block_on(async {
            let mut never = std::pin::pin!(client.call(&read()));
            // Polled once, and kept.
            let _ = tokio::time::timeout(Duration::ZERO, &mut never).await;
            for _ in 0..5 {
                client.call(&read()).await.unwrap();
            }
        });
    });
    assert!(start.elapsed() < Duration::from_secs(20));
    assert!(world.requests().len() >= 15);
    assert_eq!(client.metrics().waiting, 0);
}
