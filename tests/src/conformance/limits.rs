//! The limits of a portal: how many requests at once and a second, and how much time a method takes.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sonet_core::{Config, Limits, Raw};

use super::caller::{Async, Blocking, Caller};
use super::world::{World, number};

/// The shape of the real limit, ten times faster.
const FAST: Duration = Duration::from_millis(100);

/// Lets the portal count, and sets up a client that knows how.
fn limited(world: &World) -> Config {
    world.rule(|rules| rules.rate = Some(sonet_portal::Rate::STANDARD.every(FAST)));
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    config.rate(sonet_core::Rate::STANDARD.every(FAST))
}

fn refused(world: &World) -> u64 {
    world.server().with(|portal| portal.refused_for_rate())
}

fn reads(count: usize) -> Vec<Raw> {
    let read = || Raw::new("sonet_group.get", Value::Null).read_only();
    (0..count).map(|_| read()).collect()
}

/// When the portal answered, from its first answer on.
fn answered(world: &World) -> Vec<Duration> {
    let log = world.server().log();
    let since = |entry: &sonet_portal::LogEntry| entry.at.duration_since(log[0].at);
    log.iter()
        .map(|entry| since(entry).unwrap_or_default())
        .collect()
}

fn a_hundred_calls_at_once_are_never_refused<C: Caller>(world: &World) {
    let times = Arc::new(Mutex::new(Vec::new()));
    let start = Instant::now();
    let own = Arc::clone(&times);
    let config = limited(world).on_progress(move |progress| {
        if matches!(progress.event, sonet_core::ProgressEvent::Sending) {
            own.lock().unwrap().push(start.elapsed());
        }
    });
    let client = C::new(config).unwrap();
    for outcome in client.call_together(&reads(100)) {
        outcome.unwrap();
    }
    assert_eq!((refused(world), world.executed_in_all()), (0, 100));
    assert_eq!(client.metrics().requests, 100);
    // However the machine is loaded: no request left before its time.
    for (n, at) in (0_u32..).zip(times.lock().unwrap().iter()) {
        let room = 48.0 + at.as_secs_f64() * 20.0;
        assert!(f64::from(n) < room, "{n} requests had left after {at:?}");
    }
    let took = *answered(world).last().unwrap();
    assert!(
        took < Duration::from_secs(10),
        "the floor is 2.5 s: {took:?}"
    );
}

/// At the real rate, and so in half a minute: run it by hand where nothing else runs.
fn a_hundred_calls_take_twenty_five_seconds<C: Caller>(world: &World) {
    world.rule(|rules| rules.rate = Some(sonet_portal::Rate::STANDARD));
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    let client = C::new(config).unwrap();
    for outcome in client.call_together(&reads(100)) {
        outcome.unwrap();
    }
    assert_eq!((refused(world), world.executed_in_all()), (0, 100));
    let took = answered(world).last().unwrap().as_secs_f64();
    println!("100 calls took {took:.2} s; the floor is 25 s");
    assert!(took <= 25.0 * 1.05, "{took}");
}

#[test]
#[ignore = "takes half a minute, and nothing else may run"]
fn a_hundred_asynchronous_calls_at_the_real_rate() {
    a_hundred_calls_take_twenty_five_seconds::<Async>(&World::new());
}

#[test]
#[ignore = "takes half a minute, and nothing else may run"]
fn a_hundred_blocking_calls_at_the_real_rate() {
    a_hundred_calls_take_twenty_five_seconds::<Blocking>(&World::new());
}

#[test]
fn two_clients_of_one_portal_share_its_limit() {
    let world = World::new();
    let one = <Blocking>::new(limited(&world)).unwrap();
    let portal = world.server().url();
    let token = Config::token(&portal, world.token(world.employee()));
    let two = <Async>::new(token.unwrap()).unwrap();
    let (ones, twos) = thread::scope(|scope| {
        let ones = scope.spawn(|| one.call_together(&reads(50)));
        (two.call_together(&reads(50)), ones.join().unwrap())
    });
    for outcome in ones.into_iter().chain(twos) {
        outcome.unwrap();
    }
    assert_eq!((refused(&world), world.executed_in_all()), (0, 100));
    assert!(one.metrics().rate_waits + two.metrics().rate_waits >= 50);
    assert_eq!(one.metrics().succeeded, 50);
}

