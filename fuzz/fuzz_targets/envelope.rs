//! Answers of a portal, or of whatever stands in its place: each ends the call with a value or an error.
#![no_main]

use std::task::Waker;
use std::time::Instant;

use libfuzzer_sys::fuzz_target;
use sonet_core::{
    Config, Exchange, Limits, Machine, Method, NoRetry, Rate, Raw, Session, Step,
};
use sonet_types::{GroupId, UserId, socialnetwork, sonet_group, tasks};

const SECRET: &str = "s3cr3tw0rd";

fuzz_target!(|input: (u8, u16, &[u8])| {
    let (method, status, body) = input;
    let webhook = format!("https://example.bitrix24.com/rest/1/{SECRET}/");
    let config = Config::webhook(&webhook)
        .expect("an address")
        .limits(Limits::new(Rate::UNLIMITED))
        .retry(NoRetry);
    let session = Session::new(&config, Instant::now()).expect("a session");
    let group = GroupId::new(77);
    match method % 8 {
        0 => answer(&session, &sonet_group::Get::new(), status, body),
        1 => answer(&session, &sonet_group::Create::new("Rust"), status, body),
        2 => answer(
            &session,
            &socialnetwork::api::workgroup::Get::new(group),
            status,
            body,
        ),
        3 => answer(
            &session,
            &socialnetwork::api::workgroup::List::new(),
            status,
            body,
        ),
        4 => answer(
            &session,
            &sonet_group::user::Invite::new(group, [UserId::new(1)]),
            status,
            body,
        ),
        5 => answer(&session, &sonet_group::user::Get::new(group), status, body),
        6 => answer(
            &session,
            &tasks::api::scrum::sprint::List::new(),
            status,
            body,
        ),
        _ => answer(&session, &Raw::new("crm.deal.list", serde_json::json!({})), status, body),
    }
});

fn answer<M: Method>(session: &Session, method: &M, status: u16, body: &[u8]) {
    let Ok(status) = http::StatusCode::from_u16(status) else {
        return;
    };
    let mut exchange = Exchange::new(session, method);
    let now = Instant::now();
    let Step::Send(_) = exchange.poll(now, Waker::noop()) else {
        panic!("nothing to send");
    };
    let mut response = http::Response::new(body.to_vec().into());
    *response.status_mut() = status;
    exchange.on_response(now, response);
    match exchange.poll(now, Waker::noop()) {
        Step::Done(Err(error)) => {
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains(SECRET), "{shown}");
            assert!(shown.len() < 10_000, "an answer floods a log");
            let _ = error.executed();
        }
        Step::Done(Ok(_)) | Step::Send(_) | Step::Wait(_) => {}
        _ => panic!("a webhook has nothing to refresh or to store"),
    }
}
