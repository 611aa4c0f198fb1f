//! Events reach their handlers.

use sonet_portal::{Portal, Server};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

fn create(server: &Server, name: &str) -> Duration {
    let began = Instant::now();
    let mut stream = TcpStream::connect(server.address()).unwrap();
    let webhook = server.webhook();
    let path = webhook.strip_prefix(&server.url()).unwrap();
    write!(
        stream,
        "GET {path}sonet_group.create?NAME={name} HTTP/1.0\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    began.elapsed()
}

/// Waits until so many events have an outcome.
fn outcomes(server: &Server, count: usize) -> Vec<Result<u16, String>> {
    let deadline = Instant::now() + Duration::from_secs(30);
    loop {
        let sent = server.sent_events();
        if sent.len() >= count || Instant::now() > deadline {
            return sent.into_iter().map(|own| own.outcome).collect();
        }
        thread::sleep(Duration::from_millis(10));
    }
}

/// Takes one request, and answers it.
fn serve(listener: &TcpListener, answer: &str) -> String {
    let (mut stream, _) = listener.accept().unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    let mut request = Vec::new();
    loop {
        let mut chunk = [0; 4096];
        let read = stream.read(&mut chunk).unwrap();
        request.extend_from_slice(&chunk[..read]);
        let text = String::from_utf8_lossy(&request);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|l| l.strip_prefix("Content-Length: "));
            if body.len() == length.unwrap().parse::<usize>().unwrap() {
                break;
            }
        }
    }
    stream.write_all(answer.as_bytes()).unwrap();
    String::from_utf8(request).unwrap()
}

#[test]
fn a_handler_gets_a_form() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = Portal::builder().start().unwrap();
    let url = format!("http://{}/handler?x=1#y", listener.local_addr().unwrap());
    let token = server.with(|portal| portal.add_outgoing_webhook(&url, &["onSonetGroupAdd"]));
    create(&server, "New");
    let request = serve(
        &listener,
        "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n",
    );
    assert!(
        request.starts_with("POST /handler?x=1 HTTP/1.1\r\n"),
        "{request}"
    );
    assert!(request.contains("Content-Type: application/x-www-form-urlencoded\r\n"));
    let id = server.with(|portal| portal.groups().last().unwrap().id);
    assert!(request.contains("event=ONSONETGROUPADD"), "{request}");
    assert!(
        request.contains(&format!("=%5BID%5D={id}")) || request.contains(&format!("%5BID%5D={id}"))
    );
    assert!(request.contains(&token));
    assert_eq!(outcomes(&server, 1), [Ok(202)]);
    assert!(!format!("{:?}", server.sent_events()).contains(&token));
}

#[test]
fn handlers_fail_without_holding_anything_up() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let gone = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let server = Portal::builder().start().unwrap();
    let urls = [
        format!("http://{}/", silent.local_addr().unwrap()),
        format!("http://{gone}/"),
        "http://192.0.2.1/".to_owned(),
        "https://127.0.0.1/".to_owned(),
    ];
    for url in &urls {
        server.with(|portal| portal.add_outgoing_webhook(url, &["onSonetGroupAdd"]));
    }
    // The first handler never answers, and nobody waits for it.
    assert!(create(&server, "New") < Duration::from_secs(3));
    let outcomes = outcomes(&server, 4);
    assert_eq!(outcomes.len(), 4, "{outcomes:?}");
    assert!(outcomes.iter().all(Result::is_err), "{outcomes:?}");
    assert!(
        outcomes[2]
            .as_ref()
            .unwrap_err()
            .contains("--events-anywhere")
    );
    assert!(outcomes[3].as_ref().unwrap_err().contains("http://"));
}
