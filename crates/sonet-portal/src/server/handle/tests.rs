use super::*;
use crate::server::fault::Fault;
use std::io::{Read, Write};
use std::time::Instant;

fn hurried() -> Server {
    let limits = Limits {
        idle: Duration::from_millis(200),
        request: Duration::from_millis(200),
        connections: 2,
        ..Limits::default()
    };
    let portal = Portal::builder().build();
    Server::start_with(portal, "127.0.0.1:0", Options::default(), limits).unwrap()
}

/// What the server says after it was sent something and nothing more.
fn left_waiting(sent: &[u8]) -> String {
    let server = hurried();
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream.write_all(sent).unwrap();
    let began = Instant::now();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    assert!(began.elapsed() < Duration::from_secs(10));
    String::from_utf8(answer).unwrap()
}

#[test]
fn silent_connections_die() {
    assert_eq!(left_waiting(b""), "");
    assert!(left_waiting(b"GET / HTTP/1.1\r\nHo").starts_with("HTTP/1.1 408 "));
    let body = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab";
    assert!(left_waiting(body).starts_with("HTTP/1.1 408 "));
}

#[test]
fn idle_connections_make_room_for_others() {
    let limits = Limits {
        connections: 2,
        ..Limits::default()
    };
    let portal = Portal::builder().build();
    let server = Server::start_with(portal, "127.0.0.1:0", Options::default(), limits).unwrap();
    server.faults().on("profile").before(Fault::Hang);
    let connect = || TcpStream::connect(server.address()).unwrap();
    let ask = |method: &str| {
        let mut stream = connect();
        // One that had to go already can't be written to.
        let _ = write!(stream, "GET /rest/{method} HTTP/1.0\r\n\r\n");
        stream
    };
    let answer = |mut stream: TcpStream| {
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap_or_default();
        answer
    };
    let mut idle: Vec<TcpStream> = (0..20).map(|_| connect()).collect();
    // Half a request keeps nobody out either.
    idle.extend((0..20).map(|_| {
        let mut stream = connect();
        let _ = stream.write_all(b"POST / HTTP/1.1\r\nHo");
        stream
    }));
    assert!(answer(ask("x")).starts_with("HTTP/1.1 404 "));
    assert_eq!(idle[0].read(&mut [0]).unwrap_or(0), 0, "it was closed");
    // What is being answered is not interrupted.
    let hang = |count| {
        let stream = ask("profile");
        while server.faults().happened() < count {
            thread::sleep(Duration::from_millis(5));
        }
        stream
    };
    let (_one, _two) = (hang(1), hang(2));
    assert_eq!(answer(ask("x")), "", "there is no room at all");
}

/// Or else the last save would wait for all of them.
#[test]
fn calls_in_line_are_not_executed_after_the_end() {
    let server = Server::start(Portal::builder().build(), "127.0.0.1:0").unwrap();
    let webhook = server.webhook();
    let path = webhook.strip_prefix(&server.url()).unwrap();
    let portal = server.portal();
    let waiting: Vec<TcpStream> = (0..10)
        .map(|n| {
            let mut stream = TcpStream::connect(server.address()).unwrap();
            write!(
                stream,
                "GET {path}sonet_group.create?NAME={n} HTTP/1.0\r\n\r\n"
            )
            .unwrap();
            stream
        })
        .collect();
    let pause = || thread::sleep(Duration::from_millis(5));
    while server.shared.open.answering() < waiting.len() {
        pause();
    }
    server.shutdown();
    drop(portal);
    // Each connection's thread has a share.
    while Arc::strong_count(&server.shared) > 1 {
        pause();
    }
    let executed = server.with(|portal| portal.executed_of("sonet_group.create"));
    assert_eq!(executed, 0);
}
