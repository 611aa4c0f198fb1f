//! When the certificate authorities are read, and how often.
#![cfg(all(any(feature = "rustls", feature = "native-tls"), target_os = "linux"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::env;
use std::path::Path;

use sonet_blocking::serde_json::{Value, json};
use sonet_blocking::{Client, Config, Error, NoRetry, Rate, Raw};
use support::tls::Identity;
use support::{Answer, Server, again, ok};

/// Runs the rest of a test in a process of its own, whose system has its authorities in this file.
fn with_authorities(test: &str, file: &str, content: &str) {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    std::fs::create_dir_all(&directory).unwrap();
    let file = directory.join(format!("{}-{file}", std::process::id()));
    std::fs::write(&file, content).unwrap();
    let identity = Identity::new();
    let server = Server::start_tls(&identity, |_, _| Answer::Keep(ok("true")));
    let vars = [
        ("SSL_CERT_FILE", file.to_str().unwrap()),
        ("SSL_CERT_DIR", ""),
        ("AUTHORITY", &identity.authority),
        ("PORTAL", &server.webhook_tls()),
    ];
    again(test, &vars);
    let _ = std::fs::remove_file(file);
}

fn is_again() -> bool {
    env::var_os("AGAIN").is_some()
}

fn client() -> Result<Client, Error> {
    let config = Config::webhook(&env::var("PORTAL").unwrap()).unwrap();
    Client::new(config.retry(NoRetry).rate(Rate::UNLIMITED))
}

fn call(client: &Client) -> Result<Value, Error> {
    client.call(&Raw::new("test.read", json!({})))
}

fn authorities() -> String {
    env::var("SSL_CERT_FILE").unwrap()
}

#[test]
fn a_thousand_clients_read_the_authorities_once() {
    if !is_again() {
        with_authorities(
            "a_thousand_clients_read_the_authorities_once",
            "all",
            "later",
        );
        return;
    }
    std::fs::write(authorities(), env::var("AUTHORITY").unwrap()).unwrap();
    call(&client().unwrap()).unwrap();
    // Whoever reads again finds nothing.
    std::fs::remove_file(authorities()).unwrap();
    for number in 2..=1_000 {
        let outcome = call(&client().unwrap());
        assert!(outcome.is_ok(), "client {number}: {outcome:?}");
    }
}

#[cfg(feature = "rustls")]
#[test]
fn nothing_is_read_before_the_first_connection() {
    if !is_again() {
        with_authorities(
            "nothing_is_read_before_the_first_connection",
            "late",
            "later",
        );
        return;
    }
    let client = client().unwrap();
    std::fs::write(authorities(), env::var("AUTHORITY").unwrap()).unwrap();
    assert_eq!(call(&client).unwrap(), Value::Bool(true));
}

#[cfg(not(feature = "webpki-roots"))]
#[test]
fn a_system_without_authorities_is_told_at_once() {
    if !is_again() {
        with_authorities("a_system_without_authorities_is_told_at_once", "none", "");
        return;
    }
    let error = client().unwrap_err();
    assert!(error.is_config(), "{error:?}");
    assert!(error.to_string().contains("ca-certificates"), "{error}");
}

#[cfg(all(feature = "rustls", not(feature = "webpki-roots")))]
#[test]
fn a_file_without_authorities_is_told_by_the_first_connection() {
    use std::error::Error as _;

    use sonet_blocking::{Cause, CauseKind, CertificateProblem, ErrorKind};

    if !is_again() {
        let test = "a_file_without_authorities_is_told_by_the_first_connection";
        with_authorities(test, "hollow", "no certificate");
        return;
    }
    let client = client().unwrap();
    for _ in 0..2 {
        let error = call(&client).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Certificate, "{error}");
        let cause: &Cause = error.source().unwrap().downcast_ref().unwrap();
        let expected = CauseKind::Certificate(CertificateProblem::Untrusted);
        assert_eq!(cause.kind(), expected, "{error}");
        assert!(error.to_string().contains("ca-certificates"), "{error}");
    }
}
