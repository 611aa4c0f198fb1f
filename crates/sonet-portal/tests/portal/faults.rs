//! Each fault over a raw socket, before execution and after it.

use sonet_portal::{Fault, Portal, Server};
use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant, SystemTime};

const CREATE: &str = "sonet_group.create";

fn server() -> Server {
    Portal::builder().groups(120).start().unwrap()
}

/// What came of a request: the head, the body, and how the connection ended.
#[derive(Debug)]
struct Seen {
    head: String,
    body: Vec<u8>,
    end: Option<ErrorKind>,
}

impl Seen {
    fn status(&self) -> &str {
        self.head.split(' ').nth(1).unwrap_or_default()
    }

    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines();
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    fn length(&self) -> usize {
        self.header("Content-Length").unwrap().parse().unwrap()
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

fn send(server: &Server, method: &str, more: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let webhook = server.webhook();
    let path = webhook.strip_prefix(&server.url()).unwrap();
    write!(
        stream,
        "GET {path}{method} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{more}\r\n"
    )
    .unwrap();
    stream
}

fn receive(mut stream: TcpStream) -> Seen {
    let mut all = Vec::new();
    let end = stream.read_to_end(&mut all).err().map(|error| error.kind());
    let split = all.windows(4).position(|window| window == b"\r\n\r\n");
    let body = split.map_or(Vec::new(), |at| all.split_off(at + 4));
    Seen {
        head: String::from_utf8(all).unwrap(),
        body,
        end,
    }
}

fn ask(server: &Server, method: &str) -> Seen {
    receive(send(server, method, ""))
}

fn create(server: &Server) -> Seen {
    ask(server, "sonet_group.create?NAME=New")
}

/// What is seen of a fault before execution, and of the same after it; each time it is checked
/// whether the call has executed.
fn both(fault: &Fault) -> [Seen; 2] {
    let server = server();
    server.faults().on(CREATE).nth(1).before(fault.clone());
    let before = create(&server);
    assert_eq!(server.portal().executed_of(CREATE), 0, "{fault}");
    assert_eq!(server.portal().groups().count(), 120);
    server.faults().clear();
    server.faults().on(CREATE).nth(1).after(fault.clone());
    let after = create(&server);
    assert_eq!(server.portal().executed_of(CREATE), 1, "{fault}");
    assert_eq!(server.portal().groups().count(), 121);
    // It was the first call only, and the server goes on.
    let whole = create(&server);
    assert_eq!((whole.status(), whole.end), ("200", None), "{fault}");
    assert_eq!(whole.length(), whole.body.len());
    let log = server.log();
    assert_eq!(log[0].fault, Some(format!("before: {fault}")));
    assert_eq!(log[1].fault, Some(format!("after: {fault}")));
    assert_eq!(log[2].fault, None);
    assert_eq!(
        log.iter().map(|call| call.executed).collect::<Vec<_>>(),
        [0, 1, 1]
    );
    assert!(log[1].answer.starts_with(r#"{"result":"#), "{:?}", log[1]);
    [before, after]
}

#[test]
fn a_reset() {
    for seen in both(&Fault::Reset) {
        assert_eq!(seen.end, Some(ErrorKind::ConnectionReset), "{seen:?}");
        assert_eq!(seen.head, "");
    }
}

#[test]
fn no_answer() {
    for after in [false, true] {
        let server = server();
        let rule = server.faults().on(CREATE).nth(1);
        if after {
            rule.after(Fault::Hang);
        } else {
            rule.before(Fault::Hang);
        }
        let mut stream = send(&server, "sonet_group.create?NAME=New", "");
        stream
            .set_read_timeout(Some(Duration::from_millis(300)))
            .unwrap();
        let error = stream.read(&mut [0]).unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
            "neither answered nor closed: {error}"
        );
        let executed = server.portal().executed_of(CREATE);
        assert_eq!(executed, u64::from(after));
        assert_eq!(create(&server).status(), "200", "others are served");
        server.shutdown();
        assert_eq!(stream.read(&mut [0]).unwrap_or(0), 0, "stopping ends it");
    }
}

#[test]
fn a_truncated_body() {
    for seen in both(&Fault::Truncate) {
        assert_eq!((seen.status(), seen.end), ("200", None));
        assert!(
            !seen.body.is_empty() && seen.body.len() < seen.length(),
            "{seen:?}"
        );
        assert!(seen.body.starts_with(b"{\"resul"));
    }
}

#[test]
fn a_slow_body() {
    let [before, after] = both(&Fault::Slow(Duration::from_millis(1)));
    assert_eq!(
        before.status(),
        "500",
        "what has not executed is no success"
    );
    assert_eq!(after.status(), "200");
    assert!(after.text().starts_with(r#"{"result":"#));
    assert_eq!(after.body.len(), after.length());
    // Byte by byte: the first is there long before the last.
    let server = server();
    let slow = Fault::Slow(Duration::from_millis(3));
    server.faults().on(CREATE).after(slow);
    let mut stream = send(&server, "sonet_group.create?NAME=New", "");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    let began = Instant::now();
    let mut body = Vec::new();
    stream.read_to_end(&mut body).unwrap();
    let least = Duration::from_millis(2) * u32::try_from(body.len()).unwrap();
    assert!(began.elapsed() > least, "{:?}", began.elapsed());
}

#[test]
fn a_wrong_length() {
    for seen in both(&Fault::Length(10)) {
        assert_eq!((seen.status(), seen.end), ("200", None));
        assert_eq!(seen.length(), seen.body.len() + 10);
    }
    for seen in both(&Fault::Length(-4)) {
        assert_eq!(seen.length() + 4, seen.body.len());
    }
}

#[test]
fn garbage() {
    for seen in both(&Fault::Garbage) {
        assert_eq!(seen.status(), "200");
        assert_eq!(seen.body.len(), seen.length());
        assert_eq!(
            seen.header("Content-Type"),
            Some("application/json; charset=utf-8")
        );
        assert!(serde_json::from_slice::<serde_json::Value>(&seen.body).is_err());
    }
}

#[test]
fn gzip_that_is_not() {
    for seen in both(&Fault::NotGzip) {
        assert_eq!(seen.header("Content-Encoding"), Some("gzip"));
        assert!(seen.body.starts_with(b"{\"result\""));
    }
    // A client that asked for it gets none either.
    let server = server();
    server.faults().on("*").after(Fault::NotGzip);
    let seen = receive(send(
        &server,
        "sonet_group.get",
        "Accept-Encoding: gzip\r\n",
    ));
    assert_eq!(seen.head.matches("Content-Encoding").count(), 1);
    assert!(seen.body.starts_with(b"{\"result\""));
}

#[test]
fn refusals_and_pages() {
    for (fault, status, kind, text) in [
        (
            Fault::Page(502),
            "502",
            "text/html",
            "<h1>502 Bad Gateway</h1>",
        ),
        (
            Fault::Page(503),
            "503",
            "text/html",
            "<h1>503 Service Unavailable</h1>",
        ),
        (
            Fault::Internal,
            "500",
            "application/json",
            r#"{"error":"","#,
        ),
        (
            Fault::QueryLimit,
            "503",
            "application/json",
            "QUERY_LIMIT_EXCEEDED",
        ),
        (
            Fault::OperationTime,
            "429",
            "application/json",
            "OPERATION_TIME_LIMIT",
        ),
    ] {
        for seen in both(&fault) {
            assert_eq!(seen.status(), status, "{fault}");
            assert!(seen.header("Content-Type").unwrap().starts_with(kind));
            assert!(seen.text().contains(text), "{seen:?}");
            assert_eq!(seen.body.len(), seen.length());
        }
    }
}

/// The total and the first identifier of a page in the default order, the newest first.
fn page(server: &Server, start: u64) -> (u64, String) {
    let seen = ask(server, &format!("sonet_group.get?IS_ADMIN=Y&start={start}"));
    let json: serde_json::Value = serde_json::from_slice(&seen.body).unwrap();
    let total = json["total"].as_u64().unwrap();
    let first = json["result"][0]["ID"].as_str().unwrap();
    (total, first.to_owned())
}

#[test]
fn another_writer_between_two_pages() {
    let server = server();
    let undisturbed = page(&server, 50);
    server
        .faults()
        .on("sonet_group.get")
        .nth(1)
        .interfere(|portal| {
            let newest = portal.groups().last().unwrap().id;
            assert!(portal.delete_group(newest));
        });
    assert_eq!(page(&server, 0).0, 120, "the first page does not know yet");
    let (total, first) = page(&server, 50);
    assert_eq!(total, 119);
    assert_ne!(first, undisturbed.1, "a row slipped to the page before");
    assert_eq!(
        page(&server, 50),
        (total, first),
        "only after the first page"
    );

    server.faults().clear();
    server
        .faults()
        .add("sonet_group.get:after:insert-group=Intruder,nth=1")
        .unwrap();
    assert_eq!(page(&server, 0).0, 119);
    assert_eq!(page(&server, 50).0, 120);
    assert_eq!(server.portal().groups().last().unwrap().name, "Intruder");
    assert_eq!(server.log().last().unwrap().fault, None);
}

/// Shows a refresh token of the portal's own application to the token server.
fn refresh(server: &Server, path: &str, token: &str) -> TcpStream {
    let (id, secret) = server.with(|portal| {
        let app = portal.app();
        (app.client_id.clone(), app.client_secret.clone())
    });
    let body = format!(
        "grant_type=refresh_token&client_id={id}&client_secret={secret}&refresh_token={token}"
    );
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    stream
}

fn refresh_token(server: &Server) -> String {
    server.with(|portal| {
        let client_id = portal.app().client_id.clone();
        let tokens = portal.issue_tokens(&client_id, 1, SystemTime::now());
        tokens.unwrap().refresh_token
    })
}

/// Waits until something has happened at the server.
fn until(happened: impl Fn() -> bool) {
    let began = Instant::now();
    while !happened() {
        assert!(
            began.elapsed() < Duration::from_secs(20),
            "it never happens"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// How many refreshes were granted and refused.
fn refreshes(server: &Server) -> (u64, u64) {
    server.with(|portal| (portal.tokens_refreshed(), portal.refreshes_refused()))
}

#[test]
fn the_token_server_has_faults_too() {
    let server = server();
    let token = refresh_token(&server);
    for (path, fault) in [
        ("/oauth/token/", Fault::Reset),
        ("/oauth/token", Fault::Page(502)),
    ] {
        server.faults().on("oauth/token").nth(1).before(fault);
        let seen = receive(refresh(&server, path, &token));
        assert!(
            seen.end == Some(ErrorKind::ConnectionReset) || seen.status() == "502",
            "{path}: {seen:?}"
        );
        server.faults().clear();
    }
    server.faults().add("/oauth/token/:before:hang").unwrap();
    let before = server.faults().happened();
    let mut hanging = refresh(&server, "/oauth/token/", &token);
    until(|| server.faults().happened() > before);
    hanging
        .set_read_timeout(Some(Duration::from_millis(300)))
        .unwrap();
    assert!(hanging.read(&mut [0]).is_err(), "no answer, no end");
    assert_eq!(create(&server).status(), "200", "methods have none");
    server.faults().clear();
    assert_eq!(refreshes(&server), (0, 0), "none has reached the portal");
    let seen = receive(refresh(&server, "/oauth/token/", &token));
    assert_eq!(seen.status(), "200", "the token is as good as ever");
    assert_eq!(refreshes(&server), (1, 0));
}

#[test]
fn a_lost_refresh_has_rotated_the_tokens() {
    for fault in [Fault::Reset, Fault::Page(502), Fault::Garbage, Fault::Hang] {
        let server = server();
        let token = refresh_token(&server);
        server
            .faults()
            .on("oauth/token")
            .nth(1)
            .after(fault.clone());
        let mut stream = refresh(&server, "/oauth/token/", &token);
        if fault == Fault::Hang {
            until(|| !server.log().is_empty());
            stream
                .set_read_timeout(Some(Duration::from_millis(300)))
                .unwrap();
            assert!(stream.read(&mut [0]).is_err(), "no answer, no end");
        } else {
            let seen = receive(stream);
            assert!(!seen.text().contains("refresh_token"), "{seen:?}");
        }
        assert_eq!(refreshes(&server), (1, 0), "{fault}");
        let seen = receive(refresh(&server, "/oauth/token/", &token));
        assert_eq!(seen.status(), "400", "{fault}");
        assert!(seen.text().contains("invalid_grant"), "{fault}: {seen:?}");
        assert_eq!(refreshes(&server), (1, 1), "{fault}");
        let log = server.log();
        assert_eq!(log[0].fault, Some(format!("after: {fault}")));
        assert_eq!(
            (log[0].status, log[0].path.as_str()),
            (200, "/oauth/token/")
        );
        assert!(log[0].answer.contains(r#""refresh_token":"***""#));
    }
}

#[test]
fn faults_are_there_from_the_start() {
    let server = Portal::builder()
        .fault("sonet_group.create:before:503,budget=2")
        .unwrap()
        .start()
        .unwrap();
    let statuses: Vec<_> = (0..3)
        .map(|_| create(&server).status().to_owned())
        .collect();
    assert_eq!(statuses, ["503", "503", "200"]);
    assert_eq!(server.portal().executed_of(CREATE), 1);
    assert_eq!(server.faults().happened(), 2);
    assert!(Portal::builder().fault("nonsense").is_err());
}

#[test]
fn latency_delays_each_call_and_not_all_together() {
    let server = Portal::builder()
        .latency(Duration::from_millis(300))
        .start()
        .unwrap();
    let began = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(|| assert_eq!(ask(&server, "sonet_group.get").status(), "200"));
        }
    });
    let took = began.elapsed();
    assert!(took >= Duration::from_millis(300), "{took:?}");
    assert!(took < Duration::from_millis(2_500), "{took:?}");
}

#[test]
fn the_log_tells_what_was_asked_and_answered() {
    let server = server();
    let user = server.with(|portal| portal.employee().unwrap().id);
    let token = server.token_of(user).unwrap();
    let mut stream = TcpStream::connect(server.address()).unwrap();
    let body = format!("NAME=A+b&SITE_ID[]=s1&auth={token}");
    write!(
        stream,
        "POST /rest/Sonet_Group.create.json HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: {}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    receive(stream);
    ask(&server, "sonet_group.delete?GROUP_ID=x");
    let log = server.log();
    assert_eq!(log.len(), 2);
    let call = &log[0];
    assert_eq!((call.method.as_str(), call.verb.as_str()), (CREATE, "POST"));
    assert_eq!(
        (call.user, call.status, call.executed),
        (Some(user), 200, 1)
    );
    assert_eq!(call.params["NAME"], "A b");
    assert_eq!(call.params["SITE_ID"][0], "s1");
    assert_eq!(call.params["auth"], "***");
    assert!(call.answer.starts_with(r#"{"result":"#));
    assert_eq!(
        (log[1].user, log[1].status, log[1].executed),
        (Some(1), 400, 0)
    );
    assert!(log[1].answer.contains("Wrong group ID"));
    let text = format!("{log:?}");
    let webhook = server.webhook();
    let secret = webhook.split('/').rev().nth(1).unwrap();
    assert!(!text.contains(&token) && !text.contains(secret));
    server.clear_log();
    assert_eq!(server.log(), []);
}
