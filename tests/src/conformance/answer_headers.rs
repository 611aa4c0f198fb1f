//! The headers of an answer and the id of its request, without secrets.

use std::time::Duration;

use serde_json::{Value, json};
use sonet_core::{Batch, NoRetry, Raw};
use sonet_portal::Fault;

use super::caller::Caller;
use super::canned::Canned;
use super::retries::quick;
use super::world::World;

const SECRET: &str = "c4n4rysecret";

const HEADERS: &str = "X-Bitrix-RI: 3b51dd618cb995cf\r\nSet-Cookie: PHPSESSID=c4n4ry\r\n\
    Location: https://b.example.com/rest/1/c4n4rysecret/\r\nX-Quoted: of /rest/1/c4n4rysecret/x\r\n";

fn read() -> Raw {
    Raw::new("sonet_group.get", Value::Null).read_only()
}

/// Calls a server that answers this with the headers.
fn client<C: Caller>(status: u16, script: fn(&str) -> String) -> (Canned, C) {
    let server = Canned::with_headers(status, HEADERS, script);
    let client = C::webhook(&server.webhook(SECRET)).unwrap();
    (server, client.with_retry(NoRetry))
}

fn a_reply_and_an_error_have_the_headers_of_their_answer<C: Caller>(_: &World) {
    let (_server, good) = client::<C>(200, |_| json!({ "result": [] }).to_string());
    let reply = good.reply(&read()).unwrap();
    let (_server, bad) = client::<C>(400, |_| json!({ "error": "NO" }).to_string());
    let error = bad.reply(&read()).unwrap_err();
    for (headers, id) in [
        (reply.headers(), reply.request_id()),
        (error.headers(), error.request_id()),
    ] {
        assert_eq!(id, Some("3b51dd618cb995cf"));
        assert_eq!(headers["content-type"], "application/json");
        assert_eq!(headers["x-quoted"], "of /rest/1/***/x");
        assert!(!headers.contains_key("set-cookie") && !headers.contains_key("location"));
    }
    let shown = format!("{reply:?} {error:?} {error}");
    assert!(
        !shown.contains("3b51") && !shown.contains(SECRET),
        "{shown}"
    );
}

fn commands_have_those_of_the_request_that_carried_them<C: Caller>(_: &World) {
    let (_server, client) = client::<C>(200, |_| {
        let answer = json!({ "result": { "c0": [] }, "result_error": { "c1": { "error": "NO" } } });
        json!({ "result": answer }).to_string()
    });
    let mut batch = Batch::new();
    let (good, bad) = (batch.add(&read()), batch.add(&read()));
    let mut run = batch.build().unwrap();
    client.run(&mut run).unwrap();
    let reply = run.reply(good).unwrap();
    let error = run.outcome(bad).unwrap_err();
    let id = Some("3b51dd618cb995cf");
    assert_eq!((reply.request_id(), error.request_id()), (id, id));
}

fn the_headers_are_those_of_the_last_request<C: Caller>(world: &World) {
    let client = C::new(quick(world)).unwrap();
    let faults = world.server().faults();
    faults.on("*").nth(1).before(Fault::QueryLimit);
    let reply = client.reply(&read()).unwrap();
    assert!(!reply.headers().is_empty() && reply.request_id().is_none());

    faults.clear();
    faults.on("*").nth(1).before(Fault::QueryLimit);
    for attempt in 2..=4 {
        faults.on("*").nth(attempt).before(Fault::Hang);
    }
    let hasty = client.with_response_timeout(Duration::from_millis(300));
    let error = hasty.call(&read()).unwrap_err();
    assert!(error.is_timeout() && error.attempts() == 4, "{error:?}");
    assert!(error.headers().is_empty(), "the last had no answer");
}

on_both_clients! {
    a_reply_and_an_error_have_the_headers_of_their_answer,
    commands_have_those_of_the_request_that_carried_them,
    the_headers_are_those_of_the_last_request,
}
