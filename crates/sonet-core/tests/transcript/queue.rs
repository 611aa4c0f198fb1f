//! Many calls at once: who is next, and whether the server's own count stays below its threshold.

use std::sync::{Arc, Mutex};
use std::task::{Wake, Waker};
use std::time::{Duration, Instant};

use sonet_core::{Exchange, Limits, Machine as _, Rate, Session, Step};

use super::crowd::Crowd;
use super::play::*;

const MEMBERS: Members = Members { id: 7 };

fn seconds(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

#[test]
fn whatever_the_delays_the_server_refuses_nothing() {
    for seed in 0..60 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut crowd = Crowd::new();
        crowd.server.phase = seconds(random.f64());
        let (slowest, calls) = ([0.0, 0.05, 1.0, 4.0][random.usize(0..4)], 300);
        for _ in 0..calls {
            let begin = seconds(f64::from(random.u32(0..4)) * 20.0 + random.f64());
            let index = crowd.call_at(begin);
            if random.u8(0..10) == 0 {
                crowd.drop_at(index, begin + seconds(random.f64() * 60.0));
            }
        }
        crowd.way = Box::new(move || {
            let there = seconds(random.f64() * slowest);
            (there, seconds(random.f64() * slowest * 0.2))
        });
        crowd.run();
        assert_eq!(crowd.server.refused, 0, "seed {seed}");
        assert!(crowd.server.admitted >= 250, "{}", crowd.server.admitted);
    }
}

#[test]
fn a_burst_that_is_counted_late_is_counted_in_full() {
    let mut crowd = Crowd::new();
    // Nobody waits, so nothing looks at the count while the requests are out.
    crowd.way = Box::new(|| (seconds(4.2), seconds(0.1)));
    for _ in 0..48 {
        crowd.call();
    }
    crowd.way = Box::new(|| (Duration::ZERO, seconds(0.1)));
    for _ in 0..48 {
        crowd.call_at(seconds(4.3));
    }
    crowd.run();
    assert_eq!(crowd.server.refused, 0);
}

#[test]
fn a_hundred_calls_take_no_longer_than_the_limit_makes_them() {
    let mut crowd = Crowd::new();
    crowd.way = Box::new(|| (seconds(0.01), seconds(0.05)));
    for _ in 0..100 {
        crowd.call();
    }
    crowd.run();
    assert_eq!((crowd.server.admitted, crowd.server.refused), (100, 0));
    // (100 - 50) / 2 is the floor of any client.
    assert!(crowd.seconds() < 25.0 * 1.05, "{}", crowd.seconds());
}

#[test]
fn ten_thousand_calls_come_in_their_order_and_are_left_alone_until_then() {
    let mut crowd = Crowd::new();
    crowd.way = Box::new(|| (seconds(0.01), seconds(0.05)));
    for _ in 0..10_000 {
        crowd.call();
    }
    assert_eq!(crowd.session.metrics(crowd.now).waiting, 9_952);
    crowd.run();
    assert_eq!((crowd.server.admitted, crowd.server.refused), (10_000, 0));
    assert!(crowd.sent.is_sorted());
    assert!(crowd.polls < 10_000 * 6, "{} polls", crowd.polls);
}

#[test]
fn calls_that_are_never_polled_again_hold_the_others_up_for_a_moment() {
    let mut crowd = Crowd::new();
    for _ in 0..48 {
        crowd.call();
    }
    let waiting: Vec<usize> = (0..2_000).map(|_| crowd.call()).collect();
    let (last, others) = waiting.split_last().unwrap();
    let stuck = others[1_998];
    crowd.forget(stuck);
    // Its turn was told when it was the 1,999th.
    for index in &others[..1_998] {
        crowd.drop_now(*index);
    }
    crowd.drop_now(others[1_998] - 1);
    crowd.call();
    crowd.run_until(seconds(10.0));
    assert!(crowd.sent.len() >= 50, "{} were sent", crowd.sent.len());
    assert!(crowd.sent.contains(last), "the one behind it was sent");
}

#[test]
fn a_limit_that_is_switched_off_lets_all_go_that_wait() {
    let mut crowd = Crowd::new();
    let limits = Limits::new(Rate::STANDARD);
    crowd.session = Session::new(&webhook().limits(limits.clone()), crowd.now).unwrap();
    crowd.way = Box::new(|| (seconds(0.0), seconds(10.0)));
    for _ in 0..200 {
        crowd.call();
    }
    limits.set_rate(Rate::UNLIMITED);
    crowd.run_until(seconds(1.0));
    assert_eq!(crowd.sent.len(), 200);
}

