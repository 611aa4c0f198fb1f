//! A page of 50 groups, decoded: by the engine into typed rows, and by bare `serde_json` into a struct of `String`s that a
//! person would write. `cargo bench -p sonet-tests --bench decode`; the ratios are those of one run.

#![allow(clippy::unwrap_used, clippy::expect_used)]
// The engine is told the time, and an `Instant` has no other constructor.
#![allow(clippy::disallowed_methods)]

use std::hint::black_box;
use std::task::Waker;
use std::time::Instant;

use bytes::Bytes;
use serde::Deserialize;
use sonet_core::{Config, Exchange, Limits, Machine as _, Method as _, Rate, Session, Step};
use sonet_types::sonet_group::{Get, Group};

fn main() {
    divan::main();
}

/// What a person would write who has no types for the wire.
#[derive(Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[allow(dead_code)] // only decoded
struct Texts {
    id: String,
    site_id: String,
    name: String,
    description: Option<String>,
    date_create: String,
    date_update: String,
    active: String,
    visible: String,
    opened: String,
    closed: String,
    subject_id: String,
    owner_id: String,
    keywords: Option<String>,
    number_of_members: String,
    date_activity: String,
    subject_name: String,
    project: String,
    is_extranet: String,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Envelope<T> {
    result: Vec<T>,
    total: Option<u64>,
    next: Option<u64>,
}

fn page() -> Bytes {
    let rows: Vec<_> = (1..=50)
        .map(|id| {
            format!(
                r#"{{"ID":"{id}","SITE_ID":"s1","NAME":"Project number {id} of the department","DESCRIPTION":"What it is about, in a line or two of text","DATE_CREATE":"2026-03-19T15:01:27+02:00","DATE_UPDATE":"2026-03-19T15:01:27+02:00","ACTIVE":"Y","VISIBLE":"Y","OPENED":"N","CLOSED":"N","SUBJECT_ID":"1","OWNER_ID":"1271","KEYWORDS":null,"NUMBER_OF_MEMBERS":"12","DATE_ACTIVITY":"2026-03-19T15:01:27+02:00","SUBJECT_NAME":"Workgroups","PROJECT":"Y","IS_EXTRANET":"N"}}"#
            )
        })
        .collect();
    let body = format!(
        r#"{{"result":[{}],"next":50,"total":120,"time":{{"start":1773925430,"finish":1773925430.419962,"duration":0.41,"processing":0,"date_start":"2026-03-19T16:03:50+02:00","date_finish":"2026-03-19T16:03:50+02:00","operating_reset_at":1773926030,"operating":0}}}}"#,
        rows.join(",")
    );
    Bytes::from(body)
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
    bencher.bench_local(|| -> Vec<Group> {
        Get::decode(&mut serde_json::Deserializer::from_str(black_box(&rows))).unwrap()
    });
}

#[divan::bench]
fn c_texts_from_slice(bencher: divan::Bencher<'_, '_>) {
    let body = page();
    bencher.bench_local(|| serde_json::from_slice::<Envelope<Texts>>(black_box(&body)).unwrap());
}

#[divan::bench]
fn d_texts_from_str(bencher: divan::Bencher<'_, '_>) {
    let body = page();
    bencher.bench_local(|| {
        let text = std::str::from_utf8(black_box(&body)).unwrap();
        serde_json::from_str::<Envelope<Texts>>(text).unwrap()
    });
}
