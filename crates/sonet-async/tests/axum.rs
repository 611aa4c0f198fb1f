//! Events that come to a server on axum, over a socket.

#![cfg(feature = "axum")]
#![allow(clippy::unwrap_used, reason = "these are tests")]

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, State};
use axum::http::StatusCode;
use axum::routing::post;
use serde::Deserialize;
use sonet_async::axum::{ApplicationTokens, EventRejection, Unverified, Verified};
use sonet_async::events::Event;
use sonet_async::{Delivery, OpenEnum as _, Secret};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const ADDED: &str = "event=ONSONETGROUPADD&data[FIELDS][ID]=6675&ts=1736424182";

/// What handlers have seen, and how they find tokens.
#[derive(Clone)]
struct App {
    seen: Arc<Mutex<Vec<String>>>,
    tokens: ApplicationTokens,
}

impl FromRef<App> for ApplicationTokens {
    fn from_ref(app: &App) -> Self {
        app.tokens.clone()
    }
}

impl App {
    fn new(tokens: ApplicationTokens) -> Self {
        let seen = Arc::default();
        Self { seen, tokens }
    }

    fn saw(&self, what: impl Into<String>) -> StatusCode {
        self.seen.lock().unwrap().push(what.into());
        StatusCode::OK
    }

    fn seen(&self) -> Vec<String> {
        std::mem::take(&mut self.seen.lock().unwrap())
    }
}

async fn event(State(app): State<App>, Verified(event): Verified<Event>) -> StatusCode {
    app.saw(event.name().as_str())
}

#[derive(Deserialize)]
struct Own {
    ts: String,
}

async fn own(State(app): State<App>, Verified(own): Verified<Own>) -> StatusCode {
    app.saw(own.ts)
}

async fn raw(State(app): State<App>, Unverified(delivery): Unverified) -> StatusCode {
    app.saw(delivery.event())
}

async fn told(
    State(app): State<App>,
    event: Result<Verified, EventRejection>,
) -> Result<StatusCode, EventRejection> {
    if let Err(rejection) = &event {
        app.saw(rejection.to_string());
    }
    event.map(|Verified(event)| app.saw(event.name().as_str()))
}

