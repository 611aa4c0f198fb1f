//! A handler of events on plain hyper.
//!
//! ```text
//! cargo run -p sonet-async --example events_hyper
//! ```
//!
//! A simulated portal inside this program sends the events: a project is created, changed and deleted, and each time the
//! portal calls the handler. It ends by itself.

use std::convert::Infallible;
use std::error::Error;
use std::io::{self, Write as _};
use std::time::Duration;

use http_body_util::{BodyExt as _, Empty, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use sonet_async::events::Event;
use sonet_async::serde_json::json;
use sonet_async::sonet_group::{Create, Delete, Update};
use sonet_async::{Client, Delivery, Raw, Secret};
use sonet_portal::Portal;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::timeout;

/// What the handler needs.
#[derive(Clone)]
struct Handler {
    /// Proves that an event comes from the portal. An application of many portals keeps one for each of them, and finds
    /// it by [`Delivery::member_id`].
    application_token: Secret,
    /// Takes the events to where there is time for them.
    queue: Sender<Event>,
}

/// Takes connections for as long as the program runs.
async fn serve(listener: TcpListener, handler: Handler) -> io::Result<()> {
    loop {
        let (stream, _) = listener.accept().await?;
        let handler = handler.clone();
        let service = service_fn(move |request| receive(handler.clone(), request));
        tokio::spawn(async move {
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new());
            if let Err(error) = http.serve_connection(TokioIo::new(stream), service).await {
                eprintln!("broken    connection: {error}");
            }
        });
    }
}

async fn receive(
    handler: Handler,
    request: Request<Incoming>,
) -> Result<Response<Empty<Bytes>>, Infallible> {
    let status = if request.uri().path() != "/events" {
        StatusCode::NOT_FOUND
    } else if request.method() != Method::POST {
        StatusCode::METHOD_NOT_ALLOWED
    } else {
        match Limited::new(request.into_body(), Delivery::MAX_BYTES)
            .collect()
            .await
        {
            Ok(body) => handler.take(&body.to_bytes()),
            Err(error) => {
                eprintln!("refused   {error}");
                if error.is::<LengthLimitError>() {
                    StatusCode::PAYLOAD_TOO_LARGE
                } else {
                    StatusCode::BAD_REQUEST
                }
            }
        }
    };
    let mut response = Response::new(Empty::new());
    *response.status_mut() = status;
    Ok(response)
}

impl Handler {
    /// Verifies an event, passes it on, and is done: a portal sends it a single time, and asks a slow handler less often.
    fn take(&self, body: &[u8]) -> StatusCode {
        let event = Delivery::parse(body)
            .and_then(|delivery| delivery.verify::<Event>(&self.application_token));
        let event = match event {
            Ok(event) => event,
            Err(error) => {
                eprintln!("refused   {error}");
                return error.status();
            }
        };
        if self.queue.try_send(event).is_err() {
            eprintln!("lost      an event: too many wait already");
            return StatusCode::SERVICE_UNAVAILABLE;
        }
        StatusCode::OK
    }
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
        application_token: application_token.into(),
        queue,
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}/events", listener.local_addr()?);
    tokio::spawn(serve(listener, handler));

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
