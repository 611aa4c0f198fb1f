//! Many writes over a bad line: each is done once, or told.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use sonet_core::{
    Attempt, Config, Error, Executed, Method as _, Rate, Reconciled, RetryPolicy, Verdict,
};
use sonet_portal::Fault;
use sonet_types::sonet_group::Create;

use super::caller::{Async, Blocking, Caller};
use super::world::{World, group_id};

/// How many calls are under way at once.
const TOGETHER: usize = 50;

/// What share of all calls something happens to.
const FAULTS: f64 = 0.2;

/// The portal answers within milliseconds, and what hangs is not worth waiting for.
const ANSWER_TIMEOUT: Duration = Duration::from_millis(400);

/// Repeats at once whatever it is asked about, and hardly gives up.
#[derive(Debug)]
struct Eager;

impl RetryPolicy for Eager {
    fn verdict(&self, attempt: &Attempt<'_>) -> Verdict {
        match attempt.times {
            0..50 => Verdict::RetryWithin(Duration::from_millis(5)),
            _ => Verdict::GiveUp,
        }
    }
}

/// What can go wrong with a call without the server lying: an answer that says that it refused is never given to a call
/// that it ran. A refusal for operating time is left out: the client would wait for the reset, minutes away.
fn break_the_line(world: &World) {
    let anything = [
        Fault::Reset,
        Fault::Hang,
        Fault::Truncate,
        Fault::Slow(Duration::from_millis(50)),
        Fault::Length(7),
        Fault::Length(-7),
        Fault::Garbage,
        Fault::NotGzip,
        Fault::Page(502),
        Fault::Page(504),
        Fault::Internal,
    ];
    let refusals = [Fault::QueryLimit, Fault::Page(429)];
    let faults = world.server().faults();
    faults.seed(7);
    let kinds = i32::try_from(2 * anything.len() + refusals.len()).unwrap();
    let chance = 1.0 - (1.0 - FAULTS).powf(1.0 / f64::from(kinds));
    let on_any = || faults.on("*").chance(chance);
    for fault in refusals {
        on_any().before(fault);
    }
    for fault in anything {
        on_any().before(fault.clone());
        on_any().after(fault);
    }
}

#[derive(Debug, Default, PartialEq)]
struct Count {
    acknowledged: usize,
    /// Failed, and known not to have run.
    refused: usize,
    unknown: usize,
    /// Of the unknown ones.
    executed: usize,
    /// Of the unknown ones, those that a lookup found at once.
    found_at_once: usize,
    duplicates: usize,
    /// Lookups that failed themselves and were made again.
    lookups_again: usize,
    requests: u64,
    faults: u64,
}

/// Makes so many groups over a bad line, and holds every answer against the portal's own state.
fn create<C: Caller>(calls: usize) -> Count {
    let world = World::with(0, 20);
    let config = Config::webhook(&world.webhook(world.admin())).unwrap();
    let config = config.rate(Rate::UNLIMITED).operating_limit(None).seed(7);
    let client = C::new(config.retry(Eager).response_timeout(ANSWER_TIMEOUT)).unwrap();
    break_the_line(&world);

    let methods: Vec<Create> = (0..calls)
        .map(|n| Create::new(format!("Lost {n}")))
        .collect();
    let mut count = Count::default();
    let (mut acknowledged, mut unknown) = (BTreeMap::new(), Vec::new());
    let mut numbers = 0..;
    for chunk in methods.chunks(TOGETHER) {
        let outcomes = client.call_together(chunk);
        for ((method, outcome), n) in chunk.iter().zip(outcomes).zip(&mut numbers) {
            match outcome {
                Ok(group) => drop(acknowledged.insert(n, group)),
                Err(error) if error.executed() == Executed::No => count.refused += 1,
                Err(error) => {
                    let outcome = reconcile(&client, method, &error, &mut count);
                    count.found_at_once += usize::from(matches!(outcome, Reconciled::Done(_)));
                    unknown.push((n, error));
                }
            }
        }
    }
    settle(&world);

    let mut made: BTreeMap<usize, Vec<_>> = BTreeMap::new();
    for group in world.groups() {
        if let Some(n) = group.name.strip_prefix("Lost ") {
            let n = n.parse().unwrap();
            made.entry(n).or_default().push(group_id(group.id));
        }
    }
    count.acknowledged = acknowledged.len();
    count.unknown = unknown.len();
    count.duplicates = made.values().filter(|groups| groups.len() > 1).count();
    for (n, group) in acknowledged {
        assert_eq!(made.remove(&n), Some(vec![group]), "call {n}");
    }
    for (n, error) in unknown {
        let made = made.remove(&n);
        let outcome = reconcile(&client, &methods[n], &error, &mut count);
        match made {
            Some(groups) => {
                assert_eq!(outcome, Reconciled::Done(groups[0]), "call {n}: {error}");
                count.executed += 1;
            }
            None => assert!(
                matches!(outcome, Reconciled::NotDone { .. }),
                "call {n}: {error}: {outcome:?}"
            ),
        }
    }
    assert!(made.is_empty(), "calls that did not run made {made:?}");
    let executed = usize::try_from(world.executed(Create::NAME)).unwrap();
    assert_eq!(executed, count.acknowledged + count.executed);
    assert_eq!(count.duplicates, 0);
    count.requests = client.metrics().requests;
    count.faults = world.server().faults().happened();
    count
}

/// Looks until a lookup comes through.
fn reconcile<C: Caller>(
    client: &C,
    method: &Create,
    error: &Error,
    count: &mut Count,
) -> Reconciled<sonet_types::GroupId> {
    loop {
        match client.reconcile(method, error) {
            Ok(outcome) => return outcome,
            Err(_) => count.lookups_again += 1,
        }
    }
}

/// Waits until the portal has run whatever a client has given up waiting for, and mends the line.
fn settle(world: &World) {
    let mut executed = u64::MAX;
    let deadline = Instant::now() + Duration::from_secs(30);
    while executed != world.executed_in_all() && Instant::now() < deadline {
        executed = world.executed_in_all();
        std::thread::sleep(Duration::from_millis(200));
    }
    world.server().faults().clear();
}

fn five_hundred<C: Caller>() {
    let count = create::<C>(500);
    assert!(count.acknowledged > 350, "{count:?}");
    assert!(count.unknown > 20 && count.executed > 5, "{count:?}");
    assert_eq!(count.acknowledged + count.unknown + count.refused, 500);
}

#[test]
fn five_hundred_with_the_async_client() {
    five_hundred::<Async>();
}

#[test]
fn five_hundred_with_the_blocking_client() {
    five_hundred::<Blocking>();
}

#[test]
#[ignore = "takes minutes; it tells its numbers with --nocapture"]
fn ten_thousand_with_the_async_client() {
    println!("{:#?}", create::<Async>(10_000));
}

#[test]
#[ignore = "takes minutes; it tells its numbers with --nocapture"]
fn ten_thousand_with_the_blocking_client() {
    println!("{:#?}", create::<Blocking>(10_000));
}
