//! The handler, as an application tests its own: with bodies that the portal could send.
#![allow(clippy::unwrap_used, reason = "these are tests")]

use actix_web::App;
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::web::{self, Data};
use serde::Deserialize;
use sonet_async::events::{Event, GroupEvent};
use sonet_async::sonet_group::{Create, Delete, Update};
use sonet_async::testing::{Example as _, event_body};
use sonet_async::{Client, Delivery, GroupId, OpenEnum as _, Secret};
use sonet_portal::Portal;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{self, Receiver};

use crate::handler::Handler;
use crate::mirror::Mirror;
use crate::verified::{ApplicationTokens, Verified};

/// A handler that knows the tokens of two portals, and what it has let through.
fn handler(room: usize) -> (Handler, Receiver<Event>) {
    let tokens = [("m1", "canary-1"), ("m2", "canary-2")];
    let tokens = tokens.map(|(member_id, token)| (member_id.to_owned(), Secret::new(token)));
    let (queue, events) = mpsc::channel(room);
    let tokens = ApplicationTokens::from(tokens);
    (Handler { tokens, queue }, events)
}

/// The body of an event about a group.
fn body(member_id: &str, token: &str) -> String {
    let event = GroupEvent::example_with(|event| {
        event.data.fields.id = GroupId::new(9);
        event.auth.member_id = Some(member_id.to_owned());
    });
    event_body(&Event::GroupUpdated(event), token)
}

/// Sends a body to the handler.
async fn post(handler: &Handler, body: impl Into<web::Bytes>) -> ServiceResponse {
    let app = init_service(App::new().configure(|app| handler.configure(app))).await;
    let request = TestRequest::post().uri("/events").set_payload(body);
    call_service(&app, request.to_request()).await
}

#[tokio::test]
async fn an_event_of_a_known_portal_is_passed_on() {
    let (handler, mut events) = handler(2);
    for (member_id, token) in [("m1", "canary-1"), ("m2", "canary-2")] {
        let answer = post(&handler, body(member_id, token)).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let Event::GroupUpdated(event) = events.try_recv().unwrap() else {
            panic!("it is of a group that was updated");
        };
        assert_eq!(event.data.fields.id, GroupId::new(9));
        assert_eq!(event.auth.member_id.as_deref(), Some(member_id));
    }
    assert!(!format!("{handler:?}").contains("canary"));
}

#[tokio::test]
async fn any_other_request_is_refused_and_learns_nothing() {
    let (handler, mut events) = handler(2);
    let genuine = body("m1", "canary-1");
    for (body, status) in [
        (String::new(), 400),
        ("a=1".to_owned(), 400),
        (format!("{genuine}&b=%"), 400),
        (body("m1", "forged"), 403),
        (body("m1", "canary-2"), 403),
        (body("unknown", "canary-1"), 403),
        (genuine.replace("member_id", "other"), 403),
        (genuine.replace("application_token", "other"), 403),
        (genuine.replace("FIELDS", "OTHER"), 422),
    ] {
        let answer = post(&handler, body.clone()).await;
        assert_eq!(answer.status().as_u16(), status, "{body}");
        assert_eq!(read_body(answer).await, "");
    }
    assert!(events.try_recv().is_err());
}

#[tokio::test]
async fn a_body_may_be_as_large_as_an_event() {
    let (handler, _events) = handler(2);
    let padded = |length: usize| {
        let body = body("m1", "canary-1") + "&x=";
        let rest = length - body.len();
        body + &"x".repeat(rest)
    };
    let largest = post(&handler, padded(Delivery::MAX_BYTES)).await;
    assert_eq!(largest.status(), StatusCode::OK);
    let larger = post(&handler, padded(Delivery::MAX_BYTES + 1)).await;
    assert_eq!(larger.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_full_queue_is_said() {
    let (handler, _events) = handler(1);
    assert_eq!(post(&handler, body("m1", "canary-1")).await.status(), 200);
    assert_eq!(post(&handler, body("m1", "canary-1")).await.status(), 503);
}

#[derive(Deserialize)]
struct Own {
    event: String,
}

#[tokio::test]
async fn an_event_is_any_type() {
    let (handler, _events) = handler(1);
    let own = |Verified(own): Verified<Own>| async move { own.event };
    let app = App::new()
        .app_data(Data::new(handler.tokens))
        .route("/own", web::post().to(own));
    let app = init_service(app).await;
    let request = TestRequest::post().uri("/own");
    let request = request.set_payload(body("m1", "canary-1")).to_request();
    assert_eq!(
        read_body(call_service(&app, request).await).await,
        "ONSONETGROUPUPDATE"
    );
}

#[tokio::test]
async fn an_application_without_tokens_is_wrong() {
    let own = |Verified(own): Verified<Own>| async move { own.event };
    let app = init_service(App::new().route("/own", web::post().to(own))).await;
    let request = TestRequest::post().uri("/own");
    let request = request.set_payload(body("m1", "canary-1")).to_request();
    assert_eq!(call_service(&app, request).await.status(), 500);
}

/// Over a socket, since only there a body can end too early.
#[tokio::test]
async fn a_body_that_is_cut_is_no_event() {
    let (handler, mut events) = handler(1);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = crate::serve(listener, handler).unwrap();
    let running = server.handle();
    tokio::spawn(server);

    let genuine = body("m1", "canary-1");
    for (length, status) in [(genuine.len(), "200"), (genuine.len() + 1, "400")] {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = format!(
            "POST /events HTTP/1.1\r\nHost: {address}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{genuine}"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        if length > genuine.len() {
            stream.shutdown().await.unwrap();
        }
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert_eq!(answer.split(' ').nth(1), Some(status), "{answer}");
    }
    running.stop(true).await;
    assert_eq!(
        events.recv().await.unwrap().name().as_str(),
        "ONSONETGROUPUPDATE"
    );
    assert!(events.recv().await.is_none());
}

/// An event that comes twice, late, or in the wrong order changes nothing.
#[tokio::test]
async fn the_mirror_shows_what_is_and_not_what_was_told() {
    let portal = Portal::builder().start().unwrap();
    let client = Client::webhook(&portal.webhook()).unwrap();
    let id = client.call(&Create::new("Rust")).await.unwrap();
    let event = GroupEvent::example_with(|event| event.data.fields.id = id);
    let added = Event::GroupAdded(event.clone());
    let updated = Event::GroupUpdated(event.clone());
    let deleted = Event::GroupDeleted(event);

    let mut mirror = Mirror::default();
    for event in [&updated, &added, &added] {
        mirror.follow(&client, event).await.unwrap();
        assert_eq!(mirror.text(), format!("{id} Rust"));
    }
    client
        .call(&Update::new(id).name("Rust 2024"))
        .await
        .unwrap();
    for event in [&updated, &added] {
        mirror.follow(&client, event).await.unwrap();
        assert_eq!(mirror.text(), format!("{id} Rust 2024"));
    }
    client.call(&Delete::new(id)).await.unwrap();
    for event in [&updated, &deleted, &deleted, &added] {
        mirror.follow(&client, event).await.unwrap();
        assert_eq!(mirror.text(), "(no groups)");
    }
}
