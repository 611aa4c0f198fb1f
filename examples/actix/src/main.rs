//! A handler of events on actix-web.
//!
//! ```text
//! cargo run -p sonet-example-actix
//! cargo test -p sonet-example-actix
//! ```
//!
//! A simulated portal inside this program sends the events: a project is created, changed and deleted, and each time the
//! portal calls the handler. It ends by itself.

mod handler;
mod mirror;
mod rejection;
mod verified;

#[cfg(test)]
mod tests;

use std::error::Error;
use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

use actix_web::dev::Server;
use actix_web::{App, HttpServer};
use sonet_async::serde_json::json;
use sonet_async::sonet_group::{Create, Delete, Update};
use sonet_async::{Client, Raw, Secret};
use sonet_portal::Portal;
use tokio::sync::mpsc;
use tokio::time::timeout;

use handler::Handler;
use mirror::Mirror;
use verified::ApplicationTokens;

/// Serves the handler until the program ends, or until [`Server::handle`] stops it.
fn serve(listener: TcpListener, handler: Handler) -> std::io::Result<Server> {
    let server = HttpServer::new(move || App::new().configure(|app| handler.configure(app)))
        .workers(1)
        // The program decides when it ends.
        .disable_signals()
        .listen(listener)?;
    Ok(server.run())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let portal = Portal::builder().start()?;
    // Only an application can bind handlers, so this client has a token of one instead of a webhook.
    let token = portal.token_of(1).ok_or("the portal has a user 1")?;
    let client = Client::token(&portal.url(), token)?;

    // An application gets its token once for each portal, when it is installed there, and keeps it.
    let (member_id, application_token) = portal.with(|portal| {
        let token = portal.app().application_token.clone();
        (portal.member_id().to_owned(), Secret::new(token))
    });
    let (queue, mut events) = mpsc::channel(100);
    let handler = Handler {
        tokens: ApplicationTokens::from([(member_id, application_token)]),
        queue,
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = format!("http://{}/events", listener.local_addr()?);
    let server = serve(listener, handler)?;
    let running = server.handle();
    tokio::spawn(server);

    for event in [
        "onSonetGroupAdd",
        "onSonetGroupUpdate",
        "onSonetGroupDelete",
    ] {
        let params = json!({ "event": event, "handler": address });
        client.call(&Raw::new("event.bind", params)).await?;
    }

    // The work is done here, beside the server, and not while the portal waits.
    let mut mirror = Mirror::default();
    let group = client.call(&Create::new("Rust").project(true)).await?;
    for step in ["created", "changed", "deleted"] {
        match step {
            "changed" => drop(client.call(&Update::new(group).name("Rust 2024")).await?),
            "deleted" => drop(client.call(&Delete::new(group)).await?),
            _ => {}
        }
        let event = timeout(Duration::from_secs(10), events.recv()).await?;
        let event = event.ok_or("the server has ended")?;
        mirror.follow(&client, &event).await?;
        println!("{step}   {}", mirror.text());
    }
    running.stop(true).await;
    Ok(())
}
