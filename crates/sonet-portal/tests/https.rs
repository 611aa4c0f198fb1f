//! The server with TLS, asked by a client that trusts its authority and nobody else.
#![cfg(feature = "tls")]
#![allow(clippy::unwrap_used, reason = "these are tests")]

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use sonet_portal::{Fault, Portal, Server};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

fn server() -> Server {
    Portal::builder().tls(["portal.test"]).start().unwrap()
}

/// Asks under a name; the whole answer, or why there is none.
fn ask(server: &Server, name: &'static str, method: &str) -> std::io::Result<String> {
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
    let mut stream = StreamOwned::new(connection, socket);
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
