//! What strangers may try: pages under foreign names, and requests that two programs would read in two
//! ways.

use sonet_portal::{Portal, Server};
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

/// Sends bytes; all that comes back.
fn exchange(server: &Server, sent: &str) -> String {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    let timeout = Some(Duration::from_secs(10));
    stream.set_read_timeout(timeout).unwrap();
    // The server may have closed already, having seen enough.
    let _ = stream.write_all(sent.as_bytes());
    let _ = stream.shutdown(Shutdown::Write);
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(server: &Server, target: &str, host: &str) -> String {
    let head = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    exchange(server, &head)
}

#[test]
fn secrets_can_not_be_guessed_unless_they_are_to_be_the_same() {
    let secrets = |server: &Server| {
        server.with(|portal| {
            let app = portal.app().clone();
            let codes = (app.client_id, app.client_secret, app.application_token);
            (portal.webhook_path(1), portal.token_of(1), codes)
        })
    };
    let (one, other) = (
        Portal::builder().start().unwrap(),
        Portal::builder().start().unwrap(),
    );
    let (a, b) = (secrets(&one), secrets(&other));
    assert!(a.0 != b.0 && a.1 != b.1);
    assert!(a.2.0 != b.2.0 && a.2.1 != b.2.1 && a.2.2 != b.2.2);
    let names = |server: &Server| {
        let portal = server.portal();
        portal
            .groups()
            .map(|group| group.name.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        names(&one),
        names(&other),
        "the data is the same all the same"
    );
    let seeded = || secrets(&Portal::builder().seed(5).start().unwrap());
    assert_eq!(seeded(), seeded());
}

#[test]
fn pages_are_shown_under_own_names_only() {
    let builder = Portal::builder().allow_host("portal.test");
    let server = builder.start().unwrap();
    let port = server.address().port();
    let status = |target: &str, host: &str| {
        let answer = get(&server, target, host);
        answer.split(' ').nth(1).unwrap().to_owned()
    };
    let authorize = "/oauth/authorize/?client_id=x";
    for own in [
        format!("127.0.0.1:{port}"),
        "127.0.0.1".to_owned(),
        format!("LOCALHOST:{port}"),
        "portal.test:9000".to_owned(),
    ] {
        assert_eq!(status("/", &own), "200", "{own}");
        assert_eq!(
            status(authorize, &own),
            "400",
            "{own}: there is no such application"
        );
    }
    let webhook = server.webhook();
    let path = webhook.strip_prefix(&server.url()).unwrap();
    for foreign in [
        "evil.example",
        &format!("evil.example:{port}"),
        "127.0.0.1.evil.example",
        "192.0.2.1",
        "0.0.0.0",
        "[::1]",
        "",
    ] {
        for page in ["/", "/?groups=50", authorize, "/nowhere"] {
            assert_eq!(status(page, foreign), "403", "{page} under {foreign}");
        }
        let answer = get(&server, "/", foreign);
        assert!(
            answer.contains("--allow-host") && !answer.contains("Accounting"),
            "{answer}"
        );
        // Calls have a secret, and are made from containers under any name.
        assert_eq!(
            status(&format!("{path}profile"), foreign),
            "200",
            "{foreign}"
        );
        assert_eq!(status("/oauth/token/", foreign), "400", "{foreign}");
    }
    // What the rules tell to others is a name of the portal's, too.
    let address = Some("https://known.example:444/".to_owned());
    server.with(|portal| portal.rules_mut().address = address);
    assert_eq!(status("/", "known.example"), "200");
    assert_eq!(status("/", "unknown.example"), "403");
}

#[test]
fn the_page_is_for_nobody_elses_frames() {
    let server = Portal::builder().start().unwrap();
    let page = get(&server, "/", "127.0.0.1");
    assert!(page.contains("frame-ancestors 'none'"), "{page}");
    assert!(page.contains("Cross-Origin-Resource-Policy: same-origin"));
    assert!(
        !page.contains("Access-Control-Allow-Origin"),
        "no other page reads it"
    );
}

#[test]
fn what_could_be_read_in_two_ways_is_refused() {
    let server = Portal::builder().start().unwrap();
    let extension = "x".repeat(5_000);
    let chunked = "POST /rest/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    for sent in [
        "GET /rest/x HTTP/1.1\r\n\r\n".to_owned(),
        "GET /rest/x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n".to_owned(),
        "GET /rest/x HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n".to_owned(),
        "GET /rest/x HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n".to_owned(),
        "GET /rest/x HTTP/1.1\r\nHost: a b\r\n\r\n".to_owned(),
        "GET /rest/x HTTP/1.1\r\nHost: user@a\r\n\r\n".to_owned(),
        "GET /rest/x HTTP/1.1\r\nHost: a/b\r\n\r\n".to_owned(),
        "GET http://b/rest/x HTTP/1.1\r\nHost: a\r\n\r\n".to_owned(),
        // Ends of lines.
        "GET /rest/x HTTP/1.1\nHost: a\n\n".to_owned(),
        "GET /rest/x HTTP/1.1\r\nHost: a\n\r\n".to_owned(),
        "GET /rest/x HTTP/1.1\r\nHost: a\r\nX: y\n\r\n".to_owned(),
        "GET /rest/x HTTP/1.1\r\nHost: a\r\n\n".to_owned(),
        "\nGET /rest/x HTTP/1.1\r\nHost: a\r\n\r\n".to_owned(),
        "GET /rest/x HTTP/1.1\r\nHost: a\r\nX: y\rZ: w\r\n\r\n".to_owned(),
        format!("{}GET /rest/x HTTP/1.1\r\nHost: a\r\n\r\n", "\r\n".repeat(20_000)),
        // Headers.
        "GET /rest/x HTTP/1.1\r\nHost: a\r\nX: y\r\n folded\r\n\r\n".to_owned(),
        "GET /rest/x HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n".to_owned(),
        "GET /rest/x HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n".to_owned(),
        "GET /rest/x HTTP/1.1\r\n Host: a\r\n\r\n".to_owned(),
        "GET  /rest/x HTTP/1.1\r\nHost: a\r\n\r\n".to_owned(),
        // Lengths.
        "POST /rest/x HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".to_owned(),
        "POST /rest/x HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n"
            .to_owned(),
        "POST /rest/x HTTP/1.1\r\nHost: a\r\nContent-Length: 0, 0\r\n\r\n".to_owned(),
        "POST /rest/x HTTP/1.1\r\nHost: a\r\nContent-Length: 0x0\r\n\r\n".to_owned(),
        "POST /rest/x HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n".to_owned(),
        "POST /rest/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n\
         0\r\n\r\n"
            .to_owned(),
        // Chunks.
        format!("{chunked}0\n\r\n"),
        format!("{chunked}0\r\n\n"),
        format!("{chunked}2\r\n{{}}\n0\r\n\r\n"),
        format!("{chunked}2;{extension}\r\n{{}}\r\n0\r\n\r\n"),
        format!("{chunked}2;x=\ry\r\n{{}}\r\n0\r\n\r\n"),
        format!("{chunked}0x2\r\n{{}}\r\n0\r\n\r\n"),
        format!("{chunked} 2\r\n{{}}\r\n0\r\n\r\n"),
        format!("{chunked}\r\n"),
        format!("{chunked}00000000000000002\r\n{{}}\r\n0\r\n\r\n"),
        format!("{chunked}0\r\nX: y\0\r\n\r\n"),
        format!("{chunked}0\r\n{}\r\n", "X: y\r\n".repeat(100)),
    ] {
        let answer = exchange(&server, &sent);
        let shown: String = sent.chars().take(120).collect();
        assert!(answer.starts_with("HTTP/1.1 400 "), "{shown:?}: {answer}");
        assert_eq!(answer.matches("HTTP/1.1 ").count(), 1, "{shown:?}: {answer}");
        assert!(answer.contains("\r\nConnection: close\r\n"), "{shown:?}: {answer}");
    }
    assert!(server.log().is_empty(), "none of it was a call");
    // What the standard allows is answered.
    for sent in [
        "GET /rest/x HTTP/1.0\r\n\r\n".to_owned(),
        "\r\n\r\nGET /rest/x HTTP/1.1\r\nHost:a\r\nConnection: close\r\n\r\n".to_owned(),
        "GET http://A:81/rest/x HTTP/1.1\r\nHost: a:81\r\nConnection: close\r\n\r\n".to_owned(),
        "GET /rest/x HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n".to_owned(),
        format!(
            "{}Connection: close\r\n\r\n2;x=y\r\n{{}}\r\n0\r\nX: y\r\n\r\n",
            &chunked[..chunked.len() - 2]
        ),
    ] {
        let answer = exchange(&server, &sent);
        assert!(answer.starts_with("HTTP/1.1 404 "), "{sent:?}: {answer}");
    }
}