#[test]
fn a_faster_rate_holds_for_those_that_wait() {
    let mut crowd = Crowd::new();
    let limits = Limits::new(Rate::STANDARD);
    crowd.session = Session::new(&webhook().limits(limits.clone()), crowd.now).unwrap();
    for _ in 0..400 {
        crowd.call();
    }
    limits.set_rate(Rate::ENTERPRISE);
    crowd.run_until(seconds(0.1));
    assert_eq!(crowd.sent.len(), 245);
    limits.set_rate(Rate::STANDARD);
    crowd.run_until(seconds(60.0));
    assert!(crowd.sent.len() < 250, "{}", crowd.sent.len());
}

#[test]
fn a_call_that_was_refused_keeps_its_place() {
    let mut crowd = Crowd::new();
    // Somebody else has used up the count.
    for _ in 0..51 {
        crowd.server.admit(Duration::ZERO);
    }
    crowd.server.refused = 0;
    let first = crowd.call();
    for _ in 0..100 {
        crowd.call_at(seconds(0.1));
    }
    crowd.run();
    let again = crowd.sent.iter().rposition(|call| *call == first).unwrap();
    assert!(crowd.server.refused > 0);
    assert!(again < 75, "it went to the end of the queue: {again}");
}

/// Holds a call, as the waker of an executor may hold the task that the call is in.
#[allow(dead_code, reason = "it is there to be dropped")]
struct Holder(Mutex<Option<Exchange<Members>>>);

impl Wake for Holder {
    fn wake(self: Arc<Self>) {}
}

#[test]
fn a_waker_may_drop_a_call_when_it_is_dropped_itself() {
    let now = Instant::now();
    let session = Session::new(&webhook(), now).unwrap();
    let send = |count| {
        let calls = (0..count).map(|_| {
            let mut exchange = Exchange::new(&session, &MEMBERS);
            let _ = exchange.poll(now, Waker::noop());
            exchange
        });
        calls.collect::<Vec<_>>()
    };
    let _out = send(48);
    let holding = || {
        let held = send(1).pop();
        Waker::from(Arc::new(Holder(Mutex::new(held))))
    };
    let mut exchange = Exchange::new(&session, &MEMBERS);
    for _ in 0..2 {
        assert!(matches!(exchange.poll(now, &holding()), Step::Wait(_)));
    }
    drop(exchange);
    assert_eq!(session.metrics(now).waiting, 0);
}

#[test]
fn a_portal_that_moves_to_a_known_one_shares_its_limit() {
    let config = |host: &str| {
        let address = format!("https://{host}.bitrix24.com/rest/1/s3cr3t/");
        sonet_core::Config::webhook(&address).unwrap()
    };
    let mut stage = Stage::new(
        config("moves-away"),
        vec![(0.0, Answer::Moved("https://known-already.bitrix24.com/"))],
    );
    let known = Session::new(&config("known-already"), stage.now).unwrap();
    let mut one = Exchange::new(&stage.session, &MEMBERS);
    let Step::Send(outgoing) = one.poll(stage.now, Waker::noop()) else {
        panic!("the first is sent")
    };
    stage.answer(&mut one, &outgoing);
    assert!(matches!(one.poll(stage.now, Waker::noop()), Step::Send(_)));
    assert_eq!(
        known.metrics(stage.now).in_flight,
        1,
        "one count for one portal"
    );
}

#[test]
fn what_is_over_at_the_deadline_was_waited_for() {
    let limits = Limits::new(Rate::new(1, 1));
    let mut stage = Stage::new(
        webhook().limits(limits).call_timeout(seconds(3.0)),
        vec![(2.5, Answer::ok())],
    );
    stage.call(&MEMBERS);
    stage.now += seconds(2.0);
    let now = stage.now;
    let mut held = Exchange::new(&stage.session, &MEMBERS);
    let Step::Send(_) = held.poll(now, Waker::noop()) else {
        panic!("the count is 0 again")
    };
    // The other's answer takes longer than anybody can foresee, and its request is counted until then.
    let call = Exchange::new(&stage.session, &MEMBERS);
    assert!(stage.drive(call).is_err());
    let waited = stage.session.metrics(stage.now).waited;
    assert_eq!(
        waited.as_millis(),
        2_000,
        "up to when it was clear that there is not enough time"
    );
}

#[test]
fn a_write_that_the_deadline_cuts_is_told_so() {
    let mut stage = Stage::new(
        webhook().call_timeout(seconds(2.0)),
        vec![(5.0, Answer::ok())],
    );
    let call = Exchange::new(&stage.session, &Delete { group_id: 7 });
    let error = stage.drive(call).unwrap_err();
    assert!(error.is_deadline() && error.is_timeout());
    assert_eq!(error.executed(), sonet_core::Executed::Unknown);
}
