//! One client for many.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::thread;

use sonet_blocking::serde_json::{Value, json};
use sonet_blocking::{Client, Config, Rate, Raw};
use support::{Answer, Server, ok};

#[test]
fn a_hundred_calls_at_once() {
    let server = Server::start(|_, seen| {
        let sent: Value = sonet_blocking::serde_json::from_str(&seen.body).unwrap();
        Answer::Keep(ok(&sent["number"].to_string()))
    });
    let config = Config::webhook(&server.webhook()).unwrap();
    let client = Client::new(config.rate(Rate::UNLIMITED)).unwrap();
    thread::scope(|scope| {
        for number in 0..100 {
            let client = client.clone();
            scope.spawn(move || {
                let answer = client.call(&Raw::new("test.echo", json!({ "number": number })));
                assert_eq!(answer.unwrap(), Value::from(number));
            });
        }
    });
    assert_eq!(server.seen().len(), 100);
}

#[test]
fn a_client_goes_anywhere() {
    fn check<T: Clone + Send + Sync + 'static>() {}
    check::<Client>();
}

#[test]
fn a_reply_has_what_came_along() {
    let body = br#"{"result":[1,2],"total":7,"next":50,"time":{"duration":0.5}}"#;
    let server = Server::start(|_, _| Answer::Keep(support::http("200 OK", "", body)));
    let client = Client::webhook(&server.webhook()).unwrap();
    let reply = client
        .reply(
            &Raw::new("test.list", json!({}))
                .read_only()
                .output::<Vec<u64>>(),
        )
        .unwrap();
    assert_eq!(reply.result, [1, 2]);
    assert_eq!(
        (reply.total, reply.next, reply.time.duration),
        (Some(7), Some(50), Some(0.5))
    );
}