/// Makes a request as another program would, and reads nothing into the answer.
fn request(url: &str) {
    let host = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).unwrap();
    let head = format!(
        "GET /rest/1/none/profile.json HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let _ = stream.read_to_end(&mut Vec::new());
}

fn another_program_at_the_same_address_slows_the_client_down<C: Caller>(world: &World) {
    let client = C::new(limited(world)).unwrap();
    let url = world.server().url();
    // However slow the machine is, the count is at the threshold when the client begins.
    while refused(world) == 0 {
        request(&url);
    }
    let done = AtomicBool::new(false);
    let outcomes = thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                request(&url);
                thread::sleep(Duration::from_millis(150));
            }
        });
        let outcomes = client.call_together(&reads(30));
        done.store(true, Ordering::SeqCst);
        outcomes
    });
    for outcome in outcomes {
        outcome.unwrap();
    }
    let metrics = client.metrics();
    assert_eq!(world.executed("sonet_group.get"), 30);
    assert!(metrics.refused > 0 && refused(world) >= metrics.refused);
    assert_eq!(metrics.requests, 30 + metrics.refused);
    assert_eq!((metrics.succeeded, metrics.failed), (30, 0));
}

const SLOW: &str = "sonet_group.user.get";

/// Lets a method use up most of its time, nearly ten minutes ago.
fn tire<C: Caller>(world: &World, client: &C) -> Raw {
    world.rule(|rules| {
        rules.operating_limit = Some(Duration::from_secs(1));
        rules.costs = [(SLOW.to_owned(), Duration::from_millis(900))].into();
    });
    let group = number(world.open_group());
    let slow = Raw::new(SLOW, json!({ "ID": group })).read_only();
    client.call(&slow).unwrap();
    world
        .server()
        .with(|portal| portal.advance(Duration::from_secs(598)));
    let reply = client.reply(&slow).unwrap();
    assert_eq!(reply.time.operating, Some(1.8));
    slow
}

fn check_that_only_it_waits<C: Caller>(world: &World, client: &C, slow: &Raw) {
    world.server().clear_log();
    let other = Raw::new("sonet_group.get", Value::Null).read_only();
    for outcome in client.call_together(&[slow.clone(), other]) {
        outcome.unwrap();
    }
    let requests = world.requests();
    let order: Vec<&str> = requests
        .iter()
        .filter(|(_, status)| *status == 200)
        .map(|(method, _)| method.as_str())
        .collect();
    assert_eq!(order, ["sonet_group.get", SLOW], "{requests:?}");
    assert_eq!(client.metrics().operating_waits, 1);
}

fn a_method_that_is_refused_for_its_time_waits_and_others_do_not<C: Caller>(world: &World) {
    let client: C = world.admin_client();
    let slow = tire(world, &client);
    check_that_only_it_waits(world, &client, &slow);
    let refused = world.server().with(|portal| portal.refused_for_operating());
    assert_eq!((refused, client.metrics().refused), (1, 1));
}

/// Waits for seconds, and so with one client only; the rule has a transcript.
#[test]
fn a_method_waits_before_it_is_refused_where_the_limit_is_known() {
    let world = World::new();
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    let config = config.limits(Limits::new(sonet_core::Rate::UNLIMITED));
    let client = <Blocking>::new(config.operating_limit(Some(Duration::from_secs(1)))).unwrap();
    let slow = tire(&world, &client);
    check_that_only_it_waits(&world, &client, &slow);
    let refused = world.server().with(|portal| portal.refused_for_operating());
    assert_eq!((refused, client.metrics().refused), (0, 0));
}

on_both_clients! {
    a_hundred_calls_at_once_are_never_refused,
    another_program_at_the_same_address_slows_the_client_down,
    a_method_that_is_refused_for_its_time_waits_and_others_do_not,
}
