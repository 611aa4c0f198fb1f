//! A batch of 2,500 groups, decoded: by the engine into typed rows, and by bare `serde_json`.
//!
//! `cargo bench -p sonet-tests --bench batch` prints a table of CPU times. Each round decodes in every way, so that a busy
//! machine slows down all of them alike, and a ratio is the median of the ratios within the rounds.
//!
//! `… -- engine 20` decodes in one way alone, for a profiler.

#![allow(clippy::unwrap_used, missing_docs)]
// The engine is told the time, and an `Instant` has no other constructor.
#![allow(clippy::disallowed_methods)]

mod groups;

use std::any::Any;
use std::env;
use std::fmt::Write as _;
use std::task::Waker;
use std::time::Instant;

use bytes::Bytes;
use cpu_time::ProcessTime;
use groups::{Batch, Borrowed, PAGES, Texts};
use serde::de::IgnoredAny;
use sonet_core::{Config, Limits, Machine as _, Pager, PagerStep, Rate, Session, Step};
use sonet_types::sonet_group::{Get, Group};

const ROUNDS: usize = 150;

/// A way to decode, and what has to be done before.
type Way = fn(&Session, &Bytes) -> Decoding;
type Decoding = Box<dyn FnOnce() -> Box<dyn Any>>;

/// The first is what the others are compared with.
const WAYS: [(&str, &str, Way); 7] = [
    ("strings", "`from_slice` into `String`s", strings),
    ("engine", "the engine, into typed rows", engine),
    ("strings-str", "`from_str` into `String`s", strings_str),
    ("typed-str", "`from_str` into typed rows", typed_str),
    (
        "borrowed",
        "`from_str` into borrowed texts: no value made, no memory but for the rows",
        borrowed,
    ),
    ("nothing", "`from_slice` into nothing", nothing),
    ("utf8", "the check for UTF-8 alone", utf8),
];

fn main() {
    let config = Config::webhook("https://example.bitrix24.com/rest/1/secret/").unwrap();
    let config = config.limits(Limits::new(Rate::UNLIMITED));
    let session = Session::new(&config, Instant::now()).unwrap();
    let body = Bytes::from(groups::batch(0, PAGES, 100_000));
    let arguments: Vec<_> = env::args().filter(|text| text != "--bench").collect();
    if let [_, name, times] = arguments.as_slice() {
        let (_, _, way) = WAYS.iter().find(|(known, ..)| known == name).unwrap();
        for _ in 0..times.parse().unwrap() {
            way(&session, &body)();
        }
        return;
    }
    table(&session, &body);
}

fn table(session: &Session, body: &Bytes) {
    let rounds: Vec<_> = (0..ROUNDS)
        .map(|number| round(number, session, body))
        .collect();
    println!(
        "A batch of 2,500 groups, {} bytes; CPU time in µs, and how many times as fast as the first (quartiles)",
        body.len()
    );
    println!("| decoded by | decoded | faster | decoded and dropped | faster |");
    println!("|---|---|---|---|---|");
    for (index, (_, title, _)) in WAYS.iter().enumerate() {
        let mut line = format!("| {title} |");
        for timed in 0..2 {
            let time = quartiles(rounds.iter().map(|times| times[index][timed]))[1];
            let ratios = rounds
                .iter()
                .map(|times| times[0][timed] / times[index][timed]);
            let [low, ratio, high] = quartiles(ratios);
            write!(line, " {time:.0} | {ratio:.2} ({low:.2} to {high:.2}) |").unwrap();
        }
        println!("{line}");
    }
}

/// The times of decoding, and of decoding and dropping. Every round begins with another way, so that none is always first.
fn round(number: usize, session: &Session, body: &Bytes) -> [[f64; 2]; WAYS.len()] {
    let mut times = [[0.0; 2]; WAYS.len()];
    for turn in 0..WAYS.len() {
        let index = (number + turn) % WAYS.len();
        let decoding = WAYS[index].2(session, body);
        let start = ProcessTime::now();
        let decoded = decoding();
        times[index][0] = start.elapsed().as_secs_f64() * 1e6;
        drop(decoded);
        times[index][1] = start.elapsed().as_secs_f64() * 1e6;
    }
    times
}

fn quartiles(values: impl Iterator<Item = f64>) -> [f64; 3] {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    [1, 2, 3].map(|quarter| values[values.len() * quarter / 4])
}

/// All that a client does with an answer: the check for UTF-8 and for errors, limits, the rows, totals and costs.
fn engine(session: &Session, body: &Bytes) -> Decoding {
    let (now, body) = (Instant::now(), body.clone());
    let mut pager = Pager::new(session, &Get::new());
    pager.eager();
    let PagerStep::Request(mut exchange) = pager.next_step(now) else {
        unreachable!()
    };
    let Step::Send(_) = exchange.poll(now, Waker::noop()) else {
        unreachable!()
    };
    Box::new(move || {
        exchange.on_response(now, http::Response::new(body));
        let Step::Done(answer) = exchange.poll(now, Waker::noop()) else {
            unreachable!()
        };
        Box::new(answer)
    })
}

fn strings(_: &Session, body: &Bytes) -> Decoding {
    by(body, |body| {
        serde_json::from_slice::<Batch<Texts>>(body).unwrap()
    })
}

fn strings_str(_: &Session, body: &Bytes) -> Decoding {
    by(body, |body| {
        serde_json::from_str::<Batch<Texts>>(text(body)).unwrap()
    })
}

fn typed_str(_: &Session, body: &Bytes) -> Decoding {
    by(body, |body| {
        serde_json::from_str::<Batch<Group>>(text(body)).unwrap()
    })
}

fn borrowed(_: &Session, body: &Bytes) -> Decoding {
    by(body, |body| {
        let batch = serde_json::from_str::<Batch<Borrowed<'_>>>(text(body)).unwrap();
        batch.result.result.len()
    })
}

fn nothing(_: &Session, body: &Bytes) -> Decoding {
    by(body, |body| {
        serde_json::from_slice::<IgnoredAny>(body).unwrap()
    })
}

fn utf8(_: &Session, body: &Bytes) -> Decoding {
    by(body, |body| text(body).len())
}

fn by<T: 'static>(body: &Bytes, decode: fn(&[u8]) -> T) -> Decoding {
    let body = body.clone();
    Box::new(move || Box::new(decode(&body)))
}

fn text(body: &[u8]) -> &str {
    std::str::from_utf8(body).unwrap()
}
