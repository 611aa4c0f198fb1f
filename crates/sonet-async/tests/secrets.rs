//! Nothing shows the secret.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::error::Error as _;
use std::io::Write as _;
use std::time::Duration;

use sonet_async::serde_json::json;
use sonet_async::{Cause, Client, Config, Error, Raw};
use support::{Answer, SECRET, Server, http, shown};

fn configs(webhook: &str) -> [Config; 3] {
    let portal = webhook.split("/rest/").next().unwrap();
    let elsewhere = webhook.replace("/rest/", "/b24/rest/");
    [
        Config::webhook(webhook).unwrap(),
        Config::webhook(&elsewhere).unwrap(),
        Config::token(portal, SECRET).unwrap(),
    ]
}

fn check(client: &Client, outcome: Result<sonet_async::serde_json::Value, Error>) -> Error {
    let error = outcome.unwrap_err();
    let text = shown(&error);
    assert!(!text.contains(SECRET), "{text}");
    let text = format!(
        "{client:?} {client:#?} {:?} {}",
        client.address(),
        client.address()
    );
    assert!(!text.contains(SECRET), "{text}");
    assert!(
        text.contains("127.0.0.1") || text.contains("localhost"),
        "{text}"
    );
    error
}

/// Calls with both kinds of secret, and under another path, and both kinds of client.
async fn fail(webhook: &str) -> Vec<Error> {
    let mut errors = Vec::new();
    for config in configs(webhook) {
        let config = config
            .response_timeout(Duration::from_millis(300))
            .body_limit(100);
        for client in [
            Client::new(config.clone()).unwrap(),
            Client::with_http(config.clone(), |http| http).unwrap(),
        ] {
            let outcome = client.call(&Raw::new("test.write", json!({}))).await;
            errors.push(check(&client, outcome));
        }
    }
    errors
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_connection_that_fails() {
    let errors = fail(&support::refusing_webhook()).await;
    assert!(errors.iter().all(Error::is_connect));
    let source = |error: &Error| {
        error
            .source()
            .is_some_and(<dyn std::error::Error>::is::<Cause>)
    };
    assert!(
        errors.iter().all(source),
        "no HTTP client's error is a source"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_server_that_says_nothing() {
    let server = Server::start(|_, _| Answer::Hang);
    assert!(fail(&server.webhook()).await.iter().all(Error::is_timeout));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_connection_that_is_reset() {
    fail(&Server::raw(support::reset).webhook()).await;
    fail(&Server::start(|_, _| Answer::Close(Vec::new())).webhook()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_server_that_quotes_the_request() {
    // As an answer, as something that isn't HTTP, and as the address to go to.
    let server = Server::start(|_, seen| {
        let quote = format!("{} {}", seen.head.replace("\r\n", " "), seen.body);
        Answer::Close(http("404 Not Found", "", quote.as_bytes()))
    });
    fail(&server.webhook()).await;
    let server = Server::raw(|mut stream| {
        let _ = write!(stream, "/rest/1/{SECRET}/ is garbage\r\n\r\n");
        support::reset(stream);
    });
    fail(&server.webhook()).await;
    let server = Server::start(|_, _| {
        let location = format!("Location: http://127.0.0.1:1/rest/1/{SECRET}/\r\n");
        Answer::Close(http("302 Found", &location, b""))
    });
    fail(&server.webhook()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_body_that_is_too_large() {
    let server = Server::start(|_, _| Answer::Close(http("200 OK", "", &[b' '; 101])));
    assert!(
        fail(&server.webhook())
            .await
            .iter()
            .all(Error::is_body_limit)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_client_that_can_not_be_made() {
    let config = Config::webhook(&format!("https://localhost/rest/1/{SECRET}/")).unwrap();
    let error = Client::new(config.ca_certificate("nonsense")).unwrap_err();
    assert!(error.is_config() && !shown(&error).contains(SECRET));
}
