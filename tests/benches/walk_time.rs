//! How long a walk takes where each request takes 400 ms, by how many requests are out at once.
//!
//! `cargo bench -p sonet-tests --bench walk_time` prints wall times, requests and peak memory. The server is another process; it
//! sleeps before each answer, and takes any number of requests at once.
//!
//! `… -- python3` runs the same lists with `fast_bitrix24`, which that Python has to have installed (`pip install
//! fast_bitrix24`), in the same rounds. `… -- beyond` runs a list that needs more requests than the rate lets through at once.

#![allow(clippy::unwrap_used, missing_docs)]

mod groups;
mod server;

use std::collections::{BTreeMap, HashMap};
use std::env;
use std::fmt::Write as _;
use std::io::Read as _;
use std::net::{Shutdown, TcpStream};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use groups::{PAGE, TIME, list, object};
use serde_json::Value;
use server::{Server, serve_if_asked};
use sonet_core::{Config, Rate};
use sonet_types::sonet_group::Get;

/// How long a request takes.
const LATENCY: Duration = Duration::from_millis(400);

const ROUNDS: usize = 5;

/// The same list, by `fast_bitrix24`: how long it took, and how many rows came.
const PYTHON: &str = r#"
import logging, sys, time
from fast_bitrix24 import Bitrix
logging.disable(logging.CRITICAL)
bitrix = Bitrix(sys.argv[1], verbose=False)
start = time.monotonic()
rows = bitrix.get_all("sonet_group.get")
print(time.monotonic() - start, len({row["ID"] for row in rows}))
"#;

fn main() {
    serve_if_asked(answers);
    let _ = rustls::crypto::ring::default_provider().install_default();
    let arguments: Vec<_> = env::args().filter(|text| text != "--bench").collect();
    if let [_, way, rows, most] = arguments.as_slice() {
        let server = Server::start(rows);
        let took = walk(
            way,
            &server.webhook(),
            rows.parse().unwrap(),
            most.parse().unwrap(),
        );
        println!("{} {} {}", took.as_secs_f64(), requests(&server), peak());
        return;
    }
    if arguments
        .get(1)
        .is_some_and(|argument| argument == "beyond")
    {
        beyond_the_bucket();
        return;
    }
    let python = arguments.get(1);
    println!("rows      way         at once  requests  seconds (min, median, max)   peak MB");
    for rows in ["16390", "100000"] {
        let mut measured: BTreeMap<(String, usize), Vec<[f64; 3]>> = BTreeMap::new();
        for _ in 0..ROUNDS {
            for (way, most) in [
                ("async", 1),
                ("async", 8),
                ("async", 50),
                ("blocking", 8),
                ("blocking", 50),
            ] {
                let figures = run(&[way, rows, &most.to_string()]);
                measured
                    .entry((way.to_owned(), most))
                    .or_default()
                    .push(figures);
            }
            if let Some(python) = python {
                let server = Server::start(rows);
                let output = Command::new(python)
                    .args(["-c", PYTHON, &server.webhook()])
                    .output()
                    .unwrap();
                let text = String::from_utf8(output.stdout).unwrap();
                let (seconds, came) = text.trim().split_once(' ').unwrap();
                assert_eq!(came, rows, "every row, if not in order");
                let figures = [seconds.parse().unwrap(), f64::from(requests(&server)), 0.0];
                let python = ("python".to_owned(), 50);
                measured.entry(python).or_default().push(figures);
            }
        }
        for ((way, most), figures) in measured {
            let mut seconds: Vec<_> = figures.iter().map(|figures| figures[0]).collect();
            seconds.sort_by(f64::total_cmp);
            let [_, requests, peak] = figures[0];
            println!(
                "{rows:>7}   {way:<10} {most:>7} {requests:>9}   {:>6.2} {:>6.2} {:>6.2}          {peak:>7.1}",
                seconds[0],
                seconds[seconds.len() / 2],
                seconds[seconds.len() - 1],
            );
        }
    }
}

/// A walk that needs more requests than are taken at once, beside the time that the others have to wait for.
fn beyond_the_bucket() {
    println!("rows      way         at once  requests  seconds   floor   ratio");
    for way in ["async", "blocking"] {
        let [seconds, requests, _] = run(&[way, "300000", "50"]);
        // One step less than what the server takes at once, so that it never refuses.
        let room = f64::from(Rate::STANDARD.threshold().unwrap() - 2);
        let floor =
            (requests - room) / Rate::STANDARD.per_second().unwrap() + LATENCY.as_secs_f64();
        let ratio = seconds / floor;
        println!(
            " 300000   {way:<10} {:>7} {requests:>9}   {seconds:>6.2}  {floor:>6.2}   {ratio:>5.3}",
            50
        );
    }
}

/// Walks in a process of its own: seconds, requests and megabytes.
fn run(arguments: &[&str]) -> [f64; 3] {
    let output = Command::new(env::current_exe().unwrap())
        .args(arguments)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut figures = text
        .split_whitespace()
        .map(|figure| figure.parse().unwrap());
    [(); 3].map(|()| figures.next().unwrap())
}

