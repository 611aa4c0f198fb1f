//! Tests on a real server.

use std::time::{Duration, Instant};

use redis::Script;
use sonet_core::LocalPlaces;

use super::*;
use crate::testing::Server;

const PORTAL: &str = "portal.example.com";
const SECOND: Duration = Duration::from_secs(1);

fn place(limits: &RedisLimits, rate: Rate) -> LimitPlace {
    match take(limits, rate, LimitCaller::app("app.1"), &[]) {
        LimitAnswer::Place(place) => place,
        other => panic!("{other:?}"),
    }
}

fn take(
    limits: &RedisLimits,
    rate: Rate,
    caller: LimitCaller<'_>,
    methods: &[String],
) -> LimitAnswer {
    let request = LimitRequest::new(PORTAL, rate, caller, methods);
    limits.take(&request).unwrap()
}

/// Runs a command over a key, as an operator would.
fn lua(redis: &Redis, script: &str) -> i64 {
    redis.run(&Redis::call(&Script::new(script), &[])).unwrap()
}

#[test]
fn two_processes_share_a_bucket_and_each_address_has_its_own() {
    let Some(server) = Server::start() else {
        return;
    };
    let rate = Rate::new(4, 1).every(10 * SECOND);
    let (first, second) = (
        RedisLimits::new(server.redis()),
        RedisLimits::new(server.redis()),
    );
    for limits in [&first, &second, &first] {
        assert_eq!(place(limits, rate).after(), Duration::ZERO);
    }
    let (third, fourth) = (place(&second, rate).after(), place(&first, rate).after());
    assert!(
        third > 9 * SECOND && third < 10 * SECOND + SECOND / 10,
        "{third:?}"
    );
    assert!(
        fourth > 19 * SECOND && fourth < 20 * SECOND + SECOND / 10,
        "{fourth:?}"
    );
    let other = RedisLimits::new(server.redis()).scope("192.0.2.7");
    assert_eq!(place(&other, rate).after(), Duration::ZERO);
    assert_eq!(place(&first, Rate::UNLIMITED).after(), Duration::ZERO);
    assert_eq!((first.stats().round_trips, first.stats().places), (4, 4));
}

#[test]
fn a_place_that_is_given_back_is_another_ones() {
    let Some(server) = Server::start() else {
        return;
    };
    let rate = Rate::new(2, 1).every(100 * SECOND);
    let (first, second) = (
        RedisLimits::new(server.redis()),
        RedisLimits::new(server.redis()),
    );
    place(&first, rate);
    let waits = place(&first, rate);
    assert!(waits.after() > 99 * SECOND);
    first.give_back(PORTAL, rate, &waits);
    // Nothing is asked any more, and yet it is told.
    let began = Instant::now();
    while first.stats().given_back == 0 && began.elapsed() < 5 * SECOND {
        thread::sleep(Duration::from_millis(10));
    }
    let after = place(&second, rate).after();
    assert!(after > 98 * SECOND && after < 101 * SECOND, "{after:?}");
}

#[test]
fn a_method_that_pauses_pauses_for_all_of_its_caller() {
    let Some(server) = Server::start() else {
        return;
    };
    let (first, second) = (
        RedisLimits::new(server.redis()),
        RedisLimits::new(server.redis()),
    );
    let methods = ["a".to_owned(), "b".to_owned()];
    let caller = LimitCaller::webhook("canary");
    first.pause(PORTAL, &caller, "b", 60 * SECOND).unwrap();
    first.pause(PORTAL, &caller, "b", SECOND).unwrap();
    let LimitAnswer::Paused(pauses) = take(&second, Rate::STANDARD, caller, &methods) else {
        panic!("it pauses");
    };
    let [(method, left)] = &pauses[..] else {
        panic!("{pauses:?}");
    };
    assert_eq!(method, "b");
    assert!(*left > 58 * SECOND && *left <= 60 * SECOND, "{left:?}");
    let runs = |caller, methods| {
        let answer = take(&second, Rate::STANDARD, caller, methods);
        matches!(answer, LimitAnswer::Place(_))
    };
    assert!(runs(caller, &methods[..1]), "another method");
    assert!(
        runs(LimitCaller::webhook("other"), &methods),
        "another caller"
    );
    assert!(runs(LimitCaller::app("canary"), &methods), "another kind");
    assert_eq!(second.stats().round_trips, 4, "no question for it alone");
    let found = "return #redis.call('KEYS', '*canary*') * 100 + #redis.call('KEYS', 'sonet:{portal.example.com}:*')";
    assert_eq!(lua(&server.redis(), found), 3, "no secret, and three keys");
    let lasting = "local n = 0 for _, k in ipairs(redis.call('KEYS', '*')) do if redis.call('TTL', k) < 0 then n = n + 1 end end return n";
    assert_eq!(lua(&server.redis(), lasting), 0, "all expire");
}

