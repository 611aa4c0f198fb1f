//! One request and its answer.

use std::task::Waker;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use sonet_core::{
    App, Batch, Cause, Config, Error, Exchange, Executed, Failure, Limits, Machine as _, Method,
    NoRetry, Rate, Raw, Session, Step, Tokens,
};

use super::play::*;

#[test]
fn a_call_through_a_webhook() {
    let answer = Answer::Json(200, json!({ "result": true }));
    insta::assert_snapshot!(play(webhook().retry(NoRetry), &Delete { group_id: 7 }, vec![(0.04, answer)]), @r#"
    0.00s > POST /rest/1/s3cr3t/sonet_group.delete.json {"GROUP_ID":7}
    0.04s < 200 {"result":true}
    0.04s = true
    "#);
}

#[test]
fn a_token_travels_in_the_body() {
    let config = Config::token("example.bitrix24.com", "t0k\"en").unwrap();
    let answer = || Answer::Json(200, json!({ "result": [] }));
    insta::assert_snapshot!(play(config.clone(), &Delete { group_id: 7 }, vec![(0.0, Answer::Json(200, json!({ "result": true })))]), @r#"
    0.00s > POST /rest/sonet_group.delete.json {"auth":"t0k\"en","GROUP_ID":7}
    0.00s < 200 {"result":true}
    0.00s = true
    "#);
    insta::assert_snapshot!(play(config.clone(), &Raw::new("scope", Value::Null), vec![(0.0, answer())]), @r#"
    0.00s > POST /rest/scope.json {"auth":"t0k\"en"}
    0.00s < 200 {"result":[]}
    0.00s = Array []
    "#);
}

#[test]
fn a_documented_error_has_a_name() {
    let answer = json!({ "error": "", "error_description": "Socialnetwork group not found" });
    insta::assert_snapshot!(play(webhook().retry(NoRetry), &Delete { group_id: 7 }, vec![(0.1, Answer::Json(400, answer))]), @r#"
    0.00s > POST /rest/1/s3cr3t/sonet_group.delete.json {"GROUP_ID":7}
    0.10s < 400 {"error":"","error_description":"Socialnetwork group not found"}
    0.10s ! sonet_group.delete: GroupNotFound (400: Socialnetwork group not found) [executed: No]
    "#);
}

#[test]
fn what_is_wrong_before_sending_is_not_sent() {
    insta::assert_snapshot!(play(webhook().retry(NoRetry), &Delete { group_id: 13 }, vec![]), @"0.00s ! sonet_group.delete: GROUP_ID: 13 is bad luck [executed: No]");
    insta::assert_snapshot!(play(webhook().retry(NoRetry), &Raw::new("../profile", Value::Null), vec![]), @"0.00s ! ../profile: method: a method name consists of letters, digits, dots and underscores only [executed: No]");
    insta::assert_snapshot!(play(webhook().retry(NoRetry), &Raw::new("profile", json!([1])), vec![]), @"0.00s ! profile: params: parameters have to be an object; wrap them in `json!({ … })` [executed: No]");
}

#[test]
fn a_request_that_did_not_leave() {
    let lost = Answer::Lost(Failure::NotSent(Cause::other(&io("connection refused"))));
    insta::assert_snapshot!(play(webhook().retry(NoRetry), &Delete { group_id: 7 }, vec![(0.0, lost)]), @r#"
    0.00s > POST /rest/1/s3cr3t/sonet_group.delete.json {"GROUP_ID":7}
    0.00s x NotSent(Cause { kind: Other, text: "connection refused", .. })
    0.00s ! sonet_group.delete: not sent: connection refused [executed: No]
    "#);
}

#[test]
fn a_lost_answer_is_told_and_hides_the_secret() {
    let cause = Cause::timeout(&io(
        "no answer from https://example.bitrix24.com/rest/1/s3cr3t/x",
    ));
    let lost = Answer::Lost(Failure::MaybeSent(cause));
    let log = play(
        webhook().retry(NoRetry),
        &Delete { group_id: 7 },
        vec![(75.0, lost)],
    );
    let end = log.lines().last().unwrap();
    assert_eq!(
        end,
        " 75.00s ! sonet_group.delete: sent, but no answer came: no answer from \
         https://example.bitrix24.com/rest/1/***/x [executed: Unknown]"
    );
}

#[test]
fn a_gateway_answers_instead_of_the_portal() {
    let answer = Answer::Text(502, "<html>Bad Gateway</html>");
    insta::assert_snapshot!(play(webhook().retry(NoRetry), &Delete { group_id: 7 }, vec![(0.5, answer)]), @r#"
    0.00s > POST /rest/1/s3cr3t/sonet_group.delete.json {"GROUP_ID":7}
    0.50s < 502 <html>Bad Gateway</html>
    0.50s ! sonet_group.delete: the server answered 502 Bad Gateway without an error of the API [executed: Unknown]
    "#);
}

#[test]
fn the_contract_is_kept_even_against_a_careless_driver() {
    let now = Instant::now();
    let session = Session::new(&webhook(), now).unwrap();
    let mut exchange = Exchange::new(&session, &Delete { group_id: 7 });
    assert!(matches!(exchange.poll(now, Waker::noop()), Step::Send(_)));
    // Polled again before the outcome of the request is known: sending once more is out of the question.
    let Step::Done(Err(error)) = exchange.poll(now, Waker::noop()) else {
        panic!("sent twice")
    };
    assert_eq!(error.executed(), Executed::Unknown);
    let Step::Done(Err(error)) = exchange.poll(now, Waker::noop()) else {
        panic!("sent twice")
    };
    assert!(error.to_string().contains("ended"), "{error}");
}

#[test]
fn nothing_that_prints_shows_the_secret() {
    let config = webhook();
    let session = Session::new(&config, Instant::now()).unwrap();
    let mut exchange = Exchange::new(&session, &Delete { group_id: 7 });
    let step = exchange.poll(Instant::now(), Waker::noop());
    for text in [
        format!("{config:?}"),
        format!("{session:?}"),
        format!("{exchange:?}"),
        format!("{step:?}"),
    ] {
        assert!(!text.contains("s3cr3t"), "{text}");
    }
}

/// An answer of so many times the same, between brackets.
fn many(element: &str, times: usize) -> String {
    format!(r#"{{"result":[{}]}}"#, vec![element; times].join(","))
}

/// What comes of an answer that takes much more memory than its text.
fn heavy<M: Method>(method: &M, body: String) -> Result<(), Error>
where
    M::Output: std::fmt::Debug,
{
    let mut stage = Stage::new(webhook(), vec![(0.1, Answer::Body(body))]);
    let exchange = Exchange::new(&stage.session, method);
    stage.drive(exchange).map(drop)
}

#[test]
fn an_answer_that_takes_too_much_memory_is_not_decoded() {
    let raw = || Raw::new("profile", json!({}));
    // Some 3 MB, of which JSON values would make 300.
    let values = || many(r#"{"a":0}"#, 400_000);
    let error = heavy(&raw(), values()).unwrap_err();
    assert!(error.is_body_limit(), "{error}");
    assert_eq!(error.executed(), Executed::Unknown);
    let told = error.to_string();
    assert!(
        told.contains("256 MiB") && told.contains("Config::body_limit"),
        "{told}"
    );
    // The same is not too much for rows, and as many texts are not for values.
    heavy(&raw().output::<Vec<serde::de::IgnoredAny>>(), values()).unwrap();
    heavy(&raw(), many("7", 400_000)).unwrap();
    heavy(
        &raw(),
        format!(r#"{{"result":"{}"}}"#, "{[,".repeat(1_000_000)),
    )
    .unwrap();
}

#[test]
fn a_batch_with_values_takes_no_more_than_a_call_for_them() {
    let list = many(r#"{"a":0}"#, 400_000);
    let body = format!(r#"{{"result":{{"result":{{"c0":{}}}}}"#, &list[10..]);
    let run = |raw: Option<Raw>| {
        let mut batch = Batch::new();
        match &raw {
            Some(raw) => drop(batch.add(raw)),
            None => drop(batch.add(&Delete { group_id: 7 })),
        }
        let mut run = batch.build().unwrap();
        let mut stage = Stage::new(webhook(), vec![(0.1, Answer::Body(body.clone()))]);
        let exchange = stage.next_request(&mut run).unwrap();
        stage.drive(exchange).map(drop)
    };
    let error = run(Some(Raw::new("profile", json!({})))).unwrap_err();
    assert!(error.is_body_limit(), "{error}");
    run(None).unwrap();
}

#[test]
fn a_byte_order_mark_loses_neither_a_refusal_nor_new_tokens() {
    let tokens = Tokens::new("https://example.bitrix24.com", "access-0", "refresh-0").unwrap();
    let config = Config::app(App::new("app.1", "client-secret"), tokens).unwrap();
    let pair = json!({
        "access_token": "access-1",
        "refresh_token": "refresh-1",
        "client_endpoint": "https://example.bitrix24.com/rest/",
    });
    let answers = vec![
        (
            0.1,
            Answer::Text(401, "\u{feff}{\"error\":\"expired_token\"}"),
        ),
        (0.1, Answer::Body(format!("\u{feff}{pair}"))),
        (
            0.1,
            Answer::Body("\u{feff}{\"result\":{\"result\":{\"c0\":true}}}".to_owned()),
        ),
    ];
    let mut batch = Batch::new();
    let handle = batch.add(&Delete { group_id: 7 });
    let mut run = batch.build().unwrap();
    let mut stage = Stage::new(alone(config), answers);
    stage.batch(&mut run);
    assert!(run.outcome(handle).unwrap());
    stage.end();
}

#[test]
fn a_call_that_failed_before_it_was_sent_is_not_sent_later() {
    let now = Instant::now();
    let limits = Limits::new(Rate::new(1, 1));
    let config = webhook()
        .limits(limits.clone())
        .call_timeout(Duration::from_secs(1));
    let session = Session::new(&config, now).unwrap();
    let [mut first, mut second] =
        [7, 8].map(|id| Exchange::new(&session, &Delete { group_id: id }));
    assert!(matches!(first.poll(now, Waker::noop()), Step::Send(_)));
    // There is no room in its time.
    let Step::Done(Err(error)) = second.poll(now, Waker::noop()) else {
        panic!("it waits")
    };
    assert_eq!(error.executed(), Executed::No);
    limits.set_rate(Rate::UNLIMITED);
    let again = second.poll(now, Waker::noop());
    assert!(
        matches!(again, Step::Done(Err(_))),
        "the caller was told that it was not sent"
    );
}
