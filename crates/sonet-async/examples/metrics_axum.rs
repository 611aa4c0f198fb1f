//! The numbers of a client at `/metrics`, as Prometheus reads them, on axum.
//!
//! ```text
//! cargo run -p sonet-async --example metrics_axum
//! ```
//!
//! A simulated portal inside this program answers the calls, one of them at the second attempt and one not at all; then the program asks
//! for its own `/metrics`, prints them, and ends.

use std::error::Error;
use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use sonet_async::sonet_group::{Create, Get, user};
use sonet_async::{Client, GroupId, Prometheus, UserId};
use sonet_portal::{Fault, Portal};
use tokio::net::TcpListener;

async fn metrics(State(client): State<Client>) -> impl IntoResponse {
    let text = client.metrics().prometheus().to_string();
    ([(CONTENT_TYPE, Prometheus::CONTENT_TYPE)], text)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let portal = Portal::builder().start()?;
    let client = Client::webhook(&portal.webhook())?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let app = Router::new()
        .route("/metrics", get(metrics))
        .with_state(client.clone());
    tokio::spawn(async move { axum::serve(listener, app).await });

    work(&portal, &client).await?;
    // What Prometheus does every fifteen seconds.
    let answer = tokio::task::spawn_blocking(move || scrape(address)).await??;
    let (head, text) = answer.split_once("\r\n\r\n").ok_or("no answer of HTTP")?;
    eprintln!("{head}\n");
    io::stdout().write_all(text.as_bytes())?;
    Ok(())
}

fn scrape(address: SocketAddr) -> io::Result<String> {
    let mut server = TcpStream::connect(address)?;
    server.write_all(b"GET /metrics HTTP/1.0\r\n\r\n")?;
    let mut answer = String::new();
    server.read_to_string(&mut answer)?;
    Ok(answer)
}

/// Calls that succeed, one that is sent twice, and one that fails.
async fn work(portal: &sonet_portal::Server, client: &Client) -> Result<(), Box<dyn Error>> {
    let group = client.call(&Create::new("Rust")).await?;
    let _ = client.call(&Get::new()).await?;
    portal
        .faults()
        .on("sonet_group.get")
        .nth(1)
        .before(Fault::Page(502));
    let _ = client.call(&Get::new()).await?;
    let calls = (user::Get::new(group), Get::new());
    let _ = client.batch(&calls).await?;
    if let Err(error) = client
        .call(&user::Invite::new(GroupId::new(999_999), [UserId::new(1)]))
        .await
    {
        eprintln!("as expected: {error}");
    }
    Ok(())
}
