//! The server with TLS, asked by a client that trusts its authority and nobody else.

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use serde_json::Value;
use sonet_portal::{App, Fault, Portal, Server};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

fn server() -> Server {
    Portal::builder().tls(["portal.test"]).start().unwrap()
}

fn connect(server: &Server, name: &'static str) -> StreamOwned<ClientConnection, TcpStream> {
    let mut roots = RootCertStore::empty();
    let pem = server.ca_pem().unwrap();
    roots
        .add(CertificateDer::from_pem_slice(pem.as_bytes()).unwrap())
        .unwrap();
    let config =
        ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
    let name = ServerName::try_from(name).unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let socket = TcpStream::connect(server.address()).unwrap();
    socket
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    StreamOwned::new(connection, socket)
}

/// Asks under a name; the whole answer, or why there is none.
fn ask(server: &Server, name: &'static str, method: &str) -> std::io::Result<String> {
    let mut stream = connect(server, name);
    let webhook = server.webhook();
    let path = webhook.strip_prefix(&server.url()).unwrap();
    write!(
        stream,
        "GET {path}{method} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[test]
fn the_names_are_certified() {
    let server = server();
    assert!(server.webhook().starts_with("https://127.0.0.1:"));
    for name in ["portal.test", "localhost", "127.0.0.1"] {
        let answer = ask(&server, name, "sonet_group.get").unwrap();
        assert!(
            answer.starts_with("HTTP/1.1 200 OK\r\n"),
            "{name}: {answer}"
        );
    }
    assert!(ask(&server, "other.test", "sonet_group.get").is_err());
    assert_eq!(server.portal().executed_of("sonet_group.get"), 3);
}

/// The body of an answer to a request for a path, which names a host.
fn fetch(server: &Server, name: &'static str, host: &str, target: &str) -> String {
    let mut stream = connect(server, name);
    let head = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// A server that is the portal and the token server, each under a name of its own, and an
/// application with its first refresh token.
fn both() -> (Server, App, String) {
    let names = ["portal.test", "oauth.test"];
    let server = Portal::builder().tls(names).start().unwrap();
    let back = Some("https://app.example/back");
    let app = server.with(|portal| portal.add_app(back, &["sonet_group"]));
    let now = std::time::SystemTime::now();
    let pair = server.with(|portal| portal.issue_tokens(&app.client_id, 1, now));
    (server, app, pair.unwrap().refresh_token)
}

fn exchange(server: &Server, app: &App, host: &str, proof: &str) -> Value {
    let (id, secret) = (&app.client_id, &app.client_secret);
    let target = format!("/oauth/token/?client_id={id}&client_secret={secret}&{proof}");
    let answer = fetch(server, "oauth.test", host, &target);
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

#[test]
fn addresses_that_are_told_begin_with_https() {
    let (server, app, refresh) = both();
    let port = server.address().port();
    let host = format!("portal.test:{port}");
    let proof = format!("grant_type=refresh_token&refresh_token={refresh}");
    let told = exchange(&server, &app, &host, &proof);
    assert_eq!(told["client_endpoint"], format!("https://{host}/rest/"));
    assert_eq!(told["server_endpoint"], format!("https://{host}/rest/"));
}

#[test]
fn the_token_server_tells_the_portals_own_host() {
    let (server, app, refresh) = both();
    let port = server.address().port();
    let (portal, oauth) = (format!("portal.test:{port}"), format!("oauth.test:{port}"));
    // A pair that nobody was asked about: the first name is the portal's own.
    let proof = format!("grant_type=refresh_token&refresh_token={refresh}");
    let told = exchange(&server, &app, &oauth, &proof);
    assert_eq!(told["client_endpoint"], format!("https://{portal}/rest/"));
    assert_eq!(told["server_endpoint"], format!("https://{oauth}/rest/"));
    assert_eq!(told["domain"], oauth, "it is the token server's here");
    // A user lets the application in under another name of the portal.
    let host = format!("localhost:{port}");
    let target = format!("/oauth/authorize/?client_id={}", app.client_id);
    let page = fetch(&server, "localhost", &host, &target);
    let code = page.split_once("code=").unwrap().1;
    let code = code.split_once('&').unwrap().0;
    let proof = format!("grant_type=authorization_code&code={code}");
    let mut told = exchange(&server, &app, &oauth, &proof);
    for _ in 0..3 {
        assert_eq!(told["client_endpoint"], format!("https://{host}/rest/"));
        assert_eq!(told["server_endpoint"], format!("https://{oauth}/rest/"));
        let refresh = told["refresh_token"].as_str().unwrap();
        let proof = format!("grant_type=refresh_token&refresh_token={refresh}");
        told = exchange(&server, &app, &oauth, &proof);
    }
}

#[test]
fn events_name_the_address_that_the_call_came_by() {
    let server = server();
    let handler = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", handler.local_addr().unwrap());
    server.with(|portal| portal.add_outgoing_webhook(&url, &["onSonetGroupAdd"]));
    let webhook = server.webhook();
    let path = webhook.strip_prefix(&server.url()).unwrap();
    let target = format!("{path}sonet_group.create?NAME=A");
    let answer = fetch(&server, "portal.test", "portal.test", &target);
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    let (mut stream, _) = handler.accept().unwrap();
    let mut told = String::new();
    let mut piece = [0; 4_096];
    while !told.contains("application_token") {
        let read = stream.read(&mut piece).unwrap();
        assert!(read > 0, "{told}");
        told.push_str(std::str::from_utf8(&piece[..read]).unwrap());
    }
    let endpoint = "client_endpoint%5D=https%3A%2F%2Fportal.test%2Frest%2F";
    assert!(told.contains(endpoint), "{told}");
}

#[test]
fn plain_http_is_not_served() {
    let server = server();
    let mut stream = TcpStream::connect(server.address()).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
}

#[test]
fn faults_reach_through_encryption() {
    let server = server();
    let create = "sonet_group.create?NAME=New";
    server.faults().on("*").nth(1).after(Fault::Reset);
    assert!(ask(&server, "localhost", create).is_err());
    server.faults().clear();
    server.faults().on("*").nth(1).after(Fault::Truncate);
    let answer = ask(&server, "localhost", create).unwrap();
    assert!(
        answer.contains("{\"resul") && !answer.ends_with('}'),
        "{answer}"
    );
    assert_eq!(server.portal().executed_of("sonet_group.create"), 2);
}