/// Serves an application; its address.
async fn serve(app: &App) -> String {
    let router = Router::new()
        .route("/event", post(event))
        .route("/own", post(own))
        .route("/raw", post(raw))
        .route("/told", post(told))
        .route("/small", post(event).layer(DefaultBodyLimit::max(64)))
        .with_state(app.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// Sends a body of as many bytes as it says, or announces; the status and the body of the answer.
async fn send(address: &str, path: &str, body: &str, length: usize) -> (u16, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // A server that has refused it reads no more.
    let _ = stream.write_all(body.as_bytes()).await;
    if body.len() < length {
        stream.shutdown().await.unwrap();
    }
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8(answer).unwrap();
    let status = answer.split(' ').nth(1).map(|code| code.parse().unwrap());
    let (_, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
    (status.unwrap_or(0), body.to_owned())
}

async fn post_to(address: &str, path: &str, body: &str) -> u16 {
    let (status, answer) = send(address, path, body, body.len()).await;
    assert!(!answer.contains("canary"), "{answer}");
    status
}

fn with_auth(event: &str, member_id: &str, token: &str) -> String {
    format!("{event}&auth[member_id]={member_id}&auth[application_token]={token}")
}

#[tokio::test]
async fn an_event_of_the_one_portal_is_seen_and_no_other() {
    let app = App::new(ApplicationTokens::one("canary"));
    assert!(!format!("{:?}", app.tokens).contains("canary"));
    let address = serve(&app).await;
    let genuine = with_auth(ADDED, "m1", "canary");
    assert_eq!(post_to(&address, "/event", &genuine).await, 200);
    assert_eq!(post_to(&address, "/own", &genuine).await, 200);
    assert_eq!(app.seen(), ["ONSONETGROUPADD", "1736424182"]);
    for (body, status) in [
        (with_auth(ADDED, "m1", "forged"), 403),
        (ADDED.to_owned(), 403),
        ("a=1".to_owned(), 400),
        (String::new(), 400),
        (format!("{genuine}&b=%"), 400),
        (with_auth("event=ONSONETGROUPADD", "m1", "canary"), 422),
    ] {
        assert_eq!(post_to(&address, "/event", &body).await, status, "{body}");
    }
    assert_eq!(app.seen(), [""; 0]);
}

/// As an application tests its own handler.
#[cfg(feature = "testing")]
#[tokio::test]
async fn what_a_test_posts_is_seen_as_what_a_portal_sends() {
    use sonet_async::testing::{Example as _, event_body};

    let app = App::new(ApplicationTokens::one("canary"));
    let address = serve(&app).await;
    let event = Event::example();
    let posted = post_to(&address, "/event", &event_body(&event, "canary")).await;
    assert_eq!(
        (posted, app.seen()),
        (200, vec![event.name().as_str().to_owned()])
    );
    let forged = post_to(&address, "/event", &event_body(&event, "forged")).await;
    assert_eq!((forged, app.seen()), (403, vec![]));
}

#[tokio::test]
async fn each_portal_has_a_token_of_its_own() {
    let app = App::new(ApplicationTokens::by_portal(|member_id| async move {
        match member_id.as_str() {
            "m1" => Ok(Some(Secret::new("canary-1"))),
            "m2" => Ok(Some(Secret::new("canary-2"))),
            "down" => Err("canary: the database is down".into()),
            _ => Ok(None),
        }
    }));
    let address = serve(&app).await;
    for (member_id, token, status) in [
        ("m1", "canary-1", 200),
        ("m2", "canary-2", 200),
        ("m1", "canary-2", 403),
        ("m3", "canary-1", 403),
        ("", "", 403),
        ("down", "canary-1", 503),
    ] {
        let body = with_auth(ADDED, member_id, token);
        assert_eq!(post_to(&address, "/event", &body).await, status, "{body}");
    }
    let anonymous = format!("{ADDED}&auth[application_token]=canary-1");
    assert_eq!(post_to(&address, "/event", &anonymous).await, 403);
    assert_eq!(app.seen(), ["ONSONETGROUPADD", "ONSONETGROUPADD"]);

    // Nobody learns by the answer which portals are known.
    let unknown = with_auth(ADDED, "m3", "x");
    let wrong = with_auth(ADDED, "m1", "x");
    let unknown = send(&address, "/event", &unknown, unknown.len()).await;
    assert_eq!(unknown, send(&address, "/event", &wrong, wrong.len()).await);
}

#[tokio::test]
async fn a_handler_may_learn_why() {
    let app = App::new(ApplicationTokens::one("canary"));
    let address = serve(&app).await;
    let forged = with_auth(ADDED, "m1", "forged");
    assert_eq!(post_to(&address, "/told", &forged).await, 403);
    let seen = app.seen();
    assert!(seen[0].contains("its application token is a different one"));
    assert!(!seen[0].contains("forged") && !seen[0].contains("canary"));
}

#[tokio::test]
async fn what_nothing_is_known_of_is_a_delivery() {
    let app = App::new(ApplicationTokens::one("canary"));
    let address = serve(&app).await;
    let install = "event=ONAPPINSTALL&auth[application_token]=new";
    assert_eq!(post_to(&address, "/raw", install).await, 200);
    assert_eq!(post_to(&address, "/raw", "a=1").await, 400);
    assert_eq!(app.seen(), ["ONAPPINSTALL"]);
}

#[tokio::test]
async fn a_body_that_is_too_large_is_not_read_to_its_end() {
    let app = App::new(ApplicationTokens::one("canary"));
    let address = serve(&app).await;
    let genuine = with_auth(ADDED, "m1", "canary");
    let padded = |length: usize| format!("{genuine}&x={}", "x".repeat(length - genuine.len() - 3));
    assert_eq!(
        post_to(&address, "/event", &padded(Delivery::MAX_BYTES)).await,
        200
    );
    let (status, _) = send(
        &address,
        "/event",
        &padded(Delivery::MAX_BYTES + 1),
        usize::MAX / 2,
    )
    .await;
    assert_eq!(status, 413);
    // axum's own limit counts, too.
    assert_eq!(post_to(&address, "/small", &genuine).await, 413);
    // One that ends too early is no event.
    let (status, _) = send(&address, "/event", &genuine, genuine.len() + 1).await;
    assert_eq!(status, 400);
    assert_eq!(app.seen(), ["ONSONETGROUPADD"]);
}
