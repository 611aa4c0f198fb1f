//! What waits for room, and for how long.

use std::time::Duration;

use serde_json::{Value, json};
use sonet_core::{Exchange, Limits, Machine as _, Rate, Session, Step};

use super::play::*;

const DELETE: Delete = Delete { group_id: 7 };
const MEMBERS: Members = Members { id: 7 };

/// An answer that tells the method's time, as of the server's clock.
fn spent(operating: f64, finish: f64, reset: i64) -> Answer {
    Answer::Json(
        200,
        json!({ "result": true, "time": { "finish": finish, "operating": operating, "operating_reset_at": reset } }),
    )
}

#[test]
fn a_burst_and_then_an_even_pace() {
    let answers = (0..60).map(|_| (0.0, Answer::ok())).collect();
    let mut stage = Stage::new(webhook(), answers);
    for _ in 0..60 {
        stage.call(&MEMBERS);
    }
    let log = stage.end();
    let sent: Vec<_> = log
        .lines()
        .filter(|line| line.contains(" > "))
        .filter_map(|line| line.split('>').next())
        .map(|time| time.trim().to_owned())
        .collect();
    assert!(sent[..48].iter().all(|time| time == "0.00s"), "{log}");
    assert_eq!(sent[48..52], ["0.50s", "1.00s", "1.50s", "2.00s"]);
    assert_eq!(sent[59], "6.00s");
}

#[test]
fn a_refusal_in_spite_of_it_slows_down() {
    let answers = vec![
        (0.0, Answer::rate()),
        (0.0, Answer::ok()),
        (0.0, Answer::ok()),
        (0.0, Answer::ok()),
    ];
    let mut stage = Stage::new(webhook(), answers);
    for _ in 0..3 {
        stage.call(&MEMBERS);
    }
    insta::assert_snapshot!(stage.end());
}

#[test]
fn a_method_that_has_used_up_its_time_waits_and_the_others_do_not() {
    let answers = vec![
        (1.0, spent(481.5, 1_000.0, 1_090)),
        (0.1, Answer::ok()),
        (0.1, spent(2.0, 1_091.0, 1_690)),
        (0.1, Answer::ok()),
    ];
    let mut stage = Stage::new(webhook(), answers);
    stage.call(&MEMBERS);
    stage.call(&DELETE);
    stage.call(&MEMBERS);
    stage.call(&MEMBERS);
    insta::assert_snapshot!(stage.end());
}

#[test]
fn a_refusal_for_time_waits_for_the_reset_that_the_last_answer_told() {
    let refusal = || Answer::error(429, "OPERATION_TIME_LIMIT", "Method is blocked");
    let answers = vec![
        (1.0, spent(100.0, 1_000.0, 1_060)),
        (0.1, refusal()),
        (0.1, Answer::ok()),
    ];
    let mut stage = Stage::new(webhook().operating_limit(None), answers);
    stage.call(&DELETE);
    stage.call(&DELETE);
    insta::assert_snapshot!(stage.end());
    // Without an answer before, nobody knows until when.
    insta::assert_snapshot!(play(
        webhook(),
        &DELETE,
        vec![(0.1, refusal()), (0.1, refusal()), (0.1, Answer::ok())]
    ));
}

#[test]
fn a_call_without_the_time_to_wait_says_so_at_once() {
    let rate = Rate::new(1, 1).every(Duration::from_secs(60));
    let config = webhook()
        .limits(Limits::new(rate))
        .call_timeout(Duration::from_secs(5));
    let mut stage = Stage::new(config, vec![(0.0, Answer::ok())]);
    stage.call(&DELETE);
    stage.call(&DELETE);
    insta::assert_snapshot!(stage.end());
}

#[test]
fn a_portal_without_a_limit_is_called_at_once() {
    let config = webhook().limits(Limits::new(Rate::UNLIMITED));
    let answers = (0..200).map(|_| (0.0, Answer::ok())).collect();
    let mut stage = Stage::new(config, answers);
    for _ in 0..200 {
        stage.call(&MEMBERS);
    }
    assert!(!stage.end().contains("waits"));
}

#[test]
fn clients_of_one_portal_share_its_limit() {
    let config = |path: &str| {
        let address = format!("https://shared-limit.bitrix24.com/rest/{path}/");
        sonet_core::Config::webhook(&address).unwrap()
    };
    let now = std::time::Instant::now();
    let one = Session::new(&config("1/secret1"), now).unwrap();
    let two = Session::new(&config("2/secret2"), now).unwrap();
    let mut out = Vec::new();
    for session in [&one, &two].into_iter().cycle().take(48) {
        let mut exchange = Exchange::new(session, &MEMBERS);
        assert!(matches!(
            exchange.poll(now, std::task::Waker::noop()),
            Step::Send(_)
        ));
        out.push(exchange);
    }
    for session in [one, two] {
        let mut exchange = Exchange::new(&session, &MEMBERS);
        let step = exchange.poll(now, std::task::Waker::noop());
        assert!(matches!(step, Step::Wait(_)), "{step:?}");
    }
}

#[test]
fn dropped_calls_leave_no_trace_in_the_queue() {
    let now = std::time::Instant::now();
    let session = Session::new(&webhook(), now).unwrap();
    let waker = std::task::Waker::noop();
    let mut calls: Vec<_> = (0..1_000)
        .map(|_| {
            let mut exchange = Exchange::new(&session, &MEMBERS);
            let _ = exchange.poll(now, waker);
            exchange
        })
        .collect();
    let mut last = calls.pop().unwrap();
    assert_eq!(session.metrics(now).waiting, 952);
    drop(calls);
    let metrics = session.metrics(now);
    assert_eq!((metrics.waiting, metrics.in_flight), (1, 0));
    // Giving up 48 requests does not stop them on their way to the portal.
    let mut then = now;
    while let Step::Wait(until) = last.poll(then, waker) {
        then = until;
    }
    let passed = (then - now).as_secs_f64();
    assert!((5.5..5.6).contains(&passed), "sent after {passed} s");
    assert_eq!(session.metrics(then).in_flight, 1);
}

#[test]
fn the_first_request_waits_for_nothing() {
    let call = sonet_core::Raw::new("profile", Value::Null);
    assert!(!play(webhook(), &call, vec![(0.0, Answer::ok())]).contains('~'));
}
