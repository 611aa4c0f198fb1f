//! What can't change by itself ends a call at once.
#![cfg(any(feature = "rustls", feature = "native-tls"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::error::Error as _;
use std::io::{self, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sonet_blocking::serde_json::json;
use sonet_blocking::{
    Attempt, Cause, CauseKind, CertificateProblem, Client, Config, Error, ErrorKind, Executed, Raw,
    RetryPolicy, Verdict,
};
use support::tls::Identity;
use support::{Answer, SECRET, Server, ok, shown};

/// Tries twice, and counts how often it is asked.
#[derive(Debug, Clone, Default)]
struct Asked(Arc<AtomicU32>);

impl RetryPolicy for Asked {
    fn verdict(&self, attempt: &Attempt<'_>) -> Verdict {
        self.0.fetch_add(1, Ordering::Relaxed);
        match attempt.times {
            1 => Verdict::RetryWithin(Duration::ZERO),
            _ => Verdict::GiveUp,
        }
    }
}

/// The error of a call, and how often the policy was asked about it.
fn fail(config: Config) -> (Error, u32) {
    let asked = Asked::default();
    let config = config.retry(asked.clone());
    let client = Client::with_http(config, |http| http.proxy(None)).unwrap();
    let error = client.call(&Raw::new("test.read", json!({})).read_only());
    let error = error.unwrap_err();
    assert!(!shown(&error).contains(SECRET), "{}", shown(&error));
    assert_eq!(error.executed(), Executed::No);
    assert!(error.is_connect());
    (error, asked.0.load(Ordering::Relaxed))
}

fn cause(error: &Error) -> &Cause {
    error.source().unwrap().downcast_ref().unwrap()
}

/// Checks that a call ended with its first attempt, with an error that names the host.
fn ends_at_once(config: Config, kind: ErrorKind, host: &str) -> Error {
    let (error, asked) = fail(config);
    assert_eq!(error.kind(), kind, "{error}");
    assert_eq!((error.attempts(), asked), (1, 0), "{error}");
    assert!(error.to_string().contains(host), "{error}");
    // One sentence, without what the HTTP client says around it.
    let text = error.to_string();
    let noise = ["error sending request", "client error", "io: "];
    assert!(!noise.iter().any(|noise| text.contains(noise)), "{text}");
    assert_eq!(cause(&error).host(), Some(host));
    error
}

fn webhook(server: &Server) -> Config {
    Config::webhook(&server.webhook_tls()).unwrap()
}

#[test]
fn a_certificate_of_an_authority_that_is_not_trusted() {
    let (identity, stranger) = (Identity::new(), Identity::new());
    let server = Server::start_tls(&identity, |_, _| Answer::Keep(ok("true")));
    let config = webhook(&server).ca_certificate(stranger.authority);
    let error = ends_at_once(config, ErrorKind::Certificate, "localhost");
    assert!(error.to_string().contains("`Config::ca_certificate`"));
    let expected = CauseKind::Certificate(CertificateProblem::Untrusted);
    assert_eq!(cause(&error).kind(), expected, "{error}");
}

#[test]
fn a_certificate_that_has_expired() {
    let identity = Identity::expired();
    let server = Server::start_tls(&identity, |_, _| Answer::Keep(ok("true")));
    let config = webhook(&server).ca_certificate(identity.authority);
    let error = ends_at_once(config, ErrorKind::Certificate, "localhost");
    let expected = CauseKind::Certificate(CertificateProblem::Expired);
    assert_eq!(cause(&error).kind(), expected, "{error}");
}

#[test]
fn a_certificate_for_another_host() {
    let identity = Identity::new();
    let server = Server::start_tls(&identity, |_, _| Answer::Keep(ok("true")));
    let webhook = server.webhook_tls().replace("localhost", "127.0.0.1");
    let config = Config::webhook(&webhook).unwrap();
    let config = config.ca_certificate(identity.authority);
    let error = ends_at_once(config, ErrorKind::Certificate, "127.0.0.1");
    let expected = CauseKind::Certificate(CertificateProblem::OtherName);
    assert_eq!(cause(&error).kind(), expected, "{error}");
}

#[test]
fn a_server_without_tls() {
    let server = Server::raw(|mut stream| {
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        let _ = io::copy(&mut stream, &mut io::sink());
    });
    let config = webhook(&server).ca_certificate(Identity::new().authority);
    let error = ends_at_once(config, ErrorKind::NoTls, "localhost");
    assert!(error.to_string().contains("port"), "{error}");
}

/// No name under `.invalid` exists. A machine that reaches no name server can't tell, and is told to try again.
#[cfg(target_os = "linux")]
#[test]
fn a_host_that_does_not_exist() {
    let host = "nobody.invalid";
    let error = std::net::ToSocketAddrs::to_socket_addrs(&(host, 443)).unwrap_err();
    if error
        .to_string()
        .ends_with("Temporary failure in name resolution")
    {
        return;
    }
    let config = Config::webhook(&format!("https://{host}/rest/1/{SECRET}/")).unwrap();
    let config = config.ca_certificate(Identity::new().authority);
    ends_at_once(config, ErrorKind::UnknownHost, host);
}

#[test]
fn a_connection_that_is_refused_is_tried_again() {
    let config = Config::webhook(&support::refusing_webhook()).unwrap();
    let (error, asked) = fail(config);
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert_eq!((error.attempts(), asked), (2, 2));
    let io = cause(&error).source().unwrap();
    let io: &io::Error = io.downcast_ref().unwrap();
    assert_eq!(io.kind(), io::ErrorKind::ConnectionRefused);
}
