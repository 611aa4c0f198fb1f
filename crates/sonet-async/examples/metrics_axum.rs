//! The numbers of a client at `/metrics`, as Prometheus reads them, on axum.
//!
//! ```text
//! cargo run -p sonet-async --example metrics_axum
//! ```
//!
//! A simulated portal inside this program answers the calls, one of them at the second attempt and one not at all; then the program asks
//! for its own `/metrics`, prints them, and ends.

use std::error::Error;
use std::fmt::{self, Write as _};
use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use sonet_async::sonet_group::{Create, Get, user};
use sonet_async::{Client, GroupId, Histogram, MethodMetrics, Metrics, UserId};
use sonet_portal::{Fault, Portal};
use tokio::net::TcpListener;

/// The version of the text format.
const TEXT: &str = "text/plain; version=0.0.4";

async fn metrics(State(client): State<Client>) -> impl IntoResponse {
    let text = prometheus(&client.metrics()).unwrap_or_default();
    ([(CONTENT_TYPE, TEXT)], text)
}

/// All numbers of a client in Prometheus' text format. Names of methods have letters, digits, dots and underscores only, so
/// nothing needs escapes.
fn prometheus(metrics: &Metrics) -> Result<String, fmt::Error> {
    let mut out = Page(String::new());
    let methods = metrics.methods();
    out.counter("calls_succeeded", methods, |own| own.succeeded)?;
    out.counter("calls_failed", methods, |own| own.failed)?;
    out.counter("requests", methods, |own| own.requests)?;
    out.counter("retries", methods, |own| own.retries)?;
    out.begin("waited_seconds_total", "counter")?;
    for own in methods {
        let (method, waited) = (name(own), own.waited.as_secs_f64());
        writeln!(
            out.0,
            "bitrix24_waited_seconds_total{{method=\"{method}\"}} {waited}"
        )?;
    }
    out.histogram("call_duration_seconds", methods, |own| &own.call_duration)?;
    out.histogram("request_duration_seconds", methods, |own| {
        &own.request_duration
    })?;
    out.total("refused_total", "counter", metrics.refused)?;
    out.total("refreshes_total", "counter", metrics.refreshes)?;
    out.total("in_flight", "gauge", metrics.in_flight)?;
    out.total("waiting", "gauge", metrics.waiting)?;
    Ok(out.0)
}

fn name(own: &MethodMetrics) -> &str {
    own.method.as_deref().unwrap_or("other")
}

/// What is written so far.
struct Page(String);

impl Page {
    fn begin(&mut self, name: &str, kind: &str) -> fmt::Result {
        writeln!(self.0, "# TYPE bitrix24_{name} {kind}")
    }

    fn total(&mut self, name: &str, kind: &str, value: impl fmt::Display) -> fmt::Result {
        self.begin(name, kind)?;
        writeln!(self.0, "bitrix24_{name} {value}")
    }

    fn counter(
        &mut self,
        name: &str,
        methods: &[MethodMetrics],
        value: fn(&MethodMetrics) -> u64,
    ) -> fmt::Result {
        self.begin(&format!("{name}_total"), "counter")?;
        for own in methods {
            let (method, value) = (self::name(own), value(own));
            writeln!(
                self.0,
                "bitrix24_{name}_total{{method=\"{method}\"}} {value}"
            )?;
        }
        Ok(())
    }

    fn histogram(
        &mut self,
        name: &str,
        methods: &[MethodMetrics],
        value: fn(&MethodMetrics) -> &Histogram,
    ) -> fmt::Result {
        self.begin(name, "histogram")?;
        for own in methods {
            let (method, histogram) = (self::name(own), value(own));
            for (bound, count) in histogram.buckets() {
                let bound = if bound.is_finite() {
                    bound.to_string()
                } else {
                    "+Inf".to_owned()
                };
                writeln!(
                    self.0,
                    "bitrix24_{name}_bucket{{method=\"{method}\",le=\"{bound}\"}} {count}"
                )?;
            }
            let (sum, count) = (histogram.sum().as_secs_f64(), histogram.count());
            writeln!(self.0, "bitrix24_{name}_sum{{method=\"{method}\"}} {sum}")?;
            writeln!(
                self.0,
                "bitrix24_{name}_count{{method=\"{method}\"}} {count}"
            )?;
        }
        Ok(())
    }
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
