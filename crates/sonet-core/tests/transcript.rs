//! Scenarios of the engine: what it sends, what it is told, and what comes of it, as a transcript in virtual time.

#![allow(clippy::unwrap_used, clippy::expect_used)]
// Virtual time needs a beginning, and an `Instant` has no other constructor.
#![allow(clippy::disallowed_methods)]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Response;
use serde::Serialize;
use serde_json::{Value, json};
use sonet_core::{
    Cause, Config, Documented, Effect, Exchange, Failure, Invalid, Method, Raw, Session, Step,
};

/// What the server does with a request.
enum Answer {
    Json(u16, Value),
    Text(u16, &'static str),
    Moved(&'static str),
    Lost(Failure),
}

/// Plays one call against the answers, and writes down what happens.
fn play<M: Method>(config: &Config, method: &M, answers: Vec<(f64, Answer)>) -> String
where
    M::Output: std::fmt::Debug,
{
    let start = Instant::now();
    let mut now = start;
    let mut session = Session::new(config).unwrap();
    let mut exchange = Exchange::new(method);
    let mut answers = answers.into_iter();
    let mut log = String::new();
    loop {
        let at = (now - start).as_secs_f64();
        match exchange.poll(&mut session, now) {
            Step::Send(outgoing) => {
                let request = &outgoing.request;
                let path = request.uri().path();
                let body = String::from_utf8_lossy(request.body());
                writeln!(log, "{at:.2}s > {} {path} {body}", request.method()).unwrap();
                let (delay, answer) = answers.next().expect("the engine sent more than expected");
                now += Duration::from_secs_f64(delay);
                let at = (now - start).as_secs_f64();
                match answer {
                    Answer::Json(status, body) => {
                        writeln!(log, "{at:.2}s < {status} {body}").unwrap();
                        let body = Bytes::from(body.to_string());
                        let response = Response::builder().status(status).body(body).unwrap();
                        exchange.on_response(response);
                    }
                    Answer::Text(status, body) => {
                        writeln!(log, "{at:.2}s < {status} {body}").unwrap();
                        let response = Response::builder()
                            .status(status)
                            .body(body.into())
                            .unwrap();
                        exchange.on_response(response);
                    }
                    Answer::Moved(location) => {
                        writeln!(log, "{at:.2}s < 302 {location}").unwrap();
                        let response = Response::builder().status(302).header("location", location);
                        exchange.on_response(response.body(Bytes::new()).unwrap());
                    }
                    Answer::Lost(failure) => {
                        writeln!(log, "{at:.2}s x {failure:?}").unwrap();
                        exchange.on_failure(failure);
                    }
                }
            }
            Step::Done(Ok(reply)) => {
                writeln!(log, "{at:.2}s = {:?}", reply.result).unwrap();
                break;
            }
            Step::Done(Err(error)) => {
                writeln!(log, "{at:.2}s ! {error} [executed: {:?}]", error.executed()).unwrap();
                break;
            }
        }
    }
    assert!(
        answers.next().is_none(),
        "the engine sent less than expected"
    );
    log
}

#[derive(Serialize)]
struct Delete {
    #[serde(rename = "GROUP_ID")]
    group_id: i64,
}

impl Method for Delete {
    const NAME: &'static str = "sonet_group.delete";
    const EFFECT: Effect = Effect::Write;
    type Output = bool;
    const ERRORS: &'static [Documented] = &[Documented {
        name: "GroupNotFound",
        code: "",
        text: "Socialnetwork group not found",
        localized: false,
    }];

    fn check(&self) -> Result<(), Invalid> {
        if self.group_id == 13 {
            return Err(Invalid::new("GROUP_ID", "13 is bad luck"));
        }
        Ok(())
    }
}

fn webhook() -> Config {
    Config::webhook("https://example.bitrix24.com/rest/1/s3cr3t/").unwrap()
}

fn io(text: &str) -> std::io::Error {
    std::io::Error::other(text.to_owned())
}

