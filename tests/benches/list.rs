//! A list of 100,000 groups, streamed: by the client with every check on, and by bare reqwest.
//!
//! `cargo bench -p sonet-tests --bench list` prints CPU times, the peak memory of walks, and how many requests they made.
//! The server is another process, and only the time of this one counts. Each round walks in every way, so that a busy
//! machine slows down all of them alike, and a ratio is the median of the ratios within the rounds.
//!
//! `… -- client 100000` walks once, in one way, for a profiler.

#![allow(clippy::unwrap_used, missing_docs)]

mod bare;
mod groups;
mod server;

use std::env;
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};

use bare::{http, runtime};
use cpu_time::ProcessTime;
use groups::{Batch, PAGE, PAGES, Page, Texts};
use serde::de::DeserializeOwned;
use server::{Server, serve_if_asked};
use sonet_async::Client;
use sonet_core::{Config, Limits, Rate};
use sonet_types::sonet_group::{Get, Group};

const ROUNDS: usize = 25;
const ROWS: u64 = 100_000;

/// Walks, and returns how many rows came.
type Walk = Box<dyn FnMut(u64) -> u64>;

fn main() {
    serve_if_asked(answers);
    let _ = rustls::crypto::ring::default_provider().install_default();
    let arguments: Vec<_> = env::args().filter(|text| text != "--bench").collect();
    if let [_, way, rows] = arguments.as_slice() {
        let rows: u64 = rows.parse().unwrap();
        let server = Server::start(&rows.to_string());
        let ways = ways(&server.webhook());
        let (.., mut walk) = ways.into_iter().find(|(name, ..)| name == way).unwrap();
        assert_eq!(walk(rows), rows);
        println!("{} {}", peak(), requests(&server));
        return;
    }
    time();
    memory();
}

/// Answers with so many groups, and counts.
fn answers(rows: &str) -> impl Fn(&str, &[u8]) -> String + Send + Sync + use<> {
    let rows = rows.parse().unwrap();
    let requests = AtomicU64::new(0);
    move |first_line, body| {
        let body = if first_line.contains("/requests") {
            requests.swap(0, Ordering::Relaxed).to_string()
        } else {
            requests.fetch_add(1, Ordering::Relaxed);
            groups::answer(std::str::from_utf8(body).unwrap(), rows)
        };
        let length = body.len();
        let head = format!(
            "HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: application/json; charset=utf-8\r\n\
             Content-Length: {length}\r\nConnection: keep-alive\r\n\r\n"
        );
        head + &body
    }
}

/// How many requests a server has answered since the last time.
fn requests(server: &Server) -> u64 {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    stream.write_all(b"GET /requests HTTP/1.1\r\n\r\n").unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    let (_, count) = response.split_once("\r\n\r\n").unwrap();
    count.parse().unwrap()
}

fn time() {
    let server = Server::start(&ROWS.to_string());
    let mut ways = ways(&server.webhook());
    let mut rounds = Vec::new();
    for number in 0..=ROUNDS {
        let mut times = [0.0; 4];
        for turn in 0..ways.len() {
            let index = (number + turn) % ways.len();
            let start = ProcessTime::now();
            assert_eq!(ways[index].2(ROWS), ROWS);
            times[index] = start.elapsed().as_secs_f64() * 1e3;
        }
        // The first round connects, and fills caches.
        if number > 0 {
            rounds.push(times);
        }
    }
    println!(
        "{ROWS} groups streamed: CPU time in ms, and as a multiple of each bare way's (quartiles)"
    );
    println!("| streamed by | CPU | / strings | / typed |");
    println!("|---|---|---|---|");
    for (index, (_, title, _)) in ways.iter().enumerate() {
        let time = quartiles(rounds.iter().map(|times| times[index]))[1];
        let mut line = format!("| {title} | {time:.1} |");
        for bare in [0, 1] {
            let ratios = rounds.iter().map(|times| times[index] / times[bare]);
            let [low, ratio, high] = quartiles(ratios);
            write!(line, " {ratio:.3} ({low:.3} to {high:.3}) |").unwrap();
        }
        println!("{line}");
    }
}

/// Each walk is a process of its own, since a peak is never forgotten.
fn memory() {
    println!();
    println!("Walks by the client: the peak of its process's memory in KiB, and the HTTP requests");
    println!("| rows | peak | of 10,000 | requests | requests, eager |");
    println!("|---|---|---|---|---|");
    let mut least = None;
    for rows in [10_000, 100_000, 1_000_000] {
        let [(peak, requests), (_, eager)] = ["client", "eager"].map(|way| alone(way, rows));
        #[allow(clippy::cast_precision_loss)]
        let ratio = peak as f64 / *least.get_or_insert(peak) as f64;
        println!("| {rows} | {peak} | {ratio:.3} | {requests} | {eager} |");
    }
}