/// Walks the whole list, and checks that it is the whole list, in order.
fn walk(way: &str, webhook: &str, rows: i64, most: usize) -> Duration {
    let config = Config::webhook(webhook).unwrap().rate(Rate::STANDARD);
    let call = Get::new().is_admin(true);
    let mut last = 0;
    let mut check = |id: i64| {
        assert_eq!(id, last + 1);
        last = id;
    };
    let start = Instant::now();
    if way == "blocking" {
        let client = sonet_blocking::Client::new(config).unwrap();
        for group in client.list(&call).concurrency(most) {
            check(group.unwrap().id.get());
        }
    } else {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let client = sonet_async::Client::new(config).unwrap();
            let mut groups = client.list(&call).concurrency(most);
            while let Some(group) = groups.next().await {
                check(group.unwrap().id.get());
            }
        });
    }
    let took = start.elapsed();
    assert_eq!(last, rows);
    took
}

/// The most memory that this process has had, in megabytes.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}

/// How many requests a server has answered.
fn requests(server: &Server) -> u32 {
    use std::io::Write as _;
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    stream.write_all(b"GET /requests HTTP/1.1\r\n\r\n").unwrap();
    stream.shutdown(Shutdown::Write).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    response.rsplit("\r\n").next().unwrap().parse().unwrap()
}

/// Answers like a portal with so many groups: by identifier within bounds, or by offset, alone or in a batch.
fn answers(rows: &str) -> impl Fn(&str, &[u8]) -> String + Send + Sync + use<> {
    let rows = rows.parse().unwrap();
    let requests = AtomicU64::new(0);
    move |first_line, body| {
        let body = if first_line.contains("/requests") {
            requests.load(Ordering::Relaxed).to_string()
        } else {
            requests.fetch_add(1, Ordering::Relaxed);
            thread::sleep(LATENCY);
            let body: Value = serde_json::from_slice(body).unwrap_or_default();
            match body.get("cmd").and_then(Value::as_object) {
                Some(commands) => {
                    let commands = commands.iter();
                    let commands = commands
                        .map(|(key, text)| (key.as_str(), text.as_str().unwrap_or_default()));
                    batch(commands.collect(), rows)
                }
                None => alone(&body, rows),
            }
        };
        let length = body.len();
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {length}\r\n\
             Connection: keep-alive\r\n\r\n{body}"
        )
    }
}

/// What a page is asked with.
#[derive(Default)]
struct Asked {
    low: u64,
    high: Option<u64>,
    start: u64,
    is_descending: bool,
}

/// A page: the first and the last row, how many rows there are within the bounds, and whether there are more behind it.
fn page(asked: &Asked, rows: u64) -> (u64, u64, u64, bool) {
    let high = asked
        .high
        .map_or(rows, |high| rows.min(high.saturating_sub(1)));
    let all = high.saturating_sub(asked.low);
    let left = all.saturating_sub(asked.start);
    let came = left.min(PAGE);
    let first = if asked.is_descending {
        high + 1 - came
    } else {
        asked.low + asked.start + 1
    };
    (first, (first + came).saturating_sub(1), all, left > came)
}

fn alone(body: &Value, rows: u64) -> String {
    let field = |name: &str| body.get(name).or_else(|| body.get(name.to_lowercase()));
    let number = |value: Option<&Value>| {
        value.and_then(|value| value.as_u64().or_else(|| value.as_str()?.parse().ok()))
    };
    let filter = |name: &str| number(field("FILTER").and_then(|filter| filter.get(name)));
    let asked = Asked {
        low: filter(">ID").unwrap_or(0),
        high: filter("<ID"),
        start: number(field("START")).unwrap_or(0),
        is_descending: field("ORDER").and_then(|order| order.get("ID"))
            == Some(&Value::from("DESC")),
    };
    let (first, last, total, has_more) = page(&asked, rows);
    let mut body = r#"{"result":"#.to_owned();
    list(&mut body, first..=last);
    if has_more {
        write!(body, r#","next":{}"#, asked.start + PAGE).unwrap();
    }
    write!(body, r#","total":{total},"time":{TIME}}}"#).unwrap();
    body
}

fn batch(mut commands: Vec<(&str, &str)>, rows: u64) -> String {
    // The keys of a map come sorted as texts, and commands refer to those before them.
    commands.sort_by_key(|(key, _)| (key.len(), *key));
    let mut last_rows = HashMap::new();
    let [mut results, mut totals, mut nexts] = [const { String::new() }; 3];
    for (key, command) in commands {
        let mut asked = Asked::default();
        let (_, query) = command.split_once('?').unwrap_or((command, ""));
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let referred = value
                .strip_prefix("$result[")
                .and_then(|text| text.split(']').next());
            let number = match referred {
                // What leads nowhere is a text, and 0 to PHP.
                Some(key) => last_rows.get(key).copied().unwrap_or(0),
                None => value.parse().unwrap_or(0),
            };
            match &*name {
                name if name.ends_with("[>ID]") => asked.low = number,
                name if name.ends_with("[<ID]") => asked.high = Some(number),
                name if name.eq_ignore_ascii_case("start") => asked.start = number,
                name if name.ends_with("[ID]") => asked.is_descending = value == "DESC",
                _ => {}
            }
        }
        let (first, last, total, has_more) = page(&asked, rows);
        write!(results, r#","{key}":"#).unwrap();
        list(&mut results, first..=last);
        write!(totals, r#","{key}":{total}"#).unwrap();
        if has_more {
            write!(nexts, r#","{key}":{}"#, asked.start + PAGE).unwrap();
        }
        if last + 1 - first == PAGE {
            last_rows.insert(key, last);
        }
    }
    let [results, totals, nexts] = [results, totals, nexts].map(|map| object(&map));
    format!(
        r#"{{"result":{{"result":{results},"result_error":[],"result_total":{totals},"result_next":{nexts},"result_time":[]}},"time":{TIME}}}"#
    )
}