#[test]
fn a_call_through_a_webhook() {
    let answer = Answer::Json(200, json!({ "result": true }));
    insta::assert_snapshot!(play(&webhook(), &Delete { group_id: 7 }, vec![(0.04, answer)]), @r#"
    0.00s > POST /rest/1/s3cr3t/sonet_group.delete.json {"GROUP_ID":7}
    0.04s < 200 {"result":true}
    0.04s = true
    "#);
}

#[test]
fn a_token_travels_in_the_body() {
    let config = Config::token("example.bitrix24.com", "t0k\"en").unwrap();
    let answer = || Answer::Json(200, json!({ "result": [] }));
    insta::assert_snapshot!(play(&config, &Delete { group_id: 7 }, vec![(0.0, Answer::Json(200, json!({ "result": true })))]), @r#"
    0.00s > POST /rest/sonet_group.delete.json {"auth":"t0k\"en","GROUP_ID":7}
    0.00s < 200 {"result":true}
    0.00s = true
    "#);
    insta::assert_snapshot!(play(&config, &Raw::new("scope", Value::Null), vec![(0.0, answer())]), @r#"
    0.00s > POST /rest/scope.json {"auth":"t0k\"en"}
    0.00s < 200 {"result":[]}
    0.00s = Array []
    "#);
}

#[test]
fn a_documented_error_has_a_name() {
    let answer = json!({ "error": "", "error_description": "Socialnetwork group not found" });
    insta::assert_snapshot!(play(&webhook(), &Delete { group_id: 7 }, vec![(0.1, Answer::Json(400, answer))]), @r#"
    0.00s > POST /rest/1/s3cr3t/sonet_group.delete.json {"GROUP_ID":7}
    0.10s < 400 {"error":"","error_description":"Socialnetwork group not found"}
    0.10s ! sonet_group.delete: GroupNotFound (400: Socialnetwork group not found) [executed: No]
    "#);
}

#[test]
fn what_is_wrong_before_sending_is_not_sent() {
    insta::assert_snapshot!(play(&webhook(), &Delete { group_id: 13 }, vec![]), @"0.00s ! sonet_group.delete: GROUP_ID: 13 is bad luck [executed: No]");
    insta::assert_snapshot!(play(&webhook(), &Raw::new("../profile", Value::Null), vec![]), @"0.00s ! ../profile: method: a method's name has letters, digits, dots and underscores only [executed: No]");
    insta::assert_snapshot!(play(&webhook(), &Raw::new("profile", json!([1])), vec![]), @"0.00s ! profile: params: parameters are an object; wrap them in `json!({ … })` [executed: No]");
}

#[test]
fn a_request_that_did_not_leave() {
    let lost = Answer::Lost(Failure::NotSent(Cause::other(&io("connection refused"))));
    insta::assert_snapshot!(play(&webhook(), &Delete { group_id: 7 }, vec![(0.0, lost)]), @r#"
    0.00s > POST /rest/1/s3cr3t/sonet_group.delete.json {"GROUP_ID":7}
    0.00s x NotSent(Cause { kind: Other, text: "connection refused" })
    0.00s ! sonet_group.delete: not sent: connection refused [executed: No]
    "#);
}

#[test]
fn a_lost_answer_is_told_and_hides_the_secret() {
    let cause = Cause::timeout(&io(
        "no answer from https://example.bitrix24.com/rest/1/s3cr3t/x",
    ));
    let lost = Answer::Lost(Failure::MaybeSent(cause));
    let log = play(&webhook(), &Delete { group_id: 7 }, vec![(75.0, lost)]);
    let end = log.lines().last().unwrap();
    assert_eq!(
        end,
        "75.00s ! sonet_group.delete: sent, but without an answer: no answer from \
         https://example.bitrix24.com/rest/1/***/x [executed: Unknown]"
    );
}

#[test]
fn a_gateway_answers_instead_of_the_portal() {
    let answer = Answer::Text(502, "<html>Bad Gateway</html>");
    insta::assert_snapshot!(play(&webhook(), &Delete { group_id: 7 }, vec![(0.5, answer)]), @r#"
    0.00s > POST /rest/1/s3cr3t/sonet_group.delete.json {"GROUP_ID":7}
    0.50s < 502 <html>Bad Gateway</html>
    0.50s ! sonet_group.delete: the server answered 502 Bad Gateway without an error of the API, in "<html>Bad Gateway</html>" [executed: Unknown]
    "#);
}

#[test]
fn a_moved_portal_is_named_without_its_path() {
    let answer = Answer::Moved("https://new.bitrix24.com/rest/1/s3cr3t/sonet_group.delete.json");
    let log = play(&webhook(), &Delete { group_id: 7 }, vec![(0.0, answer)]);
    assert!(
        log.ends_with(
            "the portal answered 302 Found: it has moved to new.bitrix24.com [executed: No]\n"
        ),
        "{log}"
    );
}

#[test]
fn the_contract_is_kept_even_against_a_careless_driver() {
    let now = Instant::now();
    let mut session = Session::new(&webhook()).unwrap();
    let mut exchange = Exchange::new(&Delete { group_id: 7 });
    assert!(matches!(exchange.poll(&mut session, now), Step::Send(_)));
    // Polled again before the outcome of the request is known: sending once more is out of the question.
    let Step::Done(Err(error)) = exchange.poll(&mut session, now) else {
        panic!("sent twice")
    };
    assert_eq!(error.executed(), sonet_core::Executed::Unknown);
    let Step::Done(Err(error)) = exchange.poll(&mut session, now) else {
        panic!("sent twice")
    };
    assert!(error.to_string().contains("ended"), "{error}");
}

#[test]
fn nothing_that_prints_shows_the_secret() {
    let config = webhook();
    let mut session = Session::new(&config).unwrap();
    let mut exchange = Exchange::new(&Delete { group_id: 7 });
    let step = exchange.poll(&mut session, Instant::now());
    for text in [
        format!("{config:?}"),
        format!("{session:?}"),
        format!("{exchange:?}"),
        format!("{step:?}"),
    ] {
        assert!(!text.contains("s3cr3t"), "{text}");
    }
}