#[test]
fn a_bucket_that_vanished_is_full_once() {
    let Some(mut server) = Server::start() else {
        return;
    };
    let rate = Rate::new(4, 1).every(10 * SECOND);
    let limits = RedisLimits::new(server.redis());
    place(&limits, rate);
    lua(
        &server.redis(),
        "return redis.call('DEL', 'sonet:{portal.example.com}:bucket', 'sonet:{portal.example.com}:places')",
    );
    let after = place(&limits, rate).after();
    assert!(
        after > 9 * SECOND,
        "nobody knows what was counted: {after:?}"
    );
    let newcomer = RedisLimits::new(server.redis());
    let after = place(&newcomer, rate).after();
    assert!(
        after > 19 * SECOND && after < 20 * SECOND + SECOND / 10,
        "once: {after:?}"
    );
    assert_eq!(limits.stats().lost_buckets, 1);
    assert_eq!(newcomer.stats().lost_buckets, 0);
    lua(
        &server.redis(),
        "return redis.call('DEL', 'sonet:{portal.example.com}:places')",
    );
    place(&newcomer, rate);
    assert_eq!(newcomer.stats().lost_buckets, 1, "the places alone");
    server.restart();
    let after = place(&limits, rate).after();
    assert!(after > 9 * SECOND, "{after:?}");
}

#[test]
fn a_bucket_that_vanished_is_full_once_even_if_a_newcomer_asks_first() {
    let Some(server) = Server::start() else {
        return;
    };
    let rate = Rate::new(4, 1).every(10 * SECOND);
    let limits = || RedisLimits::new(server.redis());
    let (first, second, newcomer) = (limits(), limits(), limits());
    place(&first, rate);
    place(&second, rate);
    lua(&server.redis(), "redis.call('FLUSHALL') return 1");
    assert_eq!(place(&newcomer, rate).after(), Duration::ZERO);
    let after = place(&first, rate).after();
    assert!(after > 9 * SECOND, "it is taken for full: {after:?}");
    let after = place(&second, rate).after();
    assert!(
        after > 19 * SECOND && after < 21 * SECOND,
        "once: {after:?}"
    );
    let after = place(&newcomer, rate).after();
    assert!(
        after > 29 * SECOND && after < 31 * SECOND,
        "once: {after:?}"
    );
    let lost = [first, second, newcomer].map(|limits| limits.stats().lost_buckets);
    assert_eq!(lost, [1, 0, 0]);
}

#[test]
fn a_pause_from_before_the_clock_was_set_back_is_none() {
    let Some(server) = Server::start() else {
        return;
    };
    let limits = RedisLimits::new(server.redis());
    let (caller, methods) = (LimitCaller::app("app.1"), ["a".to_owned()]);
    limits.pause(PORTAL, &caller, "a", 3_600 * SECOND).unwrap();
    let pauses = |limits: &RedisLimits| take(limits, Rate::STANDARD, caller, &methods);
    let LimitAnswer::Paused(known) = pauses(&limits) else {
        panic!("it pauses");
    };
    assert!(known[0].1 <= 600 * SECOND, "the longest: {known:?}");
    lua(
        &server.redis(),
        "local key = redis.call('KEYS', '*:pauses:*')[1] \
         redis.call('HSET', key, 'a', redis.call('HGET', key, 'a') + 3600e6) return 1",
    );
    assert!(matches!(pauses(&limits), LimitAnswer::Place(_)));
    limits.pause(PORTAL, &caller, "a", SECOND).unwrap();
    let LimitAnswer::Paused(known) = pauses(&limits) else {
        panic!("it pauses again");
    };
    assert!(known[0].1 <= SECOND, "{known:?}");
}

