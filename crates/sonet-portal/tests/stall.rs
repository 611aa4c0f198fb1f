//! Whatever one client sends, the others are served.
#![allow(clippy::unwrap_used, reason = "these are tests")]

use sonet_portal::{Portal, Server};
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

fn server() -> Server {
    Portal::builder().start().unwrap()
}

/// The path of a method.
fn method(server: &Server) -> String {
    let webhook = server.webhook();
    let path = webhook.strip_prefix(&server.url()).unwrap();
    format!("{path}sonet_group.user.groups")
}

fn ask(server: &Server, kind: &str, body: &[u8]) -> String {
    ask_at(server, &method(server), kind, body)
}

/// Sends one request and reads its answer to the end. A busy machine may take minutes; only what hangs takes longer.
fn ask_at(server: &Server, path: &str, kind: &str, body: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(600)))
        .unwrap();
    let mut request = format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\
         Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    request.extend_from_slice(body);
    stream.write_all(&request).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// How long the others wait at most while a large request is answered, and how long that takes.
fn waits(server: &Server, path: &str, kind: &str, body: &[u8]) -> (Duration, Duration) {
    let done = AtomicBool::new(false);
    let (longest, whole) = thread::scope(|scope| {
        let large = scope.spawn(|| {
            let began = Instant::now();
            let answer = ask_at(server, path, kind, body);
            done.store(true, Ordering::SeqCst);
            assert!(answer.starts_with("HTTP/1.1 "));
            began.elapsed()
        });
        let mut longest = Duration::ZERO;
        while !done.load(Ordering::SeqCst) {
            let began = Instant::now();
            assert!(ask(server, "application/json", b"{}").starts_with("HTTP/1.1 200 "));
            longest = longest.max(began.elapsed());
        }
        (longest, large.join().unwrap())
    });
    (longest, whole)
}

#[test]
fn reading_a_large_body_does_not_hold_up_the_others() {
    let server = server();
    let mut large = String::from("{\"first\":0");
    for n in 0..700_000 {
        write!(large, ",\"key{n:07}\":1").unwrap();
    }
    large.push('}');
    assert!(large.len() > 10_000_000);
    for path in [
        &method(&server),
        "/oauth/token/",
        "/oauth/authorize/",
        "/",
        "/nowhere",
    ] {
        let (longest, whole) = waits(&server, path, "application/json", large.as_bytes());
        // Reading the parameters is most of the work; nobody may have waited for it.
        assert!(longest * 3 < whole, "{path}: {longest:?} of {whole:?}");
    }
}

#[test]
fn large_bodies_of_every_type_are_answered() {
    let server = server();
    let long = "x".repeat(10 << 20);
    let many = "a[]=1&".repeat((10 << 20) / 6);
    let parts = "--B\r\nContent-Disposition: form-data; name=a[]\r\n\r\n1\r\n".repeat(200_000);
    let boundary = "a".repeat(50_000);
    for (kind, body) in [
        ("application/json", format!("{{\"NAME\":\"{long}\"}}")),
        ("application/json", format!("[{}1]", "1,".repeat(5 << 20))),
        ("application/x-www-form-urlencoded", format!("NAME={long}")),
        ("application/x-www-form-urlencoded", many),
        ("multipart/form-data; boundary=B", parts),
        (
            &format!("multipart/form-data; boundary={boundary}"),
            "a".repeat(10 << 20),
        ),
        ("text/plain", long),
    ] {
        let answer = ask(&server, kind, body.as_bytes());
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer:.200}");
    }
}

#[test]
fn deep_brackets_are_answered() {
    let server = server();
    let form = "application/x-www-form-urlencoded";
    let deep = format!("a{}=1", "[x]".repeat(10_000));
    assert!(ask(&server, form, deep.as_bytes()).starts_with("HTTP/1.1 200 "));
    let open = format!("a{}=1", "[".repeat(10_000));
    assert!(ask(&server, form, open.as_bytes()).starts_with("HTTP/1.1 200 "));
    let json = "application/json";
    for deep in ["[".repeat(10_000), "{\"a\":".repeat(10_000)] {
        assert!(ask(&server, json, deep.as_bytes()).starts_with("HTTP/1.1 400 "));
    }
    let closed = format!("{{\"a\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    assert!(ask(&server, json, closed.as_bytes()).starts_with("HTTP/1.1 400 "));
}