fn alone(way: &str, rows: u64) -> (u64, u64) {
    let output = Command::new(env::current_exe().unwrap())
        .args([way, &rows.to_string()])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let output = String::from_utf8(output.stdout).unwrap();
    let (peak, requests) = output.trim().split_once(' ').unwrap();
    (peak.parse().unwrap(), requests.parse().unwrap())
}

/// The most memory that this process ever had, in KiB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

fn quartiles(values: impl Iterator<Item = f64>) -> [f64; 3] {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| values[values.len() * quarter / 4])
}

fn ways(webhook: &str) -> [(&'static str, &'static str, Walk); 4] {
    [
        (
            "strings",
            "bare reqwest, `from_slice` into `String`s",
            bare(
                webhook,
                |bytes| decode_slice::<Page<Texts>>(bytes).result,
                decode_slice::<Batch<Texts>>,
            ),
        ),
        (
            "typed",
            "bare reqwest, `from_str` into typed rows",
            bare(
                webhook,
                |bytes| decode_str::<Page<Group>>(bytes).result,
                decode_str::<Batch<Group>>,
            ),
        ),
        ("client", "`client.list`", client(webhook, false)),
        ("eager", "`client.list`, eager", client(webhook, true)),
    ]
}

fn decode_slice<T: DeserializeOwned>(bytes: &[u8]) -> T {
    serde_json::from_slice(bytes).unwrap()
}

fn decode_str<T: DeserializeOwned>(bytes: &[u8]) -> T {
    serde_json::from_str(std::str::from_utf8(bytes).unwrap()).unwrap()
}

fn client(webhook: &str, eager: bool) -> Walk {
    let runtime = runtime();
    let config = Config::webhook(webhook)
        .unwrap()
        .limits(Limits::new(Rate::UNLIMITED));
    let client = Client::new(config).unwrap();
    Box::new(move |_| {
        runtime.block_on(async {
            let mut list = client.list(&Get::new());
            if eager {
                list = list.eager();
            }
            let mut count = 0;
            while let Some(row) = list.next().await {
                black_box(row.unwrap());
                count += 1;
            }
            count
        })
    })
}

/// The same requests and answers as the client's, without any check: a page, and then batches, in the order of commands.
fn bare<T: 'static>(
    webhook: &str,
    page: fn(&[u8]) -> Vec<T>,
    batch: fn(&[u8]) -> Batch<T>,
) -> Walk {
    let (runtime, http, webhook) = (runtime(), http(None), webhook.to_owned());
    Box::new(move |rows| {
        runtime.block_on(async {
            let mut count = 0;
            let first = send(
                &http,
                format!("{webhook}sonet_group.get.json"),
                r#"{"ORDER":{"ID":"ASC"}}"#.into(),
            )
            .await;
            for row in page(&first) {
                black_box(row);
                count += 1;
            }
            while count < rows {
                let pages = (rows - count).div_ceil(PAGE).min(PAGES);
                let body = send(
                    &http,
                    format!("{webhook}batch.json"),
                    commands(count, pages),
                )
                .await;
                let mut lists = batch(&body).result.result;
                for index in 0..pages {
                    for row in lists.remove(&format!("c{index}")).unwrap() {
                        black_box(row);
                        count += 1;
                    }
                }
            }
            count
        })
    })
}

/// A batch of pages behind a row.
fn commands(after: u64, pages: u64) -> String {
    let commands: Vec<_> = (0..pages)
        .map(|index| {
            let behind = match index.checked_sub(1) {
                None => after.to_string(),
                Some(index) => format!("%24result%5Bc{index}%5D%5B49%5D%5BID%5D"),
            };
            format!(r#""c{index}":"sonet_group.get?ORDER%5BID%5D=ASC&FILTER%5B%3EID%5D={behind}""#)
        })
        .collect();
    format!(r#"{{"halt":1,"cmd":{{{}}}}}"#, commands.join(","))
}

async fn send(http: &reqwest::Client, address: String, body: String) -> bytes::Bytes {
    let request = http
        .post(address)
        .header("content-type", "application/json")
        .body(body);
    let response = request.send().await.unwrap();
    assert!(response.status().is_success());
    // `text` would copy the bytes once more: the client is measured against the leaner way.
    response.bytes().await.unwrap()
}
