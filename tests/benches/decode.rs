//! A page of 50 groups, decoded: by the engine into typed rows, and by bare `serde_json` into a struct of `String`s that a
//! person would write. `cargo bench -p sonet-tests --bench decode`; the ratios are those of one run.

#![allow(clippy::unwrap_used, clippy::expect_used)]
// The engine is told the time, and an `Instant` has no other constructor.
#![allow(clippy::disallowed_methods)]

mod groups;

use std::hint::black_box;
use std::task::Waker;
use std::time::Instant;

use bytes::Bytes;
use groups::{Page, Texts};
use sonet_core::{Config, Exchange, Limits, Machine as _, Method as _, Rate, Session, Step};
use sonet_types::sonet_group::{Get, Group};

fn main() {
    divan::main();
}

/// The first page of 120 groups.
fn page() -> Bytes {
    Bytes::from(groups::page(0, 120))
}

#[divan::bench]
fn a_engine_typed(bencher: divan::Bencher<'_, '_>) {
    let body = page();
    let config = Config::webhook("https://example.bitrix24.com/rest/1/secret/").unwrap();
    let config = config.limits(Limits::new(Rate::UNLIMITED));
    let now = Instant::now();
    let session = Session::new(&config, now).unwrap();
    bencher.bench_local(|| {
        let mut exchange = Exchange::new(&session, &Get::new());
        let Step::Send(_) = exchange.poll(now, Waker::noop()) else {
            unreachable!()
        };
        exchange.on_response(now, http::Response::new(body.clone()));
        match exchange.poll(now, Waker::noop()) {
            Step::Done(reply) => reply.unwrap().result,
            _ => unreachable!(),
        }
    });
}

#[divan::bench]
fn b_result_typed(bencher: divan::Bencher<'_, '_>) {
    let body = page();
    let text = std::str::from_utf8(&body).unwrap();
    let rows = text["{\"result\":".len()..text.find(",\"next\"").unwrap()].to_owned();
    bencher.bench_local(|| -> sonet_core::Page<Group> {
        Get::decode(&mut serde_json::Deserializer::from_str(black_box(&rows))).unwrap()
    });
}

#[divan::bench]
fn c_texts_from_slice(bencher: divan::Bencher<'_, '_>) {
    let body = page();
    bencher.bench_local(|| serde_json::from_slice::<Page<Texts>>(black_box(&body)).unwrap());
}

#[divan::bench]
fn d_texts_from_str(bencher: divan::Bencher<'_, '_>) {
    let body = page();
    bencher.bench_local(|| {
        let text = std::str::from_utf8(black_box(&body)).unwrap();
        serde_json::from_str::<Page<Texts>>(text).unwrap()
    });
}
