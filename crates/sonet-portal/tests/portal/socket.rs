//! The server, over raw sockets.

use flate2::read::GzDecoder;
use sonet_portal::{Portal, Server};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::thread;
use std::time::{Duration, SystemTime};

fn server() -> Server {
    Portal::builder()
        .groups(120)
        .users(40)
        .seed(1)
        .start()
        .unwrap()
}

fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    stream
}

fn path(server: &Server, method: &str) -> String {
    server
        .webhook()
        .strip_prefix(&server.url())
        .unwrap()
        .to_owned()
        + method
}

/// Reads one answer off a connection: its head and its body.
fn read_one(stream: &mut TcpStream) -> (String, Vec<u8>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        assert_eq!(
            stream.read(&mut byte).unwrap(),
            1,
            "{}",
            String::from_utf8_lossy(&head)
        );
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("Content-Length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    stream.read_exact(&mut body).unwrap();
    (head, body)
}

/// Sends bytes on a connection of their own; the whole answer until the server closes.
fn exchange(server: &Server, sent: &[u8]) -> String {
    let mut stream = connect(server);
    // The server may have closed already, having seen enough.
    let _ = stream.write_all(sent);
    let _ = stream.shutdown(Shutdown::Write);
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn a_connection_serves_many_requests() {
    let server = server();
    let mut stream = connect(&server);
    for n in 1..=3_u64 {
        let body = format!(r#"{{"NAME":"Group {n}"}}"#);
        let target = path(&server, "sonet_group.create");
        write!(
            stream,
            "POST {target} HTTP/1.1\r\nHost: x\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let (head, body) = read_one(&mut stream);
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
        assert!(head.contains("Content-Type: application/json; charset=utf-8\r\n"));
        assert!(head.contains("Connection: keep-alive\r\n"));
        assert!(body.starts_with(br#"{"result":"#));
        assert_eq!(
            server.with(|portal| portal.executed_of("sonet_group.create")),
            n
        );
    }
}

#[test]
fn requests_may_come_at_once_or_byte_by_byte() {
    let server = server();
    let target = path(&server, "sonet_group.user.groups");
    let one = format!("GET {target} HTTP/1.1\r\nHost: x\r\n\r\n");
    let mut stream = connect(&server);
    stream
        .write_all(format!("\r\n{one}{one}").as_bytes())
        .unwrap();
    let first = read_one(&mut stream);
    assert!(first.0.starts_with("HTTP/1.1 200 "));
    assert!(read_one(&mut stream).0.starts_with("HTTP/1.1 200 "));
    for byte in one.as_bytes() {
        stream.write_all(&[*byte]).unwrap();
        stream.flush().unwrap();
    }
    assert!(read_one(&mut stream).0.starts_with("HTTP/1.1 200 "));
}

#[test]
fn chunked_bodies_are_read() {
    let server = server();
    let target = path(&server, "sonet_group.create");
    let mut stream = connect(&server);
    let head = format!(
        "POST {target} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
         Transfer-Encoding: chunked\r\n\r\n"
    );
    for chunks in [
        "8\r\n{\"NAME\":\r\n6;x=y\r\n\"Abc\"}\r\n0\r\n\r\n",
        "e\r\n{\"NAME\":\"Abc\"}\r\n00\r\nTrailer: x\r\n\r\n",
    ] {
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(chunks.as_bytes()).unwrap();
        assert!(
            read_one(&mut stream).0.starts_with("HTTP/1.1 200 "),
            "{chunks}"
        );
    }
    assert_eq!(
        server.with(|p| p.groups().last().unwrap().name.clone()),
        "Abc"
    );
    for broken in ["x\r\n", "5\r\nabcdeXX\r\n0\r\n\r\n", "-1\r\n", "5\r\nabc"] {
        let answer = exchange(&server, format!("{head}{broken}").as_bytes());
        assert!(answer.starts_with("HTTP/1.1 400 "), "{broken:?}: {answer}");
    }
    let answer = exchange(&server, format!("{head}fffffffffffffff\r\n").as_bytes());
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert_eq!(
        server.with(|portal| portal.executed_of("sonet_group.create")),
        2
    );
}

#[test]
fn forms_and_queries_are_read() {
    let server = server();
    let target = path(&server, "sonet_group.create");
    let body = "NAME=My+%26+Co&SITE_ID%5B%5D=s1";
    let answer = exchange(
        &server,
        format!(
            "POST {target}.json?OPENED=Y HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .as_bytes(),
    );
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains("\r\nConnection: close\r\n"));
    let last = server.with(|portal| portal.groups().last().unwrap().clone());
    assert_eq!((last.name.as_str(), last.opened), ("My & Co", true));
}

#[test]
fn a_long_answer_is_compressed_when_asked_for() {
    let server = server();
    let mut stream = connect(&server);
    let mut ask = |method: &str, accept: &str| {
        let target = path(&server, method);
        write!(stream, "GET {target} HTTP/1.1\r\nHost: x\r\n{accept}\r\n").unwrap();
        read_one(&mut stream)
    };
    let (plain_head, plain) = ask("sonet_group.get", "");
    assert!(plain.len() > 1024 && !plain_head.contains("Content-Encoding"));
    let (head, packed) = ask("sonet_group.get", "Accept-Encoding: deflate, gzip\r\n");
    assert!(head.contains("\r\nContent-Encoding: gzip\r\n"), "{head}");
    assert!(packed.len() < plain.len() / 2);
    let mut unpacked = String::new();
    GzDecoder::new(&packed[..])
        .read_to_string(&mut unpacked)
        .unwrap();
    let result = |text: &str| text[..text.find(r#","time""#).unwrap()].to_owned();
    assert_eq!(
        result(&unpacked),
        result(std::str::from_utf8(&plain).unwrap())
    );
    let short = ask("sonet_group.nothing", "Accept-Encoding: gzip\r\n");
    assert!(!short.0.contains("Content-Encoding"));
}

#[test]
fn a_client_that_waits_is_told_to_go_on() {
    let server = server();
    let target = path(&server, "sonet_group.create");
    let mut stream = connect(&server);
    write!(
        stream,
        "POST {target} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
         Content-Length: 12\r\nExpect: 100-continue\r\n\r\n"
    )
    .unwrap();
    assert_eq!(read_one(&mut stream).0, "HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(br#"{"NAME":"A"}"#).unwrap();
    assert!(read_one(&mut stream).0.starts_with("HTTP/1.1 200 "));
}

#[test]
fn head_has_no_body() {
    let server = server();
    let target = path(&server, "sonet_group.user.groups");
    let answer = exchange(
        &server,
        format!("HEAD {target} HTTP/1.0\r\n\r\n").as_bytes(),
    );
    assert!(
        answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("\r\n\r\n"),
        "{answer}"
    );
}

#[test]
fn malformed_requests_are_refused_and_harmless() {
    let server = server();
    let long = "x".repeat(70_000);
    let many = "A: b\r\n".repeat(200);
    let length = "9".repeat(40);
    for (sent, status) in [
        ("hello\r\n\r\n".to_owned(), 400),
        ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}".to_owned(), 400),
        ("GET nowhere HTTP/1.1\r\n\r\n".to_owned(), 400),
        ("GET / HTTP/1.1\r\nbad header\r\n\r\n".to_owned(), 400),
        ("GET / HTTP/2.0\r\n\r\n".to_owned(), 505),
        ("GET / HTTP/1.1\r\nHost: x".to_owned(), 400),
        (
            "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n".to_owned(),
            400,
        ),
        (
            "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n".to_owned(),
            400,
        ),
        (
            "POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\n1".to_owned(),
            400,
        ),
        (
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n12".to_owned(),
            400,
        ),
        (
            "POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                .to_owned(),
            400,
        ),
        (
            "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n".to_owned(),
            501,
        ),
        (
            "POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n".to_owned(),
            413,
        ),
        (
            format!("POST / HTTP/1.1\r\nContent-Length: {length}\r\n\r\n"),
            413,
        ),
        (
            "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab".to_owned(),
            400,
        ),
        (format!("GET /{long} HTTP/1.1\r\n\r\n"), 431),
        (format!("GET / HTTP/1.1\r\nA: {long}\r\n\r\n"), 431),
        (format!("GET / HTTP/1.1\r\n{many}\r\n"), 431),
    ] {
        let answer = exchange(&server, sent.as_bytes());
        let shown = sent.chars().take(80).collect::<String>();
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{shown:?}: {answer}"
        );
        assert!(
            answer.contains("\r\nConnection: close\r\n"),
            "{shown:?}: {answer}"
        );
    }
    assert_eq!(exchange(&server, b""), "");
    let target = path(&server, "sonet_group.get");
    let answer = exchange(&server, format!("GET {target} HTTP/1.0\r\n\r\n").as_bytes());
    assert!(answer.starts_with("HTTP/1.1 200 "), "the server goes on");
}

#[test]
fn deeply_nested_json_does_not_break_the_thread() {
    let server = server();
    let target = path(&server, "sonet_group.create");
    for (depth, status) in [(100, 400), (100_000, 400)] {
        let body = format!(r#"{{"NAME":{}{}}}"#, "[".repeat(depth), "]".repeat(depth));
        let answer = exchange(
            &server,
            format!(
                "POST {target} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
                 Content-Length: {}\r\n\r\n{body}",
                body.len()
            )
            .as_bytes(),
        );
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{depth}: {answer}"
        );
    }
}

#[test]
fn many_clients_are_served_at_once() {
    let server = server();
    let target = path(&server, "sonet_group.create");
    thread::scope(|scope| {
        for _ in 0..20 {
            scope.spawn(|| {
                let request = format!("GET {target}?NAME=A HTTP/1.1\r\nHost: x\r\n\r\n");
                let mut stream = connect(&server);
                for _ in 0..5 {
                    stream.write_all(request.as_bytes()).unwrap();
                    assert!(read_one(&mut stream).0.starts_with("HTTP/1.1 200 "));
                }
            });
        }
    });
    assert_eq!(server.portal().executed_of("sonet_group.create"), 100);
}

#[test]
fn webhooks_and_tokens_are_handed_out() {
    let server = server();
    assert_eq!(server.webhook_of(1), Some(server.webhook()));
    assert_eq!(server.webhook_of(99_999), None);
    assert_eq!(server.token_of(99_999), None);
    assert_eq!(server.webhook_with_scope(99_999, &["sonet_group"]), None);
    let portal = server.portal();
    // While the portal is locked, secrets are to be had all the same.
    let user = portal.employee().unwrap().id;
    let limited = server.webhook_with_scope(user, &["socialnetwork"]).unwrap();
    assert!(limited.starts_with(&format!("{}/rest/{user}/", server.url())));
    assert_ne!(Some(&limited), server.webhook_of(user).as_ref());
    drop(portal);
    let target = limited.strip_prefix(&server.url()).unwrap();
    let answer = exchange(
        &server,
        format!("GET {target}sonet_group.get HTTP/1.0\r\n\r\n").as_bytes(),
    );
    assert!(answer.starts_with("HTTP/1.1 403 "));
    assert!(!format!("{server:?}").contains("/rest/"));
}

#[test]
fn stopping_closes_everything() {
    let server = server();
    let address = server.address();
    let mut waiting = connect(&server);
    server.shutdown();
    server.shutdown();
    assert_eq!(
        waiting.read(&mut [0]).unwrap_or(0),
        0,
        "open connections are closed"
    );
    drop(server);
    assert!(
        TcpStream::connect(address).is_err(),
        "nobody listens any more"
    );
}

#[test]
fn a_server_moves_to_another_name_of_its_own() {
    let server = server();
    let port = server.address().port();
    let (old, new) = (format!("127.0.0.1:{port}"), format!("localhost:{port}"));
    server.with(|portal| portal.rules_mut().moved_to = Some(format!("http://{new}")));
    let method = path(&server, "sonet_group.create?NAME=New");

    // As a client would: to the address that it knows, then to where it is sent.
    let ask = |host: &str, target: &str, body: &str| {
        let mut stream = TcpStream::connect(host).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        write!(
            stream,
            "POST {target} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}",
            body.len()
        )
        .unwrap();
        let (head, body) = read_one(&mut stream);
        (head, String::from_utf8(body).unwrap())
    };
    let executed = || server.portal().executed_of("sonet_group.create");
    let (head, body) = ask(&old, &method, "");
    assert!(head.starts_with("HTTP/1.1 302 "), "{head}");
    let expected = format!("\r\nLocation: http://{new}{method}\r\n");
    assert!(head.contains(&expected), "{head}");
    assert!(body.starts_with("<html>"), "{body}");
    assert_eq!(executed(), 0);
    let (head, body) = ask(&new, &method, "");
    assert!(head.starts_with("HTTP/1.1 200 "), "{head}{body}");
    assert_eq!(executed(), 1);
    let (head, _) = ask(&old, "/oauth/authorize/?client_id=x", "");
    assert!(head.starts_with("HTTP/1.1 302 "), "{head}");

    // The token server stays, and has no other way to know where the portal is.
    let refresh = || {
        server.with(|portal| {
            let app = portal.app().clone();
            let tokens = portal.issue_tokens(&app.client_id, 1, SystemTime::now());
            format!(
                "grant_type=refresh_token&client_id={}&client_secret={}&refresh_token={}",
                app.client_id,
                app.client_secret,
                tokens.unwrap().refresh_token
            )
        })
    };
    let endpoint = |host: &str, target: &str| {
        let (head, body) = ask(host, target, &refresh());
        assert!(head.starts_with("HTTP/1.1 200 "), "{head}{body}");
        let answer: serde_json::Value = serde_json::from_str(&body).unwrap();
        answer["client_endpoint"].as_str().unwrap().to_owned()
    };
    for (host, target) in [(&old, "/oauth/token/"), (&new, "/oauth/token")] {
        assert_eq!(endpoint(host, target), format!("http://{host}/rest/"));
    }
    server.with(|portal| portal.rules_mut().address = Some(format!("http://{new}")));
    assert_eq!(
        endpoint(&old, "/oauth/token/"),
        format!("http://{new}/rest/")
    );
}
