//! How answers are read.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use sonet_async::serde_json::{Value, json};
use sonet_async::{Client, Config, Error, Executed, NoRetry, Raw};
use support::{Answer, Server, chunked, envelope, gzip, http};

const LIMIT: u64 = 10_000;

async fn call(answer: &[u8]) -> Result<Value, Error> {
    let answer = answer.to_vec();
    let server = Server::start(move |_, _| Answer::Close(answer.clone()));
    let config = Config::webhook(&server.webhook())?
        .body_limit(LIMIT)
        .retry(NoRetry);
    let outcome = Client::new(config)?
        .call(&Raw::new("test.read", json!({})).read_only())
        .await;
    assert_eq!(server.seen().len(), 1);
    outcome
}

#[tokio::test(flavor = "multi_thread")]
async fn in_every_form_of_transfer() {
    let text = "жук ".repeat(100);
    let body = envelope(&format!("{text:?}"));
    let body = body.as_bytes();
    let coded = "Content-Encoding: gzip\r\n";
    let mut until_close = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec();
    until_close.extend_from_slice(body);
    for answer in [
        http("200 OK", "", body),
        http("200 OK", coded, &gzip(body)),
        chunked("", body),
        chunked(coded, &gzip(body)),
        until_close,
    ] {
        assert_eq!(call(&answer).await.unwrap(), Value::from(text.clone()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn up_to_the_limit() {
    let frame = envelope("\"\"").len();
    let fitting = usize::try_from(LIMIT).unwrap() - frame;
    let body = |length: usize| envelope(&format!("\"{}\"", "x".repeat(length)));
    let coded = "Content-Encoding: gzip\r\n";
    let (fits, large) = (body(fitting), body(fitting + 1));
    assert!(gzip(large.as_bytes()).len() < 100, "a bomb in small");
    for (answer, ok) in [
        (http("200 OK", "", fits.as_bytes()), true),
        (http("200 OK", "", large.as_bytes()), false),
        (chunked("", fits.as_bytes()), true),
        (chunked("", large.as_bytes()), false),
        (http("200 OK", coded, &gzip(fits.as_bytes())), true),
        (http("200 OK", coded, &gzip(large.as_bytes())), false),
        (chunked(coded, &gzip(large.as_bytes())), false),
    ] {
        match call(&answer).await {
            Ok(_) => assert!(ok),
            Err(error) => {
                assert!(!ok && error.is_body_limit(), "{error:?}");
                assert_eq!(error.executed(), Executed::Unknown);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_one_is_not_read_to_its_end() {
    let start = "HTTP/1.1 200 OK\r\n\r\n".to_owned() + &" ".repeat(20_000);
    let server = Server::start(move |_, _| Answer::Drip(start.clone().into_bytes()));
    let config = Config::webhook(&server.webhook())
        .unwrap()
        .body_limit(LIMIT);
    let error = Client::new(config)
        .unwrap()
        .call(&Raw::new("test.read", json!({})))
        .await
        .unwrap_err();
    assert!(error.is_body_limit(), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_one_is_no_answer() {
    let body = envelope("1");
    let whole = http("200 OK", "", body.as_bytes());
    let chunks = chunked("", body.as_bytes());
    for cut in [
        &whole[..whole.len() - 1],
        &whole[..10],
        &chunks[..chunks.len() - 7],
        b"garbage",
    ] {
        let error = call(cut).await.unwrap_err();
        assert_eq!(error.executed(), Executed::Unknown, "{error:?}");
        assert!(!error.is_decode() && !error.is_connect(), "{error:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_not_json_is_told() {
    let error = call(&http("200 OK", "", b"<html>")).await.unwrap_err();
    assert!(error.is_decode());
    let error = call(&http("502 Bad Gateway", "", b"<html>"))
        .await
        .unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(502));
}