#[test]
fn while_the_server_is_gone_calls_fail_or_go_on_alone() {
    let Some(mut server) = Server::start() else {
        return;
    };
    let rate = Rate::new(8, 1).every(10 * SECOND);
    let strict = RedisLimits::new(server.redis());
    let alone = RedisLimits::new(server.redis()).fallback(0.5);
    place(&strict, rate);
    place(&alone, rate);
    server.stop();
    let error = strict.reserve(PORTAL, rate).unwrap_err().to_string();
    assert!(
        error.contains("can't be reached") && error.contains("check that it runs"),
        "{error}"
    );
    let waits: Vec<_> = (0..4).map(|_| place(&alone, rate).after()).collect();
    assert!(waits[..3].iter().all(Duration::is_zero), "{waits:?}");
    assert!(waits[3] > 19 * SECOND, "half of the rate: {waits:?}");
    alone.refused(PORTAL, rate).unwrap();
    let stats = alone.stats();
    assert!(
        stats.is_down && stats.fallback_places == 4 && stats.failures > 0,
        "{stats:?}"
    );
    server.restart();
    thread::sleep(Duration::from_millis(500));
    // The trial is over by then, and what left meanwhile is counted.
    let after = place(&alone, rate).after();
    assert!(!alone.stats().is_down);
    assert!(after > 9 * SECOND, "{after:?}");
    assert!(strict.reserve(PORTAL, rate).is_ok());
}

#[test]
fn calls_that_ask_together_are_one_round_trip() {
    let Some(server) = Server::start() else {
        return;
    };
    let limits = RedisLimits::new(server.redis());
    let rate = Rate::new(500, 1);
    thread::scope(|scope| {
        for _ in 0..32 {
            scope.spawn(|| {
                for _ in 0..10 {
                    let place = place(&limits, rate);
                    limits.ended(PORTAL, rate, &place);
                }
            });
        }
    });
    let stats = limits.stats();
    assert_eq!(stats.places, 320);
    assert!(stats.round_trips < 200, "{stats:?}");
}

/// A server's clock that the test sets, and the script that goes by it.
struct Clock {
    redis: Redis,
    script: Script,
    set: Script,
    began: Instant,
    now: Instant,
}

impl Clock {
    fn new(redis: Redis) -> Self {
        let text = include_str!("take.lua");
        let real = "redis.call('TIME')";
        assert!(text.contains(real));
        let virtual_clock = "{tonumber(redis.call('GET', 'clock')) / 1e6, 0}";
        let now = Instant::now();
        Self {
            redis,
            script: Script::new(&text.replace(real, virtual_clock)),
            set: Script::new("redis.call('SET', 'clock', ARGV[1]) return 1"),
            began: now,
            now,
        }
    }

    fn ask(&self, order: &Order<'_>) -> Vec<LimitPlace> {
        let micros = (self.now - self.began).as_micros() + 1_700_000_000_000_000;
        let mut set = Redis::call(&self.set, &[]);
        set.arg(micros.to_string());
        self.redis.run::<i64>(&set).unwrap();
        let answer = script::take_by(&self.script, &self.redis, "b", "p", order).unwrap();
        let places = answer.taken.into_iter().map(|taken| match taken {
            LimitAnswer::Place(place) => place,
            other => panic!("{other:?}"),
        });
        places.collect()
    }
}

fn order(rate: Rate, asks: &[Ask]) -> Order<'_> {
    Order {
        rate,
        alive_until: 0,
        born: 0,
        extra: 0.0,
        refused: false,
        ended: &[],
        given_back: &[],
        asks,
    }
}

fn asks(count: usize) -> Vec<Ask> {
    let ask = || Ask {
        pauses: None,
        methods: Vec::new(),
    };
    std::iter::repeat_with(ask).take(count).collect()
}

