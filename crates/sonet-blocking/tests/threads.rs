//! How many threads the client starts.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::env;
use std::thread;

use sonet_blocking::serde_json::{Value, json};
use sonet_blocking::{Client, Config, Rate, Raw};
use support::{Answer, Server, again, ok};

/// How many threads this process has started, this one included. The standard library counts them, and shows the count in
/// `Debug` only.
fn started() -> u64 {
    let id = thread::spawn(|| format!("{:?}", thread::current().id()));
    let digits = id.join().unwrap();
    let digits = digits.trim_matches(|other: char| !other.is_ascii_digit());
    digits.parse().unwrap()
}

/// An answer that says that the connection ends with it.
fn last(result: &str) -> Vec<u8> {
    let answer = String::from_utf8(ok(result)).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    format!("{head}\r\nConnection: close\r\n\r\n{body}").into_bytes()
}

#[test]
fn two_hundred_calls_start_one_thread_for_their_look_up() {
    let own = "two_hundred_calls_start_one_thread_for_their_look_up";
    if env::var_os("AGAIN").is_none() {
        for keeps in [true, false] {
            let server = Server::start(move |_, _| {
                if keeps {
                    Answer::Keep(ok("true"))
                } else {
                    Answer::Close(last("true"))
                }
            });
            let webhook = server.webhook().replace("127.0.0.1", "localhost");
            again(own, &[("PORTAL", &webhook)]);
            assert_eq!(server.seen().len(), 200);
        }
        return;
    }
    let before = started();
    for _ in 0..4 {
        let config = Config::webhook(&env::var("PORTAL").unwrap()).unwrap();
        let client = Client::new(config.rate(Rate::UNLIMITED)).unwrap();
        for _ in 0..50 {
            let answer = client.call(&Raw::new("test.read", json!({}))).unwrap();
            assert_eq!(answer, Value::Bool(true));
        }
    }
    // The other thread is the one that tells the count.
    assert_eq!(started() - before, 1 + 1);
}
