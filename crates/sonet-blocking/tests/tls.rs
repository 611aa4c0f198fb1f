//! Encrypted connections.
#![cfg(any(feature = "rustls", feature = "native-tls"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::env;
use std::time::{Duration, Instant};

use sonet_blocking::serde_json::{Value, json};
use sonet_blocking::{Client, Config, Executed, NoRetry, Raw};
use support::tls::Identity;
use support::{Answer, Server, again, ok};

fn write() -> Raw {
    Raw::new("test.write", json!({}))
}

#[test]
fn a_private_authority_is_trusted_when_it_is_given() {
    let (identity, stranger) = (Identity::new(), Identity::new());
    let server = Server::start_tls(&identity, |_, _| Answer::Keep(ok("true")));
    let config = Config::webhook(&server.webhook_tls()).unwrap();

    let client = Client::new(config.clone().ca_certificate(identity.authority.clone())).unwrap();
    for _ in 0..3 {
        assert_eq!(client.call(&write()).unwrap(), Value::Bool(true));
    }

    // Another authority of the same name does not do.
    let error = Client::new(config.ca_certificate(stranger.authority))
        .unwrap()
        .call(&write())
        .unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert!(
        error.to_string().to_lowercase().contains("certificate"),
        "{error}"
    );
    assert_eq!(error.executed(), Executed::No);
    assert_eq!(server.seen().len(), 3);
}

#[test]
fn several_certificates_may_stand_in_one_text() {
    let (identity, other) = (Identity::new(), Identity::new());
    let server = Server::start_tls(&identity, |_, _| Answer::Keep(ok("true")));
    let bundle = format!("# ours\n{}\n{}", other.authority, identity.authority);
    let config = Config::webhook(&server.webhook_tls())
        .unwrap()
        .ca_certificate(bundle);
    assert!(Client::new(config).unwrap().call(&write()).is_ok());
}

#[test]
fn a_certificate_for_another_name_is_refused() {
    let identity = Identity::new();
    let server = Server::start_tls(&identity, |_, _| Answer::Keep(ok("true")));
    let webhook = server.webhook_tls().replace("localhost", "127.0.0.1");
    let config = Config::webhook(&webhook)
        .unwrap()
        .ca_certificate(identity.authority);
    let error = Client::new(config).unwrap().call(&write()).unwrap_err();
    assert_eq!(error.executed(), Executed::No);
    assert_eq!(server.seen().len(), 0);
}

#[test]
fn what_is_no_certificate_is_told_at_once() {
    let whole = Identity::new().authority;
    let lines: Vec<&str> = whole.lines().collect();
    let hollow = format!("{}\naGVsbG8=\n{}", lines[0], lines[lines.len() - 1]);
    let cut = whole[..whole.len() / 2].to_owned();
    for pem in [String::new(), "nonsense".to_owned(), hollow, cut] {
        let config = Config::webhook("https://localhost/rest/1/secret/").unwrap();
        let error = Client::new(config.ca_certificate(pem.clone())).unwrap_err();
        assert!(error.is_config(), "{pem}");
        assert!(error.to_string().contains("ca_certificate"), "{error}");
    }
}

#[test]
fn a_certificate_is_trusted_beside_settings_of_ones_own() {
    let identity = Identity::new();
    let server = Server::start_tls(&identity, |_, _| Answer::Keep(ok("true")));
    let config = Config::webhook(&server.webhook_tls()).unwrap();
    let config = config.ca_certificate(identity.authority);
    let client = Client::with_http(config, |http| http.proxy(None)).unwrap();
    assert_eq!(client.call(&write()).unwrap(), Value::Bool(true));
}

#[test]
fn a_handshake_that_does_not_end_has_sent_nothing() {
    let silent = Server::raw(|mut stream| {
        let _ = std::io::copy(&mut stream, &mut std::io::sink());
    });
    let config = Config::webhook(&silent.webhook_tls()).unwrap();
    let config = config.ca_certificate(Identity::new().authority);
    let config = config.connect_timeout(Duration::from_millis(300));
    let begun = Instant::now();
    let error = Client::new(config).unwrap().call(&write()).unwrap_err();
    assert!(
        begun.elapsed() < Duration::from_secs(30),
        "not the timeout of the answer"
    );
    assert!(error.is_connect() && error.is_timeout(), "{error:?}");
    assert_eq!(error.executed(), Executed::No);
}

#[test]
fn a_handshake_that_fails_has_sent_nothing() {
    let plain = Server::start(|_, _| Answer::Close(ok("true")));
    let reset = Server::raw(support::reset);
    for server in [plain, reset] {
        let config = Config::webhook(&server.webhook_tls()).unwrap();
        let config = config.ca_certificate(Identity::new().authority);
        let error = Client::new(config).unwrap().call(&write()).unwrap_err();
        assert!(error.is_connect(), "{error:?}");
        assert_eq!(error.executed(), Executed::No);
    }
}

#[test]
fn a_write_that_was_read_and_not_answered_is_sent_once() {
    let identity = Identity::new();
    let server = Server::start_tls(&identity, |_, seen| match seen.earlier {
        0 => Answer::Keep(ok("1")),
        _ => Answer::Close(Vec::new()),
    });
    let config = Config::webhook(&server.webhook_tls()).unwrap();
    let client = Client::new(config.ca_certificate(identity.authority)).unwrap();
    for number in 1..100 {
        let outcome = client.call(&write());
        assert_eq!(server.seen().len(), number, "each call is sent once");
        if let Err(error) = outcome {
            assert_eq!(error.executed(), Executed::Unknown);
            return;
        }
    }
    panic!("no connection is used again");
}

#[test]
fn the_systems_authorities_are_trusted() {
    if env::var_os("AGAIN").is_none() {
        let identity = Identity::new();
        let server = Server::start_tls(&identity, |_, _| Answer::Keep(ok("true")));
        let file = format!(
            "{}/authority-{c}.pem",
            env!("CARGO_TARGET_TMPDIR"),
            c = std::process::id()
        );
        std::fs::write(&file, &identity.authority).unwrap();
        let vars = [
            ("SSL_CERT_FILE", file.as_str()),
            ("PORTAL", &server.webhook_tls()),
        ];
        again("the_systems_authorities_are_trusted", &vars);
        std::fs::remove_file(file).unwrap();
        return;
    }
    let webhook = env::var("PORTAL").unwrap();
    let config = Config::webhook(&webhook).unwrap().retry(NoRetry);
    let outcome = Client::new(config).unwrap().call(&write());
    assert_eq!(outcome.unwrap(), Value::Bool(true));
}