/// On random schedules, the script gives places for the moments for which the bucket of one process does.
#[test]
fn the_script_counts_as_one_process_does() {
    let Some(server) = Server::start() else {
        return;
    };
    for seed in 0..12 {
        let mut random = fastrand::Rng::with_seed(seed);
        let rate = [
            Rate::STANDARD,
            Rate::ENTERPRISE,
            Rate::new(5, 3).every(2 * SECOND),
        ][random.usize(..3)];
        let refuses = seed % 2 == 1;
        let mut clock = Clock::new(server.redis());
        lua(&clock.redis, "redis.call('FLUSHALL') return 1");
        let mut local = LocalPlaces::default();
        // Each place by the number that either gave it, and when it is due.
        let mut open: Vec<(LimitPlace, u64, Instant)> = Vec::new();
        for step in 0..300_u64 {
            clock.now += Duration::from_micros(random.u64(1..400_000));
            let now = clock.now;
            match random.u32(..10) {
                0..6 => {
                    let count = random.usize(1..4);
                    let given = clock.ask(&order(rate, &asks(count)));
                    for (n, place) in given.into_iter().enumerate() {
                        let id = step * 10 + n as u64;
                        let expected = local.take(rate, id, now).after();
                        let difference = expected.abs_diff(place.after());
                        let tolerance = if refuses {
                            Duration::from_millis(20) + expected / 50
                        } else {
                            Duration::from_micros(50)
                        };
                        assert!(
                            difference <= tolerance,
                            "seed {seed}, step {step}: {:?}, not {expected:?}",
                            place.after()
                        );
                        open.push((place, id, now + expected));
                    }
                }
                6..8 if !open.is_empty() => {
                    let (place, id, due) = open.swap_remove(random.usize(..open.len()));
                    local.end(rate, &LimitPlace::new(id, Duration::ZERO), now);
                    let ids = [place.id()];
                    // One whose moment has not come was not used.
                    let (ended, given_back): (&[u64], &[u64]) =
                        if due <= now { (&ids, &[]) } else { (&[], &ids) };
                    clock.ask(&Order {
                        ended,
                        given_back,
                        ..order(rate, &[])
                    });
                }
                8 if refuses => {
                    local.refuse(rate, now);
                    clock.ask(&Order {
                        refused: true,
                        ..order(rate, &[])
                    });
                }
                _ => {}
            }
        }
    }
}

/// A portal's count, which falls in steps.
struct Counted {
    count: u32,
    step: Instant,
}

impl Counted {
    /// Takes a request, and says whether it is refused.
    fn refuses(&mut self, rate: (u32, u32), now: Instant) -> bool {
        while self.step + SECOND <= now {
            self.step += SECOND;
            self.count = self.count.saturating_sub(rate.1);
        }
        self.count += 1;
        self.count > rate.0
    }
}

/// However requests are late on their way, the portal refuses none.
#[test]
fn no_more_get_in_than_the_portal_takes() {
    let Some(server) = Server::start() else {
        return;
    };
    for seed in 0..8 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut clock = Clock::new(server.redis());
        lua(&clock.redis, "redis.call('FLUSHALL') return 1");
        let phase = Duration::from_millis(random.u64(..1_000));
        let mut portal = Counted {
            count: 0,
            step: clock.now.checked_sub(phase).unwrap(),
        };
        // When each request arrives at the portal, by its place.
        let mut out: Vec<(Instant, u64)> = Vec::new();
        let mut ended = Vec::new();
        let mut given = 0;
        for _ in 0..250 {
            clock.now += Duration::from_millis(random.u64(..2_000));
            out.sort_unstable();
            let come = out.iter().take_while(|(at, _)| *at <= clock.now).count();
            for (at, id) in out.drain(..come) {
                assert!(!portal.refuses((50, 2), at), "seed {seed}: refused");
                ended.push(id);
            }
            let count = if random.u32(..20) == 0 {
                30
            } else {
                random.usize(..4)
            };
            let told = std::mem::take(&mut ended);
            let places = clock.ask(&Order {
                ended: &told,
                ..order(Rate::STANDARD, &asks(count))
            });
            given += places.len();
            for place in places {
                let late = Duration::from_millis(random.u64(..900));
                out.push((clock.now + place.after() + late, place.id()));
            }
        }
        assert!(given > 400, "{given}");
    }
}

#[test]
fn a_clock_that_is_set_back_holds_nobody_up() {
    let Some(server) = Server::start() else {
        return;
    };
    let mut clock = Clock::new(server.redis());
    clock.now += 3_600 * SECOND;
    clock.ask(&order(Rate::STANDARD, &asks(60)));
    clock.now = clock.began;
    let places = clock.ask(&order(Rate::STANDARD, &asks(2)));
    let waits: Vec<u128> = places
        .iter()
        .map(|place| place.after().as_millis())
        .collect();
    assert_eq!(waits, [500, 1_000], "it is full, once");
    clock.now += 60 * SECOND;
    let places = clock.ask(&order(Rate::STANDARD, &asks(1)));
    assert_eq!(places[0].after(), Duration::ZERO);
}
