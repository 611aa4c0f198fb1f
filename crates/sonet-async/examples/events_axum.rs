//! A handler of events on axum.
//!
//! ```text
//! cargo run -p sonet-async --features axum --example events_axum
//! ```
//!
//! A simulated portal inside this program sends the events: a project is created, changed and deleted, and each time the
//! portal calls the handler. It ends by itself.

use std::error::Error;
use std::io::{self, Write as _};
use std::time::Duration;

use axum::Router;
use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use axum::routing::post;
use sonet_async::axum::{ApplicationTokens, EventRejection, Verified};
use sonet_async::events::Event;
use sonet_async::serde_json::json;
use sonet_async::sonet_group::{Create, Delete, Update};
use sonet_async::{Client, Raw};
use sonet_portal::Portal;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::timeout;

/// What the handler needs.
#[derive(Clone)]
struct Handler {
    /// Prove that an event comes from the portal. An application of many portals keeps one for each of them:
    /// [`ApplicationTokens::by_portal`].
    tokens: ApplicationTokens,
    /// Takes the events to where there is time for them.
    queue: Sender<Event>,
}

impl FromRef<Handler> for ApplicationTokens {
    fn from_ref(handler: &Handler) -> Self {
        handler.tokens.clone()
    }
}

/// Passes a verified event on, and is done: a portal sends it a single time, and asks a slow handler less often.
async fn receive(
    State(handler): State<Handler>,
    event: Result<Verified<Event>, EventRejection>,
) -> Result<StatusCode, EventRejection> {
    let Verified(event) = event.inspect_err(|rejection| eprintln!("refused   {rejection}"))?;
    if handler.queue.try_send(event).is_err() {
        eprintln!("lost      an event: too many wait already");
        return Ok(StatusCode::SERVICE_UNAVAILABLE);
    }
    Ok(StatusCode::OK)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let portal = Portal::builder().start()?;
    // Only an application can bind handlers, so this client has a token of one instead of a webhook.
    let token = portal.token_of(1).ok_or("the portal has a user 1")?;
    let client = Client::token(&portal.url(), token)?;

    // An application gets it once, when it is installed, and keeps it.
    let application_token = portal.with(|portal| portal.app().application_token.clone());
    let (queue, mut events) = mpsc::channel(100);
    let handler = Handler {
        tokens: ApplicationTokens::one(application_token),
        queue,
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}/events", listener.local_addr()?);
    let app = Router::new()
        .route("/events", post(receive))
        .with_state(handler);
    tokio::spawn(async move { axum::serve(listener, app).await });

    for event in [
        "onSonetGroupAdd",
        "onSonetGroupUpdate",
        "onSonetGroupDelete",
    ] {
        let params = json!({ "event": event, "handler": address });
        client.call(&Raw::new("event.bind", params)).await?;
    }

    let group = client.call(&Create::new("Rust").project(true)).await?;
    report(&mut events).await?;
    client.call(&Update::new(group).name("Rust 2024")).await?;
    report(&mut events).await?;
    client.call(&Delete::new(group)).await?;
    report(&mut events).await
}

/// Waits for the next event and prints it. A real application does its work here.
async fn report(events: &mut Receiver<Event>) -> Result<(), Box<dyn Error>> {
    let mut out = io::stdout();
    let event = timeout(Duration::from_secs(10), events.recv()).await?;
    match event.ok_or("the server has ended")? {
        Event::GroupAdded(event) => writeln!(out, "added     group {}", event.data.fields.id)?,
        Event::GroupUpdated(event) => writeln!(out, "updated   group {}", event.data.fields.id)?,
        Event::GroupDeleted(event) => writeln!(out, "deleted   group {}", event.data.fields.id)?,
        other => writeln!(out, "other     {}", other.name())?,
    }
    Ok(())
}
